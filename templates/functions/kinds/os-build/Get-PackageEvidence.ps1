function Get-PackageEvidence {
    <#
    .SYNOPSIS
    What the servicing packages say about one row: Installed, Pending, Unreadable, LaterSecurityOnly, each the first name or empty.
    #>
    param([hashtable]$Row, $Facts)

    $evidence = @{ Installed = ''; Pending = ''; Unreadable = ''; LaterSecurityOnly = '' }
    foreach ($fact in $Facts) {
        if ($fact.Status -eq 'error') { $evidence.Unreadable = $fact.Id }
        if ($fact.Status -ne 'found') { continue }
        foreach ($package in $fact.Value) {
            $meaning = Get-PackageMeaning -Row $Row -Name $package.Name
            if ($meaning -eq 'none') { continue }
            $state = Get-PackageState -State $package.State
            # A name that tells no revision may still be the update.
            if ($meaning -eq 'unclear' -and $state -ne 'ignored') { $state = 'unreadable' }
            $slot = $state
            if ($meaning -eq 'later' -and $state -eq 'installed') { $slot = 'laterSecurityOnly' }
            if ($meaning -eq 'later' -and $state -eq 'pending') { $slot = 'ignored' }
            if ($slot -ne 'ignored' -and -not $evidence[$slot]) { $evidence[$slot] = $package.Name }
        }
    }
    $evidence
}
