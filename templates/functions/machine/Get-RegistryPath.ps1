function Get-RegistryPath {
    <#
    .SYNOPSIS
    Path for the registry provider, which sees the view of its own process: empty when that is the wrong one.
    #>
    param([string]$Key)

    # x86 is what a 32-bit process sees; PROCESSOR_ARCHITEW6432 is there only when Windows is a 64-bit one.
    $is32BitProcess = $env:PROCESSOR_ARCHITECTURE -eq 'x86'
    $is32BitWindows = $is32BitProcess -and -not $env:PROCESSOR_ARCHITEW6432
    $path = "Registry::HKEY_LOCAL_MACHINE\$($Key -replace '^HKLM(32)?:\\', '')"
    if ($Key -notlike 'HKLM32:*') {
        if ($is32BitProcess -and -not $is32BitWindows) { return '' }
        return $path
    }
    if ($is32BitProcess) { return $path }
    return $path -replace '^(Registry::HKEY_LOCAL_MACHINE\\SOFTWARE)\\', '$1\WOW6432Node\'
}
