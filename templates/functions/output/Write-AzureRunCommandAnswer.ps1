function Write-AzureRunCommandAnswer {
	<#
	.SYNOPSIS
	Answer of the target "azure-run-command": one line, for only the end of the output is kept.
	#>
	param($Answer)

	Set-HostExitCode -Code $Answer.Plan.ExitCodes[$Answer.Verdict]
	Get-SummaryLine @Answer
}
