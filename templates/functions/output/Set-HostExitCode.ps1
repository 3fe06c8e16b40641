function Set-HostExitCode {
	<#
	.SYNOPSIS
	Tells the host the exit code too: a PowerShell that was started without -File would turn it into 1.
	#>
	param([int]$Code)

	# ConstrainedLanguage does not let a script call its host; the summary line names the state all the same.
	if (Test-FullLanguage) { $Host.SetShouldExit($Code) }
}
