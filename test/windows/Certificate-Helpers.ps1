<#
.SYNOPSIS
What the cases about certificates share: a throw-away root that the test made a moment ago. Nobody else has it.
#>
param([string]$Certificate)

$pem = [System.IO.File]::ReadAllText($Certificate)
$bytes = [System.Text.Encoding]::ASCII.GetBytes($pem)
$root = New-Object -TypeName System.Security.Cryptography.X509Certificates.X509Certificate2 -ArgumentList (, $bytes)
$thumbprint = $root.Thumbprint
$policies = 'HKLM:\SOFTWARE\Policies\Microsoft\SystemCertificates'

function Get-OwnKey {
	param([string]$Store = 'Root')

	"HKLM:\SOFTWARE\Microsoft\SystemCertificates\$Store\Certificates\$thumbprint"
}

function Read-Store {
	param([string]$Language, [string]$Store = 'Root')

	Invoke-InMode -Language $Language -Command 'Read-Certificate' -Parameters @{ Store = $Store; Thumbprint = $thumbprint }
}

function Add-Root {
	param([string]$Language = 'FullLanguage', [string]$Store = 'Root', [string]$As = $thumbprint)

	Invoke-InMode -Language $Language -Command 'Add-MachineCertificate' -Parameters @{ Store = $Store; Thumbprint = $As; Pem = $pem }
}

function Remove-Root {
	param([string]$Language = 'FullLanguage', [string]$Store = 'Root')

	Invoke-InMode -Language $Language -Command 'Remove-MachineCertificate' -Parameters @{ Store = $Store; Thumbprint = $thumbprint }
}

function Get-Copies {
	param([string]$Store = 'Root')

	$opened = New-Object -TypeName System.Security.Cryptography.X509Certificates.X509Store -ArgumentList $Store, 'LocalMachine'
	$opened.Open('ReadOnly')
	@($opened.Certificates | Where-Object { $_.Thumbprint -eq $thumbprint }).Length
	$opened.Close()
}
