function Get-SummaryLine {
    <#
    .SYNOPSIS
    The last line of every answer: one line of ASCII, 2,048 characters at most, the same while the state is the same.
    #>
    param($Plan, $Findings, [string]$Verdict, $Reasons)

    $reason = ConvertTo-AsciiText -Text (Get-SummaryReason -Findings $Findings -Verdict $Verdict -Reasons $Reasons)
    if ($reason.Length -gt 300) { $reason = $reason.Substring(0, 300) }
    $line = 'PSMINT {0} {1} pack={2}@{3}' -f $Plan.Script, $Verdict, $Plan.PackId, $Plan.PackVersion
    $states = @(foreach ($finding in $Findings) { '{0}={1}' -f $finding.Id, $finding.State })

    $room = 2048 - $reason.Length - 3
    if ([string]::Join(' ', @($line) + $states).Length -gt $room) {
        # Too many rules for one line: what needs attention comes first, the rest is counted.
        $good = '=(pass|fixed|notApplicable)$'
        $states = @($states -notmatch $good) + @($states -match $good)
        $room = $room - 12
    }
    $left = $states.Count
    foreach ($state in $states) {
        if ($line.Length + 1 + $state.Length -gt $room) { break }
        $line = "$line $state"
        $left = $left - 1
    }
    if ($left) { $line = "$line +$left more" }
    return "$line | $reason"
}
