function ConvertTo-CsvReport {
	<#
	.SYNOPSIS
	The report as CSV for a spreadsheet, one row a rule, texts in one language. No field can start a formula.
	#>
	param($Report, $Answer, [string]$Language)

	$messages = $Answer.Messages
	$heads = @('REPORT_DEVICE', 'REPORT_CHECKED', 'REPORT_PACK', 'REPORT_RULE', 'REPORT_STATE', 'LABEL_EXPECTED', 'LABEL_FOUND', 'REPORT_MESSAGE', 'LABEL_TO_DO')
	$rows = @(
		, @(foreach ($head in $heads) { Get-Text -Text $messages[$head] -Language $Language })
		foreach ($finding in $Answer.Findings) {
			$text = Get-FindingText -Finding $finding -Rule $Answer.Rules[$finding.Id] -Messages $messages -Language $Language
			$state = Get-Text -Text $messages["STATE_$($finding.State)"] -Language $Language
			, @($Report.device.name, $Report.endedAt, "$($Report.pack.id) $($Report.pack.version)", "$($finding.Id) $($text.Title)",
				$state, $finding.Expected, $finding.Actual, $text.Message, [string]::Join(' ', $text.Steps))
		}
	)
	$lines = @(
		foreach ($row in $rows) {
			$cells = @(foreach ($field in $row) { '"{0}"' -f (("$field" -replace '\s+', ' ').Trim() -replace '^(?=[-=+@\uff0b\uff0d\uff1d\uff20])', "'").Replace('"', '""') })
			[string]::Join(',', $cells)
		}
		''
	)
	return [string]::Join("`r`n", $lines)
}
