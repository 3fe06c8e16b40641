# The repair of fix-cert on simulated machines: what it adds, when it refuses, and that -Rollback removes exactly that.

BeforeAll {
    Set-StrictMode -Version 2.0
    . (Join-Path $PSScriptRoot 'support.ps1')
    foreach ($file in Get-FunctionFile 'functions/collect', 'functions/evaluate', 'functions/kinds/certificate', 'functions/repair', 'functions/output', 'simulated') { . $file.FullName }
    $thumbprint = 'F40042E2E5F7E8EF8189FED15519AECE42C3BFA2'
    $rules = @{
        'T-ROOT' = @{
            Id = 'T-ROOT'; Kind = 'certificate'; Severity = 'required'; Installs = @('root')
            Reads = @{
                Disallowed = "Cert:\LocalMachine\Disallowed\$thumbprint"; Store = "Cert:\LocalMachine\Root\$thumbprint"
                ThirdParty = "Cert:\LocalMachine\AuthRoot\$thumbprint"
            }
            Parameters = @{ Certificate = @{ Id = 'root'; Sha1 = $thumbprint; Store = 'Root' } }
        }
    }
    $certificates = @{ root = @{ Id = 'root'; Name = 'Test root'; Store = 'Root'; Sha1 = $thumbprint; Sha256 = ''; Pem = 'PEM' } }
    function Get-Finding {
        param($Rules, $Facts)

        Test-CertificateStore -Rule $Rules['T-ROOT'] -Facts $Facts
    }

    function Set-Machine {
        param([hashtable]$Certificates = @{}, $Elevated = $true, $Deny = @(), $Faults = @(), $Registry = @())

        $list = @(foreach ($store in $Certificates.Keys) { @{ store = $store; thumbprint = $Certificates[$store] } })
        $global:SimulatedMachine = New-SimulatedMachine -Description @{
            services = @(); freeSpace = $null; firmware = @(); eventLog = @()
            registry = $Registry; certificates = $list; hotFixes = @(); files = @(); tools = @(); deny = $Deny; faults = $Faults
            host = @{ powershell = '5.1'; bits = 64; windowsBits = 64; elevated = $true; culture = 'en-US' }
        }
        $script:environment = @{ DeviceName = 'PC'; Host = @{ elevated = $Elevated } }
    }
    function Invoke-Fix {
        param([bool]$Simulate = $false)

        @(Invoke-Repair -Rules $rules -Certificates $certificates -Findings (Invoke-Assessment -Rules $rules) -Environment $script:environment -PackId 'test' -Simulate $Simulate)[0]
    }
    function Invoke-Undo {
        param([bool]$Simulate = $false)

        @(Invoke-Rollback -Rules $rules -Findings (Invoke-Assessment -Rules $rules) -Environment $script:environment -PackId 'test' -Simulate $Simulate)[0]
    }
    # What the record of the pack says about the certificate: 'added', 'adding' or nothing.
    function Get-Recorded {
        param([string]$Store = 'Root', [string]$Of = $thumbprint)

        (Read-ChangeRecord -PackId 'test' -Store $Store -Thumbprint $Of).Value
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
        $finding.Actual | Should -Be 'Cert:\LocalMachine\Root (simulated)'
        $global:SimulatedMachine.Certificates.Root.ContainsKey($thumbprint) | Should -BeTrue
        Get-Recorded | Should -Be 'added'
    }
    It 'keeps what else is recorded, and records one certificate once' {
        Set-Machine
        $null = Write-ChangeRecord -PackId 'test' -Store 'Root' -Thumbprint $thumbprint -State 'adding'
        $null = Write-ChangeRecord -PackId 'test' -Store 'CA' -Thumbprint ('A' * 40) -State 'added'
        $null = Write-ChangeRecord -PackId 'other' -Store 'Root' -Thumbprint $thumbprint -State 'added'
        $null = Invoke-Fix
        Get-Recorded | Should -Be 'added'
        $global:SimulatedMachine.Records.Count | Should -Be 3
        $null = Invoke-Undo
        Get-Recorded | Should -BeNullOrEmpty
        Get-Recorded 'CA' ('A' * 40) | Should -Be 'added'
        (Read-ChangeRecord -PackId 'other' -Store 'Root' -Thumbprint $thumbprint).Value | Should -Be 'added'
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
        Get-Recorded | Should -BeNullOrEmpty
    }
    It 'says so when adding is refused, and records nothing' {
        Set-Machine -Deny @('change:certificates')
        $finding = Invoke-Fix
        $finding.State | Should -Be 'fixFailed'
        $finding.MessageKey | Should -Be 'FIX_FAILED'
        $finding.Actual | Should -Be 'Access is denied.'
        Get-Recorded | Should -BeNullOrEmpty
    }
    It 'believes only what it reads back, and forgets the record' {
        Set-Machine -Faults @('change:certificates:silent')
        $finding = Invoke-Fix
        $finding.State | Should -Be 'fixFailed'
        $finding.MessageKey | Should -Be 'FIX_NOT_FOUND_AFTER'
        Get-Recorded | Should -BeNullOrEmpty
    }
    It 'adds nothing that it could not record' {
        Set-Machine -Deny @('change:record')
        $finding = Invoke-Fix
        $finding.State | Should -Be 'fixFailed'
        $finding.MessageKey | Should -Be 'FIX_FAILED'
        $finding.Actual | Should -Be 'Access is denied.'
        $global:SimulatedMachine.Certificates.Root.Count | Should -Be 0
    }
    It 'leaves the record of a change open when it cannot be read back' {
        Set-Machine
        Mock Add-MachineCertificate {
            $global:SimulatedMachine.Deny = @('store:Root')
            @{ Route = 'simulated'; Error = '' }
        }
        $finding = Invoke-Fix
        $finding.State | Should -Be 'fixFailed'
        Get-Recorded | Should -Be 'adding'
    }
    It 'records before it adds, and adds exactly the certificate of the pack' {
        Set-Machine
        Mock Add-MachineCertificate {
            $script:recordThen = Get-Recorded
            @{ Route = 'simulated'; Error = '' }
        }
        $null = Invoke-Fix
        $script:recordThen | Should -Be 'adding'
        Should -Invoke Add-MachineCertificate -Times 1 -Exactly -ParameterFilter { $Store -eq 'Root' -and $Thumbprint -eq 'F40042E2E5F7E8EF8189FED15519AECE42C3BFA2' -and $Pem -eq 'PEM' }
    }
    It 'leaves findings of other rules as they are, and of rules that install nothing' {
        Set-Machine
        $other = @{ 'T-ROOT' = $rules['T-ROOT'].Clone() }
        $other['T-ROOT'].Remove('Installs')
        $finding = @(Invoke-Repair -Rules $other -Certificates $certificates -Findings (Invoke-Assessment -Rules $other) -Environment $script:environment -PackId 'test' -Simulate $false)[0]
        $finding.MessageKey | Should -Be 'CERT_MISSING'
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
        @($finding.Notes) | Should -Be @('FIX_NOTHING_TO_ROLL_BACK')
        $global:SimulatedMachine.Certificates.Root.ContainsKey($thumbprint) | Should -BeTrue
    }
    It 'removes nothing that the fix of another pack added' {
        Set-Machine -Certificates @{ Root = $thumbprint }
        $null = Write-ChangeRecord -PackId 'other' -Store 'Root' -Thumbprint $thumbprint -State 'added'
        @((Invoke-Undo).Notes) | Should -Be @('FIX_NOTHING_TO_ROLL_BACK')
        $global:SimulatedMachine.Certificates.Root.ContainsKey($thumbprint) | Should -BeTrue
    }
    It 'finds its way back after a crash between recording and adding' {
        Set-Machine -Certificates @{ Root = $thumbprint }
        $null = Write-ChangeRecord -PackId 'test' -Store 'Root' -Thumbprint $thumbprint -State 'adding'
        (Invoke-Undo).MessageKey | Should -Be 'FIX_ROLLED_BACK'
        $global:SimulatedMachine.Certificates.Root.Count | Should -Be 0
    }
    It 'leaves a copy of Group Policy, of an enterprise and of the trust list alone' -ForEach @(
        @{ Certificates = @{ AuthRoot = 'F40042E2E5F7E8EF8189FED15519AECE42C3BFA2' }; Registry = @() }
        @{ Certificates = @{}; Registry = @(@{ key = 'HKLM:\SOFTWARE\Policies\Microsoft\SystemCertificates\Root\Certificates\F40042E2E5F7E8EF8189FED15519AECE42C3BFA2'; values = @() }) }
        @{ Certificates = @{}; Registry = @(@{ key = 'HKLM:\SOFTWARE\Microsoft\EnterpriseCertificates\Root\Certificates\F40042E2E5F7E8EF8189FED15519AECE42C3BFA2'; values = @() }) }
    ) {
        $Certificates['Root'] = $thumbprint
        Set-Machine -Certificates $Certificates -Registry $Registry
        $null = Write-ChangeRecord -PackId 'test' -Store 'Root' -Thumbprint $thumbprint -State 'added'
        (Invoke-Undo).MessageKey | Should -Be 'FIX_ROLLBACK_FAILED'
        $global:SimulatedMachine.Certificates.Root.ContainsKey($thumbprint) | Should -BeTrue
        Get-Recorded | Should -Be 'added'
    }
    It 'leaves everything alone when it cannot see where the certificate is' -ForEach @('store:Root', 'store:AuthRoot') {
        Set-Machine -Certificates @{ Root = $thumbprint } -Deny @($_)
        $null = Write-ChangeRecord -PackId 'test' -Store 'Root' -Thumbprint $thumbprint -State 'added'
        (Invoke-Undo).MessageKey | Should -Be 'FIX_ROLLBACK_FAILED'
        $global:SimulatedMachine.Certificates.Root.ContainsKey($thumbprint) | Should -BeTrue
        Get-Recorded | Should -Be 'added'
    }
    It 'only says what it would do with -WhatIf, and refuses without elevation' {
        Set-Machine
        $null = Invoke-Fix
        $finding = Invoke-Undo -Simulate $true
        $finding.MessageKey | Should -Be 'FIX_WHAT_IF_ROLLBACK'
        $finding.State | Should -Be 'skipped'
        foreach ($elevated in $false, $null) {
            $script:environment.Host.elevated = $elevated
            $finding = Invoke-Undo
            $finding.MessageKey | Should -Be 'FIX_ROLLBACK_FAILED'
            $finding.State | Should -Be 'fixFailed'
        }
        $global:SimulatedMachine.Certificates.Root.ContainsKey($thumbprint) | Should -BeTrue
        Get-Recorded | Should -Be 'added'
    }
    It 'says so when the record cannot be read' {
        Set-Machine -Deny @('record')
        $finding = Invoke-Undo
        $finding.MessageKey | Should -Be 'FIX_ROLLBACK_FAILED'
        $finding.Actual | Should -Be 'Access is denied.'
    }
    It 'says so when the certificate or the record cannot be removed' -ForEach @('change:certificates', 'change:record') {
        Set-Machine
        $null = Invoke-Fix
        $global:SimulatedMachine.Deny = @($_)
        $finding = Invoke-Undo
        $finding.MessageKey | Should -Be 'FIX_ROLLBACK_FAILED'
        $finding.Actual | Should -Be 'Access is denied.'
        Get-Recorded | Should -Be 'added'
    }
}

