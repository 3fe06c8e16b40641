function Test-OsBuild {
	<#
	.SYNOPSIS
	Does this build of Windows have a capability that came with an update?
	#>
	param($Rule, $Facts)

	$read = @{ Rule = $Rule; Facts = $Facts }
	$build = Get-FactNumber -Fact (Select-Fact @read -Role 'Build')
	if ($build -lt 0) { return New-Finding @read -State 'unknown' -Key 'OS_BUILD_UNREADABLE' }
	# Newer builds than the table's have it. Any other number is an Insider build, about which nobody has said anything.
	$other = @{ Support = if ($build -ge $Rule.Parameters.NativeFrom) { 'native' } else { 'unknown' } }
	$row = @{ Build = $build } + $(if ($Rule.Parameters.Builds["$build"]) { $Rule.Parameters.Builds["$build"] } else { $other })
	$type = "$(Get-FactText @read -Role 'InstallationType')"
	$edition = "$(Get-FactText @read -Role 'EditionID')"
	$kind = Get-WindowsKind -InstallationType $type -EditionId $edition
	$revision = Get-FactNumber -Fact (Select-Fact @read -Role 'Revision')
	$names = @(foreach ($name in @('Client', 'Server')) { if ($row[$name] -and (-not $kind -or $kind -eq $name -or -not $row[$kind])) { $row[$name] } })
	$found = if ($revision -ge 0) { "$build.$revision" } else { "$build" }
	$expected = ''
	$outcome = @{ Key = '' }

	# Old installations have neither value, and nothing speaks against the row then; a failed read is no yes.
	$unread = @(Select-Fact @read -Role 'InstallationType') + @(if (-not $type) { Select-Fact @read -Role 'EditionID' }) | Where-Object { $_.Status -eq 'error' }
	$isOther = $row['AppliesTo'] -and ($unread -or ($kind -ne $row.AppliesTo -and ($type -or $edition)))
	if ($isOther) {
		$outcome.Key = 'OS_NOT_JUDGED'
	} elseif ($row['Proof']) {
		$outcome = Get-RollupMessage -Rule $Rule -Facts $Facts -Row $row -Revision $revision
		$expected = $outcome.Expected
	} elseif ($row['MinRevision']) {
		$expected = "$build.$($row.MinRevision)"
		$outcome.Key = Get-RevisionMessage -Row $row -Revision $revision -Kind $kind -EditionId $edition
	} else {
		$outcome.Key = @{ native = 'OS_NATIVE'; never = 'OS_NEVER'; unknown = 'OS_BUILD_UNKNOWN' }[$row.Support]
		$expected = @{ native = "$build"; never = ''; unknown = "$($Rule.Parameters.NativeFrom)" }[$row.Support]
	}
	$state = switch -Regex ($outcome.Key) {
		'NATIVE|REACHED|_BY_' { 'pass' }
		'BELOW|NEVER|MISSING' { 'fail' }
		'PENDING' { 'pendingReboot' }
		default { 'unknown' }
	}
	$notes = @(
		if ($Rule.Parameters['Unlisted'] -contains $build) { 'OS_NOTE_VENDOR_UNLISTED' }
		if ($row['Advisory'] -and $revision -ge 0 -and $revision -lt $row.AdvisoryBelow) { $row.Advisory }
	)
	$actual = [string]::Join(', ', @([string]::Join(' / ', $names), $found, $outcome['Detail'] -ne $null -ne ''))
	New-Finding @read -State $state -Key $outcome.Key -Expected $expected -Actual $actual -Notes $notes -Needs @(@($outcome['Needs']) -ne $null)
}
