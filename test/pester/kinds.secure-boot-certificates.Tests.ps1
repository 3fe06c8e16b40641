# Test-SecureBootCertificate alone: facts in, finding out.

BeforeAll {
    Set-StrictMode -Version 2.0
    . (Join-Path $PSScriptRoot 'kind-support.ps1')
    foreach ($file in Get-KindFile 'secure-boot-certificates') { . $file.FullName }
    # Secure Boot is on, no error, nothing more can be looked at, unless the case says otherwise.
    function New-BootCase {
        param($Values)

        $all = @{ Enabled = 1; Error = 0; Capable = 0; Db = '<missing>'; Kek = '<missing>'; Event = '<missing>' }
        foreach ($role in $Values.Keys) { $all[$role] = $Values[$role] }
        New-KindCase $all -Slow 'Db', 'Kek', 'Event'
    }
    $variables = @{
        Db = @{
            old = @('Microsoft Windows Production PCA 2011', 'Microsoft Corporation UEFI CA 2011')
            both = @('Microsoft Windows Production PCA 2011', 'Windows UEFI CA 2023')
            new = @('windows uefi ca 2023')
            other = @('Microsoft UEFI CA 2023', 'Microsoft Option ROM UEFI CA 2023')
            none = @()
        }
        Kek = @{
            old = @('Microsoft Corporation KEK CA 2011')
            both = @('Microsoft Corporation KEK CA 2011', 'Microsoft Corporation KEK 2K CA 2023')
            'old name' = @('Microsoft Corporation KEK CA 2023')
        }
    }
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
        $case = New-BootCase @{ Enabled = $Enabled; Status = $Status; Error = $Failure; Capable = $Capable }
        $finding = Test-SecureBootCertificate @case
        "$($finding.State) $($finding.MessageKey)" | Should -Be "$State SECURE_BOOT_$Key"
    }
    It 'shows the status with the code of the error, as Microsoft writes it' {
        $case = New-BootCase @{ Status = 'InProgress'; Error = -2147023293 }
        (Test-SecureBootCertificate @case).Actual | Should -Be 'InProgress (0x80070643)'
        $case = New-BootCase @{ Status = 'InProgress' }
        (Test-SecureBootCertificate @case).Actual | Should -Be 'InProgress'
        $case = New-BootCase @{ Status = '<missing>'; Error = 5 }
        (Test-SecureBootCertificate @case).Actual | Should -Be ''
    }
    It 'shows the number of the newest event beside it' {
        $case = New-BootCase @{ Status = 'InProgress'; Error = 5; Event = '1795 2026-06-01T08:00:00Z' }
        (Test-SecureBootCertificate @case).Actual | Should -Be 'InProgress (0x00000005), event 1795'
        $case = New-BootCase @{ Status = '<missing>'; Event = '1808 2026-06-01T08:00:00Z' }
        (Test-SecureBootCertificate @case).Actual | Should -Be 'event 1808'
        $case = New-BootCase @{ Status = 'NotStarted'; Event = '<error>' }
        (Test-SecureBootCertificate @case).Actual | Should -Be 'NotStarted'
    }
    It '<Status>, db <Db>, KEK <Kek>: <State> <Key>' -ForEach @(
        @{ Status = 'Updated'; Db = 'both'; Kek = 'both'; State = 'pass'; Key = 'UPDATED' }
        @{ Status = 'Updated'; Db = 'new'; Kek = 'old name'; State = 'pass'; Key = 'UPDATED' }
        @{ Status = 'Updated'; Db = 'old'; Kek = 'both'; State = 'unknown'; Key = 'FIRMWARE_LACKS' }
        @{ Status = 'Updated'; Db = 'both'; Kek = 'old'; State = 'unknown'; Key = 'FIRMWARE_LACKS' }
        @{ Status = 'Updated'; Db = 'none'; Kek = 'both'; State = 'unknown'; Key = 'FIRMWARE_LACKS' }
        @{ Status = 'Updated'; Db = 'other'; Kek = 'both'; State = 'unknown'; Key = 'FIRMWARE_LACKS' }
        @{ Status = 'Updated'; Db = 'missing'; Kek = 'old'; State = 'unknown'; Key = 'FIRMWARE_LACKS' }
        @{ Status = 'Updated'; Db = 'missing'; Kek = 'both'; State = 'pass'; Key = 'UPDATED' }
        @{ Status = 'Updated'; Db = 'error'; Kek = 'both'; State = 'unknown'; Key = 'UNREADABLE' }
        @{ Status = 'Updated'; Db = 'both'; Kek = 'error'; State = 'unknown'; Key = 'UNREADABLE' }
        @{ Status = 'NotStarted'; Db = 'both'; Kek = 'both'; State = 'unknown'; Key = 'FIRMWARE_HAS' }
        @{ Status = 'NotStarted'; Db = 'both'; Kek = 'missing'; State = 'fail'; Key = 'NOT_STARTED' }
        @{ Status = 'NotStarted'; Db = 'old'; Kek = 'both'; State = 'fail'; Key = 'NOT_STARTED' }
        @{ Status = 'NotStarted'; Db = 'old'; Kek = 'error'; State = 'unknown'; Key = 'UNREADABLE' }
        @{ Status = 'InProgress'; Db = 'both'; Kek = 'both'; State = 'fail'; Key = 'IN_PROGRESS' }
        @{ Status = 'InProgress'; Db = 'error'; Kek = 'old'; State = 'fail'; Key = 'IN_PROGRESS' }
        @{ Status = 'Paused'; Db = 'both'; Kek = 'both'; State = 'unknown'; Key = 'NO_STATUS' }
    ) {
        $case = New-BootCase @{ Status = $Status }
        foreach ($role in 'Db', 'Kek') {
            $names = $variables[$role][$_[$role]]
            $state = if ($null -eq $names) { $_[$role] } else { 'found' }
            $case.Facts["${role}1"] = @{ Id = "${role}1"; Status = $state; Value = $names }
        }
        $finding = Test-SecureBootCertificate @case
        "$($finding.State) $($finding.MessageKey)" | Should -Be "$($_.State) SECURE_BOOT_$Key"
        $finding.Needs | Should -BeNullOrEmpty
    }
    It 'on <Enabled>, status <Status>, capable <Capable>: asks for <Needs>' -ForEach @(
        @{ Enabled = 1; Status = 'Updated'; Capable = 0; Needs = 'Db1 Kek1' }
        @{ Enabled = 1; Status = 'NotStarted'; Capable = 0; Needs = 'Db1 Kek1 Event1' }
        @{ Enabled = 1; Status = 'NotStarted'; Capable = 2; Needs = 'Event1' }
        @{ Enabled = 1; Status = 'InProgress'; Capable = 0; Needs = 'Event1' }
        @{ Enabled = 1; Status = '<missing>'; Capable = 0; Needs = 'Event1' }
        @{ Enabled = 0; Status = 'NotStarted'; Capable = 0; Needs = '' }
        @{ Enabled = '<missing>'; Status = 'Updated'; Capable = 0; Needs = '' }
    ) {
        $case = New-BootCase @{ Enabled = $Enabled; Status = $Status; Capable = $Capable; Db = '<unread>'; Kek = '<unread>'; Event = '<unread>' }
        "$((Test-SecureBootCertificate @case).Needs)" | Should -Be $Needs
    }
}
