function Resolve-SimulatedKey {
	<#
	.SYNOPSIS
	The one name of a registry key of the simulated machine: a 32-bit view leads where it leads on Windows.
	#>
	param([hashtable]$Machine, [string]$Key)

	$name = $Key.TrimEnd('\')
	if ($name -notmatch '^HKLM32:') { return $name }
	$name = $name -replace '^HKLM32:', 'HKLM:'
	# These are shared by both views, and 32-bit Windows has one view only.
	$isShared = $name -match '^HKLM:\\SOFTWARE\\(Policies|Microsoft\\(SystemCertificates|EnterpriseCertificates))(\\|$)'
	if ($isShared -or $Machine.Host.WindowsBits -eq 32) { return $name }
	return $name -replace '^HKLM:\\SOFTWARE(?=\\|$)', 'HKLM:\SOFTWARE\WOW6432Node'
}
