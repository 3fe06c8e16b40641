function Write-TaniumAnswer {
	<#
	.SYNOPSIS
	Answer of the target "tanium": one line, the same while the state is the same.
	#>
	param($Answer)

	Set-HostExitCode -Code $Answer.Plan.ExitCodes[$Answer.Verdict]
	Get-SummaryLine @Answer
}
