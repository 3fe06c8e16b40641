# Test-SecureBootCertificate alone: facts in, finding out.

BeforeAll {
    Set-StrictMode -Version 2.0
    . (Join-Path $PSScriptRoot 'kind-support.ps1')
    foreach ($file in Get-KindFile 'secure-boot-certificates') { . $file.FullName }
}

Describe 'Test-SecureBootCertificate' {
    It 'on <Enabled>, status <Status>, error <Failure>, capable <Capable>: <State> <Key>' -ForEach @(
        @{ Enabled = 1; Status = 'Updated'; Failure = '<missing>'; Capable = '<missing>'; State = 'pass'; Key = 'UPDATED' }
        @{ Enabled = '1'; Status = ' updated'; Failure = '<error>'; Capable = '<error>'; State = 'pass'; Key = 'UPDATED' }
        @{ Enabled = 0; Status = '<error>'; Failure = '<error>'; Capable = '<error>'; State = 'notApplicable'; Key = 'OFF' }
        @{ Enabled = 2; Status = 'Updated'; Failure = 0; Capable = 2; State = 'unknown'; Key = 'NO_STATE' }
        @{ Enabled = '<missing>'; Status = 'Updated'; Failure = 0; Capable = 2; State = 'unknown'; Key = 'NO_STATE' }
        @{ Enabled = '<error>'; Status = 'Updated'; Failure = 0; Capable = 2; State = 'unknown'; Key = 'UNREADABLE' }
        @{ Enabled = '<unread>'; Status = 'Updated'; Failure = 0; Capable = 2; State = 'unknown'; Key = 'UNREADABLE' }
        @{ Enabled = 1; Status = '<error>'; Failure = 0; Capable = 2; State = 'unknown'; Key = 'UNREADABLE' }
        @{ Enabled = 1; Status = '<unread>'; Failure = 0; Capable = 2; State = 'unknown'; Key = 'UNREADABLE' }
        @{ Enabled = 1; Status = '<missing>'; Failure = 0; Capable = 0; State = 'unknown'; Key = 'NO_STATUS' }
        @{ Enabled = 1; Status = 'Paused'; Failure = 0; Capable = 0; State = 'unknown'; Key = 'NO_STATUS' }
        @{ Enabled = 1; Status = 1; Failure = 0; Capable = 0; State = 'unknown'; Key = 'NO_STATUS' }
        @{ Enabled = 1; Status = 'NotStarted'; Failure = 0; Capable = 1; State = 'fail'; Key = 'NOT_STARTED' }
        @{ Enabled = 1; Status = 'NotStarted'; Failure = '<missing>'; Capable = '<missing>'; State = 'fail'; Key = 'NOT_STARTED' }
        @{ Enabled = 1; Status = 'NotStarted'; Failure = 0; Capable = 2; State = 'unknown'; Key = 'CONTRADICTION' }
        @{ Enabled = 1; Status = 'NotStarted'; Failure = 5; Capable = 2; State = 'unknown'; Key = 'CONTRADICTION' }
        @{ Enabled = 1; Status = 'NotStarted'; Failure = 0; Capable = '<error>'; State = 'unknown'; Key = 'UNREADABLE' }
        @{ Enabled = 1; Status = 'NotStarted'; Failure = 5; Capable = 0; State = 'fail'; Key = 'ERROR' }
        @{ Enabled = 1; Status = 'InProgress'; Failure = 0; Capable = 2; State = 'fail'; Key = 'IN_PROGRESS' }
        @{ Enabled = 1; Status = 'InProgress'; Failure = '<error>'; Capable = '<error>'; State = 'fail'; Key = 'IN_PROGRESS' }
        @{ Enabled = 1; Status = 'InProgress'; Failure = -2147023293; Capable = 0; State = 'fail'; Key = 'ERROR' }
    ) {
        $case = New-KindCase @{ Enabled = $Enabled; Status = $Status; Error = $Failure; Capable = $Capable }
        $finding = Test-SecureBootCertificate @case
        "$($finding.State) $($finding.MessageKey)" | Should -Be "$State SECURE_BOOT_$Key"
    }
    It 'shows the status with the code of the error, as Microsoft writes it' {
        $case = New-KindCase @{ Enabled = 1; Status = 'InProgress'; Error = -2147023293; Capable = 0 }
        (Test-SecureBootCertificate @case).Actual | Should -Be 'InProgress (0x80070643)'
        $case = New-KindCase @{ Enabled = 1; Status = 'InProgress'; Error = 0; Capable = 0 }
        (Test-SecureBootCertificate @case).Actual | Should -Be 'InProgress'
        $case = New-KindCase @{ Enabled = 1; Status = '<missing>'; Error = 5; Capable = 0 }
        (Test-SecureBootCertificate @case).Actual | Should -Be ''
    }
}
