function Get-PackageMeaning {
    <#
    .SYNOPSIS
    What a servicing package's name means for a row: 'proof' (the update or a later rollup), 'later' (a later security-only
    update), 'unclear' (a rollup of unknown revision) or 'none'.
    #>
    param([hashtable]$Row, [string]$Name)

    if ($Name -match '^Package_for_(KB[0-9]+)~') {
        $kb = $Matches[1]
        if ($kb -eq $Row.SecurityOnly -or @($Row.Rollups) -contains $kb) { return 'proof' }
        if (@($Row.LaterSecurityOnly) -contains $kb) { return 'later' }
        return 'none'
    }
    if ($Name -notmatch '^Package_for_RollupFix~') { return 'none' }
    if ($Name -notmatch '^Package_for_RollupFix~31bf3856ad364e35~[^~]*~~([0-9]{1,7})\.([0-9]{1,7})\.') { return 'unclear' }
    $build = [int]$Matches[1]
    # Below 6000 is no build: the name counts in another way then. Packages of an older build stay after a service pack.
    if ($build -lt 6000 -or $build -gt [int]$Row.Build) { return 'unclear' }
    if ($build -eq [int]$Row.Build -and [int]$Matches[2] -ge [int]$Row.MinRevision) { return 'proof' }
    return 'none'
}
