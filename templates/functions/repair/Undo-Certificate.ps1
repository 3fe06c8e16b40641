function Undo-Certificate {
    <#
    .SYNOPSIS
    Removes one recorded certificate and believes only a new look at the store it was added to.
    #>
    param([hashtable]$Finding, [hashtable]$Rules, [hashtable]$Certificate, [string]$PackId, $Record)

    $name = $Certificate.Name
    # Removing goes through the store that Windows shows, which is made of several: a copy that came by Group Policy or by
    # Windows' own trust list must stay, and with it the machine would trust the certificate anyway.
    $look = Read-Certificate -Store $Certificate.Store -Thumbprint $Certificate.Sha1
    $others = Read-Certificate -Store 'AuthRoot' -Thumbprint $Certificate.Sha1
    if ($look.Status -eq 'error' -or $others.Status -ne 'missing' -or @($look.Value) -match 'Policies|EnterpriseCertificates') {
        return Set-Finding -Finding $Finding -State 'fixFailed' -MessageKey 'FIX_ROLLBACK_FAILED' -Arguments $name, 'it is also there by Group Policy or the trust list of Windows'
    }
    $removed = Remove-MachineCertificate -Store $Certificate.Store -Thumbprint $Certificate.Sha1
    $now = @((Invoke-Assessment -Rules $Rules).Findings | Where-Object { $_.Id -eq $Finding.Id })[0]
    if ($removed.Status -eq 'error') {
        return Set-Finding -Finding $now -State 'fixFailed' -MessageKey 'FIX_ROLLBACK_FAILED' -Arguments $name, $removed.Error
    }
    $others = @($Record | Where-Object { $_.Thumbprint -ne $Certificate.Sha1 -or $_.Store -ne $Certificate.Store })
    $problem = Write-ChangeRecord -PackId $PackId -Record $others
    if ($problem) { return Set-Finding -Finding $now -State 'fixFailed' -MessageKey 'FIX_ROLLBACK_FAILED' -Arguments $name, $problem }
    # Still there by another way (Group Policy, the trust list of Windows): that copy is not ours.
    if ($now.State -ne 'fail') { return $now }
    return Set-Finding -Finding $now -State 'fail' -MessageKey 'FIX_ROLLED_BACK' -Arguments $name
}
