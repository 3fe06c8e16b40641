function Get-FactNumber {
	<#
	.SYNOPSIS
	The number that a fact holds: 0 to 9999999; -1 when the fact is missing, -2 when it could not be read or is no such
	number (text, negative, 4294967295).
	#>
	param($Fact)

	if ($Fact -and $Fact.Status -eq 'missing') { return -1 }
	if ($Fact -and $Fact.Status -eq 'found' -and "$($Fact.Value)".Trim() -match '^[0-9]{1,7}$') { return [int]$Matches[0] }
	return -2
}
