function Get-FactStatus {
    <#
    .SYNOPSIS
    'found' when one of the facts was found, otherwise 'error' when one could not be read, otherwise 'missing'.
    #>
    param($Facts)

    foreach ($status in @('found', 'error')) {
        if (@($Facts | Where-Object { $_.Status -eq $status }).Length -gt 0) { return $status }
    }
    return 'missing'
}
