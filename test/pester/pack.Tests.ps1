# The rules of the real pack on simulated machine functions: every row of its table of builds at its threshold, one below
# and one above; Windows 6.x with every rung of the ladder alone; every state of every rule.

BeforeDiscovery {
    . (Join-Path $PSScriptRoot 'support.ps1')
    $table = Get-BuildTable
    $rowsOf = { param($support) foreach ($row in @($table.builds | Where-Object { $_.support -eq $support })) { @{ Build = $row.build; Row = $row } } }
    $revisionRows = @(& $rowsOf 'revision')
    $rollupRows = @(& $rowsOf 'rollup')
    $nativeRows = @(& $rowsOf 'native')
    $neverRows = @(& $rowsOf 'never')
    # Every build beside one of the table that is not in the table itself.
    $neighbours = @($table.builds | ForEach-Object { $_.build - 1; $_.build + 1 } | Where-Object { @($table.builds.build) -notcontains $_ } | Sort-Object -Unique |
            ForEach-Object { @{ Build = $_; State = $(if ($_ -ge $table.nativeFrom) { 'pass' } else { 'unknown' }) } })
}

BeforeAll {
    Set-StrictMode -Version 2.0
    . (Join-Path $PSScriptRoot 'support.ps1')
    foreach ($file in Get-FunctionFile 'functions/collect', 'functions/evaluate', 'functions/kinds/certificate', 'functions/kinds/os-build', 'functions/kinds/product-version', 'simulated') { . $file.FullName }
    $pack = Get-Pack
    $table = Get-BuildTable
    $allRules = Get-PackRule
    $thumbprint = $pack.certificates[0].sha1
    $versionKey = 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion'
    $packageKey = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing\Packages'
    $agentKey = 'HKLM:\SOFTWARE\{0}TrendMicro\PC-cillinNTCorp\CurrentVersion'
    $codeIntegrity = '%SystemRoot%\System32\ci.dll'

    # As the generated scripts have it, for the rules that are asked for.
    function Get-Finding {
        param($Rules, $Facts)

        if ($Rules['VBBSS-OS']) { Test-OsBuild -Rule $Rules['VBBSS-OS'] -Facts $Facts }
        if ($Rules['VBBSS-ROOT']) { Test-CertificateStore -Rule $Rules['VBBSS-ROOT'] -Facts $Facts }
        if ($Rules['VBBSS-AGENT']) { Test-ProductVersion -Rule $Rules['VBBSS-AGENT'] -Facts $Facts }
    }

    # Registry: values by key. Certificates: thumbprint by store. Files: version by path.
    function Set-Machine {
        param($Registry = @{}, $Certificates = @{}, $HotFixes = @(), $Files = @{}, $Deny = @(), [int]$WindowsBits = 64)

        $global:SimulatedMachine = New-SimulatedMachine -Description @{
            services = @(); tools = @(); freeSpace = $null; firmware = @(); eventLog = @()
            registry = @(foreach ($key in $Registry.Keys) { @{ key = $key; values = @(foreach ($name in $Registry[$key].Keys) { @{ name = $name; value = $Registry[$key][$name] } }) } })
            certificates = @(foreach ($store in $Certificates.Keys) { @{ store = $store; thumbprint = $Certificates[$store] } })
            hotFixes = $HotFixes; files = @(foreach ($path in $Files.Keys) { @{ path = $path; version = $Files[$path] } }); deny = $Deny; faults = @()
            host = @{ powershell = '5.1'; bits = $WindowsBits; windowsBits = $WindowsBits; elevated = $true; culture = 'en-US' }
        }
    }

    function Invoke-Rule {
        param([string[]]$Id)

        $rules = @{}
        foreach ($name in $Id) { $rules[$name] = $allRules[$name] }
        Invoke-Assessment -Rules $rules
    }

    # A Windows with nothing but its version; Values replace or add values of the version key, $null takes one away.
    function Get-WindowsFinding {
        param([int]$Build, $Revision, $Values = @{}, $Packages = @{}, $HotFixes = @(), $Files = @{}, $Deny = @())

        $version = @{ CurrentBuildNumber = "$Build" }
        if ($null -ne $Revision) { $version.UBR = $Revision }
        foreach ($name in $Values.Keys) { $version[$name] = $Values[$name] }
        $registry = @{ $versionKey = $version; $packageKey = @{} }
        foreach ($name in $Packages.Keys) { $registry["$packageKey\$name"] = @{ CurrentState = $Packages[$name] } }
        Set-Machine -Registry $registry -HotFixes $HotFixes -Files $Files -Deny $Deny
        (Invoke-Rule 'VBBSS-OS')
    }

    # One edition of each class that the table has.
    $editions = @{
        'home-pro' = 'Professional'; 'enterprise-education' = 'Enterprise'; 'ltsc' = 'EnterpriseS'; 'iot-ltsc' = 'IoTEnterpriseS'
        'server' = 'ServerStandard'; 'server-annual' = 'ServerDatacenterACor'
    }

    function Get-Kind {
        param($Row)

        if ($Row.PSObject.Properties['client']) { 'Client' }
        if ($Row.PSObject.Properties['server']) { 'Server' }
    }
}

