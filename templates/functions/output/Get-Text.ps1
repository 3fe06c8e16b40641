function Get-Text {
	<#
	.SYNOPSIS
	A text of the script in one language, or in English where it has no other, with what was expected for {0}.
	#>
	param([string]$Text, [string]$Language, [string]$Expected = '{0}')

	# Written 'English|ja:Japanese|do:keys of advice'; the script is ASCII, so Japanese is written \uXXXX.
	$part = ($Text -split '\|')[0]
	if ($Text -match "\|$($Language):([^|]*)") { $part = $Matches[1] }
	return [regex]::Unescape($part).Replace('{0}', $Expected)
}
