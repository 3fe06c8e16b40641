function Read-HostEnvironment {
	<#
	.SYNOPSIS
	Simulated: the host of the machine file; the language mode is the real one of this session.
	#>
	param()

	$machine = $global:SimulatedMachine
	$isElevated = $machine.Host.Elevated
	if (Test-SimulatedDenial -Machine $machine -Path 'host:elevation') { $isElevated = $null }
	$about = [ordered]@{
		windows = $true
		windows64Bit = ($machine.Host.WindowsBits -eq 64)
		powershell = $machine.Host.PowerShell
		languageMode = "$($ExecutionContext.SessionState.LanguageMode)"
		processBits = $machine.Host.Bits
		elevated = $isElevated
		culture = $machine.Host.Culture
	}
	@{ DeviceName = 'SIMULATED'; Host = $about }
}
