function Read-ChangeRecord {
	<#
	.SYNOPSIS
	Simulated: whether an earlier fix added a certificate.
	#>
	param([string]$PackId, [string]$Store, [string]$Thumbprint)

	$machine = $global:SimulatedMachine
	if (Test-SimulatedDenial -Machine $machine -Path 'record') { return @{ Status = 'error'; Value = 'Access is denied.' } }
	$name = "$PackId\$Store\$Thumbprint"
	if (-not $machine.Records.ContainsKey($name)) { return @{ Status = 'missing'; Value = '' } }
	@{ Status = 'found'; Value = $machine.Records[$name] }
}
