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
	$firmware = Get-FirmwareOutcome @read
	$outcome = Get-SecureBootOutcome -Fact $fact -Number $number -Status $status -Firmware $firmware
	$needs = @(if ($firmware -eq 'ASK' -and @('UPDATED', 'NOT_STARTED') -contains $outcome) { Get-Place -Rule $Rule -Role @('Db', 'Kek') })
	# The code of an error says why it is not done, and nothing about whether it is.
	$isFailing = $null -ne $number.Error -and $number.Error -ne 0
	if ($isFailing -and @('NOT_STARTED', 'IN_PROGRESS') -contains $outcome) { $outcome = 'ERROR' }
	$state = switch -Regex ($outcome) {
		'^UPDATED$' { 'pass' }
		'^OFF$' { 'notApplicable' }
		'^(NOT_STARTED|IN_PROGRESS|ERROR)$' { 'fail' }
		default { 'unknown' }
	}
	# What Windows last told of its own work: evidence for whoever has to look, it decides nothing.
	$told = Select-Fact @read -Role 'Event'
	if ($number.Enabled -eq 1 -and $state -ne 'pass' -and -not $told) { $needs += Get-Place -Rule $Rule -Role 'Event' }
	$words = @(if ($status -and $isFailing) { '{0} (0x{1:X8})' -f $status, $number.Error } else { $status })
	if ($told -and $told.Status -eq 'found') { $words += "event $(@("$($told.Value)" -split ' ')[0])" }
	New-Finding @read -State $state -Key "SECURE_BOOT_$outcome" -Expected 'Updated' -Actual ([string]::Join(', ', @($words -ne ''))) -Needs $needs
}
