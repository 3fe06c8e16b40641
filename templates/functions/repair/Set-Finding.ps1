function Set-Finding {
	<#
	.SYNOPSIS
	A copy of a finding with the outcome of a repair.
	#>
	param($Finding, $Key, [string]$Actual = '')

	$changed = $Finding.Clone()
	$changed.MessageKey = $Key
	$changed.Actual = $Actual
	$changed.State = switch -Regex ($Key) {
		'INSTALLED' { 'fixed' }
		'WHAT_IF' { 'skipped' }
		'ROLLED_BACK' { 'fail' }
		default { 'fixFailed' }
	}
	return $changed
}
