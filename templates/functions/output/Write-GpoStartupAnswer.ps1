function Write-GpoStartupAnswer {
	<#
	.SYNOPSIS
	Answer of the target "gpo-startup": one line that nobody reads; the report file is the answer.
	#>
	param($Answer)

	Set-HostExitCode -Code $Answer.Plan.ExitCodes[$Answer.Verdict]
	Get-SummaryLine @Answer
}