AfterAll {
    Remove-Variable -Name SimulatedMachine -Scope Global -ErrorAction SilentlyContinue
}

Describe 'the table of builds' {
    It 'has rows of every sort, and the check script has every row' {
        $builds = @($table.builds)
        foreach ($support in 'revision', 'rollup', 'native', 'never') { @($builds | Where-Object { $_.support -eq $support }).Count | Should -BeGreaterThan 2 -Because $support }
        @($allRules['VBBSS-OS'].Parameters.Builds.Keys | Sort-Object) | Should -Be @($builds | ForEach-Object { "$($_.build)" } | Sort-Object)
    }
    # Microsoft's list, see the pack's sources: a slip in the pack must not go unseen.
    It 'build <Build> has the update from revision <Minimum> on' -ForEach @(
        @{ Build = 10240; Minimum = 19086 }
        @{ Build = 14393; Minimum = 4704 }
        @{ Build = 17763; Minimum = 2210 }
        @{ Build = 18363; Minimum = 1830 }
        @{ Build = 19041; Minimum = 1266 }
        @{ Build = 20348; Minimum = 261 }
        @{ Build = 9600; Minimum = 20130 }
    ) {
        @($table.builds | Where-Object { $_.build -eq $Build })[0].minRevision | Should -Be $Minimum
    }
}

Describe 'VBBSS-OS, build <Build>, which a revision decides' -ForEach $revisionRows {
    BeforeAll {
        $minimum = $Row.minRevision
    }
    It 'passes at the minimum and one above, as number and as text' {
        foreach ($revision in $minimum, ($minimum + 1), "$minimum", "$($minimum + 1)", 9999999) {
            $finding = Get-WindowsFinding $Build $revision
            $finding.State | Should -Be 'pass' -Because $revision
            $finding.MessageKey | Should -Be 'OS_REVISION_REACHED'
            $finding.Expected | Should -Be "$Build.$minimum"
        }
    }
    It 'fails one below, and with any lower revision' {
        foreach ($revision in ($minimum - 1), "$($minimum - 1)", 99, '9', 0) {
            $finding = Get-WindowsFinding $Build $revision
            $finding.State | Should -Be 'fail' -Because $revision
            $finding.MessageKey | Should -Match '^OS_REVISION_BELOW'
            $finding.Actual | Should -Match "\b$Build\.$revision$"
        }
    }
    It 'cannot tell without a revision, with one that is none, and when it could not be read' {
        foreach ($revision in $null, 'junk', '', -1, 4294967295) {
            $finding = Get-WindowsFinding $Build $revision
            $finding.State | Should -Be 'unknown' -Because "$revision"
            $finding.MessageKey | Should -Be 'OS_REVISION_UNREADABLE'
        }
        (Get-WindowsFinding $Build ($minimum + 1) -Deny "registry:$versionKey\UBR").State | Should -Be 'unknown'
        (Get-WindowsFinding $Build ($minimum + 1) -Deny "registry:$versionKey").MessageKey | Should -Be 'OS_BUILD_UNREADABLE'
    }
    It 'tells an edition whose support had ended when the update came to upgrade, and no other' {
        foreach ($type in Get-Kind $Row) {
            foreach ($end in $Row.$type.endOfSupport) {
                $values = @{ InstallationType = $type; EditionID = $editions[$end.editions] }
                $expected = if ($end.date -lt $Row.update.date) { 'OS_REVISION_BELOW_UPGRADE' } else { 'OS_REVISION_BELOW' }
                (Get-WindowsFinding $Build ($minimum - 1) $values).MessageKey | Should -Be $expected -Because $end.editions
                (Get-WindowsFinding $Build $minimum $values).State | Should -Be 'pass' -Because $end.editions
            }
        }
    }
    It 'reads nothing slow' {
        $finding = Get-WindowsFinding $Build ($minimum - 1)
        @($finding.Evidence | Where-Object { $_.source -match 'HotFix|ci\.dll|Packages' }).Count | Should -Be 0
    }
}

