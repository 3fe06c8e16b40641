function ConvertTo-EvidenceText {
    <#
    .SYNOPSIS
    What was read for a fact, or why it could not be read, as one line of text.
    #>
    param([hashtable]$Fact)

    if ($Fact.Status -eq 'error') { return $Fact.Error }
    if ($Fact.Status -eq 'missing') { return '' }
    $items = @(
        foreach ($item in $Fact.Value) {
            # A servicing package is a table, every other value is plain.
            if ($item -is [hashtable]) { "$($item.Name)=$($item.State)$($item.Error)" } else { "$item" }
        }
    )
    return [string]::Join(', ', $items)
}
