function Write-RunEvent {
	<#
	.SYNOPSIS
	Simulated: keeps the ID of an event; none where the machine file denies it.
	#>
	param($Entry, [string]$Text)

	$machine = $global:SimulatedMachine
	if (Test-SimulatedDenial -Machine $machine -Path 'change:event') { return }
	if ($Text -notmatch '^PSMINT [ -~]+$') { throw "not a text of an event: $Text" }
	$machine.Events += $Entry.Id
}
