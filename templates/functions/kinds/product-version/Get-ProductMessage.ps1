function Get-ProductMessage {
	<#
	.SYNOPSIS
	Message key that presence, names and versions of the product lead to. Only values that all fit and agree lead to a definite one.
	#>
	param($Rule, $Facts, [string[]]$Names, [string[]]$Versions)

	$failed = @()
	$present = @()
	foreach ($role in @($Rule.Reads.Keys)) {
		$status = @(Select-Fact -Rule $Rule -Facts $Facts -Role $role | ForEach-Object { $_.Status })
		if ($status -contains 'error') { $failed += $role }
		if ($status -contains 'found') { $present += $role }
	}
	if ($present -notcontains 'Key') {
		if ($failed -contains 'Key') { return 'PRODUCT_UNREADABLE' }
		return 'PRODUCT_NOT_INSTALLED'
	}
	if ($failed -contains 'ProductName') { return 'PRODUCT_UNREADABLE' }
	$others = @($Names | Where-Object { $Rule.Parameters.Other -contains $_ })
	$accepted = @($Names | Where-Object { $Rule.Parameters.Accepted -contains $_ })
	if ($others.Length + $accepted.Length -lt $Names.Length) { return 'PRODUCT_SHAPE' }
	if ($others.Length -gt 0) {
		# The name of another product beside a name or key that only this one has: both or neither may be true.
		if ($accepted.Length -gt 0 -or $present -contains 'OwnKey') { return 'PRODUCT_CONTRADICTION' }
		if ($failed -contains 'OwnKey') { return 'PRODUCT_UNREADABLE' }
		return 'PRODUCT_OTHER'
	}
	if ($failed -contains 'Version') { return 'PRODUCT_UNREADABLE' }
	if ($Versions.Length -eq 0) { return 'PRODUCT_NO_VERSION' }
	# One value can hold the versions of both lines: '6.7.3578 / 14.3.1105'.
	$outcomes = @(foreach ($text in @($Versions -split ' / ')) { Get-VersionOutcome -Text $text -Lines $Rule.Parameters.Lines })
	if ($outcomes -contains 'pass' -and $outcomes -contains 'fail') { return 'PRODUCT_CONTRADICTION' }
	if ($outcomes -contains 'shape') { return 'PRODUCT_SHAPE' }
	if ($outcomes -contains 'pass') { return 'PRODUCT_REACHED' }
	if ($outcomes -contains 'fail') { return 'PRODUCT_BELOW' }
	return 'PRODUCT_SHAPE'
}
