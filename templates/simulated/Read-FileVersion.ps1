function Read-FileVersion {
	<#
	.SYNOPSIS
	Simulated: version of a file of the machine file.
	#>
	param([string]$Path)

	$machine = $global:SimulatedMachine
	if (Test-SimulatedDenial -Machine $machine -Path "file:$Path") {
		return @{ Status = 'error'; Value = 'Access is denied.' }
	}
	if (-not $machine.Files.ContainsKey($Path)) { return @{ Status = 'missing'; Value = '' } }
	@{ Status = 'found'; Value = $machine.Files[$Path] }
}
