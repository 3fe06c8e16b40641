# Test-PendingReboot alone: facts in, finding out.

BeforeAll {
    Set-StrictMode -Version 2.0
    . (Join-Path $PSScriptRoot 'kind-support.ps1')
    foreach ($file in Get-KindFile 'pending-reboot') { . $file.FullName }
}

Describe 'Test-PendingReboot' {
    It '<Keys>, files <Renames>: <State>' -ForEach @(
        @{ Keys = @('<missing>', '<missing>'); Renames = '<missing>'; State = 'pass' }
        @{ Keys = @('', '<missing>'); Renames = '<missing>'; State = 'pendingReboot' }
        @{ Keys = @('<missing>', ''); Renames = '<error>'; State = 'pendingReboot' }
        @{ Keys = @('<error>', ''); Renames = '<missing>'; State = 'pendingReboot' }
        @{ Keys = @('<error>', '<missing>'); Renames = '<missing>'; State = 'unknown' }
        @{ Keys = @('<missing>', '<missing>'); Renames = '<error>'; State = 'unknown' }
        @{ Keys = @('<missing>', '<missing>'); Renames = 'C:\a'; State = 'pendingReboot' }
        @{ Keys = @('<missing>', '<missing>'); Renames = ' '; State = 'pass' }
        @{ Keys = @('<unread>', '<unread>'); Renames = '<unread>'; State = 'unknown' }
    ) {
        $case = New-KindCase @{ Key = @{ Places = $Keys }; Renames = $Renames }
        (Test-PendingReboot @case).State | Should -Be $State
    }
    It 'takes an empty list of files for none, and one name for a sign' {
        foreach ($entry in @{ Files = @('', ''); State = 'pass' }, @{ Files = @('', 'a'); State = 'pendingReboot' }) {
            $case = New-KindCase @{ Key = @{ Places = @('<missing>') }; Renames = @{ Places = @(, $entry.Files) } }
            (Test-PendingReboot @case).State | Should -Be $entry.State
        }
    }
    It 'names the signs' {
        $case = New-KindCase @{ Key = @{ Places = @('', '<missing>', '') } }
        (Test-PendingReboot @case).Actual | Should -Be 'Key1, Key3'
    }
}
