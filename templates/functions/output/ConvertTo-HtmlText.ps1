function ConvertTo-HtmlText {
	<#
	.SYNOPSIS
	Text that is safe inside HTML elements and attributes; with a language, a text of the script in that language.
	#>
	param([string]$Text, [string]$Language = '')

	if ($Language) { $Text = Get-Text -Text $Text -Language $Language }
	$safe = ($Text -replace '[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]', '?').Replace('&', '&amp;').Replace('<', '&lt;').Replace('>', '&gt;')
	return $safe.Replace('"', '&quot;').Replace("'", '&#39;') -replace '\r?\n', '<br>'
}
