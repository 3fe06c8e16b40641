function Read-Registry {
	<#
	.SYNOPSIS
	Simulated: a registry value of the machine file, or without a name the names of the keys below a key. A key exists when
	it or one below it is named.
	#>
	param([string]$Key, [string]$Name = '')

	$machine = $global:SimulatedMachine
	$path = Resolve-SimulatedKey -Machine $machine -Key $Key
	$place = if ($Name) { "registry:$path\$Name" } else { "registry:$path" }
	# 'key:' denies the list of one key alone, 'registry:' all that is in it too.
	if ((Test-SimulatedDenial -Machine $machine -Path $place) -or (-not $Name -and $machine.Deny -contains "key:$path")) {
		return @{ Status = 'error'; Value = 'Access is denied.' }
	}
	$values = $machine.Registry[$path]
	if ($Name) {
		if ($null -eq $values -or -not $values.ContainsKey($Name)) { return @{ Status = 'missing'; Value = '' } }
		return @{ Status = 'found'; Value = $values[$Name] }
	}
	$below = "$path\"
	$names = @(
		foreach ($known in $machine.Registry.Keys) {
			if ($known.Length -gt $below.Length -and $known.Substring(0, $below.Length) -eq $below) {
				$known.Substring($below.Length).Split('\')[0]
			}
		}
	)
	if ($names.Length -eq 0 -and $null -eq $values) { return @{ Status = 'missing'; Value = '' } }
	@{ Status = 'found'; Value = @($names | Sort-Object -Unique) }
}
