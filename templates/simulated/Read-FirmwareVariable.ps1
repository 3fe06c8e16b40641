function Read-FirmwareVariable {
	<#
	.SYNOPSIS
	Simulated: names of certificates in a Secure Boot variable of the machine file.
	#>
	param([string]$Name)

	$machine = $global:SimulatedMachine
	if (Test-SimulatedDenial -Machine $machine -Path "firmware:$Name") {
		return @{ Status = 'error'; Value = 'Access is denied.' }
	}
	if (-not $machine.Host.Elevated -or $machine.Host.PowerShell -match '^[67]\.' -or -not $machine.Firmware.ContainsKey($Name)) {
		return @{ Status = 'missing'; Value = '' }
	}
	@{ Status = 'found'; Value = $machine.Firmware[$Name] }
}
