function Select-KbNumber {
    <#
    .SYNOPSIS
    First KB number of a list that stands in a text as a whole word; empty when none does.
    #>
    param([string]$Text, $Kb)

    $words = @($Text -split '[\s,;]+')
    foreach ($candidate in $Kb) {
        if ($words -contains $candidate) { return $candidate }
    }
    return ''
}
