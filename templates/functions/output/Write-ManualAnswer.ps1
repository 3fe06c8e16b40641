function Write-ManualAnswer {
    <#
    .SYNOPSIS
    Answer of the target "manual": a table for a person at a console, and always the summary as the last line.
    #>
    param($Plan, $Rules, $Findings, [string]$Verdict, $Messages, $Reasons, [string]$Language, $Environment)

    if (Test-ConsoleOutput) {
        $table = @{ Rules = $Rules; Messages = $Messages; Language = $Language; Environment = $Environment }
        Write-Output (Get-ManualTable -Plan $Plan -Findings $Findings -Verdict $Verdict @table)
    }
    Write-Output (Get-SummaryLine -Plan $Plan -Findings $Findings -Verdict $Verdict -Reasons $Reasons)
}
