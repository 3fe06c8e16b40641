function Get-Fact {
    <#
    .SYNOPSIS
    Reads one fact from the machine. A read that fails is a fact with Status 'error', never an exception and never 'missing'.
    #>
    param([hashtable]$Request)

    $id = $Request.Id
    try {
        $read = switch ($Request.Read) {
            'RegistryValue' {
                Read-RegistryValue -Key ($id -replace '\\[^\\]*$', '') -Name ($id -replace '^.*\\', '')
            }
            'RegistryKey' {
                Read-RegistryKey -Key $id.TrimEnd('\')
            }
            'ServicingPackage' {
                Get-ServicingPackageFact -Request $Request
            }
            'Certificate' {
                $parts = $id -split '\\'
                Read-Certificate -Store $parts[2] -Thumbprint $parts[3]
            }
            'HotFix' {
                Read-HotFix
            }
            'FileVersion' {
                Read-FileVersion -Path $id
            }
        }
        if (@('found', 'missing', 'error') -notcontains $read.Status) { throw "no answer for $($Request.Id)" }
    } catch {
        $read = @{ Status = 'error'; Value = $null; Error = "$_" }
    }
    @{ Id = $Request.Id; Status = $read.Status; Value = $read.Value; Error = "$($read.Error)" }
}
