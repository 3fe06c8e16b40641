function Read-Certificate {
	<#
	.SYNOPSIS
	Where a certificate is in a LocalMachine store: the logical store and its physical keys (local, Group Policy, Enterprise).
	Missing only when every place could be looked at.
	.LINK
	https://learn.microsoft.com/windows/win32/seccrypto/system-store-locations
	#>
	param($Store, $Thumbprint)

	if ($env:OS -ne 'Windows_NT') { return Get-ReadError -Problem 'no certificate stores on this system' }
	$found = @()
	try {
		if (Test-Path -LiteralPath "Cert:\LocalMachine\$Store\$Thumbprint") { $found += "Cert:\LocalMachine\$Store" }
	} catch {
		# Without the provider the registry keys decide.
		$found = @()
	}
	$failure = $null
	foreach ($place in @('Microsoft\SystemCertificates', 'Policies\Microsoft\SystemCertificates', 'Microsoft\EnterpriseCertificates')) {
		$key = "HKLM:\SOFTWARE\$place\$Store\Certificates\$Thumbprint"
		$read = Read-Registry -Key $key
		if ($read.Status -eq 'found') { $found += $key }
		if ($read.Status -eq 'error') { $failure = $read }
	}
	if ($found.Length -gt 0) { return @{ Status = 'found'; Value = $found } }
	if ($failure) { return $failure }
	@{ Status = 'missing'; Value = '' }
}
