# What the Pester files of single kinds share: a rule of that kind, its facts, and the finding that they lead to.

# Function files of a kind and of what kinds call; to be dot-sourced by the caller.
function Get-KindFile {
    param([string[]]$Kind)

    foreach ($area in @('collect', 'evaluate') + @($Kind -replace '^', 'kinds/')) {
        Get-ChildItem (Join-Path $PSScriptRoot "../../templates/functions/$area") -Filter *.ps1
    }
}

# Values by role: one, or @{ Places = values } for a role with several places. <missing>, <error> and <unread> stand for those
# states; the id of a fact is its role and the number of its place.
function New-KindCase {
    param($Values, $Parameters = @{}, [string[]]$Slow = @())

    $reads = [ordered]@{}
    $facts = @{}
    foreach ($role in $Values.Keys) {
        $places = , $Values[$role]
        if ($Values[$role] -is [hashtable]) { $places = $Values[$role].Places }
        $number = 0
        $reads[$role] = @(
            foreach ($value in $places) {
                $number++
                $id = "$role$number"
                $id
                $text = if ($value -is [string]) { $value } else { '' }
                if ($text -eq '<missing>') { $facts[$id] = @{ Id = $id; Status = 'missing'; Value = '' } }
                elseif ($text -eq '<error>') { $facts[$id] = @{ Id = $id; Status = 'error'; Value = 'denied' } }
                elseif ($text -ne '<unread>') { $facts[$id] = @{ Id = $id; Status = 'found'; Value = $value } }
            }
        )
    }
    @{
        Rule = @{ Id = 'TEST-RULE'; Severity = 'required'; Reads = $reads; Slow = $Slow; Parameters = $Parameters }
        Facts = $facts
    }
}
