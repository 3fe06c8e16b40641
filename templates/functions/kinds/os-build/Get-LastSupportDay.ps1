function Get-LastSupportDay {
    <#
    .SYNOPSIS
    Last days of service (YYYY-MM-DD), without paid extensions: one for a known edition, those of all editions otherwise.
    #>
    param([hashtable]$Row, [string]$Kind, [string]$EditionClass)

    $isContradiction = $EditionClass -and $Kind -and (($EditionClass -like 'server*') -ne ($Kind -eq 'server'))
    $ends = @(
        foreach ($candidate in @('Client', 'Server')) {
            if ($Row[$candidate] -and (-not $Kind -or $Kind -eq $candidate)) { $Row[$candidate].Ends }
        }
    )
    # The IoT edition of an LTSC has a date of its own only where it differs.
    foreach ($class in @($EditionClass, ($EditionClass -replace '^iot-', ''))) {
        $own = @(foreach ($end in $ends) { if ($class -and $end.ContainsKey($class)) { $end[$class] } })
        if ($own.Length -gt 0 -and -not $isContradiction) { return $own }
    }
    foreach ($end in $ends) { $end.Values | Sort-Object }
}
