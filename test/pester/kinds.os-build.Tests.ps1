# Test-OsBuild alone: facts in, finding out. Nothing is read from this machine.

BeforeDiscovery {
    # Build, first revision with the update, one KB of it: Microsoft's list, see the pack's sources.
    $revisionRows = @(
        @{ Build = 10240; Minimum = 19086 }
        @{ Build = 14393; Minimum = 4704 }
        @{ Build = 17763; Minimum = 2210 }
        @{ Build = 18363; Minimum = 1830 }
        @{ Build = 19041; Minimum = 1266 }
        @{ Build = 20348; Minimum = 261 }
    )
}

BeforeAll {
    Set-StrictMode -Version 2.0
    foreach ($area in 'evaluate', 'kinds/os-build') {
        Get-ChildItem (Join-Path $PSScriptRoot "../../templates/functions/$area") -Filter *.ps1 | ForEach-Object { . $_.FullName }
    }
    $roles = @('Build', 'Revision', 'InstallationType', 'EditionID', 'BuildLab', 'Package', 'HotFix', 'CodeIntegrity')
    $rollupFix = 'Package_for_RollupFix~31bf3856ad364e35~amd64~~9600.{0}.1.5'

    function New-OsRule {
        param($Row)

        @{
            Id = 'TEST-OS'
            Kind = 'os-build'
            Severity = 'required'
            Reads = @(foreach ($role in $roles) { @{ Role = $role; Id = "id:$role"; Slow = $false } })
            Parameters = @{ NativeFrom = 22000; Builds = @($Row) }
        }
    }

    # Values by role; a hashtable with Status stands for itself, an absent role was not read.
    function Get-OsFinding {
        param($Row, $Values)

        $facts = @{}
        foreach ($role in $Values.Keys) {
            $value = $Values[$role]
            $fact = @{ Id = "id:$role"; Status = 'found'; Value = $value; Error = '' }
            if ($value -is [hashtable]) {
                $fact.Status = $value.Status
                $fact.Value = $value['Value']
                if ($value.Status -eq 'error') { $fact.Error = 'no' }
            }
            $facts["id:$role"] = $fact
        }
        Test-OsBuild -Rule (New-OsRule -Row $Row) -Facts $facts
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
        Context 'build <Build>' -ForEach $revisionRows {
            BeforeAll {
                $row = @{ Build = $Build; Support = 'revision'; MinRevision = $Minimum; Kb = 'KB1'; KbDate = '2021-10-12' }
            }
            It 'passes at the minimum' {
                (Get-OsFinding $row @{ Build = "$Build"; Revision = $Minimum }).State | Should -Be 'pass'
            }
            It 'passes one above' {
                (Get-OsFinding $row @{ Build = "$Build"; Revision = $Minimum + 1 }).State | Should -Be 'pass'
            }
            It 'fails one below' {
                (Get-OsFinding $row @{ Build = "$Build"; Revision = $Minimum - 1 }).State | Should -Be 'fail'
            }
            It 'takes revision 0 as a number' {
                $finding = Get-OsFinding $row @{ Build = "$Build"; Revision = 0 }
                $finding.State | Should -Be 'fail'
                $finding.Actual | Should -Be "$Build.0"
                $finding.Expected | Should -Be "$Build.$Minimum"
            }
            It 'compares numbers, not texts' {
                (Get-OsFinding $row @{ Build = "$Build"; Revision = '100000' }).State | Should -Be 'pass'
                (Get-OsFinding $row @{ Build = "$Build"; Revision = '99' }).State | Should -Be 'fail'
            }
        }
        It 'cannot tell when the revision is <_>' -ForEach @(4294967295, -1, 'junk', '', '12.5', '0x10', 99999999) {
            $row = @{ Build = 19041; Support = 'revision'; MinRevision = 1266; Kb = 'KB1'; KbDate = '2021-10-12' }
            $finding = Get-OsFinding $row @{ Build = '19041'; Revision = $_ }
            $finding.State | Should -Be 'unknown'
            $finding.MessageKey | Should -Be 'OS_REVISION_UNREADABLE'
        }
        It 'cannot tell when the revision is missing or could not be read' {
            $row = @{ Build = 19041; Support = 'revision'; MinRevision = 1266; Kb = 'KB1'; KbDate = '2021-10-12' }
            (Get-OsFinding $row @{ Build = '19041'; Revision = $missing }).State | Should -Be 'unknown'
            (Get-OsFinding $row @{ Build = '19041'; Revision = $failed }).State | Should -Be 'unknown'
        }
    }

    Describe 'the advice below the minimum' {
        BeforeAll {
            $row = @{
                Build = 17763; Support = 'revision'; MinRevision = 2210; Kb = 'KB5005625'; KbDate = '2021-09-21'
                Client = @{ Name = 'Client'; Ends = @{ 'home-pro' = '2020-11-10'; 'enterprise-education' = '2021-05-11'; 'ltsc' = '2029-01-09' } }
                Server = @{ Name = 'Server'; Ends = @{ 'server' = '2029-01-09'; 'server-annual' = '2020-11-10' } }
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
            $finding = Get-OsFinding $row @{ Build = '17763'; Revision = 1; EditionID = $Edition; InstallationType = $Type }
            $finding.State | Should -Be 'fail'
            $finding.MessageKey | Should -Be $Key
        }
        It 'names both ways when the edition could not be read' {
            (Get-OsFinding $row @{ Build = '17763'; Revision = 1; EditionID = $failed; InstallationType = $failed }).MessageKey | Should -Be 'OS_REVISION_BELOW_EDITION_UNKNOWN'
        }
        It 'goes by the edition when only the installation type is not known' {
            (Get-OsFinding $row @{ Build = '17763'; Revision = 1; EditionID = 'ServerDatacenter'; InstallationType = $failed }).MessageKey | Should -Be 'OS_REVISION_BELOW'
            (Get-OsFinding $row @{ Build = '17763'; Revision = 1; EditionID = 'Professional'; InstallationType = $failed }).MessageKey | Should -Be 'OS_REVISION_BELOW_UPGRADE'
        }
        It 'an update of the last day of service still helps' {
            $old = @{ Build = 1; Support = 'revision'; MinRevision = 2; Kb = 'KB1'; KbDate = '2020-01-14'; Client = @{ Name = 'Client'; Ends = @{ 'home-pro' = '2020-01-14' } } }
            (Get-OsFinding $old @{ Build = '1'; Revision = 1; EditionID = 'Core'; InstallationType = 'Client' }).MessageKey | Should -Be 'OS_REVISION_BELOW'
            $old.KbDate = '2020-01-15'
            (Get-OsFinding $old @{ Build = '1'; Revision = 1; EditionID = 'Core'; InstallationType = 'Client' }).MessageKey | Should -Be 'OS_REVISION_BELOW_UPGRADE'
        }
        It 'names client and server when the kind is not known' {
            (Get-OsFinding $row @{ Build = '17763'; Revision = 1 }).Arguments[0] | Should -Be 'Client / Server'
        }
        It 'says the last day of the edition as a plain fact' {
            $finding = Get-OsFinding $row @{ Build = '17763'; Revision = 9999; EditionID = 'ServerStandard'; InstallationType = 'Server' }
            $finding.Notes[0].Key | Should -Be 'OS_NOTE_END_OF_SUPPORT'
            $finding.Notes[0].Arguments | Should -Be @('Server', '2029-01-09')
        }
    }

    Describe 'other builds' {
        It 'passes a native build whatever its revision is' {
            foreach ($revision in 1, 'junk', $missing, $failed) {
                (Get-OsFinding @{ Build = 19044; Support = 'native' } @{ Build = '19044'; Revision = $revision }).State | Should -Be 'pass'
            }
        }
        It 'adds the advice of the pack only below its revision' {
            $row = @{ Build = 19044; Support = 'native'; VendorListed = $false; Advisory = @{ BelowRevision = 1586; Text = @{ en = 'Update'; ja = 'Update' } } }
            @((Get-OsFinding $row @{ Build = '19044'; Revision = 1585 }).Notes | ForEach-Object { $_.Key }) | Should -Be @('OS_NOTE_VENDOR_UNLISTED', 'OS_NOTE_ADVISORY')
            @((Get-OsFinding $row @{ Build = '19044'; Revision = 1586 }).Notes | ForEach-Object { $_.Key }) | Should -Be @('OS_NOTE_VENDOR_UNLISTED')
            @((Get-OsFinding $row @{ Build = '19044'; Revision = $failed }).Notes | ForEach-Object { $_.Key }) | Should -Be @('OS_NOTE_VENDOR_UNLISTED')
        }
        It 'fails a build that never got the update' {
            $finding = Get-OsFinding @{ Build = 17134; Support = 'never' } @{ Build = '17134'; Revision = 99999 }
            $finding.State | Should -Be 'fail'
            $finding.MessageKey | Should -Be 'OS_NEVER'
            $finding.Actual | Should -Be '17134.99999'
        }
        It 'takes an unlisted build as native only from the native build on' {
            $row = @{ Build = 19044; Support = 'native' }
            (Get-OsFinding $row @{ Build = '22000' }).State | Should -Be 'pass'
            $finding = Get-OsFinding $row @{ Build = '21999' }
            $finding.State | Should -Be 'unknown'
            $finding.MessageKey | Should -Be 'OS_BUILD_UNKNOWN'
        }
        It 'cannot tell without a build' {
            foreach ($build in $missing, $failed, '', 'junk', '-1') {
                $finding = Get-OsFinding @{ Build = 19044; Support = 'native' } @{ Build = $build }
                $finding.State | Should -Be 'unknown'
                $finding.MessageKey | Should -Be 'OS_BUILD_UNREADABLE'
            }
            (Get-OsFinding @{ Build = 19044; Support = 'native' } @{}).MessageKey | Should -Be 'OS_BUILD_UNREADABLE'
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
            $row = @{ Build = 9200; Support = 'native'; AppliesTo = 'server' }
            $finding = Get-OsFinding $row @{ Build = '9200'; InstallationType = $Type; EditionID = $Edition }
            ($finding.MessageKey -ne 'OS_NOT_JUDGED') | Should -Be $Judged
            $finding.State | Should -Be $(if ($Judged) { 'pass' } else { 'unknown' })
        }
    }

    Describe 'the evidence for Windows 6.x' {
        BeforeAll {
            $row = @{
                Build = 9600; Support = 'rollup'; MinRevision = 20130; Kb = 'KB5006714'; KbDate = '2021-10-12'; SecurityOnly = 'KB5006729'
                Rollups = @('KB5006714', 'KB5007247'); LaterSecurityOnly = @('KB5007255')
            }

            # A machine on which everything can be read and nothing speaks for the update, changed by $Values.
            function Get-RollupFinding {
                param($Values)

                $all = @{ Build = '9600'; Revision = 20129; BuildLab = '9600.20129.amd64fre'; Package = @{ Status = 'found'; Value = @() }; HotFix = @{ Status = 'found'; Value = @('KB1') }; CodeIntegrity = '6.3.9600.20129' }
                foreach ($role in $Values.Keys) { $all[$role] = $Values[$role] }
                Get-OsFinding $row $all
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
            $finding.Arguments | Should -Be @('Windows (build 9600)', 'KB5006714', 'KB5006729', '2021-10-12')
        }
        It 'fails when the sources that old machines lack are missing' {
            (Get-RollupFinding @{ Revision = $missing; BuildLab = $missing; CodeIntegrity = $missing; Package = $missing }).State | Should -Be 'fail'
        }
        It 'a: passes by the revision, and needs nothing else then' {
            $finding = Get-OsFinding $row @{ Build = '9600'; Revision = '20130' }
            $finding.State | Should -Be 'pass'
            $finding.MessageKey | Should -Be 'OS_ROLLUP_BY_REVISION'
            $finding.Needs.Count | Should -Be 0
        }
        It 'b: a rollup package at revision <Revision> with state <State> is <Expected>' -ForEach @(
            foreach ($state in 112, 80, 128) { @{ Revision = 20130; State = $state; Expected = 'pass' } }
            foreach ($state in 0, 5, 32, 64) { @{ Revision = 20130; State = $state; Expected = 'fail' } }
            foreach ($state in 101, 7, 1, $null) { @{ Revision = 20130; State = $state; Expected = 'unknown' } }
            @{ Revision = 20130; State = 96; Expected = 'pendingReboot' }
            foreach ($state in 112, 96, 101, $null) { @{ Revision = 20129; State = $state; Expected = 'fail' } }
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
            $packages = @((New-Package ($rollupFix -f 20200) 96), (New-Package ($rollupFix -f 20144) $null))
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
            @{ Role = 'CodeIntegrity'; Value = 'junk'; Expected = 'fail' }
        ) {
            $finding = Get-RollupFinding @{ $Role = $Value }
            $finding.State | Should -Be $Expected
            if ($Expected -eq 'unknown') { $finding.MessageKey | Should -Be 'OS_ROLLUP_LIKELY' }
        }
        It 'f: a later security-only update alone proves nothing' {
            $package = 'Package_for_KB5007255~31bf3856ad364e35~amd64~~6.3.1.2'
            foreach ($evidence in @{ HotFix = @{ Status = 'found'; Value = @('KB5007255') } }, @{ Package = New-PackageFact $package 112 }) {
                $finding = Get-RollupFinding $evidence
                $finding.State | Should -Be 'unknown'
                $finding.MessageKey | Should -Be 'OS_ROLLUP_LATER_SECURITY_ONLY'
            }
        }
        It 'f: a later security-only update that is not installed says nothing' {
            $package = 'Package_for_KB5007255~31bf3856ad364e35~amd64~~6.3.1.2'
            (Get-RollupFinding @{ Package = New-PackageFact $package 96 }).State | Should -Be 'fail'
            (Get-RollupFinding @{ Package = New-PackageFact $package 64 }).State | Should -Be 'fail'
            (Get-RollupFinding @{ Package = New-PackageFact $package $null }).State | Should -Be 'unknown'
        }
        It 'f: cannot tell when <_> failed' -ForEach @('Revision', 'BuildLab', 'Package', 'HotFix', 'CodeIntegrity') {
            $finding = Get-RollupFinding @{ $_ = $failed }
            $finding.State | Should -Be 'unknown'
            $finding.MessageKey | Should -Be 'OS_ROLLUP_UNREADABLE'
            $finding.Needs.Count | Should -Be 0
        }
        It 'asks for the packages first, then for hot fixes and the file together' {
            $finding = Get-OsFinding $row @{ Build = '9600'; Revision = 1 }
            $finding.State | Should -Be 'unknown'
            $finding.Needs | Should -Be @('id:Package')
            $finding = Get-OsFinding $row @{ Build = '9600'; Revision = 1; Package = @{ Status = 'found'; Value = @() } }
            $finding.State | Should -Be 'unknown'
            $finding.Needs | Should -Be @('id:HotFix', 'id:CodeIntegrity')
        }
        It 'lists every fact that was read as evidence' {
            $finding = Get-RollupFinding @{ HotFix = $failed }
            @($finding.Evidence | ForEach-Object { $_.Source }) | Should -Be @('id:Build', 'id:Revision', 'id:BuildLab', 'id:Package', 'id:HotFix', 'id:CodeIntegrity')
            $finding.Evidence[4].Status | Should -Be 'error'
            $finding.Evidence[4].Value | Should -Be 'no'
        }
    }
}
