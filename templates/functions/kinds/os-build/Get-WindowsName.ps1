function Get-WindowsName {
    <#
    .SYNOPSIS
    Name of the Windows of a row: the client's or the server's, both when the kind cannot be told.
    #>
    param([hashtable]$Row, [string]$Kind)

    $names = @(
        foreach ($candidate in @('Client', 'Server')) {
            if (-not $Row[$candidate]) { continue }
            if (-not $Kind -or $Kind -eq $candidate -or -not $Row[$Kind]) { $Row[$candidate].Name }
        }
    )
    if ($names.Length -eq 0) { return "Windows (build $($Row.Build))" }
    return [string]::Join(' / ', $names)
}
