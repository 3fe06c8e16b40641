function Write-FleetAnswer {
	<#
	.SYNOPSIS
	Answer of the target "fleet": one line.
	#>
	param($Answer)

	Set-HostExitCode -Code $Answer.Plan.ExitCodes[$Answer.Verdict]
	Get-SummaryLine @Answer
}
