function Write-AwsSsmAnswer {
	<#
	.SYNOPSIS
	Answer of the target "aws-ssm": one line.
	#>
	param($Answer)

	Set-HostExitCode -Code $Answer.Plan.ExitCodes[$Answer.Verdict]
	Get-SummaryLine @Answer
}
