function Remove-MachineCertificate {
	<#
	.SYNOPSIS
	Removes a certificate from a LocalMachine store. Returns nothing, which is no proof, or why it could not.
	#>
	param($Store, $Thumbprint)

	try {
		if (@('Root', 'CA') -notcontains $Store -or $Thumbprint -notmatch '^[0-9A-F]{40}$') { throw "$Store\$Thumbprint is not one to remove" }
		if (-not (Test-FullLanguage)) {
			Remove-Item -LiteralPath "Cert:\LocalMachine\$Store\$Thumbprint"
			return
		}
		$opened = New-Object -TypeName System.Security.Cryptography.X509Certificates.X509Store -ArgumentList $Store, 'LocalMachine'
		$opened.Open('ReadWrite')
		foreach ($certificate in @($opened.Certificates | Where-Object { $_.Thumbprint -eq $Thumbprint })) { $opened.Remove($certificate) }
		$opened.Close()
	} catch {
		return "$($_.FullyQualifiedErrorId)"
	}
}
