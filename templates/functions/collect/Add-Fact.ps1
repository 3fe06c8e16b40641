function Add-Fact {
    <#
    .SYNOPSIS
    Reads facts of the rules into the table: those with the given ids, or without ids all that are not slow.
    Nothing is read twice.
    #>
    param([hashtable]$Facts, [hashtable]$Rules, [string[]]$Id = @())

    foreach ($ruleId in @($Rules.Keys | Sort-Object)) {
        foreach ($request in $Rules[$ruleId].Reads) {
            $isWanted = if ($Id.Length -gt 0) { $Id -contains $request.Id } else { -not $request['Slow'] }
            if ($isWanted -and -not $Facts.ContainsKey($request.Id)) {
                $Facts[$request.Id] = Get-Fact -Request $request
            }
        }
    }
}
