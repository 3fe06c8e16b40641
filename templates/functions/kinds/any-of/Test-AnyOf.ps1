function Test-AnyOf {
	<#
	.SYNOPSIS
	Is one check of a group fulfilled? One is enough. What could not be told might be that one, and might also not be, so it
	stands before a pending restart.
	#>
	param($Rule, $Facts, $Findings)

	$keys = @{ pass = 'GROUP_ANY_MET'; unknown = 'GROUP_UNKNOWN'; pendingReboot = 'GROUP_PENDING'; fail = 'GROUP_NONE_MET'; notApplicable = 'GROUP_NOT_APPLICABLE' }
	New-GroupFinding -Rule $Rule -Facts $Facts -Findings $Findings -Order 'pass', 'unknown', 'pendingReboot', 'fail' -Keys $keys
}
