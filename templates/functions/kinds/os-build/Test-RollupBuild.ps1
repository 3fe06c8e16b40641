function Test-RollupBuild {
    <#
    .SYNOPSIS
    Windows 6.x: is the update, or a later monthly rollup, installed? Evidence from cheap and sure to slow; the first proof ends it.
    #>
    param([hashtable]$Rule, [hashtable]$Facts, [hashtable]$Row, [hashtable]$Windows)

    $finding = @{ Rule = $Rule; Facts = $Facts; Expected = "$($Row.Kb) / $($Row.SecurityOnly)"; Actual = $Windows.Found; Notes = $Windows.Notes }
    $revision = Get-FactNumber -Rule $Rule -Facts $Facts -Role 'Revision'
    if ($revision.Value -ge [int]$Row.MinRevision) {
        return New-Finding @finding -State 'pass' -MessageKey 'OS_ROLLUP_BY_REVISION' -Arguments $Windows.Name, "$($revision.Value)"
    }
    # A lower or missing revision proves nothing: security-only updates do not move it.
    $unread = @(Select-UnreadFact -Rule $Rule -Facts $Facts -Role 'Package')
    if ($unread.Length -gt 0) {
        return New-Finding @finding -State 'unknown' -MessageKey 'OS_ROLLUP_UNREADABLE' -Arguments $Windows.Name, $unread[0] -Needs $unread
    }
    $packages = Get-PackageEvidence -Row $Row -Facts @(Select-Fact -Rule $Rule -Facts $Facts -Role 'Package')
    if ($packages.Installed) {
        return New-Finding @finding -State 'pass' -MessageKey 'OS_ROLLUP_BY_PACKAGE' -Arguments $Windows.Name, $packages.Installed
    }
    # What could not be read may be an update that waits for a restart, which Get-HotFix can list too: no proof below this line.
    $unreadable = $packages.Unreadable
    if (-not $unreadable -and $packages.Pending -and $revision.Status -eq 'unreadable') { $unreadable = $revision.Source }
    if ($unreadable) {
        return New-Finding @finding -State 'unknown' -MessageKey 'OS_ROLLUP_UNREADABLE' -Arguments $Windows.Name, $unreadable
    }
    if ($packages.Pending) {
        return New-Finding @finding -State 'pendingReboot' -MessageKey 'OS_ROLLUP_PENDING' -Arguments $Windows.Name, $packages.Pending
    }
    $unread = @(Select-UnreadFact -Rule $Rule -Facts $Facts -Role 'HotFix', 'CodeIntegrity')
    if ($unread.Length -gt 0) {
        return New-Finding @finding -State 'unknown' -MessageKey 'OS_ROLLUP_UNREADABLE' -Arguments $Windows.Name, $unread[0] -Needs $unread
    }
    Test-RollupHotFix -Rule $Rule -Facts $Facts -Row $Row -Windows $Windows -Finding $finding -LaterSecurityOnly $packages.LaterSecurityOnly
}
