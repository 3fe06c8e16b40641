# Test-RegistryValue alone: facts in, finding out.

BeforeAll {
    Set-StrictMode -Version 2.0
    . (Join-Path $PSScriptRoot 'kind-support.ps1')
    foreach ($file in Get-KindFile 'registry-value') { . $file.FullName }

    function Get-RegistryFinding {
        param($Value, $Condition, [string]$Missing = 'fail')

        $case = New-KindCase @{ Value = $Value } ($Condition + @{ Missing = $Missing; Expected = 'x' })
        Test-RegistryValue @case
    }
}

Describe 'Test-RegistryValue' {
    It '<Is> <Limit>, found <Value>: <State>' -ForEach @(
        @{ Is = 'present'; Limit = $null; Value = ''; State = 'pass' }
        @{ Is = 'one-of'; Limit = @('1', 'on'); Value = 1; State = 'pass' }
        @{ Is = 'one-of'; Limit = @('1', 'on'); Value = 'ON'; State = 'pass' }
        @{ Is = 'one-of'; Limit = @('1', 'on'); Value = ' on '; State = 'pass' }
        @{ Is = 'one-of'; Limit = @('1', 'on'); Value = 0; State = 'fail' }
        @{ Is = 'one-of'; Limit = @('1'); Value = '01'; State = 'fail' }
        @{ Is = 'one-of'; Limit = @('4294967295'); Value = -1; State = 'pass' }
        @{ Is = 'at-least'; Limit = 5; Value = 5; State = 'pass' }
        @{ Is = 'at-least'; Limit = 5; Value = '10'; State = 'pass' }
        @{ Is = 'at-least'; Limit = 5; Value = 4; State = 'fail' }
        @{ Is = 'at-least'; Limit = 5; Value = -1; State = 'pass' }
        @{ Is = 'at-least'; Limit = 5; Value = 'five'; State = 'unknown' }
        @{ Is = 'at-most'; Limit = 5; Value = 5; State = 'pass' }
        @{ Is = 'at-most'; Limit = 5; Value = 6; State = 'fail' }
        @{ Is = 'at-most'; Limit = 5; Value = -1; State = 'fail' }
        @{ Is = 'at-most'; Limit = 5; Value = ''; State = 'unknown' }
        @{ Is = 'version-at-least'; Limit = '5.1'; Value = '5.1.0'; State = 'pass' }
        @{ Is = 'version-at-least'; Limit = '5.1'; Value = '5.0.9'; State = 'fail' }
        @{ Is = 'version-at-least'; Limit = '5.1'; Value = '5.1a'; State = 'unknown' }
    ) {
        $condition = @{ Is = $Is; Values = $Limit; Number = $Limit; Version = $Limit }
        (Get-RegistryFinding $Value $condition).State | Should -Be $State
    }
    It 'cannot compare bytes or a list of texts' {
        foreach ($value in ([byte[]](1, 2)), @('1'), @()) {
            foreach ($is in 'one-of', 'at-least', 'at-most') {
                (Get-RegistryFinding $value @{ Is = $is; Values = @('1'); Number = 1 }).MessageKey | Should -Be 'REGISTRY_SHAPE'
            }
        }
    }
    It 'says of a missing value what the rule says: <_>' -ForEach 'fail', 'pass', 'notApplicable' {
        $finding = Get-RegistryFinding '<missing>' @{ Is = 'present' } $_
        $finding.State | Should -Be $_
        $finding.MessageKey | Should -Be 'REGISTRY_MISSING'
    }
    It 'cannot tell when the value could not be read, or nobody read it' {
        foreach ($value in '<error>', '<unread>') {
            $finding = Get-RegistryFinding $value @{ Is = 'present' }
            $finding.State | Should -Be 'unknown'
            $finding.MessageKey | Should -Be 'REGISTRY_UNREADABLE'
        }
    }
    It 'shows what was found' {
        $finding = Get-RegistryFinding @('a', 'b') @{ Is = 'present' }
        $finding.Actual | Should -Be 'a, b'
        $finding.Evidence[0].source | Should -Be 'Value1'
    }
}

Describe 'Get-FactInteger' {
    It '<Value> is <Number>' -ForEach @(
        @{ Value = 0; Number = 0 }
        @{ Value = ' 12 '; Number = 12 }
        @{ Value = [long]21474836480; Number = 21474836480 }
        @{ Value = '999999999999999'; Number = 999999999999999 }
        @{ Value = -1; Number = 4294967295 }
        @{ Value = [int]::MinValue; Number = 2147483648 }
        @{ Value = [long]-1; Number = 4294967295 }
    ) {
        Get-FactInteger -Fact @{ Value = $Value } | Should -Be $Number
    }
    It '<_> is none' -ForEach '', 'x', '-1', '1.5', '0x10', '1234567890123456', ([long]-2147483649) {
        Get-FactInteger -Fact @{ Value = $_ } | Should -BeNullOrEmpty
    }
    It 'takes no number out of a list' {
        Get-FactInteger -Fact @{ Value = @('5') } | Should -BeNullOrEmpty
    }
}

Describe 'Test-VersionReached' {
    It '<Text> reaches <Minimum>: <Reached>' -ForEach @(
        @{ Text = '5'; Minimum = '5.0.0.0'; Reached = $true }
        @{ Text = '5.1.0.0'; Minimum = '5.1'; Reached = $true }
        @{ Text = '5.10'; Minimum = '5.9'; Reached = $true }
        @{ Text = '5.1'; Minimum = '5.1.0.1'; Reached = $false }
        @{ Text = '4.9.9.9'; Minimum = '5'; Reached = $false }
        @{ Text = '1.2.3.999999999'; Minimum = '1.2.3.999999999'; Reached = $true }
    ) {
        Test-VersionReached -Text $Text -Minimum $Minimum | Should -Be $Reached
    }
    It '<_> is no version' -ForEach '', 'x', '5.', '.5', '5..1', '1.2.3.4.5', '5.1 ', "5.1`n", '5.1-rc', '9999999999' {
        Test-VersionReached -Text $_ -Minimum '1' | Should -BeNullOrEmpty
    }
}
