function Read-FileVersion {
	<#
	.SYNOPSIS
	File version as four numbers, which are those of the file itself. The path may begin with %SystemRoot%.
	#>
	param([string]$Path)

	if ($env:OS -ne 'Windows_NT') { return Get-ReadError -Problem 'no Windows files on this system' }
	# A 32-bit process sees the 64-bit System32 as Sysnative.
	if ($env:PROCESSOR_ARCHITEW6432) { $Path = $Path -replace '\\System32\\', '\Sysnative\' }
	try {
		$version = (Get-Item -LiteralPath ($Path -replace '^%SystemRoot%', $env:SystemRoot) -Force).VersionInfo
		@{ Status = 'found'; Value = '{0}.{1}.{2}.{3}' -f $version.FileMajorPart, $version.FileMinorPart, $version.FileBuildPart, $version.FilePrivatePart }
	} catch {
		if ("$($_.FullyQualifiedErrorId)" -like 'PathNotFound*') { return @{ Status = 'missing'; Value = '' } }
		Get-ReadError -Problem $_
	}
}