Describe 'VBBSS-OS, build <Build>, which has it natively' -ForEach $nativeRows {
    It 'passes whatever the revision is' {
        foreach ($revision in 0, 1, 99999, 'junk', $null) {
            $finding = Get-WindowsFinding $Build $revision
            $finding.State | Should -Be 'pass' -Because "$revision"
            $finding.MessageKey | Should -Be 'OS_NATIVE'
        }
        (Get-WindowsFinding $Build 1 -Deny "registry:$versionKey\UBR").State | Should -Be 'pass'
    }
    It 'says the advice of the pack below its revision only' {
        $check = $pack.rules[0].check
        $advisory = $check.advisories | Where-Object { $_.build -eq $Build }
        $others = @(if ($check.unlisted -contains $Build) { 'OS_NOTE_VENDOR_UNLISTED' })
        $below = if ($advisory) { $advisory.belowRevision } else { 1586 }
        $text = @(if ($advisory) { ConvertTo-ScriptText $advisory.text.en $advisory.text.ja })
        foreach ($revision in 0, ($below - 1)) { @((Get-WindowsFinding $Build $revision).Notes) | Should -BeExactly @($others + $text) }
        foreach ($revision in $below, ($below + 1), 'junk', $null) { @((Get-WindowsFinding $Build $revision).Notes) | Should -BeExactly $others }
    }
}

Describe 'VBBSS-OS, build <Build>, which never got it' -ForEach $neverRows {
    It 'fails whatever the revision is' {
        foreach ($revision in 0, 1, 99999, 'junk', $null) {
            $finding = Get-WindowsFinding $Build $revision
            $finding.State | Should -Be 'fail' -Because "$revision"
            $finding.MessageKey | Should -Be 'OS_NEVER'
        }
    }
}

Describe 'VBBSS-OS, a build that is not in the table' {
    It '<Build> is <State>' -ForEach $neighbours {
        (Get-WindowsFinding $Build 99999).State | Should -Be $State
    }
    It 'is native from the native build of the pack on' {
        $from = $table.nativeFrom
        (Get-WindowsFinding ($from - 1) 1).State | Should -Be 'unknown'
        (Get-WindowsFinding $from 1).State | Should -Be 'pass'
        (Get-WindowsFinding ($from + 1) 1).State | Should -Be 'pass'
        (Get-WindowsFinding 99999 1).State | Should -Be 'pass'
    }
    It 'is unreadable when it is missing, no number, or denied' {
        foreach ($build in $null, '', 'junk', '-1') {
            Set-Machine -Registry @{ $versionKey = @{ CurrentBuildNumber = $build; UBR = 1 } }
            (Invoke-Rule 'VBBSS-OS').State | Should -Be 'unknown' -Because "$build"
        }
        Set-Machine
        (Invoke-Rule 'VBBSS-OS').MessageKey | Should -Be 'OS_BUILD_UNREADABLE'
        (Get-WindowsFinding 22000 1 -Deny "registry:$versionKey\CurrentBuildNumber").MessageKey | Should -Be 'OS_BUILD_UNREADABLE'
    }
}

