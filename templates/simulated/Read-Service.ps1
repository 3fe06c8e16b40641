function Read-Service {
	<#
	.SYNOPSIS
	Simulated: state of a service of the machine file.
	#>
	param([string]$Name)

	$machine = $global:SimulatedMachine
	if (Test-SimulatedDenial -Machine $machine -Path "service:$Name") {
		return @{ Status = 'error'; Value = 'Access is denied.' }
	}
	if (-not $machine.Services.ContainsKey($Name)) { return @{ Status = 'missing'; Value = '' } }
	@{ Status = 'found'; Value = $machine.Services[$Name] }
}
