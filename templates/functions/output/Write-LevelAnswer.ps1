function Write-LevelAnswer {
	<#
	.SYNOPSIS
	Answer of the target "level": one line, for the monitor matches the whole output.
	#>
	param($Answer)

	Set-HostExitCode -Code $Answer.Plan.ExitCodes[$Answer.Verdict]
	Get-SummaryLine @Answer
}
