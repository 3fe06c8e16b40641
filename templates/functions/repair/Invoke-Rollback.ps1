function Invoke-Rollback {
	<#
	.SYNOPSIS
	Removes exactly what earlier fixes of this pack added, by their record. Returns the findings as they are then.
	#>
	param($Rules, $Findings, $Environment, $PackId, [bool]$Simulate)

	foreach ($finding in $Findings) {
		$rule = $Rules[$finding.Id]
		if (-not $rule['Installs']) {
			$finding
			continue
		}
		$place = @{ Store = $rule.Parameters.Certificate.Store; Thumbprint = $rule.Parameters.Certificate.Sha1 }
		# Without elevation a closed folder looks empty, and "nothing to roll back" would be a guess.
		if ($Environment.Host.elevated -ne $true) {
			Set-Finding -Finding $finding -Key 'FIX_ROLLBACK_FAILED' -Actual 'not elevated'
			continue
		}
		$record = Read-ChangeRecord -PackId $PackId @place
		if ($record.Status -eq 'error') {
			Set-Finding -Finding $finding -Key 'FIX_ROLLBACK_FAILED' -Actual $record.Value
		} elseif ($record.Status -eq 'missing') {
			$finding.Notes = @($finding.Notes) + 'FIX_NOTHING_TO_ROLL_BACK'
			$finding
		} elseif ($Simulate) {
			Set-Finding -Finding $finding -Key 'FIX_WHAT_IF_ROLLBACK'
		} else {
			Undo-Certificate -Finding $finding -Rules $Rules -Place $place -PackId $PackId
		}
	}
}
