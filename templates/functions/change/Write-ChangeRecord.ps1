function Write-ChangeRecord {
    <#
    .SYNOPSIS
    Records what fix-cert adds, so that -Rollback can remove exactly that. Returns nothing, or why it could not.
    #>
    param([string]$PackId, $Record)

    $folder = New-ProtectedFolder -Name $PackId
    if ($folder.Error) { return $folder.Error }
    $entries = @(
        foreach ($entry in $Record) {
            @{ store = $entry.Store; thumbprint = $entry.Thumbprint; state = $entry.State; at = $entry.At }
        }
    )
    $content = @{ schemaVersion = 1; pack = $PackId; entries = $entries }
    return Write-ReportFile -Path "$($folder.Path)\changes.json" -Text (ConvertTo-AsciiJson -InputObject $content) -Encoding 'Ascii'
}
