# The repair of fix-cert on simulated machines: what it adds, when it refuses, and that -Rollback removes exactly that.

BeforeAll {
    Set-StrictMode -Version 2.0
    foreach ($area in 'functions/collect', 'functions/evaluate', 'functions/kinds/certificate', 'functions/repair', 'functions/output', 'simulated') {
        Get-ChildItem (Join-Path $PSScriptRoot "../../templates/$area") -Filter *.ps1 |
            Where-Object { $_.BaseName -ne 'Invoke-SimulatedRun' } | ForEach-Object { . $_.FullName }
    }
    $thumbprint = 'F40042E2E5F7E8EF8189FED15519AECE42C3BFA2'
    $rules = @{
        'T-ROOT' = @{
            Id = 'T-ROOT'; Kind = 'certificate'; Severity = 'required'; Installs = @('root')
            Reads = @(
                @{ Role = 'Disallowed'; Read = 'Certificate'; Id = "Cert:\LocalMachine\Disallowed\$thumbprint" }
                @{ Role = 'Store'; Read = 'Certificate'; Id = "Cert:\LocalMachine\Root\$thumbprint" }
                @{ Role = 'ThirdParty'; Read = 'Certificate'; Id = "Cert:\LocalMachine\AuthRoot\$thumbprint" }
            )
            Parameters = @{ Certificate = @{ Id = 'root'; Name = 'Test root'; Sha1 = $thumbprint; Store = 'Root' } }
        }
    }
    $certificates = @{ root = @{ Id = 'root'; Name = 'Test root'; Store = 'Root'; Sha1 = $thumbprint; Sha256 = ''; Pem = 'PEM' } }
    function Get-Finding {
        param([hashtable]$Rules, [hashtable]$Facts)

        Test-CertificateStore -Rule $Rules['T-ROOT'] -Facts $Facts
    }

    function Set-Machine {
        param([hashtable]$Certificates = @{}, $Elevated = $true, $Deny = @(), $Faults = @(), $Registry = @())

        $list = @(foreach ($store in $Certificates.Keys) { @{ store = $store; thumbprint = $Certificates[$store] } })
        $global:SimulatedMachine = New-SimulatedMachine -Description @{
            registry = $Registry; certificates = $list; hotFixes = @(); files = @(); deny = $Deny; faults = $Faults
            host = @{ powershell = '5.1'; bits = 64; windowsBits = 64; elevated = $true; culture = 'en-US' }
        }
        $script:environment = @{ IsElevated = $Elevated }
    }
    function Invoke-Fix {
        param([bool]$Simulate = $false)

        $assessment = Invoke-Assessment -Rules $rules
        @(Invoke-Repair -Rules $rules -Certificates $certificates -Assessment $assessment -Environment $script:environment -PackId 'test' -Simulate $Simulate)[0]
    }
    function Invoke-Undo {
        param([bool]$Simulate = $false)

        $assessment = Invoke-Assessment -Rules $rules
        @(Invoke-Rollback -Rules $rules -Assessment $assessment -Environment $script:environment -PackId 'test' -Simulate $Simulate)[0]
    }
    function Get-Recorded {
        $record = Read-ChangeRecord -PackId 'test'
        @(foreach ($entry in $record.Value) { "$($entry.Store) $($entry.State)" })
    }
}

AfterAll {
    Remove-Variable -Name SimulatedMachine -Scope Global -ErrorAction SilentlyContinue
}

