New-Case -Name 'removed from one store, it stays in the other' -Needs @('elevated', 'lastingStores') -Run {
	Assert-Same -Actual (Remove-Root) -Expected $null -What 'removing from Root'
	Assert-Same -Actual @((Test-Path -LiteralPath (Get-OwnKey)), (Test-Path -LiteralPath (Get-OwnKey -Store 'CA'))) -Expected @($false, $true) -What 'the physical keys'
}

New-Case -Name 'removed from both, there is no key of it' -Needs @('elevated', 'lastingStores') -Run {
	Assert-Same -Actual (Remove-Root -Store 'CA') -Expected $null -What 'removing from CA'
	Assert-Same -Actual (Test-Path -LiteralPath (Get-OwnKey -Store 'CA')) -Expected $false -What 'the physical key'
}

New-Case -Name 'removing what is not there is no mistake' -Run {
	foreach ($store in @('Root', 'CA')) { Assert-Same -Actual (Remove-Root -Store $store) -Expected $null -What $store }
}
