function Test-FileVersion {
	<#
	.SYNOPSIS
	Has a file at least its minimum version, in every place where it is found?
	#>
	param($Rule, $Facts)

	$read = @{ Rule = $Rule; Facts = $Facts }
	$places = @(Select-Fact @read -Role 'File')
	$versions = @(Get-FactText @read -Role 'File')
	$outcomes = @(
		foreach ($version in $versions) {
			# Without a version resource Windows shows 0.0.0.0.
			$isReached = if ($version -ne '0.0.0.0') { Test-VersionReached -Text $version -Minimum $Rule.Parameters.Minimum }
			if ($null -eq $isReached) { 'NO_VERSION' } elseif ($isReached) { 'REACHED' } else { 'BELOW' }
		}
	)
	$status = @($places | ForEach-Object { $_.Status })
	$outcome = 'REACHED'
	if ($places.Length -eq 0 -or $status -contains 'error') {
		# A copy that cannot be read may be the one that is used.
		$outcome = 'UNREADABLE'
	} elseif ($status -notcontains 'found') {
		$outcome = 'MISSING'
	} elseif ($outcomes.Length -eq 0 -or $outcomes -contains 'NO_VERSION') {
		$outcome = 'NO_VERSION'
	} elseif ($outcomes -contains 'BELOW') {
		$outcome = 'BELOW'
	}
	$state = switch ($outcome) {
		'MISSING' { $Rule.Parameters.Missing }
		'BELOW' { 'fail' }
		'REACHED' { 'pass' }
		default { 'unknown' }
	}
	New-Finding @read -State $state -Key "FILE_$outcome" -Expected $Rule.Parameters.Minimum -Actual ([string]::Join(', ', $versions))
}
