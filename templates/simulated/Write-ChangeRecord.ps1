function Write-ChangeRecord {
	<#
	.SYNOPSIS
	Simulated: writes down what a fix adds. Returns nothing, or why it could not.
	#>
	param([string]$PackId, [string]$Store, [string]$Thumbprint, [string]$State)

	$machine = $global:SimulatedMachine
	if (Test-SimulatedDenial -Machine $machine -Path 'change:record') { return 'Access is denied.' }
	$name = "$PackId\$Store\$Thumbprint"
	if ($State -eq 'removed') { $machine.Records.Remove($name) } else { $machine.Records[$name] = $State }
	return ''
}
