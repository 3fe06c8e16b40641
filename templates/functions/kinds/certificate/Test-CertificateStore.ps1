function Test-CertificateStore {
	<#
	.SYNOPSIS
	Is a certificate in its LocalMachine store, or in the third-party part of it, and not among the untrusted ones?
	#>
	param($Rule, $Facts)

	$read = @{ Rule = $Rule; Facts = $Facts }
	$untrusted = @(Select-Fact @read -Role 'Disallowed')
	$places = @(Select-Fact @read -Role 'Store', 'ThirdParty')
	$denied = @($untrusted | Where-Object { $_.Status -eq 'found' })
	$cleared = @($untrusted | Where-Object { $_.Status -eq 'missing' })
	$present = @($places | Where-Object { $_.Status -eq 'found' })
	$actual = ''
	$notes = @()
	$state = 'unknown'
	$key = 'CERT_UNREADABLE'
	if ($denied.Length -gt 0) {
		$state = 'fail'
		$key = 'CERT_DISALLOWED'
		$actual = ConvertTo-EvidenceText -Fact $denied[0]
	} elseif ($cleared.Length -eq 0) {
		# Without a look at the untrusted store presence proves nothing, because that store wins. The evidence names it.
	} elseif ($present.Length -gt 0) {
		$state = 'pass'
		$key = 'CERT_PRESENT'
		$actual = ConvertTo-EvidenceText -Fact $present[0]
	} elseif ($places.Length -gt 0 -and @($places | Where-Object { $_.Status -ne 'missing' }).Length -eq 0) {
		$state = 'fail'
		$key = 'CERT_MISSING'
		# DisableRootAutoUpdate: with 1 Windows will not fetch the root by itself; with 0 or without it, it may.
		$texts = @{ '1' = 'CERT_NOTE_AUTO_UPDATE_OFF'; '0' = 'CERT_NOTE_AUTO_UPDATE'; '-1' = 'CERT_NOTE_AUTO_UPDATE' }
		$notes = @(foreach ($policy in @(Select-Fact @read -Role 'AutoUpdate')) { $texts["$(Get-FactNumber -Fact $policy)"] }) -ne $null
	}
	New-Finding @read -State $state -Key $key -Expected $Rule.Parameters.Certificate.Sha1 -Actual $actual -Notes $notes
}
