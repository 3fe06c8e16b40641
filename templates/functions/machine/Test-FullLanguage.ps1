function Test-FullLanguage {
	<#
	.SYNOPSIS
	Whether .NET may be called.
	#>
	return "$($ExecutionContext.SessionState.LanguageMode)" -eq 'FullLanguage'
}
