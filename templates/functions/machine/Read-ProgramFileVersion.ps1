function Read-ProgramFileVersion {
	<#
	.SYNOPSIS
	Read-FileVersion for a path that begins with %ProgramFiles% (in every host that of Windows' own bits), %ProgramFiles(x86)%
	(where programs of 32 bits are, also on 32-bit Windows) or %ProgramData%.
	#>
	param([string]$Path)

	# A 32-bit process calls its own folder ProgramFiles and the 64-bit one ProgramW6432.
	$folders = @{ ProgramFiles = "$env:ProgramW6432"; 'ProgramFiles(x86)' = "${env:ProgramFiles(x86)}"; ProgramData = "$env:ProgramData" }
	$name = $Path.Split('%')[1]
	$folder = "$($folders[$name])"
	if (-not $folder -and $name -ne 'ProgramData') { $folder = "$env:ProgramFiles" }
	if (-not $folder) { return Get-ReadError -Problem "no %$name% on this system" }
	Read-FileVersion -Path ($folder + $Path.Substring($name.Length + 2))
}
