function Write-AnsibleAnswer {
	<#
	.SYNOPSIS
	Answer of the target "ansible": one line.
	#>
	param($Answer)

	Set-HostExitCode -Code $Answer.Plan.ExitCodes[$Answer.Verdict]
	Get-SummaryLine @Answer
}
