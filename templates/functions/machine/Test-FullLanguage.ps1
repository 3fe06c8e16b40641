function Test-FullLanguage {
    <#
    .SYNOPSIS
    Whether .NET classes may be used. In ConstrainedLanguage only cmdlets, core types and native tools are.
    #>
    return "$($ExecutionContext.SessionState.LanguageMode)" -eq 'FullLanguage'
}
