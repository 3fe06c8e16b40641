function Get-FactNumber {
    <#
    .SYNOPSIS
    The number that a role's fact holds, -1 without one. Status: known, missing, or unreadable (failed read, or no number).
    #>
    param([hashtable]$Rule, [hashtable]$Facts, [string]$Role)

    $number = @{ Status = 'unreadable'; Value = -1; Source = $Role }
    foreach ($fact in @(Select-Fact -Rule $Rule -Facts $Facts -Role $Role)) {
        $number.Source = $fact.Id
        if ($fact.Status -eq 'missing') { $number.Status = 'missing' }
        if ($fact.Status -eq 'found') { $number.Value = ConvertTo-WholeNumber -Value $fact.Value }
    }
    if ($number.Value -ge 0) { $number.Status = 'known' }
    $number
}
