function Read-RegistryKey {
    <#
    .SYNOPSIS
    Names of the keys below a registry key: found (also when there are none), missing when the key is not there, or error.
    #>
    param([string]$Key)

    if ($env:OS -ne 'Windows_NT') { return New-ReadFailure -Problem 'no registry on this system' }
    try {
        if (-not (Test-FullLanguage)) { return Read-ConstrainedRegistry -Key $Key }
        $opened = Open-RegistryKey -Key $Key
        if ($null -eq $opened) { return @{ Status = 'missing'; Value = $null; Error = '' } }
        try {
            $names = @($opened.GetSubKeyNames())
        } finally {
            $opened.Dispose()
        }
        return @{ Status = 'found'; Value = $names; Error = '' }
    } catch {
        return New-ReadFailure -Problem $_
    }
}
