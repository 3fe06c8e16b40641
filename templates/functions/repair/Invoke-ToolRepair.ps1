function Invoke-ToolRepair {
	<#
	.SYNOPSIS
	Lets a vendor's tool install the certificates that are surely missing, and reads again. Returns the findings as they are
	then. What the tool changes is its own: it is not on the record, and -Rollback leaves it.
	#>
	param($Rules, $Findings, $Environment, $PackId, [bool]$Simulate, $Tool, $Folder)

	$ids = @(foreach ($finding in $Findings) { if ($finding.MessageKey -eq 'CERT_MISSING' -and $Rules[$finding.Id]['Tool'] -eq $Tool.Id) { $finding.Id } })
	# What is said in a rehearsal or without elevation is the same as without a tool.
	if ($ids.Length -eq 0 -or $Simulate -or $Environment.Host.elevated -ne $true) { return $Findings }
	$problem = Start-RepairTool -Tool $Tool -Folder $Folder
	if ($problem) { $problem = "$($Tool.File): $problem" }
	foreach ($finding in Invoke-Assessment -Rules $Rules) {
		if ($ids -contains $finding.Id) { Complete-Repair -Finding $finding -Route $Tool.File -Problem $problem } else { $finding }
	}
}
