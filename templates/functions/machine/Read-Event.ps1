function Read-Event {
	<#
	.SYNOPSIS
	ID and time (UTC) of the newest event of a provider with one of some IDs. Slow where the log is long.
	.LINK
	https://learn.microsoft.com/powershell/module/microsoft.powershell.diagnostics/get-winevent
	#>
	param([string]$LogName, [string]$Provider, [int[]]$Id)

	if ($env:OS -ne 'Windows_NT') { return Get-ReadError -Problem 'no event log on this system' }
	try {
		$newest = @(Get-WinEvent -FilterHashtable @{ LogName = $LogName; ProviderName = $Provider; Id = $Id } -MaxEvents 1)
		if ($newest.Length -eq 0) { return @{ Status = 'missing'; Value = '' } }
		$time = $newest[0].TimeCreated.ToUniversalTime().ToString('s')
		@{ Status = 'found'; Value = "$($newest[0].Id) ${time}Z" }
	} catch {
		# No such event, or a Windows that does not have the provider.
		if ("$($_.FullyQualifiedErrorId)" -like 'NoMatching*Found*') { return @{ Status = 'missing'; Value = '' } }
		Get-ReadError -Problem $_
	}
}
