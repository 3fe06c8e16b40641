function Start-RepairTool {
	<#
	.SYNOPSIS
	Simulated: a vendor's tool in a folder of the machine file, signed by whom it says, which adds what it says and ends as it says.
	#>
	param($Tool, $Folder)

	$machine = $global:SimulatedMachine
	$found = $machine.Tools["$($Folder.TrimEnd('\'))\$($Tool.File)"]
	if (-not $found) { return "not in $Folder" }
	if ($found.Signature -ne 'Valid') { return "not run, signature $($found.Signature)" }
	if ($found.Signer -cnotmatch $Tool.Signer) { return "not run, signed by $($found.Signer)" }
	foreach ($place in $found.Adds) {
		$store, $thumbprint = $place.Split('\')
		$machine.Certificates[$store][$thumbprint] = $true
	}
	if ($found.Log -notmatch $Tool.Done) { "its log names no end within $($Tool.Seconds) seconds" }
}
