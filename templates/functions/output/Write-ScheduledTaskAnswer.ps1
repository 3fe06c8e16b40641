function Write-ScheduledTaskAnswer {
	<#
	.SYNOPSIS
	Answer of the target "scheduled-task": one line that nobody reads; the report file and the code are the answer.
	#>
	param($Answer)

	Set-HostExitCode -Code $Answer.Plan.ExitCodes[$Answer.Verdict]
	Get-SummaryLine @Answer
}
