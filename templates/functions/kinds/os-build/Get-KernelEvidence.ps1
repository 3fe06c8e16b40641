function Get-KernelEvidence {
    <#
    .SYNOPSIS
    Kernel build or code integrity file that is newer than the last one without the update; empty when neither is.
    They do not carry an update's number, so they suggest and never prove.
    #>
    param([hashtable]$Rule, [hashtable]$Facts, [hashtable]$Row)

    $patterns = @{
        BuildLab = "^$($Row.Build)\.([0-9]{1,7})(\.|$)"
        CodeIntegrity = "^[0-9]+\.[0-9]+\.$($Row.Build)\.([0-9]{1,7})$"
    }
    foreach ($role in @('BuildLab', 'CodeIntegrity')) {
        $text = Get-FactText -Rule $Rule -Facts $Facts -Role $role
        if ($text -match $patterns[$role] -and [int]$Matches[1] -ge [int]$Row.MinRevision) { return $text }
    }
    return ''
}
