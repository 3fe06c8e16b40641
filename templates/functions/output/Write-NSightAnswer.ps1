function Write-NSightAnswer {
	<#
	.SYNOPSIS
	Answer of the target "n-sight": one line, and a code above 1000.
	#>
	param($Answer)

	Set-HostExitCode -Code $Answer.Plan.ExitCodes[$Answer.Verdict]
	Get-SummaryLine @Answer
}
