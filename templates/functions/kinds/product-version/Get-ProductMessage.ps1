function Get-ProductMessage {
    <#
    .SYNOPSIS
    Message key when presence or name of the product settles the answer; empty when its version decides.
    #>
    param([hashtable]$Rule, [hashtable]$Facts)

    switch (Get-FactStatus -Facts @(Select-Fact -Rule $Rule -Facts $Facts -Role 'Key')) {
        'error' {
            return 'PRODUCT_UNREADABLE'
        }
        'missing' {
            return 'PRODUCT_NOT_INSTALLED'
        }
    }
    $nameFacts = @(Select-Fact -Rule $Rule -Facts $Facts -Role 'ProductName')
    if (@($nameFacts | Where-Object { $_.Status -eq 'error' }).Length -gt 0) { return 'PRODUCT_UNREADABLE' }
    $names = @(
        foreach ($fact in $nameFacts) {
            if ("$($fact.Value)".Trim()) { "$($fact.Value)".Trim() }
        }
    )
    $others = @($names | Where-Object { @($Rule.Parameters.Other) -contains $_ })
    $accepted = @($names | Where-Object { @($Rule.Parameters.Accepted) -contains $_ })
    if ($others.Length + $accepted.Length -lt $names.Length) { return 'PRODUCT_SHAPE' }
    if ($others.Length -eq 0) { return '' }
    if ($accepted.Length -gt 0) { return 'PRODUCT_CONTRADICTION' }
    # The name of another product beside a key that only this one makes: both or neither may be true.
    switch (Get-FactStatus -Facts @(Select-Fact -Rule $Rule -Facts $Facts -Role 'OwnKey')) {
        'error' {
            return 'PRODUCT_UNREADABLE'
        }
        'found' {
            return 'PRODUCT_CONTRADICTION'
        }
    }
    return 'PRODUCT_OTHER'
}
