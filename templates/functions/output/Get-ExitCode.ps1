function Get-ExitCode {
    <#
    .SYNOPSIS
    Exit code of the target for a verdict.
    #>
    param($Plan, [string]$Verdict)

    return [int]$Plan.ExitCodes[$Verdict]
}
