function Read-Certificate {
    <#
    .SYNOPSIS
    Places of a LocalMachine store that hold a certificate. Missing only when every place could be looked at.
    The store that Windows shows is made of several registry keys (Microsoft: System Store Locations).
    #>
    param([string]$Store, [string]$Thumbprint)

    if ($env:OS -ne 'Windows_NT') { return New-ReadFailure -Problem 'no certificate stores on this system' }
    $places = @(
        "HKLM:\SOFTWARE\Microsoft\SystemCertificates\$Store\Certificates"
        "HKLM:\SOFTWARE\Policies\Microsoft\SystemCertificates\$Store\Certificates"
        "HKLM:\SOFTWARE\Microsoft\EnterpriseCertificates\$Store\Certificates"
    )
    $found = @()
    $failure = $null
    try {
        if (Test-Path -LiteralPath "Cert:\LocalMachine\$Store\$Thumbprint") { $found += "Cert:\LocalMachine\$Store" }
    } catch {
        # Without the provider (a module path of PowerShell 7, for example) the registry keys decide.
        $failure = $null
    }
    foreach ($place in $places) {
        $keys = Read-RegistryKey -Key "$place\$Thumbprint"
        if ($keys.Status -eq 'found') { $found += "$place\$Thumbprint" }
        if ($keys.Status -eq 'error') { $failure = $keys }
    }
    if ($found.Length -gt 0) { return @{ Status = 'found'; Value = $found; Error = '' } }
    if ($failure) { return $failure }
    return @{ Status = 'missing'; Value = $null; Error = '' }
}
