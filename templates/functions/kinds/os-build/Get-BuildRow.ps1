function Get-BuildRow {
    <#
    .SYNOPSIS
    Row of the build table for one build number; $null when it has none.
    #>
    param($Builds, [int]$Build)

    foreach ($row in $Builds) {
        if ([int]$row.Build -eq $Build) { return $row }
    }
    return $null
}
