# Collecting and evaluating with stand-ins for the machine functions.

BeforeAll {
    Set-StrictMode -Version 2.0
    foreach ($area in 'collect', 'evaluate') {
        Get-ChildItem (Join-Path $PSScriptRoot "../../templates/functions/$area") -Filter *.ps1 | ForEach-Object { . $_.FullName }
    }
    # Pester mocks only commands that exist.
    function Read-RegistryValue { param($Key, $Name) }
    function Read-RegistryKey { param($Key) }
    function Read-HotFix { param() }
    function Get-Finding { param($Rules, $Facts) }

    function New-TestFinding {
        param([string]$State, [string]$Severity = 'required')

        @{ State = $State; Severity = $Severity; Needs = @() }
    }
}

Describe 'Get-Verdict' {
    It '<States>: <Verdict>' -ForEach @(
        @{ States = @('pass'); Verdict = 'pass' }
        @{ States = @('pass', 'notApplicable'); Verdict = 'pass' }
        @{ States = @('pass', 'fixed'); Verdict = 'pass' }
        @{ States = @('notApplicable'); Verdict = 'unknown' }
        @{ States = @(); Verdict = 'unknown' }
        @{ States = @('pass', 'unknown'); Verdict = 'unknown' }
        @{ States = @('unknown', 'pendingReboot'); Verdict = 'pendingReboot' }
        @{ States = @('pendingReboot', 'fail', 'unknown'); Verdict = 'fail' }
        @{ States = @('unknown', 'fixFailed'); Verdict = 'fail' }
        @{ States = @('unknown', 'skipped'); Verdict = 'fail' }
    ) {
        Get-Verdict -Findings @(foreach ($state in $States) { New-TestFinding $state }) | Should -Be $Verdict
    }
    It 'leaves recommended rules out' {
        Get-Verdict -Findings @((New-TestFinding pass), (New-TestFinding fail recommended)) | Should -Be 'pass'
        Get-Verdict -Findings @(New-TestFinding pass recommended) | Should -Be 'unknown'
    }
}

Describe 'ConvertTo-WholeNumber' {
    It '<Value> is <Number>' -ForEach @(
        @{ Value = 1266; Number = 1266 }
        @{ Value = [long]1266; Number = 1266 }
        @{ Value = '1266'; Number = 1266 }
        @{ Value = ' 1266 '; Number = 1266 }
        @{ Value = 0; Number = 0 }
        @{ Value = $null; Number = -1 }
        @{ Value = ''; Number = -1 }
        @{ Value = -5; Number = -1 }
        @{ Value = 4294967295; Number = -1 }
        @{ Value = '1e3'; Number = -1 }
        @{ Value = @('1', '2'); Number = -1 }
    ) {
        ConvertTo-WholeNumber -Value $Value | Should -Be $Number
    }
}

Describe 'ConvertTo-EvidenceText' {
    It 'a fact that is <Status> with <Value> reads <Text>' -ForEach @(
        @{ Status = 'found'; Value = 5; Text = '5' }
        @{ Status = 'found'; Value = @('a', 'b'); Text = 'a, b' }
        @{ Status = 'found'; Value = @(); Text = '' }
        @{ Status = 'found'; Value = @(@{ Name = 'n'; State = 112; Error = '' }, @{ Name = 'm'; State = $null; Error = 'denied' }); Text = 'n=112, m=denied' }
        @{ Status = 'missing'; Value = 'left over'; Text = '' }
        @{ Status = 'error'; Value = 'left over'; Text = 'denied' }
    ) {
        ConvertTo-EvidenceText -Fact @{ Status = $Status; Value = $Value; Error = 'denied' } | Should -Be $Text
    }
}

Describe 'Get-Fact' {
    BeforeAll {
        $request = @{ Id = 'K\N'; Read = 'RegistryValue'; Key = 'K'; Name = 'N' }
    }
    It 'passes on what was read' {
        Mock Read-RegistryValue { @{ Status = 'found'; Value = 5; Error = '' } }
        $fact = Get-Fact -Request $request
        $fact.Id | Should -Be 'K\N'
        $fact.Value | Should -Be 5
        Should -Invoke Read-RegistryValue -ParameterFilter { $Key -eq 'K' -and $Name -eq 'N' }
    }
    It 'makes an error fact of an exception' {
        Mock Read-RegistryValue { throw 'broken' }
        $fact = Get-Fact -Request $request
        $fact.Status | Should -Be 'error'
        $fact.Error | Should -Be 'broken'
    }
    It 'makes an error fact of no answer and of an unknown read' {
        Mock Read-RegistryValue { }
        (Get-Fact -Request $request).Status | Should -Be 'error'
        (Get-Fact -Request @{ Id = 'x'; Read = 'Nothing' }).Status | Should -Be 'error'
    }
}

