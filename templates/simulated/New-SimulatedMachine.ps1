function New-SimulatedMachine {
	<#
	.SYNOPSIS
	State of a simulated machine from its description (lists only, as the machine test writes them).
	#>
	param($Description)

	$machine = @{
		Registry = @{}
		Certificates = @{ Root = @{}; AuthRoot = @{}; CA = @{}; Disallowed = @{} }
		HotFixes = @($Description.hotFixes)
		Files = @{}
		Services = @{}
		Firmware = @{}
		EventLog = @($Description.eventLog)
		Tools = @{}
		FreeSpace = $Description.freeSpace
		Host = @{
			PowerShell = $Description.host.powershell
			Bits = $Description.host.bits
			WindowsBits = $Description.host.windowsBits
			Elevated = $Description.host.elevated
			Culture = $Description.host.culture
		}
		Deny = @()
		Faults = @($Description.faults)
		Records = @{}
		Events = @()
		History = @()
	}
	foreach ($key in $Description.registry) {
		$values = @{}
		foreach ($value in $key.values) { $values[$value.name] = $value.value }
		$machine.Registry[(Resolve-SimulatedKey -Machine $machine -Key $key.key)] = $values
	}
	foreach ($certificate in $Description.certificates) { $machine.Certificates[$certificate.store][$certificate.thumbprint] = $true }
	foreach ($service in $Description.services) { $machine.Services[$service.name] = $service.status }
	foreach ($variable in $Description.firmware) { $machine.Firmware[$variable.variable] = @($variable.names) }
	foreach ($tool in $Description.tools) { $machine.Tools[$tool.path] = @{ Signature = $tool.signature; Signer = $tool.signer; Adds = @($tool.adds); Log = $tool.log } }
	foreach ($file in $Description.files) { $machine.Files[$file.path] = $file.version }
	$machine.Deny = @(
		foreach ($denied in $Description.deny) {
			if ($denied -match '^(registry|key):(.*)$') { "$($Matches[1]):$(Resolve-SimulatedKey -Machine $machine -Key $Matches[2])" } else { $denied }
		}
	)
	$machine
}
