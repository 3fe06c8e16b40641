function Get-WindowsKind {
    <#
    .SYNOPSIS
    'server' or 'client' by InstallationType, or by EditionID where that says nothing; empty when it cannot be told.
    #>
    param([string]$InstallationType, [string]$EditionId)

    if ($InstallationType -match '^(Server|Server Core|Nano Server)$') { return 'server' }
    if ($InstallationType -eq 'Client') { return 'client' }
    if ($InstallationType -or -not $EditionId) { return '' }
    # Windows 10 Enterprise multi-session is a client in spite of its name.
    if ($EditionId -match '^Server' -and $EditionId -ne 'ServerRdsh') { return 'server' }
    return 'client'
}
