function Complete-Repair {
	<#
	.SYNOPSIS
	The outcome of a repair: only what was read again says that it worked.
	#>
	param($Finding, $Route, $Problem)

	if ($Finding.State -eq 'pass') { return Set-Finding -Finding $Finding -Key 'FIX_INSTALLED' -Actual "$($Finding.Actual) ($Route)" }
	$key = if ($Problem) { 'FIX_FAILED' } else { 'FIX_NOT_FOUND_AFTER' }
	Set-Finding -Finding $Finding -Key $key -Actual $Problem
}
