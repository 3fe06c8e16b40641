function ConvertTo-HtmlRow {
    <#
    .SYNOPSIS
    One name and value of a description list; nothing for an empty value.
    #>
    param([string]$Name, [string]$Value)

    if ($Value) { '<div><dt>{0}</dt><dd>{1}</dd></div>' -f (ConvertTo-HtmlText -Text $Name), (ConvertTo-HtmlText -Text $Value) }
}
