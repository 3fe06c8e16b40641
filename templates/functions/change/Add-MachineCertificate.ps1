function Add-MachineCertificate {
    <#
    .SYNOPSIS
    Adds a certificate to a LocalMachine store. Returns Status (done, error), Route and Error. The caller reads it back.
    #>
    param([string]$Store, [string]$Thumbprint, [string]$Pem)

    if (@('Root', 'CA') -notcontains $Store) { return @{ Status = 'error'; Route = ''; Error = "the store $Store is not one to add to" } }
    if (-not (Test-FullLanguage)) { return Add-CertificateFromFile -Store $Store -Thumbprint $Thumbprint -Pem $Pem }
    $route = 'X509Store'
    try {
        $bytes = [System.Text.Encoding]::ASCII.GetBytes($Pem)
        $certificate = New-Object -TypeName System.Security.Cryptography.X509Certificates.X509Certificate2 -ArgumentList (, $bytes)
        if ($certificate.Thumbprint -ne $Thumbprint) { return @{ Status = 'error'; Route = $route; Error = 'the certificate in the script has another thumbprint' } }
        $opened = New-Object -TypeName System.Security.Cryptography.X509Certificates.X509Store -ArgumentList $Store, 'LocalMachine'
        $opened.Open('ReadWrite')
        try {
            $opened.Add($certificate)
        } finally {
            $opened.Close()
        }
        return @{ Status = 'done'; Route = $route; Error = '' }
    } catch {
        return @{ Status = 'error'; Route = $route; Error = "$($_.FullyQualifiedErrorId)" }
    }
}
