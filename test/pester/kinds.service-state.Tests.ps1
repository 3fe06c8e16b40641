# Test-ServiceState alone: facts in, finding out.

BeforeAll {
    Set-StrictMode -Version 2.0
    . (Join-Path $PSScriptRoot 'kind-support.ps1')
    foreach ($file in Get-KindFile 'service-state') { . $file.FullName }

    function Get-ServiceFinding {
        param($Start, $Status, $Types = @('automatic', 'manual'), $Wanted = 'running', $Missing = 'fail')

        $values = @{ Start = $Start }
        if ($Wanted) { $values.Status = $Status }
        $case = New-KindCase $values @{ StartTypes = $Types; Status = $Wanted; Expected = 'x'; Missing = $Missing } -Slow 'Status'
        Test-ServiceState @case
    }
}

Describe 'Test-ServiceState' {
    It 'start <Start>, <Status>: <State> <Key>' -ForEach @(
        @{ Start = 2; Status = 'Running'; State = 'pass'; Key = 'SERVICE_MET' }
        @{ Start = '3'; Status = 'Running'; State = 'pass'; Key = 'SERVICE_MET' }
        @{ Start = 2; Status = 'Stopped'; State = 'fail'; Key = 'SERVICE_STATUS' }
        @{ Start = 2; Status = 'Paused'; State = 'fail'; Key = 'SERVICE_STATUS' }
        @{ Start = 2; Status = 'StartPending'; State = 'unknown'; Key = 'SERVICE_CHANGING' }
        @{ Start = 2; Status = 'Odd'; State = 'unknown'; Key = 'SERVICE_UNREADABLE' }
        @{ Start = 2; Status = '<missing>'; State = 'unknown'; Key = 'SERVICE_CONTRADICTION' }
        @{ Start = 2; Status = '<error>'; State = 'unknown'; Key = 'SERVICE_UNREADABLE' }
        @{ Start = 0; Status = '<error>'; State = 'fail'; Key = 'SERVICE_START_TYPE' }
        @{ Start = 1; Status = 'Running'; State = 'fail'; Key = 'SERVICE_START_TYPE' }
        @{ Start = 4; Status = 'Running'; State = 'fail'; Key = 'SERVICE_START_TYPE' }
        @{ Start = 5; Status = 'Running'; State = 'unknown'; Key = 'SERVICE_UNREADABLE' }
        @{ Start = '<error>'; Status = 'Running'; State = 'unknown'; Key = 'SERVICE_UNREADABLE' }
    ) {
        $finding = Get-ServiceFinding $Start $Status
        $finding.State | Should -Be $State
        $finding.MessageKey | Should -Be $Key
        $finding.Needs.Length | Should -Be 0
    }
    It 'asks for the status only while it can decide' {
        (Get-ServiceFinding 2 '<unread>').Needs | Should -Be @('Status1')
        (Get-ServiceFinding 2 '<unread>').State | Should -Be 'unknown'
        foreach ($start in 4, '<missing>', '<error>') { (Get-ServiceFinding $start '<unread>').Needs.Length | Should -Be 0 }
    }
    It 'takes any start type where the rule names none, and no status where it asks for none' {
        foreach ($start in 0..4) { (Get-ServiceFinding $start '' @() '').State | Should -Be 'pass' }
        (Get-ServiceFinding 4 'Stopped' @() 'stopped').State | Should -Be 'pass'
        (Get-ServiceFinding 4 'Running' @() 'stopped').State | Should -Be 'fail'
    }
    It 'says of a missing service what the rule says: <_>' -ForEach 'fail', 'pass', 'notApplicable' {
        $finding = Get-ServiceFinding '<missing>' '<unread>' -Missing $_
        $finding.State | Should -Be $_
        $finding.MessageKey | Should -Be 'SERVICE_NOT_INSTALLED'
    }
    It 'shows start type and status' {
        (Get-ServiceFinding 2 'Stopped').Actual | Should -Be 'automatic, Stopped'
        (Get-ServiceFinding 4 '<unread>').Actual | Should -Be 'disabled'
    }
}
