function Get-AnswerLanguage {
    <#
    .SYNOPSIS
    Language of the answer: the one asked for, else that of the culture, else English.
    #>
    param($Messages, [string]$Language, [string]$Culture)

    foreach ($wanted in @($Language, ($Culture -split '-')[0])) {
        if ($Messages.ContainsKey($wanted)) { return $wanted.ToLowerInvariant() }
        # A language that was asked for and does not exist is answered in English, not in a third language.
        if ($wanted) { break }
    }
    return 'en'
}
