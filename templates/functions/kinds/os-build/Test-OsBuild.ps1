function Test-OsBuild {
    <#
    .SYNOPSIS
    Does this build of Windows have a capability that came with an update?
    #>
    param([hashtable]$Rule, [hashtable]$Facts)

    $finding = @{ Rule = $Rule; Facts = $Facts }
    $build = Get-FactNumber @finding -Role 'Build'
    if ($build.Status -ne 'known') { return New-Finding @finding -State 'unknown' -MessageKey 'OS_BUILD_UNREADABLE' -Arguments $build.Source }
    $rows = @($Rule.Parameters.Builds | Where-Object { $_.Build -eq $build.Value })
    if ($rows.Length -eq 0) {
        # Newer builds have it. Any other number is an Insider build, about which nobody has said anything.
        $finding += @{ Expected = "$($Rule.Parameters.NativeFrom)"; Actual = "$($build.Value)" }
        if ($build.Value -ge $Rule.Parameters.NativeFrom) { return New-Finding @finding -State 'pass' -MessageKey 'OS_NATIVE' -Arguments "Windows (build $($build.Value))" }
        return New-Finding @finding -State 'unknown' -MessageKey 'OS_BUILD_UNKNOWN' -Arguments "$($build.Value)"
    }
    $row = $rows[0]
    $revision = Get-FactNumber @finding -Role 'Revision'
    $windows = Get-WindowsVersion @finding -Row $row -Revision $revision
    $finding += @{ Actual = $windows.Found; Notes = $windows.Notes }

    if ($row['AppliesTo']) {
        # Old installations have neither value, and nothing speaks against the row then; a failed read is no yes.
        $speaks = @(foreach ($role in @('InstallationType', 'EditionID')) { Select-Fact -Rule $Rule -Facts $Facts -Role $role })
        $isUnread = $speaks.Length -lt 2 -or $speaks[0].Status -eq 'error' -or (-not "$($speaks[0].Value)".Trim() -and $speaks[1].Status -eq 'error')
        $isOther = $windows.Kind -ne $row.AppliesTo -and @($speaks | Where-Object { $_.Status -eq 'found' -and "$($_.Value)".Trim() }).Length -gt 0
        if ($isUnread -or $isOther) { return New-Finding @finding -State 'unknown' -MessageKey 'OS_NOT_JUDGED' -Arguments "$($row.Build)" }
    }
    if ($row.Support -eq 'native') { return New-Finding @finding -State 'pass' -MessageKey 'OS_NATIVE' -Arguments $windows.Name -Expected "$($row.Build)" }
    if ($row.Support -eq 'never') { return New-Finding @finding -State 'fail' -MessageKey 'OS_NEVER' -Arguments $windows.Name }
    if ($row.Support -eq 'rollup') { return Test-RollupBuild -Row $row -Revision $revision -Name $windows.Name -Finding $finding }
    if ($row.Support -ne 'revision') { throw "unknown support '$($row.Support)'" }

    $minimum = "$($row.Build).$($row.MinRevision)"
    $finding += @{ Expected = $minimum }
    if ($revision.Status -ne 'known') { return New-Finding @finding -State 'unknown' -MessageKey 'OS_REVISION_UNREADABLE' -Arguments $revision.Source }
    $texts = @($windows.Name, $windows.Found, $minimum)
    if ($revision.Value -ge $row.MinRevision) { return New-Finding @finding -State 'pass' -MessageKey 'OS_REVISION_REACHED' -Arguments $texts }
    # An edition whose support had ended when the update came never got it. Dates are YYYY-MM-DD, so text order is theirs.
    $ended = @($windows.LastDays | Where-Object { $_ -lt $row.KbDate } | Sort-Object)
    if ($ended.Length -eq 0) { return New-Finding @finding -State 'fail' -MessageKey 'OS_REVISION_BELOW' -Arguments ($texts + $row.Kb) }
    if ($ended.Length -lt $windows.LastDays.Length) { return New-Finding @finding -State 'fail' -MessageKey 'OS_REVISION_BELOW_EDITION_UNKNOWN' -Arguments ($texts + $row.Kb) }
    New-Finding @finding -State 'fail' -MessageKey 'OS_REVISION_BELOW_UPGRADE' -Arguments ($texts + $ended[-1])
}
