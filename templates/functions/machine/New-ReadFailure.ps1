function New-ReadFailure {
    <#
    .SYNOPSIS
    Answer of a machine function that could not look. The identifier of the error is the same in every language.
    #>
    param($Problem)

    if ($Problem -is [string]) { return @{ Status = 'error'; Value = $null; Error = $Problem } }
    $identifier = "$($Problem.FullyQualifiedErrorId)" -replace '[^ -~]', '?'
    return @{ Status = 'error'; Value = $null; Error = "$($Problem.CategoryInfo.Category): $identifier" }
}