Describe 'Get-ServicingPackageFact' {
    BeforeAll {
        $request = @{ Id = 'ServicingPackage:x'; Read = 'ServicingPackage'; Pattern = '^Package_for_(RollupFix|KB1)~' }
    }
    It 'reads the states of the matching packages only' {
        Mock Read-RegistryKey { @{ Status = 'found'; Value = @('Package_for_KB2~a', 'Package_for_RollupFix~b', 'Package_for_KB1~c'); Error = '' } }
        Mock Read-RegistryValue { @{ Status = 'found'; Value = 112; Error = '' } }
        $fact = Get-Fact -Request $request
        $fact.Status | Should -Be 'found'
        @($fact.Value | ForEach-Object { $_.Name }) | Should -Be @('Package_for_KB1~c', 'Package_for_RollupFix~b')
        @($fact.Value | ForEach-Object { $_.State }) | Should -Be @(112, 112)
        Should -Invoke Read-RegistryValue -Times 2 -Exactly
    }
    It 'takes state 0 as a state' {
        Mock Read-RegistryKey { @{ Status = 'found'; Value = @('Package_for_KB1~c'); Error = '' } }
        Mock Read-RegistryValue { @{ Status = 'found'; Value = 0; Error = '' } }
        $package = (Get-Fact -Request $request).Value[0]
        $package.State | Should -Be 0
        $package.Error | Should -Be ''
    }
    It 'keeps a package whose state is <Status> <Value>, with the error' -ForEach @(
        @{ Status = 'error'; Value = $null }
        @{ Status = 'missing'; Value = $null }
        @{ Status = 'found'; Value = 'junk' }
    ) {
        Mock Read-RegistryKey { @{ Status = 'found'; Value = @('Package_for_KB1~c'); Error = '' } }
        Mock Read-RegistryValue { @{ Status = $Status; Value = $Value; Error = '' } }
        $fact = Get-Fact -Request $request
        $fact.Status | Should -Be 'found'
        $fact.Value[0].State | Should -BeNullOrEmpty
        $fact.Value[0].Error | Should -Not -BeNullOrEmpty
    }
    It 'fails with the list, and is missing with it' {
        Mock Read-RegistryKey { @{ Status = 'error'; Value = $null; Error = 'denied' } }
        (Get-Fact -Request $request).Error | Should -Be 'denied'
        Mock Read-RegistryKey { @{ Status = 'missing'; Value = $null; Error = '' } }
        (Get-Fact -Request $request).Status | Should -Be 'missing'
    }
}

Describe 'Invoke-Assessment' {
    BeforeAll {
        $rules = @{ 'A-B' = @{ Id = 'A-B'; Reads = @(@{ Id = 'cheap'; Read = 'HotFix'; Slow = $false }, @{ Id = 'slow'; Read = 'HotFix'; Slow = $true }, @{ Id = 'never'; Read = 'HotFix'; Slow = $true }) } }
    }
    It 'reads slow facts only when a finding asks for them, and nothing twice' {
        Mock Read-HotFix { @{ Status = 'found'; Value = @('KB1'); Error = '' } }
        Mock Get-Finding {
            if ($Facts.ContainsKey('slow')) { return @{ State = 'pass'; Severity = 'required'; Needs = @() } }
            @{ State = 'unknown'; Severity = 'required'; Needs = @('slow') }
        }
        $assessment = Invoke-Assessment -Rules $rules
        $assessment.Verdict | Should -Be 'pass'
        @($assessment.Facts.Keys | Sort-Object) | Should -Be @('cheap', 'slow')
        Should -Invoke Read-HotFix -Times 2 -Exactly
    }
    It 'evaluates once when no finding asks for more' {
        Mock Read-HotFix { @{ Status = 'found'; Value = @(); Error = '' } }
        Mock Get-Finding { @{ State = 'pass'; Severity = 'required'; Needs = @() } }
        (Invoke-Assessment -Rules $rules).Verdict | Should -Be 'pass'
        Should -Invoke Get-Finding -Times 1 -Exactly
    }
    It 'ends when a rule asks for ever' {
        Mock Read-HotFix { @{ Status = 'error'; Value = $null; Error = 'no' } }
        Mock Get-Finding { @{ State = 'unknown'; Severity = 'required'; Needs = @('slow') } }
        (Invoke-Assessment -Rules $rules).Verdict | Should -Be 'unknown'
        Should -Invoke Get-Finding -Times 4 -Exactly
    }
}
