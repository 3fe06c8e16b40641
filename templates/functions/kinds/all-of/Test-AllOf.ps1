function Test-AllOf {
	<#
	.SYNOPSIS
	Are all checks of a group fulfilled? One that is not is enough for a no. What could not be told might be that one, so it
	stands before a pending restart.
	#>
	param($Rule, $Facts, $Findings)

	$keys = @{ pass = 'GROUP_ALL_MET'; unknown = 'GROUP_UNKNOWN'; pendingReboot = 'GROUP_PENDING'; fail = 'GROUP_NOT_ALL_MET'; notApplicable = 'GROUP_NOT_APPLICABLE' }
	New-GroupFinding -Rule $Rule -Facts $Facts -Findings $Findings -Order 'fail', 'unknown', 'pendingReboot', 'pass' -Keys $keys
}
