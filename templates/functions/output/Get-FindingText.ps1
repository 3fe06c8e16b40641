function Get-FindingText {
	<#
	.SYNOPSIS
	What a person reads about a finding, in one language: Title, Message and Steps (what to do).
	#>
	param($Finding, $Rule, $Messages, [string]$Language)

	$read = @{ Language = $Language; Expected = $Finding.Expected }
	$message = $Messages[$Finding.MessageKey]
	# A note is a message key, or a text of the pack.
	$notes = @(foreach ($note in $Finding.Notes) { if ($Messages.ContainsKey($note)) { $Messages[$note] } else { $note } })
	$advice = @(if ($message -match '\|do:(.+)$') { foreach ($key in $Matches[1] -split ' ') { $Messages[$key] } })
	$isBad = @('fail', 'pendingReboot', 'fixFailed', 'skipped') -contains $Finding.State
	if ($advice.Length -eq 0 -and $isBad) { $advice = @($Rule.Remediation) }
	@{
		Title = Get-Text -Text $Rule.Title -Language $Language
		Message = ([string]::Join((Get-Text -Text $Messages.NOTE_STOP -Language $Language), @(foreach ($text in @($message) + $notes + '') { Get-Text -Text $text @read }))).Trim()
		Steps = @(foreach ($text in $advice) { Get-Text -Text $text @read })
	}
}
