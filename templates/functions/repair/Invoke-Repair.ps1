function Invoke-Repair {
    <#
    .SYNOPSIS
    Adds the certificates that an assessment found missing, reads again, and returns the new findings.
    #>
    param([hashtable]$Rules, [hashtable]$Certificates, [hashtable]$Assessment, $Environment, [string]$PackId, [bool]$Simulate)

    foreach ($finding in $Assessment.Findings) {
        $rule = $Rules[$finding.Id]
        # Only what is surely missing is added. A certificate that somebody put among the untrusted ones stays there.
        if ($finding.State -ne 'fail' -or $finding.MessageKey -ne 'CERT_MISSING' -or @($rule.Installs).Length -eq 0) {
            $finding
            continue
        }
        $certificate = $rule.Parameters.Certificate
        if (@($rule.Installs) -notcontains $certificate.Id) {
            $finding
        } elseif ($Simulate) {
            Set-Finding -Finding $finding -State 'skipped' -MessageKey 'FIX_WHAT_IF' -Arguments $certificate.Name, $certificate.Store
        } elseif ($Environment.IsElevated -ne $true) {
            Set-Finding -Finding $finding -State 'fixFailed' -MessageKey 'FIX_NOT_ELEVATED' -Arguments $certificate.Name, ''
        } else {
            Repair-Certificate -Finding $finding -Rules $Rules -Certificate $Certificates[$certificate.Id] -PackId $PackId
        }
    }
}
