function Get-HotfixOutcome {
	<#
	.SYNOPSIS
	Is one of the updates installed? Evidence from cheap and sure to slow; the first proof ends it. Returns Key (the end of a
	message key), Detail (what decided) and Needs (facts to read first).
	#>
	param($Rule, $Facts, [int]$Build, $MinRevision)

	$read = @{ Rule = $Rule; Facts = $Facts }
	$outcome = @{ Key = 'UNREADABLE'; Detail = ''; Needs = @() }
	# Without a revision that the rule asks for, none is high enough, and none is in the way either.
	$row = @{ Build = $Build; MinRevision = 10000000 }
	$revision = -1
	if ($MinRevision) {
		$row.MinRevision = $MinRevision
		$revision = Get-FactNumber -Fact (Select-Fact @read -Role 'Revision')
	}
	if ($revision -ge $row.MinRevision) {
		$outcome.Key = 'BY_REVISION'
		return $outcome
	}
	$outcome.Needs = @(Get-Place -Rule $Rule -Role 'Package' | Where-Object { -not $Facts.ContainsKey($_) })
	if ($outcome.Needs.Length -gt 0) { return $outcome }
	$packages = Get-PackageEvidence -Row $row -Proof $Rule.Parameters.Proof -LaterSecurityOnly @() -Facts @(Select-Fact @read -Role 'Package')
	# What could not be read may be an update that waits for a restart, which Get-HotFix can list too: no proof below this line.
	$isUnsure = $packages.Unreadable -or ($packages.Pending -and $revision -eq -2)
	if ($packages.Installed) {
		$outcome.Key = 'BY_PACKAGE'
		$outcome.Detail = $packages.Installed
	} elseif ($packages.Pending -and -not $isUnsure) {
		$outcome.Key = 'PENDING'
		$outcome.Detail = $packages.Pending
	}
	if ($outcome.Detail -or $isUnsure) { return $outcome }
	$outcome.Needs = @(Get-Place -Rule $Rule -Role 'HotFix' | Where-Object { -not $Facts.ContainsKey($_) })
	if ($outcome.Needs.Length -gt 0) { return $outcome }
	$list = Select-Fact @read -Role 'HotFix'
	$listed = @(if ($list.Status -eq 'found') { foreach ($number in $Rule.Parameters.Proof) { if (@($list.Value) -contains $number) { $number } } })
	if ($listed.Length -gt 0) {
		$outcome.Key = 'BY_LIST'
		$outcome.Detail = $listed[0]
	} elseif ($list.Status -ne 'error' -and $revision -ne -2) {
		# "Not installed" needs every source, and a list of updates to which nothing can be added.
		$outcome.Key = if ($Rule.Parameters.Missing -eq 'fail') { 'MISSING' } else { 'NOT_FOUND' }
	}
	return $outcome
}
