function Repair-Certificate {
    <#
    .SYNOPSIS
    Adds one certificate and believes only a new look at the stores. Recorded first, so that a crash leaves a way back.
    #>
    param([hashtable]$Finding, [hashtable]$Rules, [hashtable]$Certificate, [string]$PackId)

    $name = $Certificate.Name
    $before = Read-ChangeRecord -PackId $PackId
    if ($before.Status -eq 'error') {
        return Set-Finding -Finding $Finding -State 'fixFailed' -MessageKey 'FIX_FAILED' -Arguments $name, $before.Error
    }
    $others = @($before.Value | Where-Object { $_.Thumbprint -ne $Certificate.Sha1 -or $_.Store -ne $Certificate.Store })
    $entry = @{ Store = $Certificate.Store; Thumbprint = $Certificate.Sha1; State = 'adding'; At = Get-UtcTime }
    $problem = Write-ChangeRecord -PackId $PackId -Record ($others + $entry)
    if ($problem) { return Set-Finding -Finding $Finding -State 'fixFailed' -MessageKey 'FIX_FAILED' -Arguments $name, $problem }

    $added = Add-MachineCertificate -Store $Certificate.Store -Thumbprint $Certificate.Sha1 -Pem $Certificate.Pem
    $now = @((Invoke-Assessment -Rules $Rules).Findings | Where-Object { $_.Id -eq $Finding.Id })[0]
    if ($now.State -eq 'pass') {
        $entry.State = 'added'
        $problem = Write-ChangeRecord -PackId $PackId -Record ($others + $entry)
        return Set-Finding -Finding $now -State 'fixed' -MessageKey 'FIX_INSTALLED' -Arguments $name, $added.Route
    }
    $key = 'FIX_NOT_FOUND_AFTER'
    if ($added.Status -eq 'error') { $key = 'FIX_FAILED' }
    # Nothing was added, as far as can be seen: a later rollback must not remove what somebody else adds.
    if ($now.MessageKey -eq 'CERT_MISSING') { $problem = Write-ChangeRecord -PackId $PackId -Record $others }
    return Set-Finding -Finding $now -State 'fixFailed' -MessageKey $key -Arguments $name, $added.Error
}
