function Save-JsonReport {
    <#
    .SYNOPSIS
    Writes the report as ASCII JSON; says in one line of output why it could not.
    #>
    param([string]$Path, $Report)

    $problem = Write-ReportFile -Path $Path -Text (ConvertTo-AsciiJson -InputObject $Report) -Encoding 'Ascii'
    if ($problem) {
        'PSMINT report not written: {0}' -f (ConvertTo-AsciiText -Text $problem)
    }
}
