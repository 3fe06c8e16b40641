function Write-ConfigmgrCiAnswer {
	<#
	.SYNOPSIS
	Answer of the target "configmgr-ci": one word, for the site compares the whole output.
	#>
	param($Answer)

	$words = @{ pass = 'Compliant'; fail = 'NonCompliant'; pendingReboot = 'PendingReboot'; unknown = 'Unknown' }
	$words[$Answer.Verdict]
}
