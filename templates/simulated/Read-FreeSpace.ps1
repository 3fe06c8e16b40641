function Read-FreeSpace {
	<#
	.SYNOPSIS
	Simulated: free bytes of the system drive of the machine file.
	#>
	param()

	$machine = $global:SimulatedMachine
	if ($null -eq $machine.FreeSpace -or (Test-SimulatedDenial -Machine $machine -Path 'freeSpace')) {
		return @{ Status = 'error'; Value = 'Access is denied.' }
	}
	@{ Status = 'found'; Value = "$($machine.FreeSpace)" }
}
