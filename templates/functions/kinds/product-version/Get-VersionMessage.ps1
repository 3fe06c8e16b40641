function Get-VersionMessage {
    <#
    .SYNOPSIS
    Message key that the version values together lead to. Only values that all fit and agree lead to a definite one.
    #>
    param($Facts, $Lines)

    if (@($Facts | Where-Object { $_.Status -eq 'error' }).Length -gt 0) { return 'PRODUCT_UNREADABLE' }
    $outcomes = @(
        foreach ($fact in $Facts) {
            if (-not "$($fact.Value)".Trim()) { continue }
            # One value can hold the versions of both lines: '6.7.3578 / 14.3.1105'.
            foreach ($text in @("$($fact.Value)".Trim() -split ' / ')) {
                Get-VersionOutcome -Text $text -Lines $Lines
            }
        }
    )
    if ($outcomes.Length -eq 0) { return 'PRODUCT_NO_VERSION' }
    if ($outcomes -contains 'pass' -and $outcomes -contains 'fail') { return 'PRODUCT_CONTRADICTION' }
    if ($outcomes -contains 'shape') { return 'PRODUCT_SHAPE' }
    if ($outcomes -contains 'pass') { return 'PRODUCT_REACHED' }
    if ($outcomes -contains 'fail') { return 'PRODUCT_BELOW' }
    return 'PRODUCT_SHAPE'
}
