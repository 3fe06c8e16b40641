function Read-Service {
	<#
	.SYNOPSIS
	State of a Windows service: Running, Stopped, Paused, or on the way to one of them.
	.LINK
	https://learn.microsoft.com/dotnet/api/system.serviceprocess.servicecontrollerstatus
	#>
	param([string]$Name)

	if ($env:OS -ne 'Windows_NT') { return Get-ReadError -Problem 'no Windows services on this system' }
	try {
		@{ Status = 'found'; Value = "$((Get-Service -Name $Name).Status)" }
	} catch {
		if ("$($_.FullyQualifiedErrorId)" -like 'NoServiceFoundForGivenName*') { return @{ Status = 'missing'; Value = '' } }
		Get-ReadError -Problem $_
	}
}
