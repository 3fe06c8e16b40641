function Read-ChangeRecord {
    <#
    .SYNOPSIS
    What fix-cert recorded that it added: found with an array of entries (Store, Thumbprint, State, At), missing, or error.
    #>
    param([string]$PackId)

    try {
        $path = "$env:ProgramData\psmint\$PackId\changes.json"
        if (-not (Test-Path -LiteralPath $path)) { return @{ Status = 'missing'; Value = @(); Error = '' } }
        # The folder is one that only administrators can write; a record from anywhere else is not believed.
        $problem = Test-ProtectedFolder -Path "$env:ProgramData\psmint\$PackId"
        if ($problem) { return New-ReadFailure -Problem $problem }
        $record = Get-Content -LiteralPath $path -Raw | ConvertFrom-Json
        if ($record.schemaVersion -ne 1) { return New-ReadFailure -Problem 'the change record has another version' }
        $entries = @(
            foreach ($entry in $record.entries) {
                @{ Store = "$($entry.store)"; Thumbprint = "$($entry.thumbprint)"; State = "$($entry.state)"; At = "$($entry.at)" }
            }
        )
        return @{ Status = 'found'; Value = $entries; Error = '' }
    } catch {
        return New-ReadFailure -Problem $_
    }
}
