function Set-Finding {
    <#
    .SYNOPSIS
    A finding with another state and message; what was expected and read stays.
    #>
    param([hashtable]$Finding, [string]$State, [string]$MessageKey, $Arguments)

    $changed = $Finding.Clone()
    $changed.State = $State
    $changed.MessageKey = $MessageKey
    $changed.Arguments = @($Arguments)
    return $changed
}
