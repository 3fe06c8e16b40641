function ConvertTo-HtmlRow {
	<#
	.SYNOPSIS
	One name (HTML already) and value (text) of a description list; nothing for an empty value.
	#>
	param($Name, [string]$Value)

	if ($Value) { '<dt>{0}</dt><dd>{1}</dd>' -f $Name, (ConvertTo-HtmlText -Text $Value) }
}
