function Write-Action1Answer {
	<#
	.SYNOPSIS
	Answer of the target "action1": the verdict and the summary line as custom attributes, and the line as output.
	#>
	param($Answer)

	$line = Get-SummaryLine @Answer
	try {
		$null = Action1-Set-CustomAttribute 'PSMINT verdict' $Answer.Verdict
		$null = Action1-Set-CustomAttribute 'PSMINT summary' $line
	} catch {
		'PSMINT attribute not written: {0}' -f (ConvertTo-AsciiText -Text $_.FullyQualifiedErrorId)
	}
	Set-HostExitCode -Code $Answer.Plan.ExitCodes[$Answer.Verdict]
	$line
}
