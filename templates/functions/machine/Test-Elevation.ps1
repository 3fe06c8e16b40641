function Test-Elevation {
	<#
	.SYNOPSIS
	Whether the process has administrator rights; $null when that cannot be told.
	#>
	if ($env:OS -ne 'Windows_NT') { return $null }
	if (Test-FullLanguage) {
		return ([System.Security.Principal.WindowsPrincipal][System.Security.Principal.WindowsIdentity]::GetCurrent()).IsInRole([System.Security.Principal.WindowsBuiltInRole]::Administrator)
	}
	# Mandatory labels High and System; SIDs are the same in every language (Windows: Well-known SIDs).
	$groups = Invoke-Native -FilePath 'whoami.exe' -Arguments '/groups'
	if ($groups.Error -or $groups.ExitCode -ne 0) { return $null }
	return @($groups.Output -match 'S-1-16-(12288|16384)\b').Length -gt 0
}
