function Invoke-Native {
	<#
	.SYNOPSIS
	Simulated: no native program may be reached on a simulated machine.
	#>
	param([string]$FilePath, [string[]]$Arguments)

	throw "a simulated machine must not start $FilePath $Arguments"
}
