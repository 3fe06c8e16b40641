function Get-SummaryReason {
    <#
    .SYNOPSIS
    Short English reason of a verdict: that of the first required finding that led to it.
    #>
    param($Findings, [string]$Verdict, $Reasons)

    if ($Verdict -eq 'pass') { return 'all required rules pass' }
    $states = @($Verdict)
    if ($Verdict -eq 'fail') { $states = @('fail', 'fixFailed', 'skipped') }
    foreach ($finding in $Findings) {
        if ($finding.Severity -ne 'required' -or $states -notcontains $finding.State) { continue }
        $text = $Reasons[$finding.MessageKey]
        if (-not $text) { $text = $finding.State }
        # Expected comes from the rule, so the line stays the same while the state does.
        $reason = '{0}: {1}' -f $finding.Id, ($text -f $finding.Expected)
        foreach ($note in $finding.Notes) {
            if ($Reasons[$note.Key]) { $reason = '{0}, {1}' -f $reason, $Reasons[$note.Key] }
        }
        return $reason
    }
    return 'no required rule applies to this machine'
}
