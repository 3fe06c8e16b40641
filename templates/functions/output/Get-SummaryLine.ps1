function Get-SummaryLine {
	<#
	.SYNOPSIS
	The last line of every answer: ASCII, 2,048 characters at most, the same while the state is the same. The reason is
	that of the first required finding that led to the verdict.
	#>
	param($Plan, $Rules, $Findings, $Verdict, $Messages)

	$reason = if ($Verdict -eq 'pass') { 'all required rules pass' } else { 'no required rule applies to this machine' }
	$bad = if ($Verdict -eq 'fail') { @('fail', 'fixFailed', 'skipped') } else { @($Verdict) }
	$worst = @($Findings | Where-Object { $Verdict -ne 'pass' -and $_.Severity -eq 'required' -and $bad -contains $_.State })
	if ($worst.Length -gt 0) {
		# Expected comes from the rule, so the line stays the same while the state does.
		$text = Get-FindingText -Finding $worst[0] -Rule $Rules[$worst[0].Id] -Messages $Messages -Language 'en'
		$reason = ConvertTo-AsciiText -Text ('{0}: {1}' -f $worst[0].Id, $text.Message)
		if ($reason.Length -gt 300) { $reason = $reason.Substring(0, 300) }
	}
	$line = 'PSMINT {0} {1} pack={2}@{3}' -f $Plan.Script, $Verdict, $Plan.PackId, $Plan.PackVersion
	$states = @(foreach ($finding in $Findings) { '{0}={1}' -f $finding.Id, $finding.State })
	$room = 2048 - $reason.Length - 3
	$all = [string]::Join(' ', @($line) + $states)
	if ($all.Length -gt $room) {
		# Too many rules for one line: what needs attention comes first, and the end is cut at a blank.
		$sorted = @($states -notmatch '=(pass|fixed|notA)') + @($states -match '=(pass|fixed|notA)')
		$all = [string]::Join(' ', @($line) + $sorted).Substring(0, $room - 3) -replace ' [^ ]*$', ' ...'
	}
	return "$all | $reason"
}
