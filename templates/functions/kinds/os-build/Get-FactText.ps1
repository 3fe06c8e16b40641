function Get-FactText {
    <#
    .SYNOPSIS
    Text that a role's fact holds; empty when it is missing or could not be read.
    #>
    param([hashtable]$Rule, [hashtable]$Facts, [string]$Role)

    foreach ($fact in @(Select-Fact -Rule $Rule -Facts $Facts -Role $Role)) {
        if ($fact.Status -eq 'found') { return "$($fact.Value)".Trim() }
    }
    return ''
}
