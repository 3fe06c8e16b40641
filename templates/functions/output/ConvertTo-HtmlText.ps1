function ConvertTo-HtmlText {
    <#
    .SYNOPSIS
    Text that is safe inside HTML elements and attributes.
    #>
    param([string]$Text)

    $safe = $Text.Replace('&', '&amp;').Replace('<', '&lt;').Replace('>', '&gt;')
    return $safe.Replace('"', '&quot;').Replace("'", '&#39;') -replace '\r?\n', '<br>'
}
