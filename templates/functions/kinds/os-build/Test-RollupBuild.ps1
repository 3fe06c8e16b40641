function Test-RollupBuild {
    <#
    .SYNOPSIS
    Windows 6.x: is the update, or a later monthly rollup, installed? Evidence from cheap and sure to slow; the first proof ends it.
    #>
    param([hashtable]$Row, [hashtable]$Revision, [string]$Name, [hashtable]$Finding)

    $Finding += @{ Expected = "$($Row.Kb) / $($Row.SecurityOnly)" }
    $read = @{ Rule = $Finding.Rule; Facts = $Finding.Facts }
    if ($Revision.Value -ge $Row.MinRevision) { return New-Finding @Finding -State 'pass' -MessageKey 'OS_ROLLUP_BY_REVISION' -Arguments $Name, "$($Revision.Value)" }
    # A lower or missing revision proves nothing: security-only updates do not move it.
    $unread = @(Select-UnreadFact @read -Role 'Package')
    if ($unread.Length -gt 0) { return New-Finding @Finding -State 'unknown' -MessageKey 'OS_ROLLUP_UNREADABLE' -Arguments $Name, $unread[0] -Needs $unread }
    $packages = Get-PackageEvidence -Row $Row -Facts @(Select-Fact @read -Role 'Package')
    if ($packages.Installed) { return New-Finding @Finding -State 'pass' -MessageKey 'OS_ROLLUP_BY_PACKAGE' -Arguments $Name, $packages.Installed }
    # What could not be read may be an update that waits for a restart, which Get-HotFix can list too: no proof below this line.
    $unreadable = $packages.Unreadable
    if (-not $unreadable -and $packages.Pending -and $Revision.Status -eq 'unreadable') { $unreadable = $Revision.Source }
    if ($unreadable) { return New-Finding @Finding -State 'unknown' -MessageKey 'OS_ROLLUP_UNREADABLE' -Arguments $Name, $unreadable }
    if ($packages.Pending) { return New-Finding @Finding -State 'pendingReboot' -MessageKey 'OS_ROLLUP_PENDING' -Arguments $Name, $packages.Pending }
    $unread = @(Select-UnreadFact @read -Role 'HotFix', 'CodeIntegrity')
    if ($unread.Length -gt 0) { return New-Finding @Finding -State 'unknown' -MessageKey 'OS_ROLLUP_UNREADABLE' -Arguments $Name, $unread[0] -Needs $unread }

    $hotFixes = @((Get-FactText @read -Role 'HotFix') -split '[\s,;]+')
    $proof = @(@($Row.SecurityOnly) + @($Row.Rollups) | Where-Object { $hotFixes -contains $_ })
    if ($proof.Length -gt 0) { return New-Finding @Finding -State 'pass' -MessageKey 'OS_ROLLUP_BY_HOTFIX' -Arguments $Name, $proof[0] }
    # Kernel build and file version do not carry an update's number: they suggest and never prove.
    $likely = @{ BuildLab = "^$($Row.Build)\.([0-9]{1,7})(\.|$)"; CodeIntegrity = "^[0-9]+\.[0-9]+\.$($Row.Build)\.([0-9]{1,7})$" }
    foreach ($role in @('BuildLab', 'CodeIntegrity')) {
        $text = Get-FactText @read -Role $role
        if ($text -match $likely[$role] -and [int]$Matches[1] -ge $Row.MinRevision) { return New-Finding @Finding -State 'unknown' -MessageKey 'OS_ROLLUP_LIKELY' -Arguments $Name, $text }
    }
    $later = @(@($packages.Later) + @($Row.LaterSecurityOnly | Where-Object { $hotFixes -contains $_ }) | Where-Object { $_ })
    if ($later.Length -gt 0) { return New-Finding @Finding -State 'unknown' -MessageKey 'OS_ROLLUP_LATER_SECURITY_ONLY' -Arguments $Name, $later[0] }
    # "Not installed" needs every source.
    $failed = @(foreach ($role in @('Package', 'HotFix', 'BuildLab', 'CodeIntegrity')) { Select-Fact @read -Role $role | Where-Object { $_.Status -eq 'error' } })
    if ($Revision.Status -eq 'unreadable') { $failed = @(@{ Id = $Revision.Source }) }
    if ($failed.Length -gt 0) { return New-Finding @Finding -State 'unknown' -MessageKey 'OS_ROLLUP_UNREADABLE' -Arguments $Name, $failed[0].Id }
    New-Finding @Finding -State 'fail' -MessageKey 'OS_ROLLUP_MISSING' -Arguments $Name, $Row.Kb, $Row.SecurityOnly, $Row.KbDate
}
