function Test-ProtectedFolder {
	<#
	.SYNOPSIS
	Why a folder must not be trusted: a link, or owned by somebody else than SYSTEM or Administrators. Empty when it is fine.
	#>
	param([string]$Path)

	if ("$((Get-Item -LiteralPath $Path -Force).Attributes)" -match 'ReparsePoint') { return "$Path is a link" }
	# SDDL: owner SYSTEM or Administrators, and a list of rights that inherits nothing (Windows: SID strings, DACL flags).
	if ("$((Get-Acl -LiteralPath $Path).Sddl)" -notmatch '^O:(SY|BA)G:.*?D:P') { return "$Path is not a folder of administrators alone" }
	return ''
}
