function Get-PackageEvidence {
    <#
    .SYNOPSIS
    What the servicing packages say about one row: Installed, Pending, Unreadable, Later, each the first name or empty.
    #>
    param([hashtable]$Row, $Facts)

    $evidence = @{ Installed = ''; Pending = ''; Unreadable = ''; Later = '' }
    # CurrentState: 112 installed, 80 superseded, 128 permanent; 96 install pending; 0, 5, 32, 64 not installed.
    $states = @{ 112 = 'Installed'; 80 = 'Installed'; 128 = 'Installed'; 96 = 'Pending'; 0 = ''; 5 = ''; 32 = ''; 64 = '' }
    foreach ($fact in $Facts) {
        if ($fact.Status -eq 'error') { $evidence.Unreadable = $fact.Id }
        foreach ($package in @($fact.Value | Where-Object { $fact.Status -eq 'found' })) {
            $slot = 'Unreadable'
            if ($null -ne $package.State -and $states.ContainsKey([int]$package.State)) { $slot = $states[[int]$package.State] }
            if ($package.Name -match '^Package_for_(KB[0-9]+)~') {
                $kb = $Matches[1]
                if (@($Row.LaterSecurityOnly) -contains $kb) {
                    # A later security-only update is not cumulative: installed it is no proof, waiting it is nothing.
                    $slot = $slot -replace 'Installed', 'Later' -replace 'Pending', ''
                } elseif ($kb -ne $Row.SecurityOnly -and @($Row.Rollups) -notcontains $kb) {
                    continue
                }
            } else {
                if ($package.Name -notmatch '^Package_for_RollupFix~') { continue }
                # Below 6000 is no build: the name counts in another way then, and may still be that of the update.
                $build = 0
                if ($package.Name -match '^Package_for_RollupFix~31bf3856ad364e35~[^~]*~~([0-9]{1,7})\.([0-9]{1,7})\.') { $build = [int]$Matches[1] }
                if ($build -lt 6000 -or $build -gt $Row.Build) {
                    if ($slot) { $slot = 'Unreadable' }
                } elseif ($build -lt $Row.Build -or [int]$Matches[2] -lt $Row.MinRevision) {
                    continue
                }
            }
            if ($slot -and -not $evidence[$slot]) { $evidence[$slot] = $package.Name }
        }
    }
    $evidence
}
