function Get-FactText {
	<#
	.SYNOPSIS
	Texts that the facts of a role hold, without those that are missing, empty or could not be read.
	#>
	param($Rule, $Facts, [string]$Role)

	foreach ($fact in @(Select-Fact -Rule $Rule -Facts $Facts -Role $Role)) {
		if ($fact.Status -eq 'found' -and "$($fact.Value)".Trim()) { "$($fact.Value)".Trim() }
	}
}
