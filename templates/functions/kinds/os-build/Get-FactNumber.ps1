function Get-FactNumber {
    <#
    .SYNOPSIS
    The number that a role's fact holds: Status known, missing, or unreadable (failed read, or no number). Value is -1 unless known.
    #>
    param([hashtable]$Rule, [hashtable]$Facts, [string]$Role)

    $fact = @(Select-Fact -Rule $Rule -Facts $Facts -Role $Role)
    if ($fact.Length -eq 0) { return @{ Status = 'unreadable'; Value = -1; Source = $Role } }
    if ($fact[0].Status -eq 'missing') { return @{ Status = 'missing'; Value = -1; Source = $fact[0].Id } }
    $value = -1
    if ($fact[0].Status -eq 'found') { $value = ConvertTo-WholeNumber -Value $fact[0].Value }
    $status = if ($value -ge 0) { 'known' } else { 'unreadable' }
    @{ Status = $status; Value = $value; Source = $fact[0].Id }
}
