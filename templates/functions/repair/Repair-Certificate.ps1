function Repair-Certificate {
	<#
	.SYNOPSIS
	Adds one certificate: writes down that it will, adds, reads again and believes only that. Returns the new finding.
	#>
	param($Finding, $Rules, $Certificate, $PackId)

	$place = @{ Store = $Certificate.Store; Thumbprint = $Certificate.Sha1 }
	$problem = Write-ChangeRecord -PackId $PackId @place -State 'adding'
	if ($problem) { return Set-Finding -Finding $Finding -Key 'FIX_FAILED' -Actual $problem }
	$added = Add-MachineCertificate @place -Pem $Certificate.Pem
	$now = Invoke-Assessment -Rules $Rules | Where-Object { $_.Id -eq $Finding.Id }
	# Nothing was added, as far as can be seen: a later rollback must not remove what somebody else adds.
	$state = @{ CERT_PRESENT = 'added'; CERT_MISSING = 'removed' }[$now.MessageKey]
	if ($state) { $null = Write-ChangeRecord -PackId $PackId @place -State $state }
	Complete-Repair -Finding $now -Route $added.Route -Problem $added.Error
}
