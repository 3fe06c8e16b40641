function Get-ServiceOutcome {
	<#
	.SYNOPSIS
	What start type and status of a service say about the rule: the end of a message key, or ASK when the status must be read first.
	#>
	param($Parameters, [int]$Start, [string]$StartType, $Status)

	if ($Start -eq -1) { return 'NOT_INSTALLED' }
	if (-not $StartType) { return 'UNREADABLE' }
	$types = @($Parameters.StartTypes)
	if ($types.Length -gt 0 -and $types -notcontains $StartType) { return 'START_TYPE' }
	if (-not $Parameters.Status) { return 'MET' }
	if (-not $Status) { return 'ASK' }
	# The registry has a service that the service manager does not know: just made, or about to go.
	if ($Status.Status -eq 'missing') { return 'CONTRADICTION' }
	if ($Status.Status -ne 'found') { return 'UNREADABLE' }
	if ($Status.Value -eq $Parameters.Status) { return 'MET' }
	if (@('Running', 'Stopped', 'Paused') -contains $Status.Value) { return 'STATUS' }
	if ($Status.Value -like '*Pending') { return 'CHANGING' }
	return 'UNREADABLE'
}
