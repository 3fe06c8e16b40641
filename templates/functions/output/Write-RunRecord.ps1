function Write-RunRecord {
	<#
	.SYNOPSIS
	Leaves the outcome of a run in the event log, one event for the verdict and one for each repair, and as one line in a file
	of administrators alone. Both are for people: nothing is decided by them, and a run is the same where they fail.
	#>
	param($Answer)

	try {
		$plan = $Answer.Plan
		$line = Get-SummaryLine @Answer
		Write-RunEvent -Entry $plan.Events[$Answer.Verdict] -Text $line
		foreach ($finding in $Answer.Findings) {
			if (-not $plan.Events.ContainsKey($finding.MessageKey)) { continue }
			$told = Get-FindingText -Finding $finding -Rule $Answer.Rules[$finding.Id] -Messages $Answer.Messages -Language 'en'
			$text = 'PSMINT {0} pack={1}@{2} | {3}: {4} ({5})' -f $plan.Script, $plan.PackId, $plan.PackVersion, $finding.Id, $told.Message, $finding.Actual
			Write-RunEvent -Entry $plan.Events[$finding.MessageKey] -Text (ConvertTo-AsciiText -Text $text)
		}
		$entry = [ordered]@{ schemaVersion = 1; at = Get-UtcTime; verdict = $Answer.Verdict; line = $line }
		$null = Add-RunHistory -PackId $plan.PackId -Script $plan.Script -Entry $entry
	} catch {
		$null = $_
	}
}
