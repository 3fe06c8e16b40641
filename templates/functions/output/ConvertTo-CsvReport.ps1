function ConvertTo-CsvReport {
    <#
    .SYNOPSIS
    The report as CSV for a spreadsheet, one row a rule, texts in one language, CRLF line ends.
    #>
    param($Report, $Messages, [string]$Language)

    $label = $Messages[$Language]
    $pack = '{0} {1}' -f $Report.pack.id, $Report.pack.version
    $heads = @(
        'REPORT_DEVICE', 'REPORT_CHECKED', 'REPORT_PACK', 'REPORT_RULE', 'REPORT_SEVERITY', 'REPORT_STATE'
        'LABEL_EXPECTED', 'LABEL_FOUND', 'REPORT_MESSAGE', 'LABEL_TO_DO'
    )
    $rows = @(
        ConvertTo-CsvRow -Fields @(foreach ($head in $heads) { $label[$head] })
        foreach ($finding in $Report.findings) {
            $texts = @($finding.message[$Language]) + @(foreach ($note in $finding.notes) { $note.text[$Language] })
            $steps = @(foreach ($step in $finding.remediation) { $step[$Language] })
            ConvertTo-CsvRow -Fields @(
                $Report.device.name, $Report.endedAt, $pack, ('{0} {1}' -f $finding.id, $finding.title[$Language])
                $label["SEVERITY_$($finding.severity)"], $label["STATE_$($finding.state)"], $finding.expected, $finding.actual
                [string]::Join(' ', $texts), [string]::Join(' ', $steps)
            )
        }
        ''
    )
    return [string]::Join("`r`n", $rows)
}
