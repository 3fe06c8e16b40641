function Test-ProtectedFolder {
	<#
	.SYNOPSIS
	Why a folder must not be trusted: a link, or owned by somebody else than SYSTEM or Administrators. Empty when it is fine.
	#>
	param([string]$Path)

	if ("$((Get-Item -LiteralPath $Path -Force).Attributes)" -match 'ReparsePoint') { return "$Path is a link" }
	# Owner in SDDL: SY = SYSTEM, BA = Administrators (Windows: SID strings).
	if ("$((Get-Acl -LiteralPath $Path).Sddl)" -notmatch '^O:(SY|BA)') { return "$Path is not owned by SYSTEM or Administrators" }
	return ''
}
