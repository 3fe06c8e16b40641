function Test-ProductVersion {
    <#
    .SYNOPSIS
    Has an installed product at least its minimum version? Each registry value is judged by its shape.
    #>
    param([hashtable]$Rule, [hashtable]$Facts)

    $product = $Rule.Parameters.Product
    $versions = @(Select-Fact -Rule $Rule -Facts $Facts -Role 'Version')
    $found = Join-FactValue -Facts $versions
    $names = Join-FactValue -Facts @(Select-Fact -Rule $Rule -Facts $Facts -Role 'ProductName')

    $key = Get-ProductMessage -Rule $Rule -Facts $Facts
    if (-not $key) { $key = Get-VersionMessage -Facts $versions -Lines $Rule.Parameters.Lines }
    $states = @{
        PRODUCT_REACHED = 'pass'
        PRODUCT_BELOW = 'fail'
        PRODUCT_NOT_INSTALLED = 'notApplicable'
        PRODUCT_OTHER = 'notApplicable'
    }
    $state = if ($states[$key]) { $states[$key] } else { 'unknown' }
    $shown = switch ($key) {
        'PRODUCT_OTHER' {
            $names
        }
        'PRODUCT_REACHED' {
            $found
        }
        'PRODUCT_BELOW' {
            $found
        }
        default {
            [string]::Join(', ', @(@($names, $found) | Where-Object { $_ }))
        }
    }
    New-Finding -Rule $Rule -Facts $Facts -State $state -MessageKey $key -Arguments $product.Name, $shown, $product.Minimum -Expected $product.Minimum -Actual $shown
}
