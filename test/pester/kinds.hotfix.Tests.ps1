# Test-Hotfix alone: facts in, finding out.

BeforeAll {
    Set-StrictMode -Version 2.0
    . (Join-Path $PSScriptRoot 'kind-support.ps1')
    foreach ($file in Get-KindFile 'hotfix', 'os-build') { . $file.FullName }

    function Get-HotfixFinding {
        param($Package = @(), $HotFix = @(), $Build = '7601', $Revision = '<missing>', $Missing = 'fail', [switch]$AnyBuild)

        $values = @{ Package = @{ Places = @(, $Package) }; HotFix = @{ Places = @(, $HotFix) } }
        $parameters = @{ Expected = 'KB4474419'; Proof = @('KB4474419', 'KB4536952'); Missing = $Missing }
        if (-not $AnyBuild) {
            $values.Build = $Build
            $values.Revision = $Revision
            $parameters.Builds = @{ '7601' = @{ MinRevision = 24544 }; '9600' = @{ MinRevision = $null } }
        }
        $case = New-KindCase $values $parameters -Slow 'Package', 'HotFix'
        Test-Hotfix @case
    }
    function New-Package {
        param([string]$Name, $State)

        @{ Name = $Name; State = $State; Error = '' }
    }
    $kb = 'Package_for_{0}~31bf3856ad364e35~amd64~~6.1.1.2'
    $rollup = 'Package_for_RollupFix~31bf3856ad364e35~amd64~~{0}.1.5'
}

Describe 'Test-Hotfix' {
    It 'CurrentState <Number>: <State>' -ForEach @(
        @{ Number = 112; State = 'pass' }
        @{ Number = 80; State = 'pass' }
        @{ Number = 128; State = 'pass' }
        @{ Number = 96; State = 'pendingReboot' }
        @{ Number = 64; State = 'fail' }
        @{ Number = 32; State = 'fail' }
        @{ Number = 5; State = 'fail' }
        @{ Number = 0; State = 'fail' }
        @{ Number = 101; State = 'unknown' }
        @{ Number = -1; State = 'unknown' }
    ) {
        foreach ($name in 'KB4474419', 'KB4536952') {
            $package = @(New-Package ($kb -f $name) $Number)
            (Get-HotfixFinding $package).State | Should -Be $State
            (Get-HotfixFinding $package -AnyBuild).State | Should -Be $State
        }
    }
    It 'asks for the packages first, then for the list' {
        (Get-HotfixFinding '<unread>' '<unread>').Needs | Should -Be @('Package1')
        (Get-HotfixFinding @() '<unread>').Needs | Should -Be @('HotFix1')
        (Get-HotfixFinding @(New-Package ($kb -f 'KB4474419') 112) '<unread>').Needs.Length | Should -Be 0
        (Get-HotfixFinding '<error>' '<unread>').Needs.Length | Should -Be 0
    }
    It 'asks for nothing on another build, or at the revision' {
        foreach ($finding in (Get-HotfixFinding '<unread>' '<unread>' '19045'), (Get-HotfixFinding '<unread>' '<unread>' -Revision 24544)) {
            $finding.Needs.Length | Should -Be 0
        }
    }
    It 'build <Build>, revision <Revision>: <Key>' -ForEach @(
        @{ Build = '7601'; Revision = 24544; Key = 'HOTFIX_BY_REVISION' }
        @{ Build = '7601'; Revision = 24543; Key = 'HOTFIX_MISSING' }
        @{ Build = '7601'; Revision = '<missing>'; Key = 'HOTFIX_MISSING' }
        @{ Build = '7601'; Revision = '<error>'; Key = 'HOTFIX_UNREADABLE' }
        @{ Build = '7601'; Revision = 'junk'; Key = 'HOTFIX_UNREADABLE' }
        @{ Build = '9600'; Revision = 99999; Key = 'HOTFIX_MISSING' }
        @{ Build = '9600'; Revision = '<error>'; Key = 'HOTFIX_MISSING' }
        @{ Build = '19045'; Revision = 1; Key = 'HOTFIX_OTHER_BUILD' }
        @{ Build = '0'; Revision = 1; Key = 'HOTFIX_OTHER_BUILD' }
        @{ Build = '<missing>'; Revision = 24544; Key = 'HOTFIX_BUILD_UNREADABLE' }
        @{ Build = '<error>'; Revision = 24544; Key = 'HOTFIX_BUILD_UNREADABLE' }
    ) {
        (Get-HotfixFinding @() @() $Build $Revision).MessageKey | Should -Be $Key
    }
    It 'rollup <Name> (<Number>): <Key>' -ForEach @(
        @{ Name = '7601.24544'; Number = 112; Key = 'HOTFIX_BY_PACKAGE' }
        @{ Name = '7601.24543'; Number = 112; Key = 'HOTFIX_MISSING' }
        @{ Name = '7601.24544'; Number = 96; Key = 'HOTFIX_PENDING' }
        @{ Name = '7600.99999'; Number = 112; Key = 'HOTFIX_MISSING' }
        @{ Name = '9600.1'; Number = 112; Key = 'HOTFIX_UNREADABLE' }
    ) {
        (Get-HotfixFinding @(New-Package ($rollup -f $Name) $Number)).MessageKey | Should -Be $Key
    }
    It 'does not take a rollup for proof on a build without a revision' {
        (Get-HotfixFinding @(New-Package ($rollup -f '9600.99999') 112) -Build '9600').MessageKey | Should -Be 'HOTFIX_MISSING'
    }
    It 'takes the list for proof only behind packages that could be read' {
        (Get-HotfixFinding @() @('KB4536952')).MessageKey | Should -Be 'HOTFIX_BY_LIST'
        (Get-HotfixFinding '<missing>' @('KB4536952')).MessageKey | Should -Be 'HOTFIX_BY_LIST'
        (Get-HotfixFinding '<error>' @('KB4536952')).MessageKey | Should -Be 'HOTFIX_UNREADABLE'
        (Get-HotfixFinding @(New-Package ($kb -f 'KB4474419') 96) @('KB4474419')).MessageKey | Should -Be 'HOTFIX_PENDING'
        (Get-HotfixFinding @() @('KB44744190')).MessageKey | Should -Be 'HOTFIX_MISSING'
        (Get-HotfixFinding @() '<error>').MessageKey | Should -Be 'HOTFIX_UNREADABLE'
    }
    It 'says "not installed" only where nothing else can contain the update' {
        $finding = Get-HotfixFinding -Missing 'unknown'
        $finding.State | Should -Be 'unknown'
        $finding.MessageKey | Should -Be 'HOTFIX_NOT_FOUND'
    }
    It 'does not say that an update waits when the revision could not be read' {
        (Get-HotfixFinding @(New-Package ($kb -f 'KB4474419') 96) -Revision '<error>').State | Should -Be 'unknown'
        (Get-HotfixFinding @(New-Package ($kb -f 'KB4474419') 112) -Revision '<error>').State | Should -Be 'pass'
    }
}
