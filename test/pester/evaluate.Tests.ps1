# Collecting and evaluating with stand-ins for the machine functions.

BeforeAll {
    Set-StrictMode -Version 2.0
    . (Join-Path $PSScriptRoot 'support.ps1')
    foreach ($file in Get-FunctionFile 'functions/collect', 'functions/evaluate') { . $file.FullName }
    # Pester mocks only commands that exist.
    function Read-Registry { param($Key, [string]$Name = '') }
    function Read-Certificate { param($Store, $Thumbprint) }
    function Read-FileVersion { param($Path) }
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
        @{ States = @('pass', 'pendingReboot'); Verdict = 'pendingReboot' }
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
    It 'takes one finding that is not in a list' {
        Get-Verdict -Findings (New-TestFinding fail) | Should -Be 'fail'
    }
}

Describe 'Get-FactNumber' {
    It '<Value> is <Number>' -ForEach @(
        @{ Value = 1266; Number = 1266 }
        @{ Value = [long]1266; Number = 1266 }
        @{ Value = '1266'; Number = 1266 }
        @{ Value = ' 1266 '; Number = 1266 }
        @{ Value = '01266'; Number = 1266 }
        @{ Value = 0; Number = 0 }
        @{ Value = '0'; Number = 0 }
        @{ Value = 9999999; Number = 9999999 }
        @{ Value = 10000000; Number = -2 }
        @{ Value = $null; Number = -2 }
        @{ Value = ''; Number = -2 }
        @{ Value = -5; Number = -2 }
        @{ Value = -1; Number = -2 }
        @{ Value = 4294967295; Number = -2 }
        @{ Value = '1e3'; Number = -2 }
        @{ Value = '1266x'; Number = -2 }
        @{ Value = "12`n66"; Number = -2 }
        @{ Value = '12.5'; Number = -2 }
        @{ Value = '0x10'; Number = -2 }
        @{ Value = @('1', '2'); Number = -2 }
        @{ Value = @(); Number = -2 }
    ) {
        $read = Get-FactNumber -Fact @{ Id = 'x'; Status = 'found'; Value = $Value }
        $read | Should -BeOfType [int]
        $read | Should -Be $Number
    }
    It 'tells missing apart from what could not be read, whatever the value is' {
        Get-FactNumber -Fact @{ Id = 'x'; Status = 'missing'; Value = '' } | Should -Be -1
        Get-FactNumber -Fact @{ Id = 'x'; Status = 'missing'; Value = '5' } | Should -Be -1
        Get-FactNumber -Fact @{ Id = 'x'; Status = 'error'; Value = '5' } | Should -Be -2
        Get-FactNumber -Fact $null | Should -Be -2
    }
    It 'takes the answer of a machine function, which has no id' {
        Get-FactNumber -Fact @{ Status = 'found'; Value = 112 } | Should -Be 112
    }
}

