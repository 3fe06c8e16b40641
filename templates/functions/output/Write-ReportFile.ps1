function Write-ReportFile {
	<#
	.SYNOPSIS
	Writes a text file whole or not at all. Returns nothing, or why it could not. Encoding: Ascii or Utf8Bom (for Excel).
	#>
	param([string]$Path, [string]$Text, $Encoding)

	# UTF8 has a byte order mark up to PowerShell 5.1, and none from 6 on.
	if ($Encoding -eq 'Utf8Bom' -and $PSVersionTable.PSVersion.Major -lt 6) { $Encoding = 'UTF8' }
	if (Test-Path -LiteralPath $Path -PathType Container) { return "$Path is a folder" }
	$temporary = "$Path.$PID.tmp"
	for ($try = 1; $try -le 3; $try++) {
		try {
			Set-Content -LiteralPath $temporary -Value $Text -Encoding $Encoding -WhatIf:$false
			Move-Item -LiteralPath $temporary -Destination $Path -Force -WhatIf:$false
			return
		} catch {
			$problem = "$Path could not be written: $($_.FullyQualifiedErrorId)"
			# A virus scanner may hold a new file for a moment.
			if ($try -lt 3) { Start-Sleep -Milliseconds 200 }
		}
	}
	if (Test-Path -LiteralPath $temporary) { Remove-Item -LiteralPath $temporary -Force -WhatIf:$false -ErrorAction SilentlyContinue }
	return $problem
}
