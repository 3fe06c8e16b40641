function ConvertTo-HtmlLink {
    <#
    .SYNOPSIS
    A paragraph with a link that shows its address on paper, too; nothing without an address.
    #>
    param([string]$Title, [string]$Url)

    if (-not $Url) { return }
    $address = ConvertTo-HtmlText -Text $Url
    if ($Title -eq $Url) { return '<p><a href="{0}">{0}</a></p>' -f $address }
    return '<p>{1}<br><a href="{0}">{0}</a></p>' -f $address, (ConvertTo-HtmlText -Text $Title)
}