Describe 'Get-Place' {
    BeforeAll {
        $rule = @{ Reads = @{ One = 'HKLM:\A\N'; List = @('HKLM:\A\N', 'HKLM:\B\'); Both = @('HKLM:\SOFTWARE\{WOW6432Node\}V\N', 'HKLM:\C\N'); Brace = 'HKLM:\SOFTWARE\{1-2}\N' } }
    }
    It '<Role>: <Places>' -ForEach @(
        @{ Role = @('One'); Places = @('HKLM:\A\N') }
        @{ Role = @('List'); Places = @('HKLM:\A\N', 'HKLM:\B\') }
        @{ Role = @('Both'); Places = @('HKLM:\SOFTWARE\WOW6432Node\V\N', 'HKLM:\SOFTWARE\V\N', 'HKLM:\C\N') }
        @{ Role = @('Brace'); Places = @('HKLM:\SOFTWARE\{1-2}\N') }
        @{ Role = @('One', 'Both'); Places = @('HKLM:\A\N', 'HKLM:\SOFTWARE\WOW6432Node\V\N', 'HKLM:\SOFTWARE\V\N', 'HKLM:\C\N') }
        @{ Role = @('Nobody'); Places = @() }
    ) {
        @(Get-Place -Rule $rule -Role $Role) | Should -BeExactly $Places
    }
}

Describe 'Select-Fact' {
    BeforeAll {
        $rule = @{ Reads = [ordered]@{ Zebra = 'z'; Ant = @('a1', 'a2'); View = '{WOW6432Node\}v' } }
        $facts = @{}
        foreach ($id in 'z', 'a2', 'a1', 'v', 'other') { $facts[$id] = @{ Id = $id; Status = 'found'; Value = $id } }
    }
    It 'takes what was read for a role, in the order of its places' {
        @(Select-Fact -Rule $rule -Facts $facts -Role 'Ant' | ForEach-Object { $_.Id }) | Should -Be @('a1', 'a2')
        @(Select-Fact -Rule $rule -Facts $facts -Role 'View' | ForEach-Object { $_.Id }) | Should -Be @('v')
        @(Select-Fact -Rule $rule -Facts $facts -Role 'Zebra', 'Ant' | ForEach-Object { $_.Id }) | Should -Be @('z', 'a1', 'a2')
    }
    It 'takes all of a rule, and none of another, in the order of the table' {
        @(Select-Fact -Rule $rule -Facts $facts | ForEach-Object { $_.Id }) | Should -Be @('z', 'a1', 'a2', 'v')
    }
    It 'is empty when nothing was read, or a rule has no such role' {
        @(Select-Fact -Rule $rule -Facts @{}).Count | Should -Be 0
        @(Select-Fact -Rule $rule -Facts $facts -Role 'Nobody').Count | Should -Be 0
    }
}

Describe 'Select-Unique' {
    It '<Text> gives <Expected>' -ForEach @(
        @{ Text = @('b', 'a', 'b', 'B', 'a'); Expected = @('b', 'a', 'B') }
        @{ Text = @('one'); Expected = @('one') }
        @{ Text = @(); Expected = @() }
        @{ Text = $null; Expected = @() }
    ) {
        @(Select-Unique -Text $Text) | Should -BeExactly $Expected
    }
}

Describe 'Get-FactText' {
    It 'gives the texts that were found, trimmed, without the empty ones' {
        $rule = @{ Reads = @{ Version = @('a', 'b', 'c', 'd', 'e', 'f') } }
        $facts = @{
            a = @{ Id = 'a'; Status = 'found'; Value = ' 1.2 ' }; b = @{ Id = 'b'; Status = 'missing'; Value = 'left over' }
            c = @{ Id = 'c'; Status = 'error'; Value = 'denied' }; d = @{ Id = 'd'; Status = 'found'; Value = '  ' }
            e = @{ Id = 'e'; Status = 'found'; Value = 7 }
        }
        @(Get-FactText -Rule $rule -Facts $facts -Role 'Version') | Should -Be @('1.2', '7')
        @(Get-FactText -Rule $rule -Facts @{} -Role 'Version').Count | Should -Be 0
        Get-FactText -Rule $rule -Facts @{ a = @{ Id = 'a'; Status = 'found'; Value = @('KB1', 'KB2') } } -Role 'Version' | Should -Be 'KB1 KB2'
    }
}

Describe 'ConvertTo-EvidenceText' {
    It 'a fact that is <Status> with <Value> reads <Text>' -ForEach @(
        @{ Status = 'found'; Value = 5; Text = '5' }
        @{ Status = 'found'; Value = 0; Text = '0' }
        @{ Status = 'found'; Value = @('a', 'b'); Text = 'a, b' }
        @{ Status = 'found'; Value = @(); Text = '' }
        @{ Status = 'found'; Value = @(@{ Name = 'n'; State = 112; Error = '' }, @{ Name = 'm'; State = -2; Error = 'denied' }); Text = 'n=112, m=denied' }
        @{ Status = 'missing'; Value = ''; Text = '' }
        @{ Status = 'error'; Value = 'denied'; Text = 'denied' }
    ) {
        ConvertTo-EvidenceText -Fact @{ Status = $Status; Value = $Value } | Should -Be $Text
    }
}

Describe 'New-Finding' {
    BeforeAll {
        $rule = @{ Id = 'A-B'; Severity = 'required'; Reads = [ordered]@{ First = 'a'; Second = 'b' } }
        $facts = @{ a = @{ Id = 'a'; Status = 'found'; Value = @(1, 2) }; b = @{ Id = 'b'; Status = 'error'; Value = 'denied' }; c = @{ Id = 'c'; Status = 'found'; Value = 1 } }
    }
    It 'has the evidence of its rule alone' {
        $finding = New-Finding -Rule $rule -Facts $facts -State 'pass' -Key 'KEY'
        @($finding.Evidence | ForEach-Object { "$($_.source) $($_.status) $($_.value)" }) | Should -Be @('a found 1, 2', 'b error denied')
        $finding.Id | Should -Be 'A-B'
        $finding.Severity | Should -Be 'required'
        $finding.State | Should -Be 'pass'
        $finding.MessageKey | Should -Be 'KEY'
        $finding.Expected | Should -BeExactly ''
        $finding.Actual | Should -BeExactly ''
        $finding.Notes.Count | Should -Be 0
        $finding.Needs.Count | Should -Be 0
    }
    It 'keeps notes and needs as lists, even one of them' {
        $finding = New-Finding -Rule $rule -Facts $facts -State 'unknown' -Key 'KEY' -Notes 'NOTE' -Needs 'slow'
        , $finding.Notes | Should -BeOfType [array]
        $finding.Notes | Should -Be @('NOTE')
        $finding.Needs | Should -Be @('slow')
    }
}

Describe 'Get-Fact' {
    It 'asks <Command> for <Id>' -ForEach @(
        @{ Id = 'HKLM:\SOFTWARE\Key\Name'; Command = 'Read-Registry'; With = { $Key -eq 'HKLM:\SOFTWARE\Key' -and $Name -eq 'Name' } }
        @{ Id = 'HKLM:\SOFTWARE\A.b c\Name with blanks.'; Command = 'Read-Registry'; With = { $Key -eq 'HKLM:\SOFTWARE\A.b c' -and $Name -eq 'Name with blanks.' } }
        @{ Id = 'HKLM32:\SOFTWARE\Key\Name'; Command = 'Read-Registry'; With = { $Key -eq 'HKLM32:\SOFTWARE\Key' -and $Name -eq 'Name' } }
        @{ Id = 'HKLM:\SOFTWARE\Key\'; Command = 'Read-Registry'; With = { $Key -eq 'HKLM:\SOFTWARE\Key' -and $Name -eq '' } }
        @{ Id = 'HKLM:\SOFTWARE\C#\Name'; Command = 'Read-Registry'; With = { $Key -eq 'HKLM:\SOFTWARE\C#' -and $Name -eq 'Name' } }
        @{ Id = 'HKLM:\SOFTWARE\Packages#^Package_for_(A|B)~'; Command = 'Get-ServicingPackageFact'; With = { $Key -eq 'HKLM:\SOFTWARE\Packages' -and $Pattern -eq '^Package_for_(A|B)~' } }
        @{ Id = 'Cert:\LocalMachine\Root\AABB'; Command = 'Read-Certificate'; With = { $Store -eq 'Root' -and $Thumbprint -eq 'AABB' } }
        @{ Id = 'HotFix'; Command = 'Read-HotFix'; With = { $true } }
        @{ Id = '%SystemRoot%\System32\ci.dll'; Command = 'Read-FileVersion'; With = { $Path -eq '%SystemRoot%\System32\ci.dll' } }
    ) {
        foreach ($name in 'Read-Registry', 'Get-ServicingPackageFact', 'Read-Certificate', 'Read-HotFix', 'Read-FileVersion') { Mock $name { @{ Status = 'found'; Value = 5 } } }
        $fact = Get-Fact -Id $Id
        Should -Invoke $Command -Times 1 -Exactly -ParameterFilter $With
        $fact.Id | Should -Be $Id
        $fact.Status | Should -Be 'found'
        $fact.Value | Should -Be 5
        @($fact.Keys).Count | Should -Be 3
    }
    It 'passes on that something is missing or why it could not be read' {
        Mock Read-Registry { @{ Status = 'missing'; Value = '' } }
        (Get-Fact -Id 'HKLM:\K\N').Status | Should -Be 'missing'
        Mock Read-Registry { @{ Status = 'error'; Value = 'denied' } }
        (Get-Fact -Id 'HKLM:\K\N').Status | Should -Be 'error'
        (Get-Fact -Id 'HKLM:\K\N').Value | Should -Be 'denied'
    }
    It 'makes an error fact of an exception' {
        Mock Read-Registry { throw 'broken' }
        $fact = Get-Fact -Id 'HKLM:\K\N'
        $fact.Id | Should -Be 'HKLM:\K\N'
        $fact.Status | Should -Be 'error'
        $fact.Value | Should -Be 'broken'
    }
    It 'makes an error fact of no answer and of an unknown status' {
        Mock Read-Registry { }
        (Get-Fact -Id 'HKLM:\K\N').Status | Should -Be 'error'
        Mock Read-Registry { @{ Status = 'perhaps'; Value = '' } }
        (Get-Fact -Id 'HKLM:\K\N').Status | Should -Be 'error'
        (Get-Fact -Id 'HKLM:\K\N').Value | Should -Match 'HKLM:\\K\\N'
    }
}

Describe 'Get-ServicingPackageFact' {
    BeforeAll {
        $id = 'HKLM:\P\Packages#^Package_for_(RollupFix|KB1)~'
        # The answer to a list of names, and to each state.
        function Set-Registry {
            param($List, $State)

            $script:list = $List
            $script:state = $State
            Mock Read-Registry { if ($Name) { $script:state } else { $script:list } }
        }
    }
    It 'reads the states of the matching packages only' {
        Set-Registry @{ Status = 'found'; Value = @('Package_for_KB2~a', 'Package_for_RollupFix~b', 'Package_for_KB1~c') } @{ Status = 'found'; Value = 112 }
        $fact = Get-Fact -Id $id
        $fact.Status | Should -Be 'found'
        @($fact.Value | ForEach-Object { $_.Name }) | Should -Be @('Package_for_KB1~c', 'Package_for_RollupFix~b')
        @($fact.Value | ForEach-Object { $_.State }) | Should -Be @(112, 112)
        @($fact.Value | ForEach-Object { $_.Error }) | Should -Be @('', '')
        Should -Invoke Read-Registry -Times 2 -Exactly -ParameterFilter { $Name }
        Should -Invoke Read-Registry -Times 1 -Exactly -ParameterFilter { $Key -eq 'HKLM:\P\Packages\Package_for_KB1~c' -and $Name -eq 'CurrentState' }
    }
    It 'takes state 0 as a state' {
        Set-Registry @{ Status = 'found'; Value = @('Package_for_KB1~c') } @{ Status = 'found'; Value = 0 }
        $package = (Get-Fact -Id $id).Value[0]
        $package.State | Should -Be 0
        $package.Error | Should -Be ''
    }
    It 'keeps a package whose state is <Status> <Value>, with the error' -ForEach @(
        @{ Status = 'error'; Value = 'denied' }
        @{ Status = 'missing'; Value = '' }
        @{ Status = 'found'; Value = 'junk' }
        @{ Status = 'found'; Value = -1 }
    ) {
        Set-Registry @{ Status = 'found'; Value = @('Package_for_KB1~c') } @{ Status = $Status; Value = $Value }
        $fact = Get-Fact -Id $id
        $fact.Status | Should -Be 'found'
        $fact.Value[0].State | Should -BeLessThan 0
        $fact.Value[0].Error | Should -Match "^CurrentState $Status"
        $fact.Value[0].Error | Should -Match "$Value$"
    }
    It 'is an empty list when nothing matches' {
        Set-Registry @{ Status = 'found'; Value = @('Package_for_KB2~a') } @{ Status = 'found'; Value = 0 }
        $fact = Get-Fact -Id $id
        $fact.Status | Should -Be 'found'
        @($fact.Value).Count | Should -Be 0
    }
    It 'fails with the list, and is missing with it' {
        Set-Registry @{ Status = 'error'; Value = 'denied' } $null
        (Get-Fact -Id $id).Status | Should -Be 'error'
        (Get-Fact -Id $id).Value | Should -Be 'denied'
        Set-Registry @{ Status = 'missing'; Value = '' } $null
        (Get-Fact -Id $id).Status | Should -Be 'missing'
    }
}

Describe 'Add-Fact' {
    BeforeAll {
        $rules = @{
            'A-A' = @{ Id = 'A-A'; Reads = @{ Cheap = 'HKLM:\{WOW6432Node\}K\N'; Slow = @('slow1', 'slow2') }; Slow = @('Slow') }
            'B-B' = @{ Id = 'B-B'; Reads = @{ Same = 'HKLM:\K\N' } }
        }
    }
    BeforeEach {
        Mock Get-Fact { @{ Id = $Id; Status = 'found'; Value = 1 } }
        $facts = @{}
    }
    It 'reads everything but what is slow, in both views, and nothing twice' {
        Add-Fact -Facts $facts -Rules $rules
        @($facts.Keys | Sort-Object) | Should -Be @('HKLM:\K\N', 'HKLM:\WOW6432Node\K\N')
        Should -Invoke Get-Fact -Times 2 -Exactly
    }
    It 'reads what is asked for, slow or not, and only that' {
        Add-Fact -Facts $facts -Rules $rules -Id 'slow2'
        @($facts.Keys) | Should -Be @('slow2')
        Add-Fact -Facts $facts -Rules $rules -Id 'slow2', 'HKLM:\K\N'
        @($facts.Keys | Sort-Object) | Should -Be @('HKLM:\K\N', 'slow2')
        Should -Invoke Get-Fact -Times 2 -Exactly
    }
    It 'reads nothing that no rule lists' {
        Add-Fact -Facts $facts -Rules $rules -Id 'HKLM:\Other\N'
        $facts.Count | Should -Be 0
    }
}

Describe 'Invoke-Assessment' {
    BeforeAll {
        $rules = @{ 'A-B' = @{ Id = 'A-B'; Reads = @{ Cheap = 'cheap'; Slow = 'slow'; Never = 'never' }; Slow = @('Slow', 'Never') } }
    }
    It 'reads slow facts only when a finding asks for them, and nothing twice' {
        Mock Read-FileVersion { @{ Status = 'found'; Value = '1.0' } }
        Mock Get-Finding {
            if ($Facts.ContainsKey('slow')) { return @{ State = 'pass'; Severity = 'required'; Needs = @() } }
            @{ State = 'unknown'; Severity = 'required'; Needs = @('slow') }
        }
        $findings = @(Invoke-Assessment -Rules $rules)
        $findings.Count | Should -Be 1
        $findings[0].State | Should -Be 'pass'
        Should -Invoke Read-FileVersion -Times 1 -Exactly -ParameterFilter { $Path -eq 'cheap' }
        Should -Invoke Read-FileVersion -Times 1 -Exactly -ParameterFilter { $Path -eq 'slow' }
        Should -Invoke Read-FileVersion -Times 2 -Exactly
    }
    It 'evaluates once when no finding asks for more' {
        Mock Read-FileVersion { @{ Status = 'found'; Value = '1.0' } }
        Mock Get-Finding { @{ State = 'pass'; Severity = 'required'; Needs = @() } }
        (Invoke-Assessment -Rules $rules).State | Should -Be 'pass'
        Should -Invoke Get-Finding -Times 1 -Exactly
    }
    It 'ends when a rule asks for ever' {
        Mock Read-FileVersion { @{ Status = 'error'; Value = 'no' } }
        Mock Get-Finding { @{ State = 'unknown'; Severity = 'required'; Needs = @('slow') } }
        (Invoke-Assessment -Rules $rules).State | Should -Be 'unknown'
        Should -Invoke Get-Finding -Times 4 -Exactly
    }
    It 'gives the findings of all rules, in their order' {
        Mock Read-FileVersion { @{ Status = 'found'; Value = '1.0' } }
        Mock Get-Finding {
            @{ Id = 'B'; State = 'pass'; Severity = 'required'; Needs = @() }
            @{ Id = 'A'; State = 'fail'; Severity = 'required'; Needs = @() }
        }
        @(Invoke-Assessment -Rules $rules | ForEach-Object { $_.Id }) | Should -Be @('B', 'A')
    }
}
