function Test-JudgedWindows {
    <#
    .SYNOPSIS
    Is this the kind of Windows that a row of the build table speaks about? A failed read is no yes.
    #>
    param([hashtable]$Rule, [hashtable]$Facts, [hashtable]$Row)

    if (-not $Row['AppliesTo']) { return $true }
    $type = Get-FactText -Rule $Rule -Facts $Facts -Role 'InstallationType'
    $edition = Get-FactText -Rule $Rule -Facts $Facts -Role 'EditionID'
    $roles = if ($type) { @('InstallationType') } else { @('InstallationType', 'EditionID') }
    foreach ($role in $roles) {
        $fact = @(Select-Fact -Rule $Rule -Facts $Facts -Role $role)
        if ($fact.Length -eq 0 -or $fact[0].Status -eq 'error') { return $false }
    }
    # Old installations have neither value: nothing speaks against the row then.
    if (-not $type -and -not $edition) { return $true }
    return (Get-WindowsKind -InstallationType $type -EditionId $edition) -eq $Row.AppliesTo
}
