function ConvertTo-AsciiJson {
    <#
    .SYNOPSIS
    JSON in one line of ASCII: other characters are written \uXXXX.
    #>
    param($InputObject)

    $json = ConvertTo-Json -InputObject $InputObject -Depth 9 -Compress
    $codes = @{}
    foreach ($match in [regex]::Matches($json, '[^\x20-\x7e]')) { $codes[[int][char]$match.Value] = $match.Value }
    foreach ($code in $codes.Keys) { $json = $json.Replace($codes[$code], ('\u{0:x4}' -f $code)) }
    return $json
}
