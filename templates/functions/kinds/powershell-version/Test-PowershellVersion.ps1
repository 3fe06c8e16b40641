function Test-PowershellVersion {
	<#
	.SYNOPSIS
	Has Windows PowerShell at least its minimum version?
	#>
	param($Rule, $Facts)

	$read = @{ Rule = $Rule; Facts = $Facts }
	$fact = Select-Fact @read -Role 'Version'
	# 1.0 and 2.0 write into a key of their own, where 2.0 stays beside a later version.
	if ($fact -and $fact.Status -eq 'missing') { $fact = Select-Fact @read -Role 'OldVersion' }
	$outcome = 'UNREADABLE'
	$version = ''
	if ($fact -and $fact.Status -ne 'error') {
		$version = "$($fact.Value)".Trim()
		$isReached = Test-VersionReached -Text $version -Minimum $Rule.Parameters.Minimum
		$outcome = if ($null -eq $isReached) { 'NO_VERSION' } elseif ($isReached) { 'REACHED' } else { 'BELOW' }
	}
	$state = switch ($outcome) {
		'BELOW' { 'fail' }
		'REACHED' { 'pass' }
		default { 'unknown' }
	}
	New-Finding @read -State $state -Key "POWERSHELL_$outcome" -Expected $Rule.Parameters.Minimum -Actual $version
}
