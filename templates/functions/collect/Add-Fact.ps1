function Add-Fact {
	<#
	.SYNOPSIS
	Reads facts of the rules into the table: those with the given ids, or without ids all that are not slow.
	Nothing is read twice.
	#>
	param($Facts, $Rules, [string[]]$Id = @())

	foreach ($rule in $Rules.Values) {
		foreach ($role in $rule.Reads.Keys) {
			foreach ($place in Get-Place -Rule $rule -Role $role) {
				$isWanted = if ($Id.Length -gt 0) { $Id -contains $place } else { @($rule['Slow']) -notcontains $role }
				if ($isWanted -and -not $Facts.ContainsKey($place)) { $Facts[$place] = Get-Fact -Id $place }
			}
		}
	}
}
