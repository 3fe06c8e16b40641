function Test-ConsoleOutput {
	<#
	.SYNOPSIS
	Whether a person reads the output on a console; false when that cannot be told.
	#>
	try {
		return $Host.Name -eq 'ConsoleHost' -and -not [Console]::IsOutputRedirected
	} catch {
		return $false
	}
}
