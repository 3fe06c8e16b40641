function Test-SecureBootCertificate {
	<#
	.SYNOPSIS
	Does Windows say that the Secure Boot certificates of 2023 are in place? Not asked while Secure Boot is off.
	#>
	param($Rule, $Facts)

	$read = @{ Rule = $Rule; Facts = $Facts }
	$fact = @{}
	$number = @{}
	foreach ($role in @('Enabled', 'Status', 'Error', 'Capable')) {
		$fact[$role] = Select-Fact @read -Role $role
		if (-not $fact[$role]) { $fact[$role] = @{ Status = 'error'; Value = '' } }
		$number[$role] = if ($fact[$role].Status -eq 'found') { Get-FactInteger -Fact $fact[$role] }
	}
	$status = if ($fact.Status.Status -eq 'found' -and $fact.Status.Value -is [string]) { $fact.Status.Value.Trim() } else { '' }
	$outcome = 'IN_PROGRESS'
	if ($fact.Enabled.Status -eq 'error') {
		$outcome = 'UNREADABLE'
	} elseif ($number.Enabled -eq 0) {
		$outcome = 'OFF'
	} elseif ($number.Enabled -ne 1) {
		$outcome = 'NO_STATE'
	} elseif ($fact.Status.Status -eq 'error') {
		$outcome = 'UNREADABLE'
	} elseif ($status -eq 'Updated') {
		$outcome = 'UPDATED'
	} elseif ($status -eq 'NotStarted') {
		# Some machines came with the new certificates: they start from the new boot manager, and nothing was ever started.
		$outcome = if ($fact.Capable.Status -eq 'error') { 'UNREADABLE' } elseif ($number.Capable -eq 2) { 'CONTRADICTION' } else { 'NOT_STARTED' }
	} elseif ($status -ne 'InProgress') {
		$outcome = 'NO_STATUS'
	}
	# The code of an error says why it is not done, and nothing about whether it is.
	$isFailing = $null -ne $number.Error -and $number.Error -ne 0
	if ($isFailing -and @('NOT_STARTED', 'IN_PROGRESS') -contains $outcome) { $outcome = 'ERROR' }
	$state = switch ($outcome) {
		'UPDATED' { 'pass' }
		'OFF' { 'notApplicable' }
		'NOT_STARTED' { 'fail' }
		'IN_PROGRESS' { 'fail' }
		'ERROR' { 'fail' }
		default { 'unknown' }
	}
	$actual = if ($status -and $isFailing) { '{0} (0x{1:X8})' -f $status, $number.Error } else { $status }
	New-Finding @read -State $state -Key "SECURE_BOOT_$outcome" -Expected 'Updated' -Actual $actual
}
