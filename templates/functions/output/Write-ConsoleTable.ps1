function Write-ConsoleTable {
	<#
	.SYNOPSIS
	Tells a person at a console what was found, in one language; nothing when the output is read by a program.
	#>
	param($Plan, $Rules, $Findings, $Verdict, $Messages, [string]$Language)

	if (-not (Test-ConsoleOutput)) { return }
	$label = @{}
	foreach ($key in $Messages.Keys) { $label[$key] = Get-Text -Text $Messages[$key] -Language $Language }
	''
	Get-Text -Text $Plan.Title -Language $Language
	$label["VERDICT_$Verdict"]
	foreach ($finding in $Findings) {
		$rule = $Rules[$finding.Id]
		$text = Get-FindingText -Finding $finding -Rule $rule -Messages $Messages -Language $Language
		''
		'[{0}] {1}  {2}' -f $label["STATE_$($finding.State)"], $finding.Id, $text.Title
		# fix-cert tells more only about what it repairs; check tells the rest.
		if ($Plan.Script -eq 'fix-cert' -and -not $rule['Installs']) { continue }
		'    {0}' -f $text.Message
		if ($finding.Actual) { '    {0}: {1}' -f $label.LABEL_FOUND, $finding.Actual }
		foreach ($step in $text.Steps) { '    {0}: {1}' -f $label.LABEL_TO_DO, $step }
	}
	''
}
