function Add-CertificateFromFile {
	<#
	.SYNOPSIS
	Adds a certificate where .NET may not be called: by a file in a folder that only administrators can write.
	#>
	param($Store, $Thumbprint, $Pem)

	# The PKI module of Windows is not native in PowerShell 7.
	$route = if ($PSVersionTable.PSVersion.Major -ge 6) { 'certutil.exe' } else { 'Import-Certificate' }
	$folder = New-ProtectedFolder -Name 'import'
	$file = "$($folder.Path)\$Thumbprint.cer"
	$problem = $folder.Error
	try {
		if ($problem) { throw $problem }
		Set-Content -LiteralPath $file -Value $Pem -Encoding Ascii
		if ((Get-PfxCertificate -FilePath $file).Thumbprint -ne $Thumbprint) { throw 'the file is not the certificate of the script' }
		if ($route -eq 'Import-Certificate') {
			$null = Import-Certificate -FilePath $file -CertStoreLocation "Cert:\LocalMachine\$Store"
		} else {
			# The exit code is no proof either way; reading back is.
			$problem = (Invoke-Native -FilePath 'certutil.exe' -Arguments '-f', '-addstore', $Store, $file).Error
		}
	} catch {
		$problem = "$($_.FullyQualifiedErrorId)"
	} finally {
		if (-not $folder.Error -and (Test-Path -LiteralPath $file)) { Remove-Item -LiteralPath $file -Force -ErrorAction SilentlyContinue }
	}
	@{ Route = $route; Error = $problem }
}
