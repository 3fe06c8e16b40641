# Test-DiskSpace alone: facts in, finding out.

BeforeAll {
    Set-StrictMode -Version 2.0
    . (Join-Path $PSScriptRoot 'kind-support.ps1')
    foreach ($file in Get-KindFile 'disk-space') { . $file.FullName }

    function Get-SpaceFinding {
        param($Bytes)

        $case = New-KindCase @{ Free = $Bytes } @{ MinimumBytes = 21474836480; Expected = '20480 MB' } -Slow 'Free'
        Test-DiskSpace @case
    }
}

Describe 'Test-DiskSpace' {
    It '<Bytes>: <State>, <Actual>' -ForEach @(
        @{ Bytes = '21474836480'; State = 'pass'; Actual = '20480 MB' }
        @{ Bytes = '21474836479'; State = 'fail'; Actual = '20479 MB' }
        @{ Bytes = '999999999999999'; State = 'pass'; Actual = '953674316 MB' }
        @{ Bytes = '0'; State = 'fail'; Actual = '0 MB' }
        @{ Bytes = 'x'; State = 'unknown'; Actual = '' }
        @{ Bytes = '<error>'; State = 'unknown'; Actual = '' }
        @{ Bytes = '<missing>'; State = 'unknown'; Actual = '' }
    ) {
        $finding = Get-SpaceFinding $Bytes
        $finding.State | Should -Be $State
        $finding.Actual | Should -Be $Actual
        $finding.Needs.Length | Should -Be 0
    }
    It 'asks for the space, which is read late' {
        $finding = Get-SpaceFinding '<unread>'
        $finding.State | Should -Be 'unknown'
        $finding.Needs | Should -Be @('Free1')
    }
}
