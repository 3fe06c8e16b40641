function Get-WindowsVersion {
    <#
    .SYNOPSIS
    What a finding says about this Windows: Kind (client, server or empty), Found (build.revision), Name, LastDays of the
    editions it can be, Notes. Names come from the build, never from ProductName.
    #>
    param([hashtable]$Rule, [hashtable]$Facts, [hashtable]$Row, [hashtable]$Revision)

    $type = Get-FactText -Rule $Rule -Facts $Facts -Role 'InstallationType'
    $edition = Get-FactText -Rule $Rule -Facts $Facts -Role 'EditionID'
    $kind = ''
    if ($type -eq 'Client') { $kind = 'client' }
    if ($type -match '^(Server|Server Core|Nano Server)$') { $kind = 'server' }
    if (-not $type -and $edition) {
        # Windows 10 Enterprise multi-session is a client in spite of its name.
        $kind = if ($edition -match '^Server(?!Rdsh$)') { 'server' } else { 'client' }
    }
    $versions = @(foreach ($name in @('Client', 'Server')) { if ($Row[$name]) { $Row[$name] } })
    $days = @(Get-LastSupportDay -Row $Row -Kind $kind -EditionClass (Get-EditionClass -EditionId $edition))
    if ($kind -and $Row[$kind]) { $versions = @($Row[$kind]) }
    $name = [string]::Join(' / ', @(foreach ($version in $versions) { $version.Name }))
    if (-not $name) { $name = "Windows (build $($Row.Build))" }
    $found = "$($Row.Build)"
    if ($Revision.Value -ge 0) { $found = "$found.$($Revision.Value)" }
    $advisory = $Row['Advisory']
    $notes = @(
        if ($Row['VendorListed'] -eq $false) { @{ Key = 'OS_NOTE_VENDOR_UNLISTED'; Arguments = @(); Text = $null } }
        if ($advisory -and $Revision.Value -ge 0 -and $Revision.Value -lt $advisory.BelowRevision) {
            @{ Key = 'OS_NOTE_ADVISORY'; Arguments = @($advisory.Text); Text = $advisory.Text }
        }
        if (@($days | Sort-Object -Unique).Length -eq 1) { @{ Key = 'OS_NOTE_END_OF_SUPPORT'; Arguments = @($name, $days[0]); Text = $null } }
    )
    @{ Kind = $kind; Found = $found; Name = $name; LastDays = $days; Notes = $notes }
}
