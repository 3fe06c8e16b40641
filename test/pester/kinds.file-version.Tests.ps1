# Test-FileVersion alone: facts in, finding out.

BeforeAll {
    Set-StrictMode -Version 2.0
    . (Join-Path $PSScriptRoot 'kind-support.ps1')
    foreach ($file in Get-KindFile 'file-version') { . $file.FullName }

    function Get-FileFinding {
        param($Places, [string]$Missing = 'fail')

        $case = New-KindCase @{ File = @{ Places = $Places } } @{ Minimum = '10.0.2'; Missing = $Missing }
        Test-FileVersion @case
    }
}

Describe 'Test-FileVersion' {
    It '<Places>: <State> <Key>' -ForEach @(
        @{ Places = @('10.0.2.0'); State = 'pass'; Key = 'FILE_REACHED' }
        @{ Places = @('10.0.10.0'); State = 'pass'; Key = 'FILE_REACHED' }
        @{ Places = @('10.0.1.9999'); State = 'fail'; Key = 'FILE_BELOW' }
        @{ Places = @('0.0.0.0'); State = 'unknown'; Key = 'FILE_NO_VERSION' }
        @{ Places = @(''); State = 'unknown'; Key = 'FILE_NO_VERSION' }
        @{ Places = @('10.0.2.0', '<missing>'); State = 'pass'; Key = 'FILE_REACHED' }
        @{ Places = @('10.0.2.0', '10.0.1.0'); State = 'fail'; Key = 'FILE_BELOW' }
        @{ Places = @('10.0.1.0', '0.0.0.0'); State = 'unknown'; Key = 'FILE_NO_VERSION' }
        @{ Places = @('10.0.2.0', '<error>'); State = 'unknown'; Key = 'FILE_UNREADABLE' }
        @{ Places = @('10.0.1.0', '<error>'); State = 'unknown'; Key = 'FILE_UNREADABLE' }
        @{ Places = @('<missing>', '<error>'); State = 'unknown'; Key = 'FILE_UNREADABLE' }
        @{ Places = @('<unread>'); State = 'unknown'; Key = 'FILE_UNREADABLE' }
    ) {
        $finding = Get-FileFinding $Places
        $finding.State | Should -Be $State
        $finding.MessageKey | Should -Be $Key
    }
    It 'says of a missing file what the rule says: <_>' -ForEach 'fail', 'pass', 'notApplicable' {
        (Get-FileFinding @('<missing>', '<missing>') $_).State | Should -Be $_
    }
    It 'shows every version, and every place as evidence' {
        $finding = Get-FileFinding @('10.0.2.0', '<missing>', '10.0.3.0')
        $finding.Actual | Should -Be '10.0.2.0, 10.0.3.0'
        @($finding.Evidence | ForEach-Object { $_.status }) | Should -Be @('found', 'missing', 'found')
    }
}
