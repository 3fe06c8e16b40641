function New-ProtectedFolder {
	<#
	.SYNOPSIS
	A folder below ProgramData\psmint that only SYSTEM and Administrators can enter. Returns Path and Error (empty when fine).
	#>
	param([string]$Name)

	$path = "$env:ProgramData"
	try {
		if (-not $path) { throw 'there is no ProgramData folder on this system' }
		# A folder that a standard user made would stay his, and no administrator could trust it later.
		if ((Test-Elevation) -ne $true) { throw 'the folder below ProgramData needs administrator rights' }
		foreach ($part in @('psmint') + @($Name -split '\\')) {
			$path = "$path\$part"
			if (-not (Test-Path -LiteralPath $path)) {
				$null = New-Item -ItemType Directory -Path $path
				# Somebody else's folder of that name would have failed above, so this one is ours to close.
				$owner = Invoke-Native -FilePath 'icacls.exe' -Arguments $path, '/setowner', '*S-1-5-32-544'
				$rights = Invoke-Native -FilePath 'icacls.exe' -Arguments $path, '/inheritance:r', '/grant:r', '*S-1-5-18:(OI)(CI)F', '*S-1-5-32-544:(OI)(CI)F'
				if ($owner.Error -or $rights.Error -or $owner.ExitCode -ne 0 -or $rights.ExitCode -ne 0) { throw "the rights of $path could not be set" }
			}
			$problem = Test-ProtectedFolder -Path $path
			if ($problem) { throw $problem }
		}
		return @{ Path = $path; Error = '' }
	} catch {
		return @{ Path = ''; Error = "$($_.FullyQualifiedErrorId)" }
	}
}
