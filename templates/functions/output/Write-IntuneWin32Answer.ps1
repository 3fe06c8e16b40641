function Write-IntuneWin32Answer {
	<#
	.SYNOPSIS
	Answer of the target "intune-win32": the word pass for a detection or a requirement, or the summary line.
	#>
	param($Answer)

	Set-HostExitCode -Code $Answer.Plan.ExitCodes[$Answer.Verdict]
	if ($Answer.Verdict -eq 'pass') { 'pass' } else { Get-SummaryLine @Answer }
}
