function Get-TrustVerdict {
	<#
	.SYNOPSIS
	pass when every certificate is in its store, unknown when that could not be told, else fail.
	#>
	param($Answers)

	$states = @(foreach ($answer in $Answers) { $answer.State })
	if ($states.Length -eq 0) { return 'unknown' }
	foreach ($state in 'blocked', 'failed', 'refused', 'missing') {
		if ($states -contains $state) { return 'fail' }
	}
	if ($states -contains 'unknown') { return 'unknown' }
	return 'pass'
}
