function ConvertTo-EvidenceText {
	<#
	.SYNOPSIS
	What was read for a fact, or why it could not be read, as one line of text.
	#>
	param($Fact)

	$items = @(
		foreach ($item in $Fact.Value) {
			# A servicing package is a table, every other value is plain.
			if ($item -isnot [hashtable]) { "$item" } elseif ($item.Error) { "$($item.Name)=$($item.Error)" } else { "$($item.Name)=$($item.State)" }
		}
	)
	return [string]::Join(', ', $items)
}
