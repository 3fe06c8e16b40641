function Get-Verdict {
    <#
    .SYNOPSIS
    One state for the machine: the worst of its required findings; 'unknown' when no required rule applies.
    #>
    param($Findings)

    $states = @(
        foreach ($finding in $Findings) {
            if ($finding.Severity -eq 'required') { $finding.State }
        }
    )
    foreach ($state in @('fail', 'fixFailed', 'skipped')) {
        if ($states -contains $state) { return 'fail' }
    }
    foreach ($state in @('pendingReboot', 'unknown')) {
        if ($states -contains $state) { return $state }
    }
    if ($states -contains 'pass' -or $states -contains 'fixed') { return 'pass' }
    return 'unknown'
}
