function ConvertTo-AsciiHtml {
    <#
    .SYNOPSIS
    The same HTML in ASCII: other characters are written &#xXXXX;, what no page may hold &#xfffd;.
    #>
    param([string]$Html)

    $codes = @{}
    foreach ($match in [regex]::Matches($Html, '[\ud800-\udbff][\udc00-\udfff]|[^\t\r\n\x20-\x7e]')) {
        $code = [int]$match.Value[0]
        if ($match.Length -eq 2) { $code = ($code - 0xd800) * 0x400 + ([int]$match.Value[1] - 0xdc00) + 0x10000 }
        $codes[$code] = $match.Value
    }
    # Pairs first: a lone half must not be replaced inside a pair.
    foreach ($code in @($codes.Keys | Sort-Object -Descending)) {
        $entity = '&#x{0:x};' -f $code
        if ($code -lt 0xa0 -or ($code -ge 0xd800 -and $code -le 0xdfff)) { $entity = '&#xfffd;' }
        $Html = $Html.Replace($codes[$code], $entity)
    }
    return $Html
}
