function ConvertTo-HtmlFinding {
    <#
    .SYNOPSIS
    One finding of the report as a section of the page.
    #>
    param($Finding, $Rule, $Messages, [string]$Language)

    $label = $Messages[$Language]
    $title = ConvertTo-HtmlText -Text $Finding.title[$Language]
    '<section class="{0}"><h3>{1} <b>{2}</b></h3>' -f $Finding.state, $title, $label["STATE_$($Finding.state)"]
    '<p class="id">{0} ({1})</p>' -f $Finding.id, $label["SEVERITY_$($Finding.severity)"]
    '<p>{0}</p><dl>' -f (ConvertTo-HtmlText -Text $Finding.message[$Language])
    ConvertTo-HtmlRow -Name $label.LABEL_EXPECTED -Value $Finding.expected
    ConvertTo-HtmlRow -Name $label.LABEL_FOUND -Value $Finding.actual
    '</dl>'
    ConvertTo-HtmlList -Tag 'ul' -Language $Language -Texts @(foreach ($note in $Finding.notes) { $note.text })
    ConvertTo-HtmlList -Tag 'ol' -Language $Language -Texts $Finding.remediation -Heading "<h4>$($label.LABEL_TO_DO)</h4>"
    '<h4>{0}</h4><p>{1}</p>' -f $label.REPORT_WHY, (ConvertTo-HtmlText -Text $Rule.Why[$Language])
    '<details><summary>{0}</summary><dl>' -f $label.REPORT_EVIDENCE
    foreach ($fact in $Finding.evidence) {
        $value = $fact.value
        if ($fact.status -ne 'found' -or -not $value) { $value = '{0} {1}' -f $label["FACT_$($fact.status)"], $value }
        ConvertTo-HtmlRow -Name $fact.source -Value $value
    }
    '</dl></details></section>'
}
