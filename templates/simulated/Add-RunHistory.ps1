function Add-RunHistory {
	<#
	.SYNOPSIS
	Simulated: keeps the verdict of a run, or fails, where the machine file denies it.
	#>
	param($PackId, $Script, $Entry)

	$machine = $global:SimulatedMachine
	if (-not $machine.Host.Elevated -or (Test-SimulatedDenial -Machine $machine -Path 'change:history')) { return 'Access is denied.' }
	$machine.History += "$Script $($Entry.verdict)"
}
