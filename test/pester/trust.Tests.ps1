# install-trust.ps1: what it adds, when it refuses, and that it believes only a new look at the stores.

BeforeAll {
    Set-StrictMode -Version 2.0
    foreach ($area in 'functions/trust', 'functions/output') {
        Get-ChildItem (Join-Path $PSScriptRoot "../../templates/$area") -Filter *.ps1 | ForEach-Object { . $_.FullName }
    }
    $sha1 = @{ root = 'A' * 40; signer = 'B' * 40 }
    $certificates = @{
        root = @{ Id = 'root'; Name = 'CN=Root'; Store = 'Root'; Sha1 = $sha1.root; Sha256 = ''; Pem = 'ROOT' }
        signer = @{ Id = 'signer'; Name = 'CN=Signer'; Store = 'TrustedPublisher'; Sha1 = $sha1.signer; Sha256 = ''; Pem = 'SIGNER' }
    }
    function Read-Certificate {
        param([string]$Store, [string]$Thumbprint)

        if ($script:unreadable -contains $Store) { return @{ Status = 'error'; Value = 'access denied' } }
        if ($script:stores -contains "$Store $Thumbprint") { return @{ Status = 'found'; Value = @($Store) } }
        return @{ Status = 'missing'; Value = '' }
    }
    function Test-Elevation { return $script:elevated }
    # The store that it writes is that of this test.
    function Add-MachineCertificate {
        param([string]$Store, [string]$Thumbprint, [string]$Pem)

        $script:tried += @("$Store $Pem")
        if ($script:broken -contains $Store) { return @{ Route = 'test'; Error = 'disk full' } }
        if ($script:lost -notcontains $Store) { $script:stores += @("$Store $Thumbprint") }
        return @{ Route = 'test'; Error = '' }
    }
    function Set-Machine {
        param($Stores = @(), $Elevated = $true, $Unreadable = @(), $Broken = @(), $Lost = @())

        $script:stores = @($Stores)
        $script:elevated = $Elevated
        $script:unreadable = @($Unreadable)
        $script:broken = @($Broken)
        $script:lost = @($Lost)
        $script:tried = @()
    }
    function Get-States {
        param([bool]$Simulate = $false)

        $answers = @(Install-TrustCertificate -Certificates $certificates -Simulate $Simulate)
        $states = @(foreach ($answer in $answers) { "$($answer.Id)=$($answer.State)" })
        return '{0} {1}' -f (Get-TrustVerdict -Answers $answers), [string]::Join(' ', $states)
    }
}

Describe 'Install-TrustCertificate' {
    It 'adds what is missing, and reads it back' {
        Set-Machine
        Get-States | Should -BeExactly 'pass root=added signer=added'
        $tried | Should -Be @('Root ROOT', 'TrustedPublisher SIGNER')
    }
    It 'adds nothing when all is there, and needs no rights for that' {
        Set-Machine -Stores "Root $($sha1.root)", "TrustedPublisher $($sha1.signer)" -Elevated $false
        Get-States | Should -BeExactly 'pass root=present signer=present'
        $tried | Should -BeNullOrEmpty
    }
    It 'adds only the missing one' {
        Set-Machine -Stores "Root $($sha1.root)"
        Get-States | Should -BeExactly 'pass root=present signer=added'
    }
    It 'changes nothing with -WhatIf' {
        Set-Machine -Elevated $false
        Get-States -Simulate $true | Should -BeExactly 'fail root=missing signer=missing'
        $tried | Should -BeNullOrEmpty
    }
    It 'refuses without administrator rights' {
        Set-Machine -Elevated $false
        Get-States | Should -BeExactly 'fail root=refused signer=refused'
        $tried | Should -BeNullOrEmpty
    }
    It 'could not tell whether it has the rights' {
        Set-Machine -Elevated $null
        Get-States | Should -BeExactly 'unknown root=unknown signer=unknown'
        $tried | Should -BeNullOrEmpty
    }
    It 'adds nothing at all when one certificate is in Untrusted Certificates' {
        Set-Machine -Stores "Disallowed $($sha1.signer)"
        Get-States | Should -BeExactly 'fail root=missing signer=blocked'
        $tried | Should -BeNullOrEmpty
    }
    It 'adds nothing at all when the store <_> cannot be read' -ForEach 'Root', 'TrustedPublisher', 'Disallowed' {
        Set-Machine -Unreadable $_
        Get-States | Should -Match 'unknown'
        $tried | Should -BeNullOrEmpty
    }
    It 'believes no tool: what is not there afterwards has failed' {
        Set-Machine -Lost 'TrustedPublisher'
        Get-States | Should -BeExactly 'fail root=added signer=failed'
    }
    It 'says why a certificate was not added' {
        Set-Machine -Broken 'Root'
        $answers = @(Install-TrustCertificate -Certificates $certificates -Simulate $false)
        $answers[0].Error | Should -BeExactly 'disk full'
        $line = Write-TrustAnswer -Plan @{ Script = 'install-trust'; PackId = 'p'; PackVersion = '1' } -Answers $answers -Verdict 'fail' -Texts @{} -Language 'en'
        $line | Should -BeExactly "PSMINT install-trust fail pack=p@1 Root:$($sha1.root)=failed TrustedPublisher:$($sha1.signer)=added | disk full"
    }
}

Describe 'Write-TrustAnswer' {
    It 'speaks <Expected> for -Language <Language> with culture <Culture>' -ForEach @(
        @{ Language = 'ja'; Culture = 'en-US'; Expected = 'ja' }
        @{ Language = ''; Culture = 'ja-JP'; Expected = 'ja' }
        @{ Language = ''; Culture = 'fr-FR'; Expected = 'en' }
        @{ Language = 'fr'; Culture = 'ja-JP'; Expected = 'en' }
    ) {
        function Test-ConsoleOutput { return $true }
        function Get-Culture { return @{ Name = $Culture } }
        $texts = @{ en = @{ TRUST_added = 'en {1} to {0} ({2})' }; ja = @{ TRUST_added = 'ja {1} {0} {2}' } }
        $answers = @(@{ Id = 'root'; Name = 'CN=Root'; Store = 'Root'; Sha1 = 'AA'; State = 'added'; Error = '' })
        $plan = @{ Script = 'install-trust'; PackId = 'p'; PackVersion = '1' }
        $lines = @(Write-TrustAnswer -Plan $plan -Answers $answers -Verdict 'pass' -Texts $texts -Language $Language)
        $lines[0] | Should -Match "^$Expected CN=Root"
        $lines[1] | Should -BeExactly 'PSMINT install-trust pass pack=p@1 Root:AA=added'
    }
}

Describe 'Get-TrustVerdict' {
    It 'is unknown when nothing was looked at' {
        Get-TrustVerdict -Answers @() | Should -BeExactly 'unknown'
    }
}
