function Write-TrustAnswer {
	<#
	.SYNOPSIS
	Lines for a person at a console, in the language asked for or that of the culture, and always a summary as the last line.
	#>
	param($Plan, $Answers, [string]$Verdict, [hashtable]$Texts, [string]$Language)

	if (Test-ConsoleOutput) {
		if (-not $Language) { $Language = (Get-Culture).Name -replace '-.*$', '' }
		if (-not $Texts.ContainsKey($Language)) { $Language = 'en' }
		foreach ($answer in $Answers) {
			$Texts[$Language]["TRUST_$($answer.State)"] -f $answer.Store, $answer.Name, $answer.Sha1, $answer.Error
		}
	}
	$states = @(foreach ($answer in $Answers) { '{0}:{1}={2}' -f $answer.Store, $answer.Sha1, $answer.State })
	$reasons = @(foreach ($answer in $Answers) { if ($answer.Error) { $answer.Error } })
	$line = 'PSMINT {0} {1} pack={2}@{3} {4}' -f $Plan.Script, $Verdict, $Plan.PackId, $Plan.PackVersion, [string]::Join(' ', $states)
	if ($reasons.Length -gt 0) { $line = '{0} | {1}' -f $line, $reasons[0] }
	ConvertTo-AsciiText -Text $line
}
