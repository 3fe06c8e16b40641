function Select-UnreadFact {
    <#
    .SYNOPSIS
    Ids of the facts of the given roles that one rule may use and nobody has read yet.
    #>
    param([hashtable]$Rule, [hashtable]$Facts, [string[]]$Role)

    foreach ($request in $Rule.Reads) {
        if ($Role -contains $request.Role -and -not $Facts.ContainsKey($request.Id)) { $request.Id }
    }
}
