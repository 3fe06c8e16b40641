function Get-LocalizedText {
    <#
    .SYNOPSIS
    A message in every language, in a fixed order; or the pack's own text when there is one.
    #>
    param($Messages, [string]$Key, $Arguments, $Text)

    $localized = [ordered]@{}
    foreach ($language in @($Messages.Keys | Sort-Object)) {
        if ($Text) {
            $localized[$language] = "$($Text[$language])"
        } else {
            $localized[$language] = Get-MessageText -Messages $Messages -Language $language -Key $Key -Arguments $Arguments
        }
    }
    return $localized
}
