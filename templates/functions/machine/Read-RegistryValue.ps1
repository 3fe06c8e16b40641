function Read-RegistryValue {
    <#
    .SYNOPSIS
    One registry value: found with its raw value, missing when the key or the value is not there, or error.
    #>
    param([string]$Key, [string]$Name)

    if ($env:OS -ne 'Windows_NT') { return New-ReadFailure -Problem 'no registry on this system' }
    $missing = @{ Status = 'missing'; Value = $null; Error = '' }
    try {
        if (-not (Test-FullLanguage)) { return Read-ConstrainedRegistry -Key $Key -Name $Name }
        $opened = Open-RegistryKey -Key $Key
        if ($null -eq $opened) { return $missing }
        try {
            $value = $opened.GetValue($Name, $null)
        } finally {
            $opened.Dispose()
        }
        if ($null -eq $value) { return $missing }
        return @{ Status = 'found'; Value = $value; Error = '' }
    } catch {
        return New-ReadFailure -Problem $_
    }
}
