function Read-HostEnvironment {
	<#
	.SYNOPSIS
	The PowerShell and the Windows that run this script, as rules/schema/report.schema.json has them. elevated is $null when that cannot be told.
	#>
	$architecture = "$env:PROCESSOR_ARCHITECTURE"
	$onWindows = $env:OS -eq 'Windows_NT'
	$about = [ordered]@{
		windows = $onWindows
		windows64Bit = $onWindows -and ($architecture -match '64' -or [bool]$env:PROCESSOR_ARCHITEW6432)
		powershell = "$($PSVersionTable.PSVersion)"
		languageMode = "$($ExecutionContext.SessionState.LanguageMode)"
		processBits = if ($architecture -match '^(x86|ARM)$') { 32 } else { 64 }
		elevated = Test-Elevation
		culture = $PSCulture
	}
	@{ DeviceName = "$env:COMPUTERNAME" -replace '^$', 'unknown'; Host = $about }
}
