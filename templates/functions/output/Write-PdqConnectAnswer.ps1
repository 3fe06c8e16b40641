function Write-PdqConnectAnswer {
	<#
	.SYNOPSIS
	Answer of the target "pdq-connect": flat objects for the scanner, one a rule; a repair answers by the line alone.
	#>
	param($Answer)

	if ($Answer.Plan.Script -ne 'check') {
		Set-HostExitCode -Code $Answer.Plan.ExitCodes[$Answer.Verdict]
		return Get-SummaryLine @Answer
	}
	foreach ($finding in $Answer.Findings) {
		$text = Get-FindingText -Finding $finding -Rule $Answer.Rules[$finding.Id] -Messages $Answer.Messages -Language 'en'
		$row = @{ Pack = $Answer.Plan.PackId; Version = $Answer.Plan.PackVersion; Verdict = $Answer.Verdict; Rule = $finding.Id }
		$row.State = $finding.State
		$row.Message = ConvertTo-AsciiText -Text $text.Message
		New-Object -TypeName PSObject -Property $row
	}
}
