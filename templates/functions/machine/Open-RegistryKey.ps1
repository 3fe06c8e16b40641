function Open-RegistryKey {
    <#
    .SYNOPSIS
    A key below HKEY_LOCAL_MACHINE for reading, $null when it is not there. HKLM:\ is the 64-bit view in every process,
    HKLM32:\ the 32-bit view. FullLanguage only; throws when the key cannot be read.
    #>
    param([string]$Key)

    $view = 'Registry64'
    if ($Key -like 'HKLM32:*') { $view = 'Registry32' }
    $root = [Microsoft.Win32.RegistryKey]::OpenBaseKey('LocalMachine', $view)
    try {
        return $root.OpenSubKey(($Key -replace '^HKLM(32)?:\\', ''))
    } finally {
        $root.Dispose()
    }
}