Describe 'VBBSS-OS, build <Build>, which an update decides' -ForEach $rollupRows {
    BeforeAll {
        $minimum = $Row.minRevision
        $proof = @(@($Row.update.kb, $Row.securityOnly) + $Row.rollups | Sort-Object -Unique)
        $later = @($Row.laterSecurityOnly)
        # A list is compared as a whole, and driven at its ends.
        $ends = { param($list) @($list | Select-Object -First 1) + @($list | Select-Object -Last 1) | Select-Object -Unique }
        # Numbers that are no proof here: beside one that is, or a proof of another row.
        $others = @(foreach ($other in @($table.builds | Where-Object { $_.support -eq 'rollup' -and $_.build -ne $Build })) { $other.update.kb; $other.securityOnly })
        $noProof = @(@(($Row.update.kb - 1), ($Row.update.kb + 1), ($Row.securityOnly - 1), ($Row.securityOnly + 1)) + $others | Where-Object { $proof -notcontains $_ -and $later -notcontains $_ })
        $isServer = [bool]$Row.PSObject.Properties['appliesTo']

        # One rung at a time: everything else can be read and says nothing.
        function Get-RungFinding {
            param($Revision = $null, $Values = @{}, $Packages = @{}, $HotFixes = @(), $Files = @{}, $Deny = @())

            $all = @{ InstallationType = 'Server'; EditionID = 'ServerStandard' }
            foreach ($name in $Values.Keys) { $all[$name] = $Values[$name] }
            Get-WindowsFinding $Build $Revision $all $Packages $HotFixes $Files $Deny
        }
        function Get-RollupFix { param($Revision) "Package_for_RollupFix~31bf3856ad364e35~amd64~~$Build.$Revision.1.5" }
        function Get-KbPackage { param($Number) "Package_for_KB$Number~31bf3856ad364e35~amd64~~6.3.1.2" }
    }
    It 'fails when nothing speaks for it, and names what is needed' {
        $finding = Get-RungFinding
        $finding.State | Should -Be 'fail'
        $finding.MessageKey | Should -Be 'OS_ROLLUP_MISSING'
        $finding.Expected | Should -Be "KB$($Row.update.kb) / KB$($Row.securityOnly)"
    }
    It 'a, the revision: passes at the minimum and one above, fails one below' {
        foreach ($revision in $minimum, ($minimum + 1), "$minimum") {
            $finding = Get-RungFinding -Revision $revision
            $finding.State | Should -Be 'pass' -Because $revision
            $finding.MessageKey | Should -Be 'OS_ROLLUP_BY_REVISION'
            @($finding.Evidence | Where-Object { $_.source -match 'HotFix|ci\.dll|Packages' }).Count | Should -Be 0
        }
        foreach ($revision in ($minimum - 1), 0) { (Get-RungFinding -Revision $revision).State | Should -Be 'fail' -Because $revision }
    }
    It 'a, the revision: one that is none or could not be read is unknown, a missing one nothing' {
        foreach ($revision in 'junk', -1) { (Get-RungFinding -Revision $revision).State | Should -Be 'unknown' -Because $revision }
        (Get-RungFinding -Revision $minimum -Deny "registry:$versionKey\UBR").MessageKey | Should -Be 'OS_ROLLUP_UNREADABLE'
        (Get-RungFinding -Revision $null).State | Should -Be 'fail'
    }
    It 'b, the rollup package: decides at the minimum and one above, and is nothing one below' {
        foreach ($revision in $minimum, ($minimum + 1)) {
            foreach ($state in 112, 80, 128) {
                $finding = Get-RungFinding -Packages @{ (Get-RollupFix $revision) = $state }
                $finding.State | Should -Be 'pass' -Because "$revision $state"
                $finding.MessageKey | Should -Be 'OS_ROLLUP_BY_PACKAGE'
            }
            $finding = Get-RungFinding -Packages @{ (Get-RollupFix $revision) = 96 }
            $finding.State | Should -Be 'pendingReboot'
            $finding.MessageKey | Should -Be 'OS_ROLLUP_PENDING'
            foreach ($state in 0, 5, 32, 64) { (Get-RungFinding -Packages @{ (Get-RollupFix $revision) = $state }).State | Should -Be 'fail' -Because "$revision $state" }
            foreach ($state in 7, 101, 'junk') { (Get-RungFinding -Packages @{ (Get-RollupFix $revision) = $state }).State | Should -Be 'unknown' -Because "$revision $state" }
            (Get-RungFinding -Packages @{ (Get-RollupFix $revision) = 112 } -Deny "registry:$packageKey\$(Get-RollupFix $revision)").State | Should -Be 'unknown'
        }
        foreach ($state in 112, 96, 7, 'junk') { (Get-RungFinding -Packages @{ (Get-RollupFix ($minimum - 1)) = $state }).State | Should -Be 'fail' -Because "one below, $state" }
    }
    It 'the script has exactly the numbers of the pack' {
        $lists = $allRules['VBBSS-OS'].Parameters.Builds["$Build"]
        $prefix = $allRules['VBBSS-OS'].Parameters.KbPrefix
        @($lists.Proof | ForEach-Object { "$prefix$_" } | Sort-Object) | Should -Be @($proof | ForEach-Object { "KB$_" } | Sort-Object)
        @($lists.LaterSecurityOnly | ForEach-Object { "$prefix$_" } | Sort-Object) | Should -Be @($later | ForEach-Object { "KB$_" } | Sort-Object)
        @($proof | Where-Object { $later -contains $_ }).Count | Should -Be 0
    }
    It 'c, the packages: every monthly rollup and the security-only update of the month prove' {
        foreach ($number in @(& $ends $Row.rollups) + $Row.securityOnly) {
            $finding = Get-RungFinding -Packages @{ (Get-KbPackage $number) = 112 }
            $finding.State | Should -Be 'pass' -Because $number
            $finding.MessageKey | Should -Be 'OS_ROLLUP_BY_PACKAGE'
        }
        foreach ($number in $Row.update.kb, $Row.securityOnly) {
            (Get-RungFinding -Packages @{ (Get-KbPackage $number) = 96 }).State | Should -Be 'pendingReboot' -Because $number
            (Get-RungFinding -Packages @{ (Get-KbPackage $number) = 64 }).State | Should -Be 'fail' -Because $number
            (Get-RungFinding -Packages @{ (Get-KbPackage $number) = 7 }).State | Should -Be 'unknown' -Because $number
        }
        foreach ($number in $noProof + "$($Row.securityOnly)0") { (Get-RungFinding -Packages @{ (Get-KbPackage $number) = 112 }).State | Should -Be 'fail' -Because $number }
    }
    It 'd, the hot fixes: every monthly rollup and the security-only update of the month prove' {
        foreach ($number in $proof) {
            $finding = Get-RungFinding -HotFixes 'KB1', "KB$number"
            $finding.State | Should -Be 'pass' -Because $number
            $finding.MessageKey | Should -Be 'OS_ROLLUP_BY_HOTFIX'
        }
        foreach ($number in $noProof + "$($Row.securityOnly)0") { (Get-RungFinding -HotFixes "KB$number").State | Should -Be 'fail' -Because $number }
    }
    It 'e, kernel build and file version: suggest at the minimum and one above, and are nothing one below' {
        foreach ($revision in $minimum, ($minimum + 1)) {
            foreach ($finding in (Get-RungFinding -Values @{ BuildLabEx = "$Build.$revision.amd64fre.x.1" }), (Get-RungFinding -Files @{ $codeIntegrity = "6.3.$Build.$revision" })) {
                $finding.State | Should -Be 'unknown' -Because $revision
                $finding.MessageKey | Should -Be 'OS_ROLLUP_LIKELY'
            }
        }
        (Get-RungFinding -Values @{ BuildLabEx = "$Build.$($minimum - 1).amd64fre.x.1" }).State | Should -Be 'fail'
        (Get-RungFinding -Files @{ $codeIntegrity = "6.3.$Build.$($minimum - 1)" }).State | Should -Be 'fail'
        (Get-RungFinding -Values @{ BuildLabEx = "$($Build + 1).$minimum.amd64fre.x.1" }).State | Should -Be 'fail'
        (Get-RungFinding -Files @{ $codeIntegrity = "6.3.$($Build + 1).$minimum" }).State | Should -Be 'fail'
    }
    It 'f: a later security-only update proves nothing, as hot fix or as package' {
        foreach ($number in & $ends $later) {
            foreach ($finding in (Get-RungFinding -HotFixes "KB$number"), (Get-RungFinding -Packages @{ (Get-KbPackage $number) = 112 })) {
                $finding.State | Should -Be 'unknown' -Because $number
                $finding.MessageKey | Should -Be 'OS_ROLLUP_LATER_SECURITY_ONLY'
            }
            (Get-RungFinding -Packages @{ (Get-KbPackage $number) = 96 }).State | Should -Be 'fail' -Because $number
        }
    }
    It 'cannot tell when <_> could not be read and nothing else proves it' -ForEach @('UBR', 'BuildLabEx', 'packages', 'hotFixes', 'file') {
        $what = $_
        $denied = switch ($what) {
            'packages' { "registry:$packageKey" }
            'hotFixes' { 'hotFixes' }
            'file' { "file:$codeIntegrity" }
            default { "registry:$versionKey\$what" }
        }
        $finding = Get-RungFinding -Deny $denied
        $finding.State | Should -Be 'unknown'
        $finding.MessageKey | Should -Be 'OS_ROLLUP_UNREADABLE'
        (Get-RungFinding -Revision $minimum -Deny $denied).State | Should -Be $(if ($what -eq 'UBR') { 'unknown' } else { 'pass' })
    }
    It 'a client is judged by the same rungs, or not at all where the row is one for servers' {
        $values = @{ InstallationType = 'Client'; EditionID = 'Professional' }
        (Get-RungFinding -Values $values -Revision $minimum).State | Should -Be $(if ($isServer) { 'unknown' } else { 'pass' })
        (Get-RungFinding -Values $values -HotFixes "KB$($Row.securityOnly)").State | Should -Be $(if ($isServer) { 'unknown' } else { 'pass' })
        (Get-RungFinding -Values $values).MessageKey | Should -Be $(if ($isServer) { 'OS_NOT_JUDGED' } else { 'OS_ROLLUP_MISSING' })
        (Get-RungFinding -Deny "registry:$versionKey\InstallationType" -Revision $minimum).State | Should -Be $(if ($isServer) { 'unknown' } else { 'pass' })
    }
}

