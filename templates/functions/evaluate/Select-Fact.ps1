function Select-Fact {
    <#
    .SYNOPSIS
    Facts of one rule that have been read, in the rule's order: those of one role, or all.
    #>
    param([hashtable]$Rule, [hashtable]$Facts, [string]$Role = '')

    foreach ($request in $Rule.Reads) {
        if ((-not $Role -or $request.Role -eq $Role) -and $Facts.ContainsKey($request.Id)) { $Facts[$request.Id] }
    }
}
