function Undo-Certificate {
	<#
	.SYNOPSIS
	Removes one certificate that an earlier fix added, and takes it off the record. Returns the new finding.
	#>
	param($Finding, $Rules, $Place, $PackId)

	# Removing goes through the store that Windows shows, which is made of several: a copy that came by Group Policy or by
	# Windows' own trust list must stay, and with it the machine would trust the certificate anyway.
	$look = Read-Certificate @Place
	$others = Read-Certificate -Store 'AuthRoot' -Thumbprint $Place.Thumbprint
	if ($look.Status -eq 'error' -or $others.Status -ne 'missing' -or @($look.Value) -match 'Policies|EnterpriseCertificates') {
		return Set-Finding -Finding $Finding -Key 'FIX_ROLLBACK_FAILED' -Actual 'it is also there by Group Policy or the trust list of Windows'
	}
	$problem = Remove-MachineCertificate @Place
	$now = Invoke-Assessment -Rules $Rules | Where-Object { $_.Id -eq $Finding.Id }
	if (-not $problem) { $problem = Write-ChangeRecord -PackId $PackId @Place -State 'removed' }
	if ($problem) { return Set-Finding -Finding $now -Key 'FIX_ROLLBACK_FAILED' -Actual $problem }
	# Still there by another way: that copy is not ours.
	if ($now.State -ne 'fail') { return $now }
	Set-Finding -Finding $now -Key 'FIX_ROLLED_BACK'
}
