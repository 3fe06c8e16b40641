function Format-ConsoleText {
    <#
    .SYNOPSIS
    Pads text to a width in console columns; East Asian characters take two.
    #>
    param([string]$Text, [int]$Width)

    $columns = $Text.Length + [regex]::Matches($Text, '[\u1100-\uff60]').Count
    while ($columns -lt $Width) {
        $Text = "$Text "
        $columns = $columns + 1
    }
    return $Text
}
