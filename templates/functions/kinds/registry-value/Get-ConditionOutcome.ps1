function Get-ConditionOutcome {
	<#
	.SYNOPSIS
	Does a registry value fulfil a condition? MET, NOT_MET, or SHAPE when it is not of the form that can be compared.
	#>
	param($Fact, $Condition)

	if ($Condition.Is -eq 'present') { return 'MET' }
	$number = Get-FactInteger -Fact $Fact
	$text = if ($Fact.Value -is [string]) { $Fact.Value.Trim() } else { "$number" }
	$isMet = switch ($Condition.Is) {
		'one-of' { if ($Fact.Value -is [string] -or $null -ne $number) { @($Condition.Values) -contains $text } }
		'at-least' { if ($null -ne $number) { $number -ge $Condition.Number } }
		'at-most' { if ($null -ne $number) { $number -le $Condition.Number } }
		'version-at-least' { Test-VersionReached -Text $text -Minimum $Condition.Version }
	}
	if ($null -eq $isMet) { return 'SHAPE' }
	if ($isMet) { return 'MET' }
	return 'NOT_MET'
}
