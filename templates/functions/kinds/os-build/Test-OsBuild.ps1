function Test-OsBuild {
    <#
    .SYNOPSIS
    Does this build of Windows have a capability that came with an update?
    #>
    param([hashtable]$Rule, [hashtable]$Facts)

    $number = Get-FactNumber -Rule $Rule -Facts $Facts -Role 'Build'
    if ($number.Status -ne 'known') {
        return New-Finding -Rule $Rule -Facts $Facts -State 'unknown' -MessageKey 'OS_BUILD_UNREADABLE' -Arguments $number.Source
    }
    $row = Get-BuildRow -Builds $Rule.Parameters.Builds -Build $number.Value
    if ($null -eq $row) { return Test-UnlistedBuild -Rule $Rule -Facts $Facts -Build $number.Value }

    $windows = Get-WindowsVersion -Rule $Rule -Facts $Facts -Row $row
    if (-not (Test-JudgedWindows -Rule $Rule -Facts $Facts -Row $row)) {
        return New-Finding -Rule $Rule -Facts $Facts -State 'unknown' -MessageKey 'OS_NOT_JUDGED' -Arguments $windows.Build -Actual $windows.Found -Notes $windows.Notes
    }
    switch ($row.Support) {
        'native' {
            New-Finding -Rule $Rule -Facts $Facts -State 'pass' -MessageKey 'OS_NATIVE' -Arguments $windows.Name -Expected $windows.Build -Actual $windows.Found -Notes $windows.Notes
        }
        'revision' {
            Test-RevisionBuild -Rule $Rule -Facts $Facts -Row $row -Windows $windows
        }
        'rollup' {
            Test-RollupBuild -Rule $Rule -Facts $Facts -Row $row -Windows $windows
        }
        'never' {
            New-Finding -Rule $Rule -Facts $Facts -State 'fail' -MessageKey 'OS_NEVER' -Arguments $windows.Name -Actual $windows.Found -Notes $windows.Notes
        }
        default {
            throw "unknown support '$($row.Support)' of build $($row.Build)"
        }
    }
}
