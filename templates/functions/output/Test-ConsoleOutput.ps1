function Test-ConsoleOutput {
    <#
    .SYNOPSIS
    Whether a person reads the output on a console; false when that cannot be told.
    #>
    if ($Host.Name -ne 'ConsoleHost') { return $false }
    try {
        return -not [Console]::IsOutputRedirected
    } catch {
        return $false
    }
}
