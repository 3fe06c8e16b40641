function Get-RollupMessage {
	<#
	.SYNOPSIS
	Windows 6.x: is the update, or a later monthly rollup, installed? Evidence from cheap and sure to slow; the first proof
	ends it. Returns Key, Expected, Detail (what decided) and Needs (facts to read first).
	#>
	param($Rule, $Facts, $Row, [int]$Revision)

	$read = @{ Rule = $Rule; Facts = $Facts }
	# The tables leave out the beginning that all KB numbers share.
	$proof = @($Row.Proof -replace '^', $Rule.Parameters.KbPrefix)
	$laterOnly = @($Row.LaterSecurityOnly -replace '^', $Rule.Parameters.KbPrefix)
	$outcome = @{ Key = 'OS_ROLLUP_UNREADABLE'; Expected = "$($proof[0]) / $($proof[1])"; Detail = ''; Needs = $null }
	if ($Revision -ge $Row.MinRevision) {
		$outcome.Key = 'OS_ROLLUP_BY_REVISION'
		return $outcome
	}
	# A lower or missing revision proves nothing: security-only updates do not move it.
	$outcome.Needs = $Rule.Reads.Package | Where-Object { -not $Facts.ContainsKey($_) }
	if ($outcome.Needs) { return $outcome }
	$packages = Get-PackageEvidence -Row $Row -Proof $proof -LaterSecurityOnly $laterOnly -Facts @(Select-Fact @read -Role 'Package')
	# What could not be read may be an update that waits for a restart, which Get-HotFix can list too: no proof below this line.
	$isUnsure = $packages.Unreadable -or ($packages.Pending -and $Revision -eq -2)
	if ($packages.Installed) {
		$outcome.Key = 'OS_ROLLUP_BY_PACKAGE'
		$outcome.Detail = $packages.Installed
	} elseif ($packages.Pending -and -not $isUnsure) {
		$outcome.Key = 'OS_ROLLUP_PENDING'
		$outcome.Detail = $packages.Pending
	}
	if ($outcome.Detail -or $isUnsure) { return $outcome }
	$outcome.Needs = @($Rule.Reads.HotFix) + @($Rule.Reads.CodeIntegrity) | Where-Object { -not $Facts.ContainsKey($_) }
	if ($outcome.Needs) { return $outcome }

	$hotFixes = "$(Get-FactText @read -Role 'HotFix')" -split '[\s,;]+'
	$later = @(@($packages.Later) + @($laterOnly | Where-Object { $hotFixes -contains $_ }) -ne '')
	# Kernel build and file version do not carry an update's number: they suggest and never prove.
	$pattern = @{ BuildLab = "^$($Row.Build)\.([0-9]{1,7})(\.|$)"; CodeIntegrity = "^[0-9]+\.[0-9]+\.$($Row.Build)\.([0-9]{1,7})$" }
	$likely = @(foreach ($role in @('BuildLab', 'CodeIntegrity')) { Get-FactText @read -Role $role | Where-Object { $_ -match $pattern[$role] -and [int]$Matches[1] -ge $Row.MinRevision } })
	$failed = Select-Fact @read -Role 'Package', 'HotFix', 'BuildLab', 'CodeIntegrity' | Where-Object { $_.Status -eq 'error' }
	$listed = @($proof | Where-Object { $hotFixes -contains $_ })
	if ($listed.Length -gt 0) {
		$outcome.Key = 'OS_ROLLUP_BY_HOTFIX'
	} elseif ($likely.Length -gt 0) {
		$outcome.Key = 'OS_ROLLUP_LIKELY'
	} elseif ($later.Length -gt 0) {
		$outcome.Key = 'OS_ROLLUP_LATER_SECURITY_ONLY'
	} elseif (-not $failed -and $Revision -ne -2) {
		# "Not installed" needs every source.
		$outcome.Key = 'OS_ROLLUP_MISSING'
	}
	$outcome.Detail = "$(@($listed + $likely + $later)[0])"
	return $outcome
}
