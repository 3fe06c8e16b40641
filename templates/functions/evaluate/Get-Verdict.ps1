function Get-Verdict {
	<#
	.SYNOPSIS
	One state for the machine: the worst of its required findings; 'unknown' when no required rule applies.
	#>
	param($Findings)

	$states = @(foreach ($finding in $Findings) { if ($finding.Severity -eq 'required') { $finding.State -replace '^(fixFailed|skipped)$', 'fail' -replace '^fixed$', 'pass' } })
	foreach ($state in @('fail', 'pendingReboot', 'unknown', 'pass')) { if ($states -contains $state) { return $state } }
	return 'unknown'
}
