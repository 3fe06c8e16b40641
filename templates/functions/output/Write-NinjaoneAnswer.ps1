function Write-NinjaoneAnswer {
	<#
	.SYNOPSIS
	Answer of the target "ninjaone": the verdict and the summary line as custom fields, and the line as output.
	#>
	param($Answer)

	$line = Get-SummaryLine @Answer
	$fields = @{ psmintVerdict = $Answer.Verdict; psmintSummary = $line }
	foreach ($name in @('psmintVerdict', 'psmintSummary')) {
		try {
			# The agent's command reports a field that does not exist as an error record, not by an exception.
			$said = @(Ninja-Property-Set -Name $name -Value $fields[$name] 2>&1)
			$wrong = @($said | Where-Object { @($_.PSObject.Properties | Where-Object { $_.Name -eq 'Exception' }).Length -gt 0 })
			if ($wrong.Length -gt 0) { throw "$($wrong[0])" }
		} catch {
			'PSMINT field {0} not written: {1}' -f $name, (ConvertTo-AsciiText -Text $_.FullyQualifiedErrorId)
		}
	}
	Set-HostExitCode -Code $Answer.Plan.ExitCodes[$Answer.Verdict]
	$line
}
