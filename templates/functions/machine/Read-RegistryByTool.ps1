function Read-RegistryByTool {
	<#
	.SYNOPSIS
	Read-Registry by reg.exe, the only way from a 32-bit ConstrainedLanguage host to the 64-bit view. Path: HKLM\...
	#>
	param([string]$Path, [string]$Name = '')

	$answer = Invoke-Native -FilePath 'reg.exe' -Arguments 'query', $Path, '/reg:64'
	if ($answer.Error) { return Get-ReadError -Problem $answer.Error }
	if ($answer.ExitCode -ne 0) {
		# Missing and denied have the same exit code; the list of the key above tells them apart.
		$parent = $Path -replace '\\[^\\]+$', ''
		$above = @{ Status = 'error'; Value = '' }
		if ($parent -ne 'HKLM') { $above = Read-RegistryByTool -Path $parent }
		if ($above.Status -ne 'error' -and @($above.Value) -notcontains ($Path -replace '^.*\\', '')) { return @{ Status = 'missing'; Value = '' } }
		return Get-ReadError -Problem 'reg.exe could not read the key'
	}
	if (-not $Name) {
		# Lines with a full path are the keys below; the path itself is the heading.
		$below = '^HKEY_LOCAL_MACHINE{0}\\(.+)$' -f [regex]::Escape($Path.Substring(4))
		return @{ Status = 'found'; Value = @(foreach ($line in $answer.Output) { if ($line -match $below) { $Matches[1].Trim() } }) }
	}
	foreach ($line in $answer.Output) {
		# Type names are not localized: REG_SZ, REG_DWORD ...
		if ($line -match ('^\s+' + [regex]::Escape($Name) + '\s+(REG_[A-Z_]+)\s*(.*)$')) {
			$text = $Matches[2].Trim()
			if ($Matches[1] -eq 'REG_DWORD' -and $text -match '^0x[0-9a-f]{1,8}$') { $text = [long]$text }
			return @{ Status = 'found'; Value = $text }
		}
	}
	@{ Status = 'missing'; Value = '' }
}
