function Test-PendingReboot {
	<#
	.SYNOPSIS
	Does Windows wait for a restart? One sign is enough; that there is none needs a look at all of them.
	#>
	param($Rule, $Facts)

	$read = @{ Rule = $Rule; Facts = $Facts }
	# A key is a sign by being there; the list of files that wait can be there and empty.
	$signs = @(Select-Fact @read -Role 'Key' | Where-Object { $_.Status -eq 'found' })
	$signs += @(Select-Fact @read -Role 'Renames' | Where-Object { $_.Status -eq 'found' -and "$($_.Value)".Trim() })
	$all = @(Select-Fact @read)
	$outcome = 'NONE'
	if ($signs.Length -gt 0) {
		$outcome = 'PENDING'
	} elseif ($all.Length -eq 0 -or @($all | Where-Object { $_.Status -eq 'error' }).Length -gt 0) {
		$outcome = 'UNREADABLE'
	}
	$state = switch ($outcome) {
		'NONE' { 'pass' }
		'PENDING' { 'pendingReboot' }
		default { 'unknown' }
	}
	New-Finding @read -State $state -Key "REBOOT_$outcome" -Actual ([string]::Join(', ', @(foreach ($sign in $signs) { $sign.Id })))
}
