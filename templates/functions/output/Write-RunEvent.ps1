function Write-RunEvent {
	<#
	.SYNOPSIS
	Writes one event into the log Application, source psmint, by the way that this PowerShell has; or none, without a word.
	.LINK
	https://learn.microsoft.com/dotnet/api/system.diagnostics.eventlog.writeentry
	.LINK
	https://learn.microsoft.com/windows-server/administration/windows-commands/eventcreate
	#>
	param($Entry, [string]$Text)

	try {
		if (Test-FullLanguage) {
			# Registers the source when it is new, which takes administrator rights.
			[System.Diagnostics.EventLog]::WriteEntry('psmint', $Text, $Entry.Type, $Entry.Id)
		} elseif ($PSVersionTable.PSVersion.Major -lt 6) {
			if ((Read-Registry -Key 'HKLM:\SYSTEM\CurrentControlSet\Services\EventLog\Application\psmint').Status -ne 'found') { New-EventLog -LogName 'Application' -Source 'psmint' }
			Write-EventLog -LogName 'Application' -Source 'psmint' -EventId $Entry.Id -EntryType $Entry.Type -Message $Text
		} else {
			# It knows IDs up to 1000 alone, and which sources it refuses is not documented.
			$plain = $Text -replace '"', "'"
			$null = Invoke-Native -FilePath 'eventcreate.exe' -Arguments '/L', 'APPLICATION', '/SO', 'psmint', '/T', "$($Entry.Type)", '/ID', "$($Entry.Id)", '/D', $plain
		}
	} catch {
		$null = $_
	}
}
