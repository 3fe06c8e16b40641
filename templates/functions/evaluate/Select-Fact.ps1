function Select-Fact {
	<#
	.SYNOPSIS
	Facts of one rule that have been read: those of some roles, or all in the order of its table of reads.
	#>
	param($Rule, $Facts, [string[]]$Role = @($Rule.Reads.Keys))

	foreach ($id in Select-Unique -Text (Get-Place -Rule $Rule -Role $Role)) { if ($Facts.ContainsKey($id)) { $Facts[$id] } }
}
