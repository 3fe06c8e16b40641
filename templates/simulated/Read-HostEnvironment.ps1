function Read-HostEnvironment {
    <#
    .SYNOPSIS
    Simulated: the host of the machine file; the language mode is the real one of this session.
    #>
    param()

    $machine = $global:SimulatedMachine
    $isElevated = $machine.Host.Elevated
    if (Test-SimulatedDenial -Machine $machine -Path 'host:elevation') { $isElevated = $null }
    @{
        IsWindows = $true
        PowerShell = $machine.Host.PowerShell
        LanguageMode = "$($ExecutionContext.SessionState.LanguageMode)"
        Bits = $machine.Host.Bits
        IsElevated = $isElevated
        Culture = $machine.Host.Culture
        DeviceName = 'SIMULATED'
        Is64BitWindows = ($machine.Host.WindowsBits -eq 64)
    }
}