Describe 'Invoke-Repair' {
    It 'adds what is missing, reads it back and records it' {
        Set-Machine
        $finding = Invoke-Fix
        $finding.State | Should -Be 'fixed'
        $finding.MessageKey | Should -Be 'FIX_INSTALLED'
        $global:SimulatedMachine.Certificates.Root.ContainsKey($thumbprint) | Should -BeTrue
        Get-Recorded | Should -Be @('Root added')
    }
    It 'keeps what else is recorded, and records one certificate once' {
        Set-Machine
        $stale = @{ Store = 'Root'; Thumbprint = $thumbprint; State = 'adding'; At = '' }
        $other = @{ Store = 'CA'; Thumbprint = 'A' * 40; State = 'added'; At = '' }
        $null = Write-ChangeRecord -PackId 'test' -Record @($stale, $other)
        $null = Invoke-Fix
        Get-Recorded | Should -Be @('CA added', 'Root added')
        $null = Invoke-Undo
        Get-Recorded | Should -Be @('CA added')
    }
    It 'leaves a machine alone that has the certificate in <Store>' -ForEach @(@{ Store = 'Root' }, @{ Store = 'AuthRoot' }) {
        Set-Machine -Certificates @{ $Store = $thumbprint }
        (Invoke-Fix).State | Should -Be 'pass'
        Get-Recorded | Should -BeNullOrEmpty
    }
    It 'never touches a certificate that somebody put among the untrusted ones' {
        Set-Machine -Certificates @{ Disallowed = $thumbprint }
        (Invoke-Fix).MessageKey | Should -Be 'CERT_DISALLOWED'
        $global:SimulatedMachine.Certificates.Disallowed.ContainsKey($thumbprint) | Should -BeTrue
        $global:SimulatedMachine.Certificates.Root.Count | Should -Be 0
    }
    It 'changes nothing when it cannot tell' {
        Set-Machine -Deny @('store:Root')
        (Invoke-Fix).State | Should -Be 'unknown'
        $global:SimulatedMachine.Certificates.Root.Count | Should -Be 0
    }
    It 'only says what it would do with -WhatIf' {
        Set-Machine
        $finding = Invoke-Fix -Simulate $true
        $finding.State | Should -Be 'skipped'
        $finding.MessageKey | Should -Be 'FIX_WHAT_IF'
        $global:SimulatedMachine.Certificates.Root.Count | Should -Be 0
        Get-Recorded | Should -BeNullOrEmpty
    }
    It 'refuses when elevation is <Elevated>' -ForEach @(@{ Elevated = $false }, @{ Elevated = $null }) {
        Set-Machine -Elevated $Elevated
        $finding = Invoke-Fix
        $finding.State | Should -Be 'fixFailed'
        $finding.MessageKey | Should -Be 'FIX_NOT_ELEVATED'
        $global:SimulatedMachine.Certificates.Root.Count | Should -Be 0
    }
    It 'says so when adding is refused, and records nothing' {
        Set-Machine -Deny @('change:certificates')
        $finding = Invoke-Fix
        $finding.State | Should -Be 'fixFailed'
        $finding.MessageKey | Should -Be 'FIX_FAILED'
        Get-Recorded | Should -BeNullOrEmpty
    }
    It 'believes only what it reads back' {
        Set-Machine -Faults @('change:certificates:silent')
        $finding = Invoke-Fix
        $finding.State | Should -Be 'fixFailed'
        $finding.MessageKey | Should -Be 'FIX_NOT_FOUND_AFTER'
    }
    It 'adds nothing that it could not record' -ForEach @(@{ Denied = 'record' }, @{ Denied = 'change:record' }) {
        Set-Machine -Deny @($Denied)
        (Invoke-Fix).State | Should -Be 'fixFailed'
        $global:SimulatedMachine.Certificates.Root.Count | Should -Be 0
    }
}

Describe 'Invoke-Rollback' {
    It 'removes what the fix added, and forgets it' {
        Set-Machine
        $null = Invoke-Fix
        $finding = Invoke-Undo
        $finding.State | Should -Be 'fail'
        $finding.MessageKey | Should -Be 'FIX_ROLLED_BACK'
        $global:SimulatedMachine.Certificates.Root.Count | Should -Be 0
        Get-Recorded | Should -BeNullOrEmpty
    }
    It 'removes nothing that the fix did not add' {
        Set-Machine -Certificates @{ Root = $thumbprint }
        $finding = Invoke-Undo
        $finding.State | Should -Be 'pass'
        @($finding.Notes)[0].Key | Should -Be 'FIX_NOTHING_TO_ROLL_BACK'
        $global:SimulatedMachine.Certificates.Root.ContainsKey($thumbprint) | Should -BeTrue
    }
    It 'finds its way back after a crash between recording and adding' {
        Set-Machine -Certificates @{ Root = $thumbprint }
        $null = Write-ChangeRecord -PackId 'test' -Record @(@{ Store = 'Root'; Thumbprint = $thumbprint; State = 'adding'; At = '' })
        (Invoke-Undo).MessageKey | Should -Be 'FIX_ROLLED_BACK'
        $global:SimulatedMachine.Certificates.Root.Count | Should -Be 0
    }
    It 'leaves a copy of Group Policy and of the trust list alone' -ForEach @(
        @{ Certificates = @{ AuthRoot = 'F40042E2E5F7E8EF8189FED15519AECE42C3BFA2' }; Registry = @() }
        @{ Certificates = @{}; Registry = @(@{ key = 'HKLM:\SOFTWARE\Policies\Microsoft\SystemCertificates\Root\Certificates\F40042E2E5F7E8EF8189FED15519AECE42C3BFA2'; values = @() }) }
    ) {
        $Certificates['Root'] = $thumbprint
        Set-Machine -Certificates $Certificates -Registry $Registry
        $null = Write-ChangeRecord -PackId 'test' -Record @(@{ Store = 'Root'; Thumbprint = $thumbprint; State = 'added'; At = '' })
        (Invoke-Undo).MessageKey | Should -Be 'FIX_ROLLBACK_FAILED'
        $global:SimulatedMachine.Certificates.Root.ContainsKey($thumbprint) | Should -BeTrue
    }
    It 'only says what it would do with -WhatIf, and refuses without elevation' {
        Set-Machine
        $null = Invoke-Fix
        (Invoke-Undo -Simulate $true).MessageKey | Should -Be 'FIX_WHAT_IF_ROLLBACK'
        $script:environment.IsElevated = $false
        (Invoke-Undo).MessageKey | Should -Be 'FIX_ROLLBACK_FAILED'
        $global:SimulatedMachine.Certificates.Root.ContainsKey($thumbprint) | Should -BeTrue
    }
    It 'says so when the record cannot be read' {
        Set-Machine -Deny @('record')
        (Invoke-Undo).MessageKey | Should -Be 'FIX_ROLLBACK_FAILED'
    }
}
