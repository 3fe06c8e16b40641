function Read-ChangeRecord {
    <#
    .SYNOPSIS
    Simulated: what an earlier fix wrote down.
    #>
    param([string]$PackId)

    $machine = $global:SimulatedMachine
    if (Test-SimulatedDenial -Machine $machine -Path 'record') {
        return @{ Status = 'error'; Value = $null; Error = 'Access is denied.' }
    }
    if (-not $machine.Records.ContainsKey($PackId)) { return @{ Status = 'missing'; Value = @(); Error = '' } }
    @{ Status = 'found'; Value = $machine.Records[$PackId]; Error = '' }
}
