function Test-ProductVersion {
    <#
    .SYNOPSIS
    Has an installed product at least its minimum version? Each registry value is judged by its shape.
    #>
    param([hashtable]$Rule, [hashtable]$Facts)

    $product = $Rule.Parameters.Product
    $roles = @{}
    foreach ($role in @('Key', 'OwnKey', 'ProductName', 'Version')) { $roles[$role] = @(Select-Fact -Rule $Rule -Facts $Facts -Role $role) }
    $names = @(Select-FactText -Facts $roles.ProductName)
    $versions = @(Select-FactText -Facts $roles.Version)
    $shown = [string]::Join(', ', @($names + $versions | Select-Object -Unique))
    $key = Get-ProductMessage -Rule $Rule -Roles $roles -Names $names -Versions $versions
    $states = @{ PRODUCT_REACHED = 'pass'; PRODUCT_BELOW = 'fail'; PRODUCT_NOT_INSTALLED = 'notApplicable'; PRODUCT_OTHER = 'notApplicable' }
    $state = 'unknown'
    if ($states.ContainsKey($key)) { $state = $states[$key] }
    if ($key -eq 'PRODUCT_OTHER') { $shown = [string]::Join(', ', @($names | Select-Object -Unique)) }
    if (@('PRODUCT_REACHED', 'PRODUCT_BELOW') -contains $key) { $shown = [string]::Join(', ', @($versions | Select-Object -Unique)) }
    New-Finding -Rule $Rule -Facts $Facts -State $state -MessageKey $key -Arguments $product.Name, $shown, $product.Minimum -Expected $product.Minimum -Actual $shown
}
