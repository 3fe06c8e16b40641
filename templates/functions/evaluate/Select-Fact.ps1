function Select-Fact {
	<#
	.SYNOPSIS
	Facts of one rule that have been read: those of some roles, or all in the order of their roles' names.
	#>
	param($Rule, $Facts, [string[]]$Role = @($Rule.Reads.Keys | Sort-Object))

	foreach ($id in @(Get-Place -Rule $Rule -Role $Role | Select-Object -Unique)) { if ($Facts.ContainsKey($id)) { $Facts[$id] } }
}
