function Read-ProgramFileVersion {
	<#
	.SYNOPSIS
	Simulated: version of a file of the machine file, by the path with its variable.
	#>
	param([string]$Path)

	Read-FileVersion -Path $Path
}
