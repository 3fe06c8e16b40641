function ConvertTo-HtmlReport {
    <#
    .SYNOPSIS
    The report as one self-contained page in one language, ASCII only.
    #>
    param($Report, $Rules, $PackTexts, $Messages, [string]$Language, [string]$Style)

    $label = $Messages[$Language]
    $invariant = [cultureinfo]::InvariantCulture
    $title = ConvertTo-HtmlText -Text $Report.pack.title[$Language]
    $device = ConvertTo-HtmlText -Text $Report.device.name
    $page = @(
        '<!DOCTYPE html><html lang="{0}"><head><meta charset="utf-8">' -f $Language
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<title>{0} - {1}</title><style>{2}</style></head><body><main>' -f $title, $device, $Style
        '<header class="{0}"><p>{1}</p><h1>{2}</h1></header><dl>' -f $Report.verdict, $title, $label["VERDICT_$($Report.verdict)"]
        ConvertTo-HtmlRow -Name $label.REPORT_DEVICE -Value $Report.device.name
        ConvertTo-HtmlRow -Name $label.REPORT_CHECKED -Value ([datetime]$Report.endedAt).ToString($label.REPORT_TIME, $invariant)
        ConvertTo-HtmlRow -Name $label.REPORT_PRODUCT -Value ('{0} ({1})' -f $PackTexts.Product[$Language], $PackTexts.Vendor[$Language])
        ConvertTo-HtmlRow -Name $label.REPORT_PACK -Value ('{0} {1}' -f $Report.pack.id, $Report.pack.version)
        ConvertTo-HtmlRow -Name $label.REPORT_EFFECTIVE -Value ([datetime]$PackTexts.Effective).ToString($label.REPORT_DATE, $invariant)
        '</dl><h2>{0}</h2>' -f $label.REPORT_RESULTS
        foreach ($finding in $Report.findings) {
            ConvertTo-HtmlFinding -Finding $finding -Rule $Rules[$finding.id] -Messages $Messages -Language $Language
        }
        ConvertTo-HtmlList -Heading "<h2>$($label.REPORT_IMPACT)</h2>" -Texts $PackTexts.Impact -Tag 'ul' -Language $Language
        '<h2>{0}</h2><p>{1}</p>' -f $label.REPORT_SUPPORT, (ConvertTo-HtmlText -Text $PackTexts.Support[$Language])
        $contact = $PackTexts['Contact']
        if ($contact) {
            '<h2>{0}</h2><p>{1}</p>' -f $label.REPORT_CONTACT, (ConvertTo-HtmlText -Text $contact.Name[$Language])
            ConvertTo-HtmlList -Texts $contact['Details'] -Tag 'ul' -Language $Language
            ConvertTo-HtmlLink -Title $contact['Url'] -Url $contact['Url']
        }
        '<h2>{0}</h2>' -f $label.REPORT_SOURCES
        foreach ($source in $PackTexts.Sources) { ConvertTo-HtmlLink -Title ('{0} {1}' -f $source.Title[$Language], $source['Date']) -Url $source.Url }
        '<footer>{0}' -f ($label.REPORT_FOOTER -f $Report.tool.version, $Report.host.powershell, $Report.host.languageMode)
        if ($Report.host.elevated -ne $true) { $label.REPORT_NOT_ELEVATED }
        '</footer></main></body></html>'
    )
    return ConvertTo-AsciiHtml -Html ([string]::Join("`r`n", $page))
}