Describe 'Set-Finding' {
    It '<Key> is <State>' -ForEach @(
        @{ Key = 'FIX_INSTALLED'; State = 'fixed' }
        @{ Key = 'FIX_NOT_ELEVATED'; State = 'fixFailed' }
        @{ Key = 'FIX_FAILED'; State = 'fixFailed' }
        @{ Key = 'FIX_NOT_FOUND_AFTER'; State = 'fixFailed' }
        @{ Key = 'FIX_WHAT_IF'; State = 'skipped' }
        @{ Key = 'FIX_WHAT_IF_ROLLBACK'; State = 'skipped' }
        @{ Key = 'FIX_ROLLED_BACK'; State = 'fail' }
        @{ Key = 'FIX_ROLLBACK_FAILED'; State = 'fixFailed' }
    ) {
        $finding = @{ Id = 'A-B'; State = 'fail'; MessageKey = 'CERT_MISSING'; Actual = 'x'; Notes = @() }
        $changed = Set-Finding -Finding $finding -Key $Key -Actual 'now'
        $changed.State | Should -BeExactly $State
        $changed.MessageKey | Should -Be $Key
        $changed.Actual | Should -Be 'now'
        $changed.Id | Should -Be 'A-B'
        $finding.State | Should -Be 'fail'
    }
}
