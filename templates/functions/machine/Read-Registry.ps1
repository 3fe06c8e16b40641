function Read-Registry {
	<#
	.SYNOPSIS
	A registry value, or without a name the names of the keys below a key. HKLM:\ is the 64-bit view in every host,
	HKLM32:\ the 32-bit view.
	.OUTPUTS
	@{ Status = found, missing or error; Value = what was read, or why it could not be }
	#>
	param($Key, [string]$Name = '')

	if ($env:OS -ne 'Windows_NT') { return Get-ReadError -Problem 'no registry on this system' }
	$view = if ($Key -like 'HKLM32:*') { 32 } else { 64 }
	$path = $Key -replace '^HKLM(32)?:\\', ''
	try {
		if (-not (Test-FullLanguage)) { return Read-ConstrainedRegistry -Path $path -View $view -Name $Name }
		$value = $null
		$opened = [Microsoft.Win32.RegistryKey]::OpenBaseKey('LocalMachine', "Registry$view").OpenSubKey($path)
		if ($opened) {
			if ($Name) { $value = $opened.GetValue($Name) } else { $value = $opened.GetSubKeyNames() }
			$opened.Close()
		}
		if ($null -eq $value) { return @{ Status = 'missing'; Value = '' } }
		@{ Status = 'found'; Value = $value }
	} catch {
		Get-ReadError -Problem $_
	}
}
