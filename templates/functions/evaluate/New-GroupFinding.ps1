function New-GroupFinding {
	<#
	.SYNOPSIS
	The finding of a group: the first state of Order that one of its checks has, notApplicable when no check applies. Keys
	are message keys by state.
	#>
	param($Rule, $Facts, $Findings, [string[]]$Order, $Keys)

	$states = @(foreach ($finding in $Findings) { $finding.State })
	$state = 'notApplicable'
	foreach ($candidate in $Order) {
		if ($states -contains $candidate) {
			$state = $candidate
			break
		}
	}
	# Slow facts are read only while they can still decide.
	$needs = @(if ($state -eq 'unknown') { foreach ($finding in $Findings) { $finding.Needs } })
	$expected = @(foreach ($finding in $Findings) { if ($finding.Expected) { '{0}: {1}' -f $finding.Id, $finding.Expected } })
	$actual = @(foreach ($finding in $Findings) { if ($finding.Actual) { '{0}: {1} ({2})' -f $finding.Id, $finding.State, $finding.Actual } else { '{0}: {1}' -f $finding.Id, $finding.State } })
	New-Finding -Rule $Rule -Facts $Facts -State $state -Key $Keys[$state] -Expected ([string]::Join('; ', $expected)) -Actual ([string]::Join('; ', $actual)) -Needs $needs
}
