function Write-IntuneRemediationAnswer {
    <#
    .SYNOPSIS
    Answer of the target "intune-remediation": one line, for Intune keeps only the last one.
    #>
    param($Plan, $Rules, $Findings, [string]$Verdict, $Messages, $Reasons, [string]$Language, $Environment)

    Write-Output (Get-SummaryLine -Plan $Plan -Findings $Findings -Verdict $Verdict -Reasons $Reasons)
}
