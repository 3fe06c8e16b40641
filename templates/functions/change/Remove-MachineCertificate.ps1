function Remove-MachineCertificate {
    <#
    .SYNOPSIS
    Removes a certificate from a LocalMachine store. Returns Status (done, error), Route and Error. The caller reads back.
    #>
    param([string]$Store, [string]$Thumbprint)

    if (@('Root', 'CA') -notcontains $Store) { return @{ Status = 'error'; Route = ''; Error = "the store $Store is not one to remove from" } }
    if ($Thumbprint -notmatch '^[0-9A-F]{40}$') { return @{ Status = 'error'; Route = ''; Error = 'this is no thumbprint' } }
    $route = 'X509Store'
    try {
        if (-not (Test-FullLanguage)) {
            $route = 'Cert: provider'
            Remove-Item -LiteralPath "Cert:\LocalMachine\$Store\$Thumbprint"
            return @{ Status = 'done'; Route = $route; Error = '' }
        }
        $opened = New-Object -TypeName System.Security.Cryptography.X509Certificates.X509Store -ArgumentList $Store, 'LocalMachine'
        $opened.Open('ReadWrite')
        try {
            foreach ($certificate in @($opened.Certificates | Where-Object { $_.Thumbprint -eq $Thumbprint })) { $opened.Remove($certificate) }
        } finally {
            $opened.Close()
        }
        return @{ Status = 'done'; Route = $route; Error = '' }
    } catch {
        return @{ Status = 'error'; Route = $route; Error = "$($_.FullyQualifiedErrorId)" }
    }
}
