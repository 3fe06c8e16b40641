function Read-FreeSpace {
	<#
	.SYNOPSIS
	Free bytes of the drive that Windows is on: what PowerShell knows of its drives, else Win32_LogicalDisk.
	.LINK
	https://learn.microsoft.com/windows/win32/cimwin32prov/win32-logicaldisk
	#>
	if ($env:OS -ne 'Windows_NT') { return Get-ReadError -Problem 'no system drive on this system' }
	$free = ''
	try {
		# A script property of PowerShell itself, which may not run in every ConstrainedLanguage host.
		$free = "$((Get-PSDrive -Name $env:SystemDrive.TrimEnd(':')).Free)"
	} catch {
		$free = ''
	}
	try {
		if ($free -notmatch '^[0-9]+$') { $free = "$((Get-CimInstance -ClassName 'Win32_LogicalDisk' -Filter "DeviceID='$env:SystemDrive'").FreeSpace)" }
		if ($free -notmatch '^[0-9]+$') { return Get-ReadError -Problem 'Windows names no free space' }
		@{ Status = 'found'; Value = $free }
	} catch {
		Get-ReadError -Problem $_
	}
}
