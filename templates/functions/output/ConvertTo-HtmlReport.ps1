function ConvertTo-HtmlReport {
	<#
	.SYNOPSIS
	The report as one self-contained page in one language.
	#>
	param($Report, $Answer, $PackTexts, [string]$Language, [string]$Style)

	$label = @{}
	foreach ($key in $Answer.Messages.Keys) { $label[$key] = ConvertTo-HtmlText -Text $Answer.Messages[$key] -Language $Language }
	$title = ConvertTo-HtmlText -Text $Answer.Plan.Title -Language $Language
	$device = ConvertTo-HtmlText -Text $Report.device.name
	$page = @(
		'<!DOCTYPE html><html lang="{0}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">' -f $Language
		'<title>{0} - {1}</title><style>{2}</style></head><body>' -f $title, $device, $Style
		'<header class="{0}"><p>{1}</p><h1>{2}</h1></header><dl>' -f $Report.verdict, $title, $label["VERDICT_$($Report.verdict)"]
		ConvertTo-HtmlRow -Name $label.REPORT_DEVICE -Value $Report.device.name
		ConvertTo-HtmlRow -Name $label.REPORT_CHECKED -Value ($Report.endedAt -replace 'T(.+):..Z', ' $1 UTC')
		ConvertTo-HtmlRow -Name $label.REPORT_PACK -Value "$($Report.pack.id) $($Report.pack.version)"
		ConvertTo-HtmlRow -Name $label.REPORT_PRODUCT -Value (Get-Text -Text $PackTexts.Product -Language $Language)
		ConvertTo-HtmlRow -Name $label.REPORT_EFFECTIVE -Value $PackTexts.Effective
		'</dl>'
		foreach ($finding in $Answer.Findings) {
			$rule = $Answer.Rules[$finding.Id]
			$text = Get-FindingText -Finding $finding -Rule $rule -Messages $Answer.Messages -Language $Language
			'<section class="{0}"><h2>{1} <small>{2}</small> <b>{3}</b></h2>' -f $finding.State, (ConvertTo-HtmlText -Text $text.Title), $finding.Id, $label["STATE_$($finding.State)"]
			'<p>{0}</p><dl>' -f (ConvertTo-HtmlText -Text $text.Message)
			ConvertTo-HtmlRow -Name $label.LABEL_EXPECTED -Value $finding.Expected
			ConvertTo-HtmlRow -Name $label.LABEL_FOUND -Value $finding.Actual
			foreach ($step in $text.Steps) { ConvertTo-HtmlRow -Name $label.LABEL_TO_DO -Value $step }
			ConvertTo-HtmlRow -Name $label.REPORT_WHY -Value (Get-Text -Text $rule.Why -Language $Language)
			'</dl><details><summary>{0}</summary><dl>' -f $label.REPORT_EVIDENCE
			foreach ($fact in $finding.Evidence) { '<dt>{0}</dt><dd>{1} {2}</dd>' -f (ConvertTo-HtmlText -Text $fact.source), $label["FACT_$($fact.status)"], (ConvertTo-HtmlText -Text $fact.value) }
			'</dl></details></section>'
		}
		foreach ($part in @('IMPACT', 'SUPPORT', 'SOURCES')) {
			'<h2>{0}</h2><ul>' -f $label["REPORT_$part"]
			foreach ($entry in $PackTexts[$part]) { '<li>{0}</li>' -f (ConvertTo-HtmlText -Text $entry -Language $Language) }
			'</ul>'
		}
		'<footer>psmint {0}, PowerShell {1} ({2})' -f $Report.tool.version, $Report.host.powershell, $Report.host.languageMode
		if ($Report.host.elevated -ne $true) { $label.REPORT_NOT_ELEVATED }
		'</footer></body></html>'
	)
	return [string]::Join("`r`n", $page)
}
