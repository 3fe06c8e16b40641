# Test-OsBuild alone: facts in, finding out. Nothing is read from this machine. The rows of the real pack are in pack.Tests.ps1.

BeforeAll {
    Set-StrictMode -Version 2.0
    . (Join-Path $PSScriptRoot 'support.ps1')
    foreach ($file in Get-FunctionFile 'functions/collect', 'functions/evaluate', 'functions/kinds/os-build') { . $file.FullName }
    $roles = @('Build', 'Revision', 'InstallationType', 'EditionID', 'BuildLab', 'Package', 'HotFix', 'CodeIntegrity')
    $rollupFix = 'Package_for_RollupFix~31bf3856ad364e35~amd64~~9600.{0}.1.5'

    # A rule with one row. The row's KB numbers have lost what KbPrefix says, as in a script.
    function New-OsRule {
        param([int]$Build, $Row)

        $reads = [ordered]@{}
        foreach ($role in $roles) { $reads[$role] = "id:$role" }
        @{
            Id = 'TEST-OS'
            Kind = 'os-build'
            Severity = 'required'
            Reads = $reads
            Parameters = @{ NativeFrom = 22000; KbPrefix = 'KB50'; Builds = @{ "$Build" = $Row } }
        }
    }

    # Values by role; a hashtable with Status stands for itself, an absent role was not read.
    function Get-OsFinding {
        param([int]$Build, $Row, $Values, [int[]]$Unlisted = @())

        $facts = @{}
        foreach ($role in $Values.Keys) {
            $value = $Values[$role]
            $fact = @{ Id = "id:$role"; Status = 'found'; Value = $value }
            if ($value -is [hashtable]) {
                $fact.Status = $value.Status
                $fact.Value = $value['Value']
                if ($value.Status -eq 'missing') { $fact.Value = '' }
                if ($value.Status -eq 'error') { $fact.Value = 'no' }
            }
            $facts["id:$role"] = $fact
        }
        $rule = New-OsRule -Build $Build -Row $Row
        $rule.Parameters.Unlisted = $Unlisted
        Test-OsBuild -Rule $rule -Facts $facts
    }

    function New-Package {
        param([string]$Name, $State)

        @{ Name = $Name; State = $State; Error = '' }
    }

    $missing = @{ Status = 'missing' }
    $failed = @{ Status = 'error' }
}

