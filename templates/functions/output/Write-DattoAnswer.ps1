function Write-DattoAnswer {
	<#
	.SYNOPSIS
	Answer of the target "datto": the summary line as the result, one line a rule as the diagnostic, and the line as the user-defined field that the component variable usrPsmintUdf names.
	#>
	param($Answer)

	Set-HostExitCode -Code $Answer.Plan.ExitCodes[$Answer.Verdict]
	$line = Get-SummaryLine @Answer
	'<-Start Result->'
	'PSMINT={0}' -f $line
	'<-End Result->'
	'<-Start Diagnostic->'
	foreach ($finding in $Answer.Findings) {
		$text = Get-FindingText -Finding $finding -Rule $Answer.Rules[$finding.Id] -Messages $Answer.Messages -Language 'en'
		ConvertTo-AsciiText -Text ('{0} {1}: {2}' -f $finding.Id, $finding.State, $text.Message)
	}
	# The agent uploads the values Custom1 to Custom30, at most 255 characters each; 1 belongs to its ransomware isolation.
	if ($env:usrPsmintUdf -match '^(?:[2-9]|[12][0-9]|30)\z') {
		$field = 'Custom' + $env:usrPsmintUdf
		$value = $line -replace '^(.{255}).*$', '$1'
		try {
			$null = New-ItemProperty -LiteralPath 'HKLM:\SOFTWARE\CentraStage' -Name $field -PropertyType 'String' -Value $value -Force
		} catch {
			'PSMINT {0} not written: {1}' -f $field, (ConvertTo-AsciiText -Text $_.FullyQualifiedErrorId)
		}
	} elseif ($env:usrPsmintUdf) {
		'PSMINT user-defined field not written: usrPsmintUdf is not a number from 2 to 30'
	}
	'<-End Diagnostic->'
}
