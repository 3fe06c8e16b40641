# Test-CertificateStore alone: facts in, finding out.

BeforeAll {
    Set-StrictMode -Version 2.0
    . (Join-Path $PSScriptRoot 'support.ps1')
    foreach ($file in Get-FunctionFile 'functions/collect', 'functions/evaluate', 'functions/kinds/certificate') { . $file.FullName }

    function Get-CertificateFinding {
        param([string]$Disallowed, [string]$Store, [string]$ThirdParty, $AutoUpdate = 'missing')

        $statuses = [ordered]@{ Disallowed = $Disallowed; Store = $Store; ThirdParty = $ThirdParty; AutoUpdate = $AutoUpdate }
        $facts = @{}
        $reads = [ordered]@{}
        foreach ($role in $statuses.Keys) {
            $reads[$role] = "id:$role"
            if (-not "$($statuses[$role])") { continue }
            $fact = @{ Id = "id:$role"; Status = $statuses[$role]; Value = "in $role" }
            if ($statuses[$role] -is [int]) { $fact = @{ Id = "id:$role"; Status = 'found'; Value = $statuses[$role] } }
            $facts["id:$role"] = $fact
        }
        $parameters = @{ Certificate = @{ Id = 'c'; Sha1 = 'AA'; Store = 'Root' } }
        Test-CertificateStore -Rule @{ Id = 'TEST-ROOT'; Kind = 'certificate'; Severity = 'required'; Reads = $reads; Parameters = $parameters } -Facts $facts
    }
}

Describe 'Test-CertificateStore' {
    It 'untrusted <D>, store <S>, third-party <T>: <State> <Key>' -ForEach @(
        foreach ($other in 'found', 'missing', 'error') { @{ D = 'found'; S = $other; T = $other; State = 'fail'; Key = 'CERT_DISALLOWED' } }
        foreach ($other in 'found', 'missing', 'error') { @{ D = 'error'; S = $other; T = $other; State = 'unknown'; Key = 'CERT_UNREADABLE' } }
        foreach ($other in 'found', 'missing', 'error') { @{ D = 'missing'; S = 'found'; T = $other; State = 'pass'; Key = 'CERT_PRESENT' } }
        foreach ($other in 'found', 'missing', 'error') { @{ D = 'missing'; S = $other; T = 'found'; State = 'pass'; Key = 'CERT_PRESENT' } }
        @{ D = 'missing'; S = 'missing'; T = 'error'; State = 'unknown'; Key = 'CERT_UNREADABLE' }
        @{ D = 'missing'; S = 'error'; T = 'missing'; State = 'unknown'; Key = 'CERT_UNREADABLE' }
        @{ D = 'missing'; S = 'error'; T = 'error'; State = 'unknown'; Key = 'CERT_UNREADABLE' }
        @{ D = 'missing'; S = 'missing'; T = 'missing'; State = 'fail'; Key = 'CERT_MISSING' }
        @{ D = ''; S = 'found'; T = 'found'; State = 'unknown'; Key = 'CERT_UNREADABLE' }
        @{ D = 'missing'; S = ''; T = ''; State = 'unknown'; Key = 'CERT_UNREADABLE' }
        @{ D = 'missing'; S = 'missing'; T = ''; State = 'fail'; Key = 'CERT_MISSING' }
    ) {
        $finding = Get-CertificateFinding -Disallowed $D -Store $S -ThirdParty $T
        $finding.State | Should -Be $State
        $finding.MessageKey | Should -Be $Key
        $finding.Expected | Should -Be 'AA'
    }
    It 'says where the certificate is, or what could not be looked at' {
        (Get-CertificateFinding missing found missing).Actual | Should -Be 'in Store'
        (Get-CertificateFinding missing missing found).Actual | Should -Be 'in ThirdParty'
        (Get-CertificateFinding found found missing).Actual | Should -Be 'in Disallowed'
        (Get-CertificateFinding error found missing).Actual | Should -Be ''
        (Get-CertificateFinding missing missing missing).Actual | Should -BeExactly ''
    }
    It 'a missing one carries the note <Note> when the policy is <Policy>' -ForEach @(
        @{ Policy = 1; Note = @('CERT_NOTE_AUTO_UPDATE_OFF') }
        @{ Policy = 0; Note = @('CERT_NOTE_AUTO_UPDATE') }
        @{ Policy = 'missing'; Note = @('CERT_NOTE_AUTO_UPDATE') }
        @{ Policy = 'error'; Note = @() }
        @{ Policy = 7; Note = @() }
        @{ Policy = ''; Note = @() }
    ) {
        $finding = Get-CertificateFinding missing missing missing $Policy
        @($finding.Notes) | Should -Be $Note
        $finding.State | Should -Be 'fail'
    }
    It 'a present or a denied one carries no note' {
        (Get-CertificateFinding missing found missing 1).Notes.Count | Should -Be 0
        (Get-CertificateFinding found missing missing 1).Notes.Count | Should -Be 0
    }
    It 'lists every fact that was read as evidence' {
        @((Get-CertificateFinding missing found error).Evidence | ForEach-Object { $_.source }) | Should -Be @('id:Disallowed', 'id:Store', 'id:ThirdParty', 'id:AutoUpdate')
    }
}
