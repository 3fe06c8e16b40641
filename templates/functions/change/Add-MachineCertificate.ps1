function Add-MachineCertificate {
	<#
	.SYNOPSIS
	Adds a certificate to a LocalMachine store. Returns Route and Error; an empty error is no proof.
	#>
	param($Store, $Thumbprint, $Pem)

	$problem = ''
	try {
		if (@('Root', 'CA', 'TrustedPublisher') -notcontains $Store) { throw "the store $Store is not one to add to" }
		if (-not (Test-FullLanguage)) { return Add-CertificateFromFile -Store $Store -Thumbprint $Thumbprint -Pem $Pem }
		$bytes = [System.Text.Encoding]::ASCII.GetBytes($Pem)
		$certificate = New-Object -TypeName System.Security.Cryptography.X509Certificates.X509Certificate2 -ArgumentList (, $bytes)
		if ($certificate.Thumbprint -ne $Thumbprint) { throw 'the certificate in the script has another thumbprint' }
		$opened = New-Object -TypeName System.Security.Cryptography.X509Certificates.X509Store -ArgumentList $Store, 'LocalMachine'
		$opened.Open('ReadWrite')
		$opened.Add($certificate)
		$opened.Close()
	} catch {
		$problem = "$($_.FullyQualifiedErrorId)"
	}
	@{ Route = 'X509Store'; Error = $problem }
}
