function Get-Fact {
	<#
	.SYNOPSIS
	Reads one fact from the machine; its id says where. A read that fails is a fact with Status 'error', never an exception
	and never 'missing'.
	#>
	param([string]$Id)

	try {
		if ($Id -match '^Cert:\\LocalMachine\\(.+)\\(.+)$') {
			$read = Read-Certificate -Store $Matches[1] -Thumbprint $Matches[2]
		} elseif ($Id -match '^(HKLM:\\.+\\Packages)#(\^.+)$') {
			$read = Get-ServicingPackageFact -Key $Matches[1] -Pattern $Matches[2]
		} elseif ($Id -match '^(HKLM(?:32)?:\\.+)\\([^\\]*)$') {
			$read = Read-Registry -Key $Matches[1] -Name $Matches[2]
		} elseif ($Id -eq 'HotFix') {
			$read = Read-HotFix
		} elseif ($Id -match '^Service:(.+)$') {
			$read = Read-Service -Name $Matches[1]
		} elseif ($Id -eq 'FreeSpace') {
			$read = Read-FreeSpace
		} elseif ($Id -match '^Firmware:(.+)$') {
			$read = Read-FirmwareVariable -Name $Matches[1]
		} elseif ($Id -match '^Event:(.+)/(.+)/(.+)$') {
			$read = Read-Event -LogName $Matches[1] -Provider $Matches[2] -Id ($Matches[3] -split ',')
		} elseif ($Id -match '^%Program') {
			$read = Read-ProgramFileVersion -Path $Id
		} else {
			$read = Read-FileVersion -Path $Id
		}
		if (@('found', 'missing', 'error') -notcontains $read.Status) { throw "no answer for $Id" }
	} catch {
		$read = @{ Status = 'error'; Value = "$_" }
	}
	@{ Id = $Id; Status = $read.Status; Value = $read.Value }
}
