function Get-MessageText {
    <#
    .SYNOPSIS
    Text of a message in one language; the key and the arguments when the script carries no text for it.
    #>
    param($Messages, [string]$Language, [string]$Key, $Arguments)

    $values = @(
        foreach ($argument in $Arguments) {
            # A name that differs by language comes as @{ en; ja }.
            if ($argument -is [hashtable]) { $argument[$Language] } else { "$argument" }
        }
    )
    $texts = $Messages[$Language]
    if (-not $texts -or -not $texts[$Key]) { return [string]::Join(' ', @($Key) + $values) }
    # The empty strings stand for arguments that a finding did not give: -f throws without them.
    return $texts[$Key] -f ($values + @('', '', '', ''))
}
