function Add-CertificateFromFile {
    <#
    .SYNOPSIS
    Adds a certificate in ConstrainedLanguage, where stores can be changed by a cmdlet or a tool only: through a file in a
    folder that only administrators can write, removed again in every case.
    #>
    param([string]$Store, [string]$Thumbprint, [string]$Pem)

    $route = 'Import-Certificate'
    # The PKI module of Windows is not native in PowerShell 7.
    if ($PSVersionTable.PSVersion.Major -ge 6) { $route = 'certutil.exe' }
    $folder = New-ProtectedFolder -Name 'import'
    if ($folder.Error) { return @{ Status = 'error'; Route = $route; Error = $folder.Error } }
    $file = "$($folder.Path)\$Thumbprint.cer"
    try {
        Set-Content -LiteralPath $file -Value $Pem -Encoding Ascii
        $written = "$(Get-Content -LiteralPath $file -Raw)" -replace "`r", ''
        if ($written.Trim() -cne $Pem.Trim() -or (Get-PfxCertificate -FilePath $file).Thumbprint -ne $Thumbprint) {
            return @{ Status = 'error'; Route = $route; Error = 'the certificate file is not the certificate of the script' }
        }
        if ($route -eq 'Import-Certificate') {
            $null = Import-Certificate -FilePath $file -CertStoreLocation "Cert:\LocalMachine\$Store"
            return @{ Status = 'done'; Route = $route; Error = '' }
        }
        $answer = Invoke-Native -FilePath 'certutil.exe' -Arguments '-f', '-addstore', $Store, $file
        if ($answer.Error) { return @{ Status = 'error'; Route = $route; Error = $answer.Error } }
        # The exit code is no proof either way; reading back is.
        return @{ Status = 'done'; Route = $route; Error = '' }
    } catch {
        return @{ Status = 'error'; Route = $route; Error = "$($_.FullyQualifiedErrorId)" }
    } finally {
        if (Test-Path -LiteralPath $file) { Remove-Item -LiteralPath $file -Force -ErrorAction SilentlyContinue }
    }
}
