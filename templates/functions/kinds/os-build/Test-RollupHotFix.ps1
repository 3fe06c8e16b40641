function Test-RollupHotFix {
    <#
    .SYNOPSIS
    The slow half of the evidence for Windows 6.x: hot fixes prove, file versions only suggest, and 'fail' needs every source.
    #>
    param([hashtable]$Rule, [hashtable]$Facts, [hashtable]$Row, [hashtable]$Windows, [hashtable]$Finding, [string]$LaterSecurityOnly)

    $hotFixes = Get-FactText -Rule $Rule -Facts $Facts -Role 'HotFix'
    $proof = Select-KbNumber -Text $hotFixes -Kb (@($Row.SecurityOnly) + @($Row.Rollups))
    if ($proof) {
        return New-Finding @Finding -State 'pass' -MessageKey 'OS_ROLLUP_BY_HOTFIX' -Arguments $Windows.Name, $proof
    }
    $kernel = Get-KernelEvidence -Rule $Rule -Facts $Facts -Row $Row
    if ($kernel) {
        return New-Finding @Finding -State 'unknown' -MessageKey 'OS_ROLLUP_LIKELY' -Arguments $Windows.Name, $kernel
    }
    $later = $LaterSecurityOnly
    if (-not $later) { $later = Select-KbNumber -Text $hotFixes -Kb $Row.LaterSecurityOnly }
    if ($later) {
        return New-Finding @Finding -State 'unknown' -MessageKey 'OS_ROLLUP_LATER_SECURITY_ONLY' -Arguments $Windows.Name, $later
    }
    $unreadable = Get-UnreadableSource -Rule $Rule -Facts $Facts
    if ($unreadable) {
        return New-Finding @Finding -State 'unknown' -MessageKey 'OS_ROLLUP_UNREADABLE' -Arguments $Windows.Name, $unreadable
    }
    New-Finding @Finding -State 'fail' -MessageKey 'OS_ROLLUP_MISSING' -Arguments $Windows.Name, $Row.Kb, $Row.SecurityOnly, $Row.KbDate
}
