function Read-RegistryValue {
    <#
    .SYNOPSIS
    Simulated: a registry value of the machine file.
    #>
    param([string]$Key, [string]$Name)

    $machine = $global:SimulatedMachine
    $path = Resolve-SimulatedKey -Machine $machine -Key $Key
    if (Test-SimulatedDenial -Machine $machine -Path "registry:$path\$Name") {
        return @{ Status = 'error'; Value = $null; Error = 'Access is denied.' }
    }
    $values = $machine.Registry[$path]
    if ($null -eq $values -or -not $values.ContainsKey($Name)) { return @{ Status = 'missing'; Value = $null; Error = '' } }
    @{ Status = 'found'; Value = $values[$Name]; Error = '' }
}
