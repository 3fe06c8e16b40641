function ConvertTo-CsvRow {
    <#
    .SYNOPSIS
    One CSV row with every field quoted; no field can start a formula in a spreadsheet.
    #>
    param($Fields)

    $cells = @(
        foreach ($field in $Fields) {
            $text = ("$field" -replace '\s+', ' ').Trim() -replace '^(?=[-=+@\uff0b\uff0d\uff1d\uff20])', "'"
            '"{0}"' -f $text.Replace('"', '""')
        }
    )
    return [string]::Join(',', $cells)
}
