function ConvertTo-AsciiText {
	<#
	.SYNOPSIS
	One line of printable ASCII: control characters and line breaks become a space, other characters '?'.
	#>
	param([string]$Text)

	return $Text -replace '[\x00-\x1f\x7f]+', ' ' -replace '[^ -~]', '?'
}
