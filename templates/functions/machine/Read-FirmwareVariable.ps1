function Read-FirmwareVariable {
	<#
	.SYNOPSIS
	Names of Microsoft's certificates of 2011 and 2023 in a Secure Boot variable of the firmware: db or KEK. 'missing' where it
	cannot be looked at: without the rights of an administrator, outside Windows PowerShell, or without the module.
	.LINK
	https://learn.microsoft.com/powershell/module/secureboot/get-securebootuefi
	#>
	param([string]$Name)

	if ($env:OS -ne 'Windows_NT') { return Get-ReadError -Problem 'no Secure Boot variables on this system' }
	$isElevated = Test-Elevation
	if ($null -eq $isElevated) { return Get-ReadError -Problem 'cannot tell whether this process may look' }
	# In PowerShell 7 the module may be one of Windows PowerShell, which a process of its own would have to run.
	if (-not $isElevated -or $PSVersionTable['PSEdition'] -eq 'Core') { return @{ Status = 'missing'; Value = '' } }
	try {
		# A certificate holds its names as text, one byte a character.
		$letters = @(foreach ($byte in (Get-SecureBootUEFI -Name $Name).Bytes) { [char]$byte })
		$text = [string]::Join('', $letters)
		if ($text -eq '') { return Get-ReadError -Problem 'the firmware gives an empty variable' }
		$names = @(foreach ($match in [regex]::Matches($text, '(Microsoft|Windows)[A-Za-z0-9 ]{1,60} (2011|2023)')) { $match.Value })
		@{ Status = 'found'; Value = @(Select-Unique -Text $names) }
	} catch {
		if ("$($_.FullyQualifiedErrorId)" -like 'CommandNotFound*') { return @{ Status = 'missing'; Value = '' } }
		Get-ReadError -Problem $_
	}
}
