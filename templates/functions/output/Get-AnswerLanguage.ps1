function Get-AnswerLanguage {
	<#
	.SYNOPSIS
	Language of the answer: the one asked for, else that of the culture, else English.
	#>
	param($Plan, [string]$Language, [string]$Culture)

	# A language that was asked for and does not exist is answered in English, not in a third language.
	$wanted = if ($Language) { $Language } else { $Culture -replace '-.*$', '' }
	if ($wanted -match '^[a-z]+$' -and $Plan.Title -match "\|$($wanted):") { return $wanted.ToLowerInvariant() }
	return 'en'
}
