function Install-TrustCertificate {
	<#
	.SYNOPSIS
	Adds what is missing of the signer's certificates, and believes only a new look at the stores. All or nothing when a
	certificate is blocked or cannot be read: a signer that is half trusted is of no use.
	#>
	param([hashtable]$Certificates, [bool]$Simulate)

	$ids = @($Certificates.Keys | Sort-Object)
	$before = @{}
	foreach ($id in $ids) { $before[$id] = Get-TrustState -Certificate $Certificates[$id] }
	$states = @(foreach ($id in $ids) { $before[$id].State })
	$isSafe = $states -notcontains 'blocked' -and $states -notcontains 'unknown'
	$elevation = 'yes'
	if ($isSafe -and -not $Simulate -and $states -contains 'missing') {
		$elevated = Test-Elevation
		if ($null -eq $elevated) { $elevation = 'unknown' } elseif (-not $elevated) { $elevation = 'no' }
	}
	foreach ($id in $ids) {
		$certificate = $Certificates[$id]
		$answer = @{ Id = $id; Name = $certificate.Name; Store = $certificate.Store; Sha1 = $certificate.Sha1; State = $before[$id].State; Error = $before[$id].Error }
		if ($answer.State -eq 'missing' -and $isSafe -and -not $Simulate) {
			if ($elevation -eq 'yes') {
				$problem = (Add-MachineCertificate -Store $certificate.Store -Thumbprint $certificate.Sha1 -Pem $certificate.Pem).Error
				$after = Get-TrustState -Certificate $certificate
				$answer.State = 'added'
				if ($after.State -ne 'present') {
					$answer.State = 'failed'
					$answer.Error = "$problem $($after.Error)".Trim()
				}
			} else {
				$answer.State = 'refused'
				if ($elevation -eq 'unknown') { $answer.State = 'unknown' }
				$answer.Error = 'administrator rights are needed'
			}
		}
		$answer
	}
}
