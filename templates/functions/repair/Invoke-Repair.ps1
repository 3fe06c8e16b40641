function Invoke-Repair {
	<#
	.SYNOPSIS
	Adds the certificates that are surely missing, one by one, and reads again. Returns the findings as they are then.
	#>
	param($Rules, $Certificates, $Findings, $Environment, $PackId, [bool]$Simulate)

	foreach ($finding in $Findings) {
		$rule = $Rules[$finding.Id]
		# Only what is surely missing is added. A certificate that somebody put among the untrusted ones stays there.
		if ($finding.MessageKey -ne 'CERT_MISSING' -or @($rule['Installs']) -notcontains $rule.Parameters.Certificate.Id) {
			$finding
		} elseif ($Simulate) {
			Set-Finding -Finding $finding -Key 'FIX_WHAT_IF'
		} elseif ($Environment.Host.elevated -ne $true) {
			Set-Finding -Finding $finding -Key 'FIX_NOT_ELEVATED'
		} else {
			Repair-Certificate -Finding $finding -Rules $Rules -Certificate $Certificates[$rule.Parameters.Certificate.Id] -PackId $PackId
		}
	}
}
