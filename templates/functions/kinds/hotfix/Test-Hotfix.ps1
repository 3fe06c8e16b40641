function Test-Hotfix {
	<#
	.SYNOPSIS
	Is one of some updates of Windows, or one that supersedes it, installed on a build that needs it?
	#>
	param($Rule, $Facts)

	$read = @{ Rule = $Rule; Facts = $Facts }
	$outcome = @{ Key = ''; Detail = ''; Needs = @() }
	$build = 0
	$minimum = $null
	if ($Rule.Parameters['Builds']) {
		$build = Get-FactNumber -Fact (Select-Fact @read -Role 'Build')
		$row = $Rule.Parameters.Builds["$build"]
		if ($build -lt 0) {
			$outcome.Key = 'BUILD_UNREADABLE'
		} elseif (-not $row) {
			$outcome.Key = 'OTHER_BUILD'
			$outcome.Detail = "$build"
		} else {
			$minimum = $row.MinRevision
		}
	}
	if (-not $outcome.Key) { $outcome = Get-HotfixOutcome @read -Build $build -MinRevision $minimum }
	$state = switch -Regex ($outcome.Key) {
		'BY_' { 'pass' }
		'MISSING' { 'fail' }
		'PENDING' { 'pendingReboot' }
		'OTHER_BUILD' { 'notApplicable' }
		default { 'unknown' }
	}
	New-Finding @read -State $state -Key "HOTFIX_$($outcome.Key)" -Expected $Rule.Parameters.Expected -Actual $outcome.Detail -Needs $outcome.Needs
}
