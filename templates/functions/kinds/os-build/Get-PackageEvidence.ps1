function Get-PackageEvidence {
	<#
	.SYNOPSIS
	What the servicing packages say about one row: Installed, Pending, Unreadable, Later, each the first name or empty.
	#>
	param($Row, [string[]]$Proof, [string[]]$LaterSecurityOnly, $Facts)

	$evidence = @{ Installed = ''; Pending = ''; Unreadable = ''; Later = '' }
	# CurrentState: 112 installed, 80 superseded, 128 permanent; 96 install pending; 0, 5, 32, 64 not installed.
	$slots = @{ '112' = 'Installed'; '80' = 'Installed'; '128' = 'Installed'; '96' = 'Pending'; '0' = ''; '5' = ''; '32' = ''; '64' = '' }
	foreach ($fact in $Facts) {
		if ($fact.Status -eq 'error') { $evidence.Unreadable = $fact.Id }
		if ($fact.Status -ne 'found') { continue }
		foreach ($package in $fact.Value) {
			$slot = 'Unreadable'
			if ($slots.ContainsKey("$($package.State)")) { $slot = $slots["$($package.State)"] }
			if ($package.Name -match '^Package_for_(KB[0-9]+)~') {
				if ($LaterSecurityOnly -contains $Matches[1]) {
					# A later security-only update is not cumulative: installed it is no proof, waiting it is nothing.
					$slot = $slot -replace 'Installed', 'Later' -replace 'Pending', ''
				} elseif ($Proof -notcontains $Matches[1]) {
					continue
				}
			} elseif ($package.Name -match '^Package_for_RollupFix~') {
				# Below 6000 is no build: the name counts in another way then, and may still be that of the update.
				$build = 0
				if ($package.Name -match '^Package_for_RollupFix~31bf3856ad364e35~[^~]*~~([0-9]{1,7})\.([0-9]{1,7})\.') { $build = [int]$Matches[1] }
				if ($build -lt 6000 -or $build -gt $Row.Build) {
					if ($slot) { $slot = 'Unreadable' }
				} elseif ($build -lt $Row.Build -or [int]$Matches[2] -lt $Row.MinRevision) {
					continue
				}
			} else {
				continue
			}
			if ($slot -and -not $evidence[$slot]) { $evidence[$slot] = $package.Name }
		}
	}
	$evidence
}
