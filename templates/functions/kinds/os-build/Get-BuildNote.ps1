function Get-BuildNote {
    <#
    .SYNOPSIS
    What should be said beside the state: not in the vendor's notice, the pack's advice, the edition's last day of service.
    #>
    param([hashtable]$Row, [string]$Name, [hashtable]$Revision, $LastDays)

    if ($Row['VendorListed'] -eq $false) { @{ Key = 'OS_NOTE_VENDOR_UNLISTED'; Arguments = @(); Text = $null } }
    $advisory = $Row['Advisory']
    if ($advisory -and $Revision.Status -eq 'known' -and $Revision.Value -lt [int]$advisory.BelowRevision) {
        @{ Key = 'OS_NOTE_ADVISORY'; Arguments = @($advisory.Text); Text = $advisory.Text }
    }
    $days = @($LastDays | Sort-Object -Unique)
    if ($days.Length -eq 1) { @{ Key = 'OS_NOTE_END_OF_SUPPORT'; Arguments = @($Name, $days[0]); Text = $null } }
}
