function Get-FirmwareOutcome {
	<#
	.SYNOPSIS
	Do db and KEK of the firmware have the certificate that every computer needs there? ASK when they must be read first,
	UNREADABLE, LACKS, HAS; nothing where they cannot be looked at.
	#>
	param($Rule, $Facts)

	$wanted = @{ Db = 'Windows UEFI CA 2023'; Kek = 'Microsoft Corporation KEK*CA 2023' }
	$found = @{}
	foreach ($role in @('Db', 'Kek')) {
		$fact = Select-Fact -Rule $Rule -Facts $Facts -Role $role
		if (-not $fact) { return 'ASK' }
		if ($fact.Status -eq 'error') { return 'UNREADABLE' }
		if ($fact.Status -eq 'found') { $found[$role] = @(@($fact.Value) -like $wanted[$role]).Length -gt 0 }
	}
	if ($found.Values -contains $false) { return 'LACKS' }
	if ($found.Count -eq 2) { 'HAS' } else { '' }
}
