function Test-SimulatedDenial {
	<#
	.SYNOPSIS
	Does the simulated machine refuse a read or a change? A denied registry path denies everything below it.
	#>
	param([hashtable]$Machine, [string]$Path)

	$wanted = "$Path\"
	foreach ($denied in $Machine.Deny) {
		$folder = "$denied\"
		if ($wanted.Length -ge $folder.Length -and $wanted.Substring(0, $folder.Length) -eq $folder) { return $true }
	}
	return $false
}
