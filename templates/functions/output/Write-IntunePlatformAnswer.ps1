function Write-IntunePlatformAnswer {
	<#
	.SYNOPSIS
	Answer of the target "intune-platform": one line, and 0 or 1.
	#>
	param($Answer)

	Set-HostExitCode -Code $Answer.Plan.ExitCodes[$Answer.Verdict]
	Get-SummaryLine @Answer
}
