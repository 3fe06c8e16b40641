function Read-HotFix {
	<#
	.SYNOPSIS
	Simulated: the hot fixes of the machine file.
	#>
	param()

	$machine = $global:SimulatedMachine
	# A fault for tests of the time limit: a real one can wait for a dead service.
	while ($machine.Faults -contains 'hotFixes:hang') { Start-Sleep -Seconds 1 }
	if (Test-SimulatedDenial -Machine $machine -Path 'hotFixes') {
		return @{ Status = 'error'; Value = 'Access is denied.' }
	}
	@{ Status = 'found'; Value = @($machine.HotFixes) }
}
