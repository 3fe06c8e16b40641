function Read-RegistryByTool {
    <#
    .SYNOPSIS
    A registry value, or the keys below a key, by reg.exe: for a 32-bit host in ConstrainedLanguage. reg.exe gives the
    same exit code for a key that is not there and one that may not be read, so the keys above it are asked.
    #>
    param([string]$Key, [string]$Name = '')

    $switch = '/reg:64'
    if ($Key -like 'HKLM32:*') { $switch = '/reg:32' }
    $path = 'HKLM\' + ($Key -replace '^HKLM(32)?:\\', '')
    $answer = Invoke-Native -FilePath 'reg.exe' -Arguments 'query', $path, $switch
    if ($answer.Error) { return New-ReadFailure -Problem $answer.Error }
    if ($answer.ExitCode -ne 0) {
        $parent = $path -replace '\\[^\\]+$', ''
        if ($parent -eq 'HKLM') { return New-ReadFailure -Problem 'reg.exe could not read the key' }
        $above = Read-RegistryByTool -Key ($Key -replace '\\[^\\]+$', '')
        $leaf = $path -replace '^.*\\', ''
        if ($above.Status -eq 'error') { return $above }
        if (@($above.Value) -contains $leaf) { return New-ReadFailure -Problem 'reg.exe could not read the key' }
        return @{ Status = 'missing'; Value = $null; Error = '' }
    }
    if (-not $Name) {
        # Lines with a full path are the keys below; the path itself is the heading.
        $prefix = 'HKEY_LOCAL_MACHINE' + $path.Substring(4) + '\'
        $names = @(foreach ($line in $answer.Output) { if ($line -like "$prefix*") { $line.Substring($prefix.Length).Trim() } })
        return @{ Status = 'found'; Value = $names; Error = '' }
    }
    foreach ($line in $answer.Output) {
        # Type names are not localized: REG_SZ, REG_DWORD ...
        if ($line -match ('^\s+' + [regex]::Escape($Name) + '\s+(REG_[A-Z_]+)\s*(.*)$')) {
            $text = $Matches[2].Trim()
            if ($Matches[1] -eq 'REG_DWORD' -and $text -match '^0x[0-9a-f]{1,8}$') { $text = [long]$text }
            return @{ Status = 'found'; Value = $text; Error = '' }
        }
    }
    return @{ Status = 'missing'; Value = $null; Error = '' }
}
