function Select-FactText {
    <#
    .SYNOPSIS
    The texts that some facts hold, without those that are missing or empty.
    #>
    param($Facts)

    foreach ($fact in $Facts) {
        if ($fact.Status -eq 'found' -and "$($fact.Value)".Trim()) { "$($fact.Value)".Trim() }
    }
}
