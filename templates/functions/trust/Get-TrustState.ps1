function Get-TrustState {
	<#
	.SYNOPSIS
	Where a certificate of the signer stands: present, missing, blocked (in Untrusted Certificates) or unknown. Reads only.
	#>
	param([hashtable]$Certificate)

	$blocked = Read-Certificate -Store 'Disallowed' -Thumbprint $Certificate.Sha1
	if ($blocked.Status -eq 'found') { return @{ State = 'blocked'; Error = '' } }
	$place = Read-Certificate -Store $Certificate.Store -Thumbprint $Certificate.Sha1
	foreach ($read in @($blocked, $place)) {
		if ($read.Status -eq 'error') { return @{ State = 'unknown'; Error = "$($read.Value)" } }
	}
	if ($place.Status -eq 'found') { return @{ State = 'present'; Error = '' } }
	return @{ State = 'missing'; Error = '' }
}
