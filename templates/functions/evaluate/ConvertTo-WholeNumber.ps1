function ConvertTo-WholeNumber {
    <#
    .SYNOPSIS
    A registry value as a number from 0 to 9999999; -1 when it is anything else (text, negative, 4294967295).
    #>
    param($Value)

    $text = "$Value".Trim()
    if ($text -match '^[0-9]{1,7}$') { return [int]$text }
    return -1
}
