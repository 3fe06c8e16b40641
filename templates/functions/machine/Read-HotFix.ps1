function Read-HotFix {
    <#
    .SYNOPSIS
    KB numbers of installed updates (Win32_QuickFixEngineering). Slow: asked only when nothing else decides.
    #>
    if ($env:OS -ne 'Windows_NT') { return New-ReadFailure -Problem 'no list of hot fixes on this system' }
    try {
        $ids = @(foreach ($hotFix in @(Get-HotFix)) { "$($hotFix.HotFixID)" }) -match '^KB[0-9]+$'
        return @{ Status = 'found'; Value = @($ids | Sort-Object -Unique); Error = '' }
    } catch {
        return New-ReadFailure -Problem $_
    }
}
