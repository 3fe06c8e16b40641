function Read-ConstrainedRegistry {
    <#
    .SYNOPSIS
    A registry value, or without a name the keys below a key, in ConstrainedLanguage: by the registry provider where it
    sees the right view, otherwise by reg.exe.
    #>
    param([string]$Key, [string]$Name = '')

    $missing = @{ Status = 'missing'; Value = $null; Error = '' }
    $path = Get-RegistryPath -Key $Key
    if (-not $path) { return Read-RegistryByTool -Key $Key -Name $Name }
    try {
        $item = Get-Item -LiteralPath $path
    } catch {
        # A key that is not there is told apart from one that may not be read by the identifier of the error.
        if ("$($_.FullyQualifiedErrorId)" -like 'PathNotFound*') { return $missing }
        return New-ReadFailure -Problem $_
    }
    if (-not $Name) {
        $names = @(foreach ($child in @(Get-ChildItem -LiteralPath $path)) { $child.PSChildName })
        return @{ Status = 'found'; Value = $names; Error = '' }
    }
    if (@($item.Property) -notcontains $Name) { return $missing }
    $values = Get-ItemProperty -LiteralPath $path -Name $Name
    return @{ Status = 'found'; Value = $values.$Name; Error = '' }
}
