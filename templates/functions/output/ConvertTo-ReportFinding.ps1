function ConvertTo-ReportFinding {
    <#
    .SYNOPSIS
    One finding as rules/schema/report.schema.json describes it.
    #>
    param($Finding, $Rule, $Messages)

    $steps = @()
    # Who could not tell has nothing to advise.
    if (@('fail', 'pendingReboot', 'fixFailed', 'skipped') -contains $Finding.State) { $steps = @($Rule.Remediation) }
    [ordered]@{
        id = $Finding.Id
        kind = $Finding.Kind
        severity = $Finding.Severity
        state = $Finding.State
        title = Get-LocalizedText -Messages $Messages -Text $Rule.Title
        messageKey = $Finding.MessageKey
        message = Get-LocalizedText -Messages $Messages -Key $Finding.MessageKey -Arguments $Finding.Arguments
        expected = "$($Finding.Expected)"
        actual = "$($Finding.Actual)"
        notes = @(
            foreach ($note in $Finding.Notes) {
                [ordered]@{ key = $note.Key; text = Get-LocalizedText -Messages $Messages -Key $note.Key -Arguments $note.Arguments -Text $note.Text }
            }
        )
        evidence = @(
            foreach ($fact in $Finding.Evidence) {
                [ordered]@{ source = "$($fact.Source)"; status = $fact.Status; value = "$($fact.Value)" }
            }
        )
        remediation = @(foreach ($step in $steps) { Get-LocalizedText -Messages $Messages -Text $step })
    }
}
