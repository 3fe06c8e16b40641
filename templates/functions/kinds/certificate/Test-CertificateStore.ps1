function Test-CertificateStore {
    <#
    .SYNOPSIS
    Is a certificate in its LocalMachine store, or in the third-party part of it, and not among the untrusted ones?
    #>
    param([hashtable]$Rule, [hashtable]$Facts)

    $certificate = $Rule.Parameters.Certificate
    $finding = @{ Rule = $Rule; Facts = $Facts; Expected = $certificate.Sha1 }
    $read = @{ Rule = $Rule; Facts = $Facts }
    $untrusted = @(Select-Fact @read -Role 'Disallowed')
    $places = @(Select-Fact @read -Role 'Store') + @(Select-Fact @read -Role 'ThirdParty')

    $hits = @($untrusted | Where-Object { $_.Status -eq 'found' })
    if ($hits.Length -gt 0) { return New-Finding @finding -State 'fail' -MessageKey 'CERT_DISALLOWED' -Arguments $certificate.Name -Actual (ConvertTo-EvidenceText -Fact $hits[0]) }
    # Without a look at the untrusted store presence proves nothing, because that store wins.
    if (@($untrusted | Where-Object { $_.Status -eq 'missing' }).Length -eq 0) { return New-Finding @finding -State 'unknown' -MessageKey 'CERT_UNREADABLE' -Arguments $certificate.Name, 'Disallowed' }
    $hits = @($places | Where-Object { $_.Status -eq 'found' })
    if ($hits.Length -gt 0) {
        $where = ConvertTo-EvidenceText -Fact $hits[0]
        return New-Finding @finding -State 'pass' -MessageKey 'CERT_PRESENT' -Arguments $certificate.Name, $where -Actual $where
    }
    if ($places.Length -eq 0 -or @($places | Where-Object { $_.Status -ne 'missing' }).Length -gt 0) { return New-Finding @finding -State 'unknown' -MessageKey 'CERT_UNREADABLE' -Arguments $certificate.Name, $certificate.Store }
    # DisableRootAutoUpdate: with 1 Windows will not fetch the root by itself; whatever else stands there says nothing.
    $notes = @(
        foreach ($policy in @(Select-Fact @read -Role 'AutoUpdate')) {
            $value = ConvertTo-WholeNumber -Value $policy.Value
            if ($policy.Status -eq 'found' -and $value -eq 1) { @{ Key = 'CERT_NOTE_AUTO_UPDATE_OFF'; Arguments = @(); Text = $null } }
            if ($policy.Status -eq 'missing' -or ($policy.Status -eq 'found' -and $value -eq 0)) { @{ Key = 'CERT_NOTE_AUTO_UPDATE'; Arguments = @(); Text = $null } }
        }
    )
    New-Finding @finding -State 'fail' -MessageKey 'CERT_MISSING' -Arguments $certificate.Name -Notes $notes
}
