function Add-MachineCertificate {
	<#
	.SYNOPSIS
	Simulated: adds a certificate to a LocalMachine store; or says so and does nothing, when the machine file asks for that fault.
	#>
	param([string]$Store, [string]$Thumbprint, [string]$Pem)

	$machine = $global:SimulatedMachine
	$isDenied = Test-SimulatedDenial -Machine $machine -Path 'change:certificates'
	if ($isDenied -or -not $machine.Host.Elevated -or -not $Pem) {
		return @{ Route = 'simulated'; Error = 'Access is denied.' }
	}
	if ($machine.Faults -notcontains 'change:certificates:silent') {
		if (-not $machine.Certificates.ContainsKey($Store)) { $machine.Certificates[$Store] = @{} }
		$machine.Certificates[$Store][$Thumbprint] = $true
	}
	@{ Route = 'simulated'; Error = '' }
}
