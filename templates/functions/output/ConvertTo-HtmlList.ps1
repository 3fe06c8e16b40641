function ConvertTo-HtmlList {
    <#
    .SYNOPSIS
    Texts of one language as a list under a heading; nothing when there are none.
    #>
    param([string]$Heading, $Texts, [string]$Tag, [string]$Language)

    $items = @(foreach ($text in $Texts) { '<li>{0}</li>' -f (ConvertTo-HtmlText -Text $text[$Language]) })
    if ($items.Count) { '{0}<{1}>{2}</{1}>' -f $Heading, $Tag, [string]::Join('', $items) }
}
