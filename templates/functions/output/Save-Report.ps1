function Save-Report {
    <#
    .SYNOPSIS
    Writes the report as JSON, HTML and CSV into a folder, by default one that only administrators can write.
    Returns why a file could not be written, one text a problem.
    #>
    param($Report, [hashtable]$Texts, [string]$PackId, [string]$ReportPath, [string]$OutDir, [string]$Share)

    $json = ConvertTo-AsciiJson -InputObject $Report
    if ($ReportPath) { Write-ReportFile -Path $ReportPath -Text $json -Encoding 'Ascii' }

    $folder = $OutDir
    if (-not $folder) {
        $protected = New-ProtectedFolder -Name "$PackId\report"
        if ($protected.Error) { return $protected.Error }
        $folder = $protected.Path
    }
    if (-not (Test-Path -LiteralPath $folder)) {
        try {
            $null = New-Item -ItemType Directory -Path $folder
        } catch {
            return "$folder could not be made: $($_.FullyQualifiedErrorId)"
        }
    }
    # A device name is a host name, but it came from the machine: no character of it may lead elsewhere.
    $name = "$($Report.device.name)" -replace '[^A-Za-z0-9._-]', '_'
    $html = ConvertTo-HtmlReport -Report $Report @Texts
    $csv = ConvertTo-CsvReport -Report $Report -Messages $Texts.Messages -Language $Texts.Language
    Write-ReportFile -Path (Join-Path -Path $folder -ChildPath "$name.json") -Text $json -Encoding 'Ascii'
    Write-ReportFile -Path (Join-Path -Path $folder -ChildPath "$name.html") -Text $html -Encoding 'Ascii'
    Write-ReportFile -Path (Join-Path -Path $folder -ChildPath "$name.csv") -Text $csv -Encoding 'Utf8Bom'
    if ($Share) { Write-ReportFile -Path (Join-Path -Path $Share -ChildPath "$name.json") -Text $json -Encoding 'Ascii' }
}
