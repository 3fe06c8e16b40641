function Read-RegistryKey {
    <#
    .SYNOPSIS
    Simulated: names of the keys below a key of the machine file. A key exists when it or one below it is named.
    #>
    param([string]$Key)

    $machine = $global:SimulatedMachine
    $path = Resolve-SimulatedKey -Machine $machine -Key $Key
    # 'key:' denies the list of one key alone, 'registry:' all that is in it too.
    if ($machine.Deny -contains "key:$path" -or (Test-SimulatedDenial -Machine $machine -Path "registry:$path")) {
        return @{ Status = 'error'; Value = $null; Error = 'Access is denied.' }
    }
    $below = "$path\"
    $names = @(
        foreach ($known in $machine.Registry.Keys) {
            if ($known.Length -gt $below.Length -and $known.Substring(0, $below.Length) -eq $below) {
                $known.Substring($below.Length).Split('\')[0]
            }
        }
    )
    if ($names.Length -eq 0 -and -not $machine.Registry.ContainsKey($path)) {
        return @{ Status = 'missing'; Value = $null; Error = '' }
    }
    @{ Status = 'found'; Value = @($names | Sort-Object -Unique); Error = '' }
}
