function Read-Event {
	<#
	.SYNOPSIS
	Simulated: the newest event of the machine file with one of some IDs.
	#>
	param([string]$LogName, [string]$Provider, [int[]]$Id)

	$machine = $global:SimulatedMachine
	if (Test-SimulatedDenial -Machine $machine -Path 'eventLog') { return @{ Status = 'error'; Value = 'Access is denied.' } }
	$newest = @{ Status = 'missing'; Value = '' }
	foreach ($entry in $machine.EventLog) {
		if ($LogName -eq 'System' -and $entry.provider -eq $Provider -and $Id -contains $entry.id) {
			$newest = @{ Status = 'found'; Value = "$($entry.id) $($entry.time)" }
		}
	}
	$newest
}
