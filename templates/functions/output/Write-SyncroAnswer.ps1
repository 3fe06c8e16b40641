function Write-SyncroAnswer {
	<#
	.SYNOPSIS
	Answer of the target "syncro": the summary line as an alert (or, for pass, in the activity log), and as output.
	#>
	param($Answer)

	$line = Get-SummaryLine @Answer
	try {
		if ("$env:SyncroModule") { Import-Module $env:SyncroModule -DisableNameChecking }
		if ($Answer.Verdict -eq 'pass') {
			$null = Log-Activity -Message $line -EventName 'PSMINT'
		} else {
			$null = Rmm-Alert -Category 'PSMINT' -Body $line
		}
	} catch {
		'PSMINT alert not written: {0}' -f (ConvertTo-AsciiText -Text $_.FullyQualifiedErrorId)
	}
	Set-HostExitCode -Code $Answer.Plan.ExitCodes[$Answer.Verdict]
	$line
}
