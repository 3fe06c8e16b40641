function Remove-MachineCertificate {
	<#
	.SYNOPSIS
	Simulated: removes a certificate from a LocalMachine store's own physical key.
	#>
	param([string]$Store, [string]$Thumbprint)

	$machine = $global:SimulatedMachine
	$isDenied = Test-SimulatedDenial -Machine $machine -Path 'change:certificates'
	if ($isDenied -or -not $machine.Host.Elevated) { return 'Access is denied.' }
	if ($machine.Faults -notcontains 'change:certificates:silent') {
		if ($machine.Certificates.ContainsKey($Store)) { $machine.Certificates[$Store].Remove($Thumbprint) }
		$machine.Registry.Remove("HKLM:\SOFTWARE\Microsoft\SystemCertificates\$Store\Certificates\$Thumbprint")
	}
}
