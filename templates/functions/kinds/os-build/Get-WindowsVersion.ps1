function Get-WindowsVersion {
    <#
    .SYNOPSIS
    What a finding says about this Windows: Build, Found (build.revision), Name, LastDays of the editions it can be, Notes.
    #>
    param([hashtable]$Rule, [hashtable]$Facts, [hashtable]$Row)

    $edition = Get-FactText -Rule $Rule -Facts $Facts -Role 'EditionID'
    $kind = Get-WindowsKind -InstallationType (Get-FactText -Rule $Rule -Facts $Facts -Role 'InstallationType') -EditionId $edition
    $revision = Get-FactNumber -Rule $Rule -Facts $Facts -Role 'Revision'
    $name = Get-WindowsName -Row $Row -Kind $kind
    $found = "$($Row.Build)"
    if ($revision.Status -eq 'known') { $found = "$found.$($revision.Value)" }
    $lastDays = @(Get-LastSupportDay -Row $Row -Kind $kind -EditionClass (Get-EditionClass -EditionId $edition))
    @{
        Build = "$($Row.Build)"
        Found = $found
        Name = $name
        LastDays = $lastDays
        Notes = @(Get-BuildNote -Row $Row -Name $name -Revision $revision -LastDays $lastDays)
    }
}
