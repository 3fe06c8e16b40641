function Write-PretendAnswer {
	<#
	.SYNOPSIS
	Answer of the target "pretend": a field of its agent, and the line.
	#>
	param($Answer)

	$null = Set-PretendField -Name 'state' -Value $Answer.Verdict
	Set-HostExitCode -Code $Answer.Plan.ExitCodes[$Answer.Verdict]
	Get-SummaryLine @Answer
}
