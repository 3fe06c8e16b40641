function Add-TrustCertificate {
    <#
    .SYNOPSIS
    Adds one certificate of the signer to a LocalMachine store. Returns why it could not; the caller reads it back.
    #>
    param([hashtable]$Certificate)

    $store = $Certificate.Store
    if (@('Root', 'CA', 'TrustedPublisher') -notcontains $store) { return "the store $store is not one to add to" }
    if (-not (Test-FullLanguage)) {
        return (Add-CertificateFromFile -Store $store -Thumbprint $Certificate.Sha1 -Pem $Certificate.Pem).Error
    }
    try {
        $bytes = [System.Text.Encoding]::ASCII.GetBytes($Certificate.Pem)
        $read = New-Object -TypeName System.Security.Cryptography.X509Certificates.X509Certificate2 -ArgumentList (, $bytes)
        if ($read.Thumbprint -ne $Certificate.Sha1) { return 'the certificate in the script has another thumbprint' }
        $opened = New-Object -TypeName System.Security.Cryptography.X509Certificates.X509Store -ArgumentList $store, 'LocalMachine'
        $opened.Open('ReadWrite')
        try {
            $opened.Add($read)
        } finally {
            $opened.Close()
        }
        return ''
    } catch {
        return "$($_.FullyQualifiedErrorId)"
    }
}
