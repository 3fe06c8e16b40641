function Get-Place {
	<#
	.SYNOPSIS
	Where a rule reads, for some roles: ids of facts.
	#>
	param($Rule, [string[]]$Role)

	$both = '{WOW6432Node\}'
	foreach ($name in $Role) {
		foreach ($place in $Rule.Reads[$name]) {
			# Programs of 32 bits have their keys below WOW6432Node, where Windows has 64.
			$place.Replace($both, 'WOW6432Node\')
			if ($place.Contains($both)) { $place.Replace($both, '') }
		}
	}
}
