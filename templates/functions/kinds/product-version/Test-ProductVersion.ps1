function Test-ProductVersion {
	<#
	.SYNOPSIS
	Has an installed product at least its minimum version? Each registry value is judged by its shape.
	#>
	param($Rule, $Facts)

	$read = @{ Rule = $Rule; Facts = $Facts }
	$names = @(Select-Unique -Text (Get-FactText @read -Role 'ProductName'))
	$versions = @(Select-Unique -Text (Get-FactText @read -Role 'Version'))
	$key = Get-ProductMessage @read -Names $names -Versions $versions
	$state = switch -Regex ($key) {
		'REACHED' { 'pass' }
		'BELOW' { 'fail' }
		'NOT_INSTALLED|OTHER' { 'notApplicable' }
		default { 'unknown' }
	}
	$shown = switch -Regex ($key) {
		'REACHED|BELOW' { $versions }
		'OTHER' { $names }
		default { $names + $versions }
	}
	New-Finding @read -State $state -Key $key -Expected $Rule.Parameters.Minimum -Actual ([string]::Join(', ', @($shown)))
}
