function Invoke-Rollback {
    <#
    .SYNOPSIS
    Removes exactly the certificates that fix-cert of this pack recorded, and returns the findings of a new look.
    #>
    param([hashtable]$Rules, [hashtable]$Assessment, $Environment, [string]$PackId, [bool]$Simulate)

    $record = Read-ChangeRecord -PackId $PackId
    foreach ($finding in $Assessment.Findings) {
        $rule = $Rules[$finding.Id]
        if (@($rule.Installs).Length -eq 0) {
            $finding
            continue
        }
        $certificate = $rule.Parameters.Certificate
        $name = $certificate.Name
        $entries = @(@($record.Value) | Where-Object { $null -ne $_ -and $_.Thumbprint -eq $certificate.Sha1 -and $_.Store -eq $certificate.Store })
        if ($record.Status -eq 'error') {
            Set-Finding -Finding $finding -State 'fixFailed' -MessageKey 'FIX_ROLLBACK_FAILED' -Arguments $name, $record.Error
        } elseif ($entries.Length -eq 0) {
            $finding.Notes = @($finding.Notes) + @{ Key = 'FIX_NOTHING_TO_ROLL_BACK'; Arguments = @(); Text = $null }
            $finding
        } elseif ($Simulate) {
            Set-Finding -Finding $finding -State 'skipped' -MessageKey 'FIX_WHAT_IF_ROLLBACK' -Arguments $name, $certificate.Store
        } elseif ($Environment.IsElevated -ne $true) {
            Set-Finding -Finding $finding -State 'fixFailed' -MessageKey 'FIX_ROLLBACK_FAILED' -Arguments $name, 'not elevated'
        } else {
            Undo-Certificate -Finding $finding -Rules $Rules -Certificate $certificate -PackId $PackId -Record $record.Value
        }
    }
}
