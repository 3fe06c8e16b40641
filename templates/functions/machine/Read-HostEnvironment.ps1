function Read-HostEnvironment {
    <#
    .SYNOPSIS
    What kind of PowerShell this is, and on what machine. IsElevated is $null when it could not be told.
    #>
    $onWindows = $env:OS -eq 'Windows_NT'
    $is64BitWindows = [bool]$env:PROCESSOR_ARCHITEW6432 -or "$env:PROCESSOR_ARCHITECTURE" -match '64'
    $bits = 64
    if ("$env:PROCESSOR_ARCHITECTURE" -match '^(x86|ARM)$') { $bits = 32 }
    $deviceName = $env:COMPUTERNAME
    if (-not $deviceName) { $deviceName = 'unknown' }
    @{
        IsWindows = $onWindows
        PowerShell = "$($PSVersionTable.PSVersion)"
        LanguageMode = "$($ExecutionContext.SessionState.LanguageMode)"
        Bits = $bits
        IsElevated = Test-Elevation
        Culture = (Get-Culture).Name
        DeviceName = $deviceName
        Is64BitWindows = $onWindows -and $is64BitWindows
    }
}
