function Read-Certificate {
	<#
	.SYNOPSIS
	Simulated: where a certificate is in a LocalMachine store. The logical store shows its physical keys, and Root shows AuthRoot.
	#>
	param([string]$Store, [string]$Thumbprint)

	$machine = $global:SimulatedMachine
	if (Test-SimulatedDenial -Machine $machine -Path "store:$Store") {
		return @{ Status = 'error'; Value = 'Access is denied.' }
	}
	$stores = @($Store)
	if ($Store -eq 'Root') { $stores = @('Root', 'AuthRoot') }
	$where = @()
	$denied = ''
	foreach ($name in $stores) {
		if ($machine.Certificates[$name] -and $machine.Certificates[$name].ContainsKey($Thumbprint)) { $where += "Cert:\LocalMachine\$name" }
		foreach ($folder in @('Microsoft\SystemCertificates', 'Policies\Microsoft\SystemCertificates', 'Microsoft\EnterpriseCertificates')) {
			$key = "HKLM:\SOFTWARE\$folder\$name\Certificates\$Thumbprint"
			if (Test-SimulatedDenial -Machine $machine -Path "registry:$key") {
				$denied = $key
			} elseif ((Read-Registry -Key $key).Status -eq 'found') {
				$where += $key
			}
		}
	}
	if ($where.Length -gt 0) { return @{ Status = 'found'; Value = $where } }
	if ($denied) { return @{ Status = 'error'; Value = "Access is denied: $denied" } }
	@{ Status = 'missing'; Value = '' }
}