Describe 'Test-OsBuild' {
    Describe 'a build that a revision decides' {
        BeforeAll {
            $row = @{ MinRevision = 1266 }
        }
        It 'revision <Revision>: <State> <Key>' -ForEach @(
            @{ Revision = 1266; State = 'pass'; Key = 'OS_REVISION_REACHED' }
            @{ Revision = 1267; State = 'pass'; Key = 'OS_REVISION_REACHED' }
            @{ Revision = 1265; State = 'fail'; Key = 'OS_REVISION_BELOW' }
            @{ Revision = 0; State = 'fail'; Key = 'OS_REVISION_BELOW' }
            @{ Revision = '1266'; State = 'pass'; Key = 'OS_REVISION_REACHED' }
            @{ Revision = '100000'; State = 'pass'; Key = 'OS_REVISION_REACHED' }
            @{ Revision = '99'; State = 'fail'; Key = 'OS_REVISION_BELOW' }
            foreach ($junk in 4294967295, -1, 'junk', '', '12.5', '0x10', 99999999) { @{ Revision = $junk; State = 'unknown'; Key = 'OS_REVISION_UNREADABLE' } }
            foreach ($status in 'missing', 'error') { @{ Revision = @{ Status = $status }; State = 'unknown'; Key = 'OS_REVISION_UNREADABLE' } }
        ) {
            $finding = Get-OsFinding 19041 $row @{ Build = '19041'; Revision = $Revision }
            $finding.State | Should -Be $State
            $finding.MessageKey | Should -Be $Key
            $finding.Expected | Should -Be '19041.1266'
            $finding.Needs.Count | Should -Be 0
        }
        It 'takes revision 0 as a number' {
            (Get-OsFinding 19041 $row @{ Build = '19041'; Revision = 0 }).Actual | Should -Be '19041.0'
        }
        It 'cannot tell when the revision was not read' {
            $finding = Get-OsFinding 19041 $row @{ Build = '19041' }
            $finding.State | Should -Be 'unknown'
            $finding.Actual | Should -Be '19041'
        }
    }

    Describe 'the advice below the minimum' {
        BeforeAll {
            $row = @{
                MinRevision = 2210; Client = 'Client'; Server = 'Server'
                OutOfSupport = @('home-pro', 'enterprise-education', 'server-annual'); InSupport = @('ltsc', 'server')
            }
        }
        It '<Edition> (<Type>): <Key>' -ForEach @(
            @{ Edition = 'Professional'; Type = 'Client'; Key = 'OS_REVISION_BELOW_UPGRADE' }
            @{ Edition = 'CoreSingleLanguage'; Type = 'Client'; Key = 'OS_REVISION_BELOW_UPGRADE' }
            @{ Edition = 'Enterprise'; Type = 'Client'; Key = 'OS_REVISION_BELOW_UPGRADE' }
            @{ Edition = 'ServerRdsh'; Type = 'Client'; Key = 'OS_REVISION_BELOW_UPGRADE' }
            @{ Edition = 'EnterpriseS'; Type = 'Client'; Key = 'OS_REVISION_BELOW' }
            @{ Edition = 'IoTEnterpriseS'; Type = 'Client'; Key = 'OS_REVISION_BELOW' }
            @{ Edition = 'ServerStandard'; Type = 'Server'; Key = 'OS_REVISION_BELOW' }
            @{ Edition = 'ServerDatacenter'; Type = 'Server Core'; Key = 'OS_REVISION_BELOW' }
            @{ Edition = 'ServerDatacenterACor'; Type = 'Server Core'; Key = 'OS_REVISION_BELOW_UPGRADE' }
            @{ Edition = 'NewEdition'; Type = 'Client'; Key = 'OS_REVISION_BELOW_EDITION_UNKNOWN' }
            @{ Edition = 'ServerStandard'; Type = 'Client'; Key = 'OS_REVISION_BELOW_EDITION_UNKNOWN' }
        ) {
            $finding = Get-OsFinding 17763 $row @{ Build = '17763'; Revision = 1; EditionID = $Edition; InstallationType = $Type }
            $finding.State | Should -Be 'fail'
            $finding.MessageKey | Should -Be $Key
        }
        It 'names both ways when the edition could not be read' {
            (Get-OsFinding 17763 $row @{ Build = '17763'; Revision = 1; EditionID = $failed; InstallationType = $failed }).MessageKey | Should -Be 'OS_REVISION_BELOW_EDITION_UNKNOWN'
        }
        It 'goes by the edition when only the installation type is not known' {
            (Get-OsFinding 17763 $row @{ Build = '17763'; Revision = 1; EditionID = 'ServerDatacenter'; InstallationType = $failed }).MessageKey | Should -Be 'OS_REVISION_BELOW'
            (Get-OsFinding 17763 $row @{ Build = '17763'; Revision = 1; EditionID = 'Professional'; InstallationType = $failed }).MessageKey | Should -Be 'OS_REVISION_BELOW_UPGRADE'
        }
        It 'goes by the kind of Windows when all its classes are on one side' {
            $one = @{ MinRevision = 2; OutOfSupport = @('home-pro', 'enterprise-education'); InSupport = @('server') }
            (Get-OsFinding 1 $one @{ Build = '1'; Revision = 1; EditionID = 'NewEdition'; InstallationType = 'Client' }).MessageKey | Should -Be 'OS_REVISION_BELOW_UPGRADE'
            (Get-OsFinding 1 $one @{ Build = '1'; Revision = 1; InstallationType = 'Server' }).MessageKey | Should -Be 'OS_REVISION_BELOW'
        }
        It 'the IoT edition of an LTSC goes by its own class where there is one' {
            $own = @{ MinRevision = 2; OutOfSupport = @('ltsc'); InSupport = @('iot-ltsc') }
            (Get-OsFinding 1 $own @{ Build = '1'; Revision = 1; EditionID = 'IoTEnterpriseS'; InstallationType = 'Client' }).MessageKey | Should -Be 'OS_REVISION_BELOW'
            (Get-OsFinding 1 $own @{ Build = '1'; Revision = 1; EditionID = 'EnterpriseS'; InstallationType = 'Client' }).MessageKey | Should -Be 'OS_REVISION_BELOW_UPGRADE'
        }
        It 'is the update when every edition got it, and a class with the update in support still gets it' {
            (Get-OsFinding 1 @{ MinRevision = 2 } @{ Build = '1'; Revision = 1; EditionID = 'Core'; InstallationType = 'Client' }).MessageKey | Should -Be 'OS_REVISION_BELOW'
            $old = @{ MinRevision = 2; OutOfSupport = @('ltsc'); InSupport = @('home-pro') }
            (Get-OsFinding 1 $old @{ Build = '1'; Revision = 1; EditionID = 'Core'; InstallationType = 'Client' }).MessageKey | Should -Be 'OS_REVISION_BELOW'
            $old.OutOfSupport, $old.InSupport = $old.InSupport, $old.OutOfSupport
            (Get-OsFinding 1 $old @{ Build = '1'; Revision = 1; EditionID = 'Core'; InstallationType = 'Client' }).MessageKey | Should -Be 'OS_REVISION_BELOW_UPGRADE'
        }
        It 'an edition that is out of support passes with the revision, and is not guessed at without one' {
            (Get-OsFinding 17763 $row @{ Build = '17763'; Revision = 2210; EditionID = 'Professional'; InstallationType = 'Client' }).State | Should -Be 'pass'
            (Get-OsFinding 17763 $row @{ Build = '17763'; Revision = $failed; EditionID = 'Professional'; InstallationType = 'Client' }).MessageKey | Should -Be 'OS_REVISION_UNREADABLE'
        }
        It 'names client and server when the kind is not known, and one of them when it is' {
            (Get-OsFinding 17763 $row @{ Build = '17763'; Revision = 1 }).Actual | Should -Be 'Client / Server, 17763.1'
            (Get-OsFinding 17763 $row @{ Build = '17763'; Revision = 1; InstallationType = 'Server' }).Actual | Should -Be 'Server, 17763.1'
            (Get-OsFinding 17763 $row @{ Build = '17763'; Revision = $failed; InstallationType = 'Client' }).Actual | Should -Be 'Client, 17763'
            (Get-OsFinding 17763 @{ MinRevision = 2; Client = 'Client' } @{ Build = '17763'; Revision = 1; InstallationType = 'Server' }).Actual | Should -Be 'Client, 17763.1'
        }
    }

    Describe 'other builds' {
        It 'passes a native build whatever its revision is' {
            foreach ($revision in 1, 'junk', $missing, $failed) {
                $finding = Get-OsFinding 19044 @{ Support = 'native' } @{ Build = '19044'; Revision = $revision }
                $finding.State | Should -Be 'pass'
                $finding.MessageKey | Should -Be 'OS_NATIVE'
                $finding.Expected | Should -Be '19044'
            }
        }
        It 'adds the advice of the pack only below its revision' {
            $row = @{ Support = 'native'; AdvisoryBelow = 1586; Advisory = 'Update|ja:Update' }
            (Get-OsFinding 19044 $row @{ Build = '19044'; Revision = 1585 } -Unlisted 17134, 19044).Notes | Should -Be @('OS_NOTE_VENDOR_UNLISTED', 'Update|ja:Update')
            (Get-OsFinding 19044 $row @{ Build = '19044'; Revision = 0 } -Unlisted 17134, 19044).Notes | Should -Be @('OS_NOTE_VENDOR_UNLISTED', 'Update|ja:Update')
            (Get-OsFinding 19044 $row @{ Build = '19044'; Revision = 1586 } -Unlisted 17134, 19044).Notes | Should -Be @('OS_NOTE_VENDOR_UNLISTED')
            (Get-OsFinding 19044 $row @{ Build = '19044'; Revision = 1587 } -Unlisted 17134, 19044).Notes | Should -Be @('OS_NOTE_VENDOR_UNLISTED')
            (Get-OsFinding 19044 $row @{ Build = '19044'; Revision = $failed } -Unlisted 17134, 19044).Notes | Should -Be @('OS_NOTE_VENDOR_UNLISTED')
            (Get-OsFinding 19044 $row @{ Build = '19044'; Revision = $missing } -Unlisted 17134, 19044).Notes | Should -Be @('OS_NOTE_VENDOR_UNLISTED')
            (Get-OsFinding 19044 $row @{ Build = '19044'; Revision = 1586 } -Unlisted 17134).Notes.Count | Should -Be 0
            (Get-OsFinding 19044 $row @{ Build = '19044'; Revision = 1585 }).State | Should -Be 'pass'
        }
        It 'adds it to a build that a revision decides, whatever it decides: revision <Revision>' -ForEach @(
            @{ Revision = 2209; State = 'fail'; Notes = 1 }
            @{ Revision = 2210; State = 'pass'; Notes = 1 }
            @{ Revision = 2236; State = 'pass'; Notes = 1 }
            @{ Revision = 2237; State = 'pass'; Notes = 0 }
            @{ Revision = 'junk'; State = 'unknown'; Notes = 0 }
        ) {
            $row = @{ MinRevision = 2210; AdvisoryBelow = 2237; Advisory = 'Update|ja:Update' }
            $finding = Get-OsFinding 17763 $row @{ Build = '17763'; Revision = $Revision }
            $finding.State | Should -Be $State
            $finding.Notes | Should -Be @(if ($Notes) { 'Update|ja:Update' })
        }
        It 'fails a build that never got the update' {
            $finding = Get-OsFinding 17134 @{ Support = 'never' } @{ Build = '17134'; Revision = 99999 }
            $finding.State | Should -Be 'fail'
            $finding.MessageKey | Should -Be 'OS_NEVER'
            $finding.Actual | Should -Be '17134.99999'
        }
        It 'takes an unlisted build as native only from the native build on' {
            $row = @{ Support = 'native' }
            (Get-OsFinding 19044 $row @{ Build = '22000' }).State | Should -Be 'pass'
            (Get-OsFinding 19044 $row @{ Build = '22001' }).State | Should -Be 'pass'
            $finding = Get-OsFinding 19044 $row @{ Build = '21999' }
            $finding.State | Should -Be 'unknown'
            $finding.MessageKey | Should -Be 'OS_BUILD_UNKNOWN'
            $finding.Expected | Should -Be '22000'
            (Get-OsFinding 19044 $row @{ Build = '0' }).MessageKey | Should -Be 'OS_BUILD_UNKNOWN'
        }
        It 'finds the row of a build that is written with blanks or zeros' {
            (Get-OsFinding 19044 @{ Support = 'native' } @{ Build = ' 19044 ' }).State | Should -Be 'pass'
            (Get-OsFinding 9600 @{ Support = 'never' } @{ Build = '09600' }).MessageKey | Should -Be 'OS_NEVER'
        }
        It 'cannot tell without a build' {
            foreach ($build in $missing, $failed, '', 'junk', '-1') {
                $finding = Get-OsFinding 19044 @{ Support = 'native' } @{ Build = $build }
                $finding.State | Should -Be 'unknown'
                $finding.MessageKey | Should -Be 'OS_BUILD_UNREADABLE'
            }
            (Get-OsFinding 19044 @{ Support = 'native' } @{}).MessageKey | Should -Be 'OS_BUILD_UNREADABLE'
        }
    }

    Describe 'a row for servers only' {
        It 'InstallationType <Type>, EditionID <Edition>: judged <Judged>' -ForEach @(
            @{ Type = 'Server'; Edition = 'ServerStandard'; Judged = $true }
            @{ Type = 'Server Core'; Edition = @{ Status = 'error' }; Judged = $true }
            @{ Type = 'Client'; Edition = 'ServerStandard'; Judged = $false }
            @{ Type = @{ Status = 'error' }; Edition = 'ServerStandard'; Judged = $false }
            @{ Type = @{ Status = 'missing' }; Edition = 'ServerStandard'; Judged = $true }
            @{ Type = @{ Status = 'missing' }; Edition = 'Core'; Judged = $false }
            @{ Type = @{ Status = 'missing' }; Edition = @{ Status = 'error' }; Judged = $false }
            @{ Type = @{ Status = 'missing' }; Edition = @{ Status = 'missing' }; Judged = $true }
            @{ Type = 'Embedded'; Edition = 'ServerStandard'; Judged = $false }
        ) {
            $row = @{ Support = 'native'; AppliesTo = 'server' }
            $finding = Get-OsFinding 9200 $row @{ Build = '9200'; InstallationType = $Type; EditionID = $Edition }
            ($finding.MessageKey -ne 'OS_NOT_JUDGED') | Should -Be $Judged
            $finding.State | Should -Be $(if ($Judged) { 'pass' } else { 'unknown' })
        }
    }

    Describe 'Get-EditionClass' {
        It '<Edition> is <Class>' -ForEach @(
            foreach ($edition in 'Core', 'CoreN', 'CoreSingleLanguage', 'CoreCountrySpecific', 'Professional', 'ProfessionalN', 'ProfessionalEducation', 'ProfessionalWorkstation', 'Cloud', 'CloudEdition') { @{ Edition = $edition; Class = 'home-pro' } }
            foreach ($edition in 'Enterprise', 'EnterpriseN', 'Education', 'EducationN', 'ServerRdsh', 'IoTEnterprise') { @{ Edition = $edition; Class = 'enterprise-education' } }
            foreach ($edition in 'EnterpriseS', 'EnterpriseSN') { @{ Edition = $edition; Class = 'ltsc' } }
            @{ Edition = 'IoTEnterpriseS'; Class = 'iot-ltsc' }
            foreach ($edition in 'ServerStandardACor', 'ServerDatacenterACor') { @{ Edition = $edition; Class = 'server-annual' } }
            foreach ($edition in 'ServerStandard', 'ServerDatacenterEval', 'ServerSolution') { @{ Edition = $edition; Class = 'server' } }
            foreach ($edition in '', 'EnterpriseG', 'Ultimate', 'NewCore') { @{ Edition = $edition; Class = '' } }
        ) {
            "$(Get-EditionClass -EditionId $Edition)" | Should -Be $Class
        }
    }

    Describe 'Get-WindowsKind' {
        It '"<Type>" with "<Edition>" is "<Kind>"' -ForEach @(
            @{ Type = 'Client'; Edition = 'ServerStandard'; Kind = 'client' }
            @{ Type = 'Server'; Edition = 'Core'; Kind = 'server' }
            @{ Type = 'Server Core'; Edition = ''; Kind = 'server' }
            @{ Type = 'Nano Server'; Edition = ''; Kind = 'server' }
            @{ Type = 'Embedded'; Edition = 'ServerStandard'; Kind = '' }
            @{ Type = ''; Edition = 'ServerStandard'; Kind = 'server' }
            @{ Type = ''; Edition = 'ServerRdsh'; Kind = 'client' }
            @{ Type = ''; Edition = 'Professional'; Kind = 'client' }
            @{ Type = ''; Edition = ''; Kind = '' }
        ) {
            Get-WindowsKind -InstallationType $Type -EditionId $Edition | Should -Be $Kind
        }
    }

    Describe 'the evidence for Windows 6.x' {
        BeforeAll {
            # KB5006714 is the monthly rollup, KB5006729 the security-only update of the month, KB5007247 a later rollup.
            $row = @{ MinRevision = 20130; Proof = @('06714', '06729', '07247'); LaterSecurityOnly = @('07255') }

            # A machine on which everything can be read and nothing speaks for the update, changed by $Values.
            function Get-RollupFinding {
                param($Values)

                $all = @{ Build = '9600'; Revision = 20129; BuildLab = '9600.20129.amd64fre'; Package = @{ Status = 'found'; Value = @() }; HotFix = @{ Status = 'found'; Value = @('KB1') }; CodeIntegrity = '6.3.9600.20129' }
                foreach ($role in $Values.Keys) { $all[$role] = $Values[$role] }
                Get-OsFinding 9600 $row $all
            }

            function New-PackageFact {
                param([string]$Name, $State)

                @{ Status = 'found'; Value = @(New-Package $Name $State) }
            }
        }
        It 'fails when every source can be read and none speaks for it' {
            $finding = Get-RollupFinding @{}
            $finding.State | Should -Be 'fail'
            $finding.MessageKey | Should -Be 'OS_ROLLUP_MISSING'
            $finding.Expected | Should -Be 'KB5006714 / KB5006729'
            $finding.Actual | Should -Be '9600.20129'
            $finding.Needs.Count | Should -Be 0
        }
        It 'fails when the sources that old machines lack are missing' {
            (Get-RollupFinding @{ Revision = $missing; BuildLab = $missing; CodeIntegrity = $missing; Package = $missing }).State | Should -Be 'fail'
        }
        It 'a: passes by the revision, and needs nothing else then' {
            $finding = Get-OsFinding 9600 $row @{ Build = '9600'; Revision = '20130' }
            $finding.State | Should -Be 'pass'
            $finding.MessageKey | Should -Be 'OS_ROLLUP_BY_REVISION'
            $finding.Needs.Count | Should -Be 0
        }
        It 'b: a rollup package at revision <Revision> with state <State> is <Expected>' -ForEach @(
            foreach ($state in 112, 80, 128) { @{ Revision = 20130; State = $state; Expected = 'pass' } }
            foreach ($state in 0, 5, 32, 64) { @{ Revision = 20130; State = $state; Expected = 'fail' } }
            foreach ($state in 101, 7, 1, -1, -2) { @{ Revision = 20130; State = $state; Expected = 'unknown' } }
            @{ Revision = 20130; State = 96; Expected = 'pendingReboot' }
            foreach ($state in 112, 96, 101, -1, -2) { @{ Revision = 20129; State = $state; Expected = 'fail' } }
        ) {
            (Get-RollupFinding @{ Package = New-PackageFact ($rollupFix -f $Revision) $State }).State | Should -Be $Expected
        }
        It 'b: takes any architecture, but not another build' {
            (Get-RollupFinding @{ Package = New-PackageFact 'Package_for_RollupFix~31bf3856ad364e35~x86~~9600.20144.1.1' 112 }).State | Should -Be 'pass'
            (Get-RollupFinding @{ Package = New-PackageFact 'Package_for_RollupFix~31bf3856ad364e35~x86~~7601.25740.1.1' 112 }).State | Should -Be 'fail'
            (Get-RollupFinding @{ Package = New-PackageFact 'Package_for_RollupFix~31bf3856ad364e35~x86~~6000.25740.1.1' 112 }).State | Should -Be 'fail'
            (Get-RollupFinding @{ Package = New-PackageFact 'Package_for_RollupFix~31bf3856ad364e35~x86~~9601.25740.1.1' 112 }).State | Should -Be 'unknown'
            (Get-RollupFinding @{ Package = New-PackageFact 'Package_for_DotNetRollup~31bf3856ad364e35~amd64~~9600.25740.1.1' 112 }).State | Should -Be 'fail'
        }
        It 'b: names the first package of those that prove it' {
            $both = @{ Status = 'found'; Value = @((New-Package ($rollupFix -f 20130) 112), (New-Package ($rollupFix -f 20144) 112)) }
            (Get-RollupFinding @{ Package = $both }).Actual | Should -BeLike "*$($rollupFix -f 20130)*"
            (Get-RollupFinding @{ Package = $both }).Actual | Should -Not -BeLike "*$($rollupFix -f 20144)*"
        }
        It 'b: cannot tell when the name of an installed rollup tells no revision' {
            (Get-RollupFinding @{ Package = New-PackageFact 'Package_for_RollupFix~31bf3856ad364e35~amd64~~6.3.1.2' 112 }).State | Should -Be 'unknown'
            (Get-RollupFinding @{ Package = New-PackageFact 'Package_for_RollupFix~31bf3856ad364e35~amd64~~next' 112 }).State | Should -Be 'unknown'
            (Get-RollupFinding @{ Package = New-PackageFact 'Package_for_RollupFix~31bf3856ad364e35~amd64~~next' 64 }).State | Should -Be 'fail'
        }
        It 'c: <Name> with state <State> is <Expected>' -ForEach @(
            @{ Name = 'KB5006729'; State = 112; Expected = 'pass' }
            @{ Name = 'KB5006714'; State = 80; Expected = 'pass' }
            @{ Name = 'KB5007247'; State = 128; Expected = 'pass' }
            @{ Name = 'KB5006729'; State = 96; Expected = 'pendingReboot' }
            @{ Name = 'KB5006729'; State = 64; Expected = 'fail' }
            @{ Name = 'KB5006729'; State = 101; Expected = 'unknown' }
            @{ Name = 'KB50067290'; State = 112; Expected = 'fail' }
            @{ Name = 'KB5006671'; State = 112; Expected = 'fail' }
        ) {
            (Get-RollupFinding @{ Package = New-PackageFact "Package_for_$Name~31bf3856ad364e35~amd64~~6.3.1.2" $State }).State | Should -Be $Expected
        }
        It 'an installed package wins over a pending one, in any order' {
            $packages = @((New-Package ($rollupFix -f 20200) 96), (New-Package ($rollupFix -f 20144) 112))
            (Get-RollupFinding @{ Package = @{ Status = 'found'; Value = $packages } }).State | Should -Be 'pass'
            (Get-RollupFinding @{ Package = @{ Status = 'found'; Value = $packages[1, 0] } }).State | Should -Be 'pass'
        }
        It 'an unreadable package wins over a pending one and over a hot fix' {
            $packages = @((New-Package ($rollupFix -f 20200) 96), (New-Package ($rollupFix -f 20144) -2))
            (Get-RollupFinding @{ Package = @{ Status = 'found'; Value = $packages } }).State | Should -Be 'unknown'
            (Get-RollupFinding @{ Package = $failed; HotFix = 'KB5006714' }).State | Should -Be 'unknown'
        }
        It 'a pending package is not enough when the revision could not be read' {
            (Get-RollupFinding @{ Revision = $failed; Package = New-PackageFact ($rollupFix -f 20144) 96 }).State | Should -Be 'unknown'
            (Get-RollupFinding @{ Revision = $missing; Package = New-PackageFact ($rollupFix -f 20144) 96 }).State | Should -Be 'pendingReboot'
        }
        It 'd: passes by the hot fix <_>' -ForEach @('KB5006714', 'KB5007247', 'KB5006729', 'kb5006729') {
            $finding = Get-RollupFinding @{ HotFix = @{ Status = 'found'; Value = @('KB1', $_, 'KB2') } }
            $finding.State | Should -Be 'pass'
            $finding.MessageKey | Should -Be 'OS_ROLLUP_BY_HOTFIX'
            $finding.Actual | Should -BeExactly "9600.20129, $($_.ToUpperInvariant())"
        }
        It 'd: a hot fix proves even when the revision could not be read' {
            (Get-RollupFinding @{ Revision = $failed; HotFix = 'KB5006714' }).State | Should -Be 'pass'
        }
        It 'd: does not take a part of another number' {
            (Get-RollupFinding @{ HotFix = @{ Status = 'found'; Value = @('KB50067290', 'XKB5006714') } }).State | Should -Be 'fail'
        }
        It 'e: <Role> <Value> is <Expected>' -ForEach @(
            @{ Role = 'BuildLab'; Value = '9600.20130.amd64fre.winblue_ltsb.211001-1700'; Expected = 'unknown' }
            @{ Role = 'BuildLab'; Value = '7601.25740.amd64fre'; Expected = 'fail' }
            @{ Role = 'CodeIntegrity'; Value = '6.3.9600.20130'; Expected = 'unknown' }
            @{ Role = 'CodeIntegrity'; Value = '10.0.19041.20130'; Expected = 'fail' }
            @{ Role = 'CodeIntegrity'; Value = '6.3.9600.20129'; Expected = 'fail' }
            @{ Role = 'BuildLab'; Value = '9600.20129.amd64fre'; Expected = 'fail' }
            @{ Role = 'CodeIntegrity'; Value = 'junk'; Expected = 'fail' }
        ) {
            $finding = Get-RollupFinding @{ $Role = $Value }
            $finding.State | Should -Be $Expected
            if ($Expected -eq 'unknown') {
                $finding.MessageKey | Should -Be 'OS_ROLLUP_LIKELY'
                $finding.Actual | Should -Be "9600.20129, $Value"
            }
        }
        It 'f: a later security-only update alone proves nothing' {
            $package = 'Package_for_KB5007255~31bf3856ad364e35~amd64~~6.3.1.2'
            foreach ($evidence in @{ HotFix = @{ Status = 'found'; Value = @('KB5007255') } }, @{ Package = New-PackageFact $package 112 }) {
                $finding = Get-RollupFinding $evidence
                $finding.State | Should -Be 'unknown'
                $finding.MessageKey | Should -Be 'OS_ROLLUP_LATER_SECURITY_ONLY'
                $finding.Actual | Should -Match 'KB5007255'
            }
        }
        It 'f: a later security-only update that is not installed says nothing' {
            $package = 'Package_for_KB5007255~31bf3856ad364e35~amd64~~6.3.1.2'
            (Get-RollupFinding @{ Package = New-PackageFact $package 96 }).State | Should -Be 'fail'
            (Get-RollupFinding @{ Package = New-PackageFact $package 64 }).State | Should -Be 'fail'
            (Get-RollupFinding @{ Package = New-PackageFact $package -2 }).State | Should -Be 'unknown'
        }
        It 'f: cannot tell when <_> failed' -ForEach @('Revision', 'BuildLab', 'Package', 'HotFix', 'CodeIntegrity') {
            $finding = Get-RollupFinding @{ $_ = $failed }
            $finding.State | Should -Be 'unknown'
            $finding.MessageKey | Should -Be 'OS_ROLLUP_UNREADABLE'
            $finding.Needs.Count | Should -Be 0
        }
        It 'f: an unreadable package names itself, a list that could not be read its place' {
            (Get-RollupFinding @{ Package = New-PackageFact ($rollupFix -f 20144) 101 }).MessageKey | Should -Be 'OS_ROLLUP_UNREADABLE'
            (Get-RollupFinding @{ Package = $failed }).MessageKey | Should -Be 'OS_ROLLUP_UNREADABLE'
        }
        It 'names the package that decided' {
            foreach ($state in 112, 96) {
                (Get-RollupFinding @{ Package = New-PackageFact ($rollupFix -f 20144) $state }).Actual | Should -Be "9600.20129, $($rollupFix -f 20144)"
            }
        }
        It 'asks for the packages first, then for hot fixes and the file together' {
            $finding = Get-OsFinding 9600 $row @{ Build = '9600'; Revision = 1 }
            $finding.State | Should -Be 'unknown'
            $finding.Needs | Should -Be @('id:Package')
            $finding = Get-OsFinding 9600 $row @{ Build = '9600'; Revision = 1; Package = @{ Status = 'found'; Value = @() } }
            $finding.State | Should -Be 'unknown'
            $finding.Needs | Should -Be @('id:HotFix', 'id:CodeIntegrity')
        }
        It 'lists every fact that was read as evidence' {
            $finding = Get-RollupFinding @{ HotFix = $failed }
            @($finding.Evidence | ForEach-Object { $_.source }) | Should -Be @('id:Build', 'id:Revision', 'id:BuildLab', 'id:Package', 'id:HotFix', 'id:CodeIntegrity')
            $finding.Evidence[4].status | Should -Be 'error'
            $finding.Evidence[4].value | Should -Be 'no'
        }
    }
}
