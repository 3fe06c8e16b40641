function Get-SecureBootOutcome {
	<#
	.SYNOPSIS
	What the facts say about the certificates of 2023: the end of a message key. Firmware is what Get-FirmwareOutcome says.
	#>
	param($Fact, $Number, [string]$Status, [string]$Firmware)

	if ($Fact.Enabled.Status -eq 'error') { return 'UNREADABLE' }
	if ($Number.Enabled -eq 0) { return 'OFF' }
	if ($Number.Enabled -ne 1) { return 'NO_STATE' }
	if ($Fact.Status.Status -eq 'error') { return 'UNREADABLE' }
	if ($Status -eq 'InProgress') { return 'IN_PROGRESS' }
	if (@('Updated', 'NotStarted') -notcontains $Status) { return 'NO_STATUS' }
	if ($Status -eq 'NotStarted') {
		# Some machines came with the new certificates: they start from the new boot manager, and nothing was ever started.
		if ($Fact.Capable.Status -eq 'error') { return 'UNREADABLE' }
		if ($Number.Capable -eq 2) { return 'CONTRADICTION' }
	}
	if ($Firmware -eq 'UNREADABLE') { return 'UNREADABLE' }
	if ($Status -eq 'NotStarted') {
		if ($Firmware -eq 'HAS') { return 'FIRMWARE_HAS' }
		return 'NOT_STARTED'
	}
	# A firmware that was set back to what it came with has lost what Windows once wrote into it.
	if ($Firmware -eq 'LACKS') { return 'FIRMWARE_LACKS' }
	return 'UPDATED'
}
