# Test-AnyOf and Test-AllOf alone: findings of checks in, finding of the group out.

BeforeAll {
    Set-StrictMode -Version 2.0
    . (Join-Path $PSScriptRoot 'kind-support.ps1')
    foreach ($file in Get-KindFile 'any-of', 'all-of') { . $file.FullName }

    function New-MemberFinding {
        param([string]$State, $Needs = @(), [string]$Expected = '', [string]$Actual = '')

        @{ Id = "1 $State"; State = $State; Needs = $Needs; Expected = $Expected; Actual = $Actual }
    }
    function Get-GroupFinding {
        param([string]$Kind, $Findings)

        $case = New-KindCase @{ Cheap = 'seen' }
        if ($Kind -eq 'any-of') { Test-AnyOf @case -Findings $Findings } else { Test-AllOf @case -Findings $Findings }
    }
}

BeforeDiscovery {
    # Rows and columns: pass, fail, unknown, pendingReboot, notApplicable, by their first letters.
    $tables = @{
        'any-of' = @{ p = 'ppppp'; f = 'pfurf'; u = 'puuuu'; r = 'prurr'; n = 'pfurn' }
        'all-of' = @{ p = 'pfurp'; f = 'fffff'; u = 'ufuuu'; r = 'rfurr'; n = 'pfurn' }
    }
    $names = @{ p = 'pass'; f = 'fail'; u = 'unknown'; r = 'pendingReboot'; n = 'notApplicable' }
    $cells = foreach ($kind in 'any-of', 'all-of') {
        foreach ($row in 'p', 'f', 'u', 'r', 'n') {
            foreach ($column in 0..4) {
                @{ Kind = $kind; Left = $names[$row]; Right = $names['pfurn'.Substring($column, 1)]; State = $names[$tables[$kind][$row].Substring($column, 1)] }
            }
        }
    }
}

Describe 'a group' {
    It '<Kind>: <Left> and <Right>: <State>' -ForEach $cells {
        (Get-GroupFinding $Kind @((New-MemberFinding $Left), (New-MemberFinding $Right))).State | Should -Be $State
    }
    It 'asks for what its checks ask for while it is open: <Kind>, <Decided> decides' -ForEach @(
        @{ Kind = 'any-of'; Decided = 'pass'; Open = 'fail' }
        @{ Kind = 'all-of'; Decided = 'fail'; Open = 'pass' }
    ) {
        $asking = New-MemberFinding unknown @('slow1', 'slow2')
        (Get-GroupFinding $Kind @($asking, (New-MemberFinding $Decided))).Needs.Length | Should -Be 0
        foreach ($state in $Open, 'pendingReboot', 'notApplicable', 'unknown') {
            (Get-GroupFinding $Kind @($asking, (New-MemberFinding $state))).Needs | Should -Be @('slow1', 'slow2')
        }
    }
    It 'shows what each check asks for and found, and the facts as evidence' {
        $finding = Get-GroupFinding 'any-of' @((New-MemberFinding pass -Expected '5.1' -Actual '5.0'), (New-MemberFinding fail))
        $finding.Expected | Should -Be '1 pass: 5.1'
        $finding.Actual | Should -Be '1 pass: pass (5.0); 1 fail: fail'
        $finding.Evidence[0].value | Should -Be 'seen'
    }
    It '<Kind>: <State> is <Key>' -ForEach @(
        @{ Kind = 'any-of'; State = 'pass'; Key = 'GROUP_ANY_MET' }
        @{ Kind = 'any-of'; State = 'fail'; Key = 'GROUP_NONE_MET' }
        @{ Kind = 'all-of'; State = 'pass'; Key = 'GROUP_ALL_MET' }
        @{ Kind = 'all-of'; State = 'fail'; Key = 'GROUP_NOT_ALL_MET' }
        @{ Kind = 'all-of'; State = 'unknown'; Key = 'GROUP_UNKNOWN' }
        @{ Kind = 'any-of'; State = 'pendingReboot'; Key = 'GROUP_PENDING' }
        @{ Kind = 'any-of'; State = 'notApplicable'; Key = 'GROUP_NOT_APPLICABLE' }
    ) {
        (Get-GroupFinding $Kind @(New-MemberFinding $State)).MessageKey | Should -Be $Key
    }
}
