# Test-CertificateStore alone: facts in, finding out.

BeforeAll {
    Set-StrictMode -Version 2.0
    foreach ($area in 'evaluate', 'kinds/certificate') {
        Get-ChildItem (Join-Path $PSScriptRoot "../../templates/functions/$area") -Filter *.ps1 | ForEach-Object { . $_.FullName }
    }

    function Get-CertificateFinding {
        param([string]$Disallowed, [string]$Store, [string]$ThirdParty, $AutoUpdate = 'missing')

        $statuses = [ordered]@{ Disallowed = $Disallowed; Store = $Store; ThirdParty = $ThirdParty; AutoUpdate = $AutoUpdate }
        $facts = @{}
        $reads = @()
        foreach ($role in $statuses.Keys) {
            $reads += @{ Role = $role; Id = "id:$role"; Slow = $false }
            if (-not "$($statuses[$role])") { continue }
            $fact = @{ Id = "id:$role"; Status = $statuses[$role]; Value = "in $role"; Error = '' }
            if ($statuses[$role] -is [int]) { $fact = @{ Id = "id:$role"; Status = 'found'; Value = $statuses[$role]; Error = '' } }
            $facts["id:$role"] = $fact
        }
        $parameters = @{ Certificate = @{ Id = 'c'; Name = 'Some Root'; Sha1 = 'AA'; Store = 'Root' } }
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
    }
    It 'says where the certificate is' {
        (Get-CertificateFinding missing found missing).Arguments | Should -Be @('Some Root', 'in Store')
    }
    It 'a missing one carries the note <Note> when the policy is <Policy>' -ForEach @(
        @{ Policy = 1; Note = @('CERT_NOTE_AUTO_UPDATE_OFF') }
        @{ Policy = 0; Note = @('CERT_NOTE_AUTO_UPDATE') }
        @{ Policy = 'missing'; Note = @('CERT_NOTE_AUTO_UPDATE') }
        @{ Policy = 'error'; Note = @() }
        @{ Policy = 7; Note = @() }
    ) {
        $finding = Get-CertificateFinding missing missing missing $Policy
        @($finding.Notes | ForEach-Object { $_.Key }) | Should -Be $Note
        $finding.State | Should -Be 'fail'
    }
}
