function Test-ServiceState {
	<#
	.SYNOPSIS
	Is a Windows service there, set to start as the rule asks, and in the state that it asks for?
	#>
	param($Rule, $Facts)

	$read = @{ Rule = $Rule; Facts = $Facts }
	$start = Get-FactNumber -Fact (Select-Fact @read -Role 'Start')
	$status = Select-Fact @read -Role 'Status'
	# SERVICE_BOOT_START 0 to SERVICE_DISABLED 4 (winsvc.h).
	$type = if ($start -ge 0 -and $start -le 4) { @('boot', 'system', 'automatic', 'manual', 'disabled')[$start] }
	$outcome = Get-ServiceOutcome -Parameters $Rule.Parameters -Start $start -StartType $type -Status $status
	$needs = @()
	if ($outcome -eq 'ASK') {
		$needs = @(Get-Place -Rule $Rule -Role 'Status')
		$outcome = 'UNREADABLE'
	}
	$state = switch ($outcome) {
		'NOT_INSTALLED' { $Rule.Parameters.Missing }
		'START_TYPE' { 'fail' }
		'STATUS' { 'fail' }
		'MET' { 'pass' }
		default { 'unknown' }
	}
	$actual = [string]::Join(', ', @(@($type) + @(Get-FactText @read -Role 'Status') -ne $null -ne ''))
	New-Finding @read -State $state -Key "SERVICE_$outcome" -Expected $Rule.Parameters.Expected -Actual $actual -Needs $needs
}
