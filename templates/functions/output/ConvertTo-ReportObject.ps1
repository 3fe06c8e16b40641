function ConvertTo-ReportObject {
	<#
	.SYNOPSIS
	Everything that was found, as rules/schema/report.schema.json describes it; texts in English, times ISO 8601 in UTC.
	#>
	param($Plan, $Rules, $Findings, $Verdict, $Messages, $Environment, $StartedAt)

	$details = @(
		foreach ($finding in $Findings) {
			$rule = $Rules[$finding.Id]
			$text = Get-FindingText -Finding $finding -Rule $rule -Messages $Messages -Language 'en'
			[ordered]@{
				id = $finding.Id
				kind = $rule.Kind
				severity = $finding.Severity
				state = $finding.State
				title = $text.Title
				messageKey = $finding.MessageKey
				message = $text.Message
				expected = $finding.Expected
				actual = $finding.Actual
				evidence = $finding.Evidence
				remediation = $text.Steps
			}
		}
	)
	[ordered]@{
		schemaVersion = 1
		tool = [ordered]@{ name = 'psmint'; version = $Plan.ToolVersion }
		script = $Plan.Script
		target = $Plan.Target
		pack = [ordered]@{ id = $Plan.PackId; version = $Plan.PackVersion; title = Get-Text -Text $Plan.Title -Language 'en' }
		device = [ordered]@{ name = $Environment.DeviceName }
		host = $Environment.Host
		startedAt = $StartedAt
		endedAt = Get-UtcTime
		verdict = $Verdict
		exitCode = $Plan.ExitCodes[$Verdict]
		findings = $details
	}
}