Describe 'VBBSS-ROOT' {
    It 'passes with the certificate in <_>' -ForEach @('Root', 'AuthRoot') {
        Set-Machine -Certificates @{ $_ = $thumbprint }
        (Invoke-Rule 'VBBSS-ROOT').State | Should -Be 'pass'
    }
    It 'passes with the certificate in the physical store <_>' -ForEach @('Microsoft\SystemCertificates', 'Policies\Microsoft\SystemCertificates', 'Microsoft\EnterpriseCertificates') {
        Set-Machine -Registry @{ "HKLM:\SOFTWARE\$_\Root\Certificates\$thumbprint" = @{} }
        $finding = (Invoke-Rule 'VBBSS-ROOT')
        $finding.State | Should -Be 'pass'
        $finding.MessageKey | Should -Be 'CERT_PRESENT'
    }
    It 'fails without it, in the wrong store, and with another certificate' {
        foreach ($certificates in @{}, @{ CA = $thumbprint }, @{ Root = 'A' * 40 }) {
            Set-Machine -Certificates $certificates
            $finding = (Invoke-Rule 'VBBSS-ROOT')
            $finding.State | Should -Be 'fail'
            $finding.MessageKey | Should -Be 'CERT_MISSING'
            $finding.Expected | Should -Be $thumbprint
        }
    }
    It 'fails when it is untrusted, wherever else it is' {
        foreach ($certificates in @{ Disallowed = $thumbprint }, @{ Disallowed = $thumbprint; Root = $thumbprint; AuthRoot = $thumbprint }) {
            Set-Machine -Certificates $certificates
            (Invoke-Rule 'VBBSS-ROOT').MessageKey | Should -Be 'CERT_DISALLOWED'
        }
    }
    It 'cannot tell when <_> could not be read' -ForEach @('store:Root', 'store:AuthRoot', 'store:Disallowed') {
        $what = $_
        Set-Machine -Deny $what
        (Invoke-Rule 'VBBSS-ROOT').State | Should -Be 'unknown'
        # Root shows what is in AuthRoot too; nothing counts without a look at the untrusted ones.
        foreach ($store in 'Root', 'AuthRoot') {
            Set-Machine -Certificates @{ $store = $thumbprint } -Deny $what
            $seen = if ($what -eq 'store:Disallowed' -or ($what -eq 'store:Root' -and $store -eq 'Root')) { 'unknown' } else { 'pass' }
            (Invoke-Rule 'VBBSS-ROOT').State | Should -Be $seen -Because $store
        }
    }
    It 'cannot tell when a physical store could not be read' {
        foreach ($place in 'Microsoft\SystemCertificates', 'Policies\Microsoft\SystemCertificates', 'Microsoft\EnterpriseCertificates') {
            foreach ($store in 'Root', 'AuthRoot', 'Disallowed') {
                Set-Machine -Deny "registry:HKLM:\SOFTWARE\$place\$store"
                (Invoke-Rule 'VBBSS-ROOT').State | Should -Be 'unknown' -Because "$place $store"
            }
        }
    }
    It 'notes the policy <Policy> as <Note>' -ForEach @(
        @{ Policy = 1; Note = 'CERT_NOTE_AUTO_UPDATE_OFF' }
        @{ Policy = 0; Note = 'CERT_NOTE_AUTO_UPDATE' }
    ) {
        Set-Machine -Registry @{ 'HKLM:\SOFTWARE\Policies\Microsoft\SystemCertificates\AuthRoot' = @{ DisableRootAutoUpdate = $Policy } }
        (Invoke-Rule 'VBBSS-ROOT').Notes | Should -Be @($Note)
    }
}

