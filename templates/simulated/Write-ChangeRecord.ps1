function Write-ChangeRecord {
    <#
    .SYNOPSIS
    Simulated: writes down what a fix adds. Returns nothing, or why it could not.
    #>
    param([string]$PackId, $Record)

    $machine = $global:SimulatedMachine
    if (Test-SimulatedDenial -Machine $machine -Path 'change:record') { return 'Access is denied.' }
    # Copies: the fix goes on with its own entries.
    $machine.Records[$PackId] = @(foreach ($entry in $Record) { $entry.Clone() })
    return ''
}
