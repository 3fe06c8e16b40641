function Test-DiskSpace {
	<#
	.SYNOPSIS
	Has the drive that Windows is on enough free space?
	#>
	param($Rule, $Facts)

	$read = @{ Rule = $Rule; Facts = $Facts }
	$fact = Select-Fact @read -Role 'Free'
	$needs = @(if (-not $fact) { $Rule.Reads.Free })
	$bytes = if ($fact -and $fact.Status -eq 'found') { Get-FactInteger -Fact $fact }
	$outcome = 'UNREADABLE'
	$actual = ''
	if ($null -ne $bytes) {
		$outcome = if ($bytes -ge $Rule.Parameters.MinimumBytes) { 'ENOUGH' } else { 'LOW' }
		$actual = '{0} MB' -f (($bytes - $bytes % 1048576) / 1048576)
	}
	$state = switch ($outcome) {
		'LOW' { 'fail' }
		'ENOUGH' { 'pass' }
		default { 'unknown' }
	}
	New-Finding @read -State $state -Key "DISK_$outcome" -Expected $Rule.Parameters.Expected -Actual $actual -Needs $needs
}
