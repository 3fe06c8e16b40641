function Get-UnreadableSource {
    <#
    .SYNOPSIS
    Id of the first source of update evidence that failed or holds no number; empty when all could be read.
    #>
    param([hashtable]$Rule, [hashtable]$Facts)

    $revision = Get-FactNumber -Rule $Rule -Facts $Facts -Role 'Revision'
    if ($revision.Status -eq 'unreadable') { return $revision.Source }
    foreach ($role in @('Package', 'HotFix', 'BuildLab', 'CodeIntegrity')) {
        foreach ($fact in @(Select-Fact -Rule $Rule -Facts $Facts -Role $role)) {
            if ($fact.Status -eq 'error') { return $fact.Id }
        }
    }
    return ''
}
