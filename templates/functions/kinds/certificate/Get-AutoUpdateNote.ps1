function Get-AutoUpdateNote {
    <#
    .SYNOPSIS
    Note that Windows may, or by policy will not, fetch a missing root certificate by itself; none when that is not known.
    #>
    param([hashtable]$Rule, [hashtable]$Facts)

    foreach ($policy in @(Select-Fact -Rule $Rule -Facts $Facts -Role 'AutoUpdate')) {
        $value = ConvertTo-WholeNumber -Value $policy.Value
        if ($policy.Status -eq 'found' -and $value -eq 1) {
            @{ Key = 'CERT_NOTE_AUTO_UPDATE_OFF'; Arguments = @(); Text = $null }
        } elseif ($policy.Status -eq 'missing' -or ($policy.Status -eq 'found' -and $value -eq 0)) {
            @{ Key = 'CERT_NOTE_AUTO_UPDATE'; Arguments = @(); Text = $null }
        }
    }
}
