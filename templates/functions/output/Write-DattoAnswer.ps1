function Write-DattoAnswer {
	<#
	.SYNOPSIS
	Answer of the target "datto": the summary line as the result, and one line a rule as the diagnostic.
	#>
	param($Answer)

	Set-HostExitCode -Code $Answer.Plan.ExitCodes[$Answer.Verdict]
	'<-Start Result->'
	'PSMINT={0}' -f (Get-SummaryLine @Answer)
	'<-End Result->'
	'<-Start Diagnostic->'
	foreach ($finding in $Answer.Findings) {
		$text = Get-FindingText -Finding $finding -Rule $Answer.Rules[$finding.Id] -Messages $Answer.Messages -Language 'en'
		ConvertTo-AsciiText -Text ('{0} {1}: {2}' -f $finding.Id, $finding.State, $text.Message)
	}
	'<-End Diagnostic->'
}
