function Test-RevisionBuild {
    <#
    .SYNOPSIS
    Cumulative updates: the update revision decides. Below it the advice depends on when support of the edition ended.
    #>
    param([hashtable]$Rule, [hashtable]$Facts, [hashtable]$Row, [hashtable]$Windows)

    $minimum = "$($Row.Build).$($Row.MinRevision)"
    $finding = @{ Rule = $Rule; Facts = $Facts; Expected = $minimum; Actual = $Windows.Found; Notes = $Windows.Notes }
    $revision = Get-FactNumber -Rule $Rule -Facts $Facts -Role 'Revision'
    if ($revision.Status -ne 'known') {
        return New-Finding @finding -State 'unknown' -MessageKey 'OS_REVISION_UNREADABLE' -Arguments $revision.Source
    }
    $texts = @($Windows.Name, $Windows.Found, $minimum)
    if ($revision.Value -ge [int]$Row.MinRevision) {
        return New-Finding @finding -State 'pass' -MessageKey 'OS_REVISION_REACHED' -Arguments $texts
    }
    # Dates are YYYY-MM-DD, so their order is that of the text.
    $ended = @($Windows.LastDays | Where-Object { $_ -lt $Row.KbDate } | Sort-Object)
    if ($ended.Length -eq 0) {
        return New-Finding @finding -State 'fail' -MessageKey 'OS_REVISION_BELOW' -Arguments ($texts + $Row.Kb)
    }
    if ($ended.Length -eq @($Windows.LastDays).Length) {
        return New-Finding @finding -State 'fail' -MessageKey 'OS_REVISION_BELOW_UPGRADE' -Arguments ($texts + $ended[-1])
    }
    New-Finding @finding -State 'fail' -MessageKey 'OS_REVISION_BELOW_EDITION_UNKNOWN' -Arguments ($texts + $Row.Kb)
}
