function Write-AutomoxAnswer {
	<#
	.SYNOPSIS
	Answer of the target "automox": one line, and 0 or 1.
	#>
	param($Answer)

	Set-HostExitCode -Code $Answer.Plan.ExitCodes[$Answer.Verdict]
	Get-SummaryLine @Answer
}