Describe 'VBBSS-AGENT' {
    BeforeAll {
        # The values of the agent's keys below CurrentVersion, in the 32-bit part or the other.
        function Get-AgentFinding {
            param($Values, [string]$Part = 'WOW6432Node\', $Deny = @(), [int]$WindowsBits = 64)

            $registry = @{}
            foreach ($place in $Values.Keys) {
                $key, $name = $place -split '!'
                $path = ($agentKey -f $Part) + $key
                if (-not $registry[$path]) { $registry[$path] = @{} }
                if ($name) { $registry[$path][$name] = $Values[$place] }
            }
            Set-Machine -Registry $registry -Deny $Deny -WindowsBits $WindowsBits
            (Invoke-Rule 'VBBSS-AGENT')
        }
    }
    It 'does not apply without the product' {
        $finding = Get-AgentFinding @{}
        $finding.State | Should -Be 'notApplicable'
        $finding.MessageKey | Should -Be 'PRODUCT_NOT_INSTALLED'
    }
    It 'does not apply to another product in the same keys' {
        $finding = Get-AgentFinding @{ '\Misc.!ProductName' = 'Trend Micro OfficeScan'; '\Misc.!ProgramVer' = '14.0' }
        $finding.State | Should -Be 'notApplicable'
        $finding.MessageKey | Should -Be 'PRODUCT_OTHER'
    }
    It '<Place> with <Version> is <State>' -ForEach @(
        foreach ($place in '\Misc.!ProgramVer', '\Misc.!TmListen_Ver', '!WFBSAgentVersion', '\HostedAgent!Version') {
            @{ Place = $place; Version = '6.7.3237'; State = 'pass' }
            @{ Place = $place; Version = '6.7.3238'; State = 'pass' }
            @{ Place = $place; Version = '6.7.3236'; State = 'fail' }
        }
        @{ Place = '\HostedAgent!Version'; Version = '6.7.0'; State = 'fail' }
        @{ Place = '\HostedAgent!Version'; Version = '6.6.9999'; State = 'unknown' }
        @{ Place = '\HostedAgent!Version'; Version = '14.3.1105'; State = 'pass' }
        @{ Place = '\HostedAgent!Version'; Version = '14.3.1106'; State = 'pass' }
        @{ Place = '\HostedAgent!Version'; Version = '14.3.1104'; State = 'unknown' }
        @{ Place = '\HostedAgent!Version'; Version = '3237'; State = 'unknown' }
        @{ Place = '\HostedAgent!Version'; Version = 'junk'; State = 'unknown' }
        @{ Place = '\HostedAgent!Version'; Version = ''; State = 'unknown' }
    ) {
        foreach ($part in 'WOW6432Node\', '') { (Get-AgentFinding @{ $Place = $Version } $part).State | Should -Be $State -Because "'$part'" }
        (Get-AgentFinding @{ $Place = $Version } '' -WindowsBits 32).State | Should -Be $State
    }
    It 'cannot tell when <_> could not be read' -ForEach @('\', '\Misc.', '\HostedAgent') {
        $denied = "registry:$(($agentKey -f 'WOW6432Node\') + $_)".TrimEnd('\')
        (Get-AgentFinding @{} -Deny $denied).State | Should -Be 'unknown'
        (Get-AgentFinding @{ '\Misc.!ProgramVer' = '6.7.3237'; '\HostedAgent!Version' = '6.7.3237' } -Deny $denied).MessageKey | Should -Be 'PRODUCT_UNREADABLE'
    }
    It 'cannot tell when the entries contradict each other' {
        (Get-AgentFinding @{ '\Misc.!ProgramVer' = '6.7.3237'; '\HostedAgent!Version' = '6.7.3236' }).MessageKey | Should -Be 'PRODUCT_CONTRADICTION'
        (Get-AgentFinding @{ '\Misc.!ProductName' = 'Trend Micro OfficeScan'; '\HostedAgent' = '' }).MessageKey | Should -Be 'PRODUCT_CONTRADICTION'
    }
    It 'goes by the name of the product where there is one' {
        (Get-AgentFinding @{ '\Misc.!ProductName' = 'Trend Micro WFBSH_Agent'; '\Misc.!ProgramVer' = '6.7.3237' }).State | Should -Be 'pass'
        (Get-AgentFinding @{ '\Misc.!ProductName' = 'Somebody'; '\Misc.!ProgramVer' = '6.7.3237' }).MessageKey | Should -Be 'PRODUCT_SHAPE'
    }
}

Describe 'the whole pack' {
    It '<Name>: <Verdict>' -ForEach @(
        @{ Name = 'all met, without the agent'; Build = 19045; Revision = 1; Store = 'Root'; HotFix = @(); Verdict = 'pass'; States = @('pass', 'pass', 'notApplicable') }
        @{ Name = 'no certificate'; Build = 19045; Revision = 1; Store = ''; HotFix = @(); Verdict = 'fail'; States = @('pass', 'fail', 'notApplicable') }
        @{ Name = 'an Insider build'; Build = 21390; Revision = 1; Store = 'Root'; HotFix = @(); Verdict = 'unknown'; States = @('unknown', 'pass', 'notApplicable') }
        @{ Name = 'old Windows, Insider or not, without certificate'; Build = 21390; Revision = 1; Store = ''; HotFix = @(); Verdict = 'fail'; States = @('unknown', 'fail', 'notApplicable') }
        @{ Name = 'Server 2012 R2 with the hot fix'; Build = 9600; Revision = $null; Store = 'AuthRoot'; HotFix = @('KB5006729'); Verdict = 'pass'; States = @('pass', 'pass', 'notApplicable') }
    ) {
        $version = @{ CurrentBuildNumber = "$Build" }
        if ($null -ne $Revision) { $version.UBR = $Revision }
        $certificates = @{}
        if ($Store) { $certificates[$Store] = $thumbprint }
        Set-Machine -Registry @{ $versionKey = $version } -Certificates $certificates -HotFixes $HotFix
        $findings = Invoke-Rule 'VBBSS-OS', 'VBBSS-ROOT', 'VBBSS-AGENT'
        @($findings | ForEach-Object { $_.State }) | Should -Be $States
        Get-Verdict -Findings $findings | Should -Be $Verdict
    }
    It 'waits for a restart when the update does and the rest is met' {
        $package = 'Package_for_KB5006729~31bf3856ad364e35~amd64~~6.3.1.2'
        Set-Machine -Registry @{ $versionKey = @{ CurrentBuildNumber = '9600' }; "$packageKey\$package" = @{ CurrentState = 96 } } -Certificates @{ Root = $thumbprint }
        Get-Verdict -Findings (Invoke-Rule 'VBBSS-OS', 'VBBSS-ROOT', 'VBBSS-AGENT') | Should -Be 'pendingReboot'
    }
}
