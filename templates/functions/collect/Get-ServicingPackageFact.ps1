function Get-ServicingPackageFact {
    <#
    .SYNOPSIS
    Windows servicing packages whose names match a pattern, each with its state or why the state could not be read.
    #>
    param([hashtable]$Request)

    $key = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing\Packages'
    $names = Read-RegistryKey -Key $key
    if ($names.Status -ne 'found') { return $names }
    $packages = @(
        foreach ($name in @($names.Value | Sort-Object)) {
            if ($name -notmatch $Request.Pattern) { continue }
            $state = Read-RegistryValue -Key "$key\$name" -Name 'CurrentState'
            $number = ConvertTo-WholeNumber -Value $state.Value
            if ($state.Status -eq 'found' -and $number -ge 0) {
                @{ Name = $name; State = $number; Error = '' }
            } else {
                @{ Name = $name; State = $null; Error = "CurrentState $($state.Status) $($state.Value)$($state.Error)".Trim() }
            }
        }
    )
    @{ Status = 'found'; Value = $packages; Error = '' }
}
