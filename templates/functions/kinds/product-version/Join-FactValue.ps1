function Join-FactValue {
    <#
    .SYNOPSIS
    The different values that some facts hold, as one text.
    #>
    param($Facts)

    $values = @(
        foreach ($fact in $Facts) {
            if ($fact.Status -eq 'found' -and "$($fact.Value)".Trim()) { "$($fact.Value)".Trim() }
        }
    )
    return [string]::Join(', ', @($values | Select-Object -Unique))
}
