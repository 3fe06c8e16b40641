function Write-TacticalAnswer {
	<#
	.SYNOPSIS
	Answer of the target "tactical": one line, and the exit code although the script is started without -File.
	#>
	param($Answer)

	Set-HostExitCode -Code $Answer.Plan.ExitCodes[$Answer.Verdict]
	Get-SummaryLine @Answer
}
