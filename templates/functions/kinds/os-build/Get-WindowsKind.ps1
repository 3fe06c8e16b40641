function Get-WindowsKind {
	<#
	.SYNOPSIS
	client, server, or empty when neither value says. Never from ProductName.
	#>
	param($InstallationType, $EditionId)

	if ($InstallationType -eq 'Client') { return 'client' }
	if ($InstallationType -match '^(Server|Server Core|Nano Server)$') { return 'server' }
	if ($InstallationType -or -not $EditionId) { return '' }
	# Windows 10 Enterprise multi-session is a client in spite of its name.
	if ($EditionId -match '^Server(?!Rdsh$)') { return 'server' }
	return 'client'
}
