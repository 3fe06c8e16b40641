# The functions of templates/functions/machine with stand-ins for what they ask Windows. Nothing is read from this machine.

BeforeAll {
    # As in a script.
    Set-StrictMode -Version 2.0
    $ErrorActionPreference = 'Stop'
    . (Join-Path $PSScriptRoot 'support.ps1')
    foreach ($file in Get-FunctionFile 'functions/machine') { . $file.FullName }
    function Test-ProtectedFolder { param($Path) }
    # Windows only.
    if (-not (Get-Command Get-HotFix -ErrorAction SilentlyContinue)) { function Get-HotFix { param() } }

    $variables = 'OS', 'PROCESSOR_ARCHITECTURE', 'PROCESSOR_ARCHITEW6432', 'SystemRoot', 'ProgramData', 'COMPUTERNAME'
    function Set-Environment {
        param($Values)

        foreach ($name in $variables) { Set-Item -Path "Env:$name" -Value "$($Values[$name])" }
    }
    $before = @{}
    foreach ($name in $variables) { $before[$name] = [System.Environment]::GetEnvironmentVariable($name) }

    # What a command throws, with the identifier and the category that Windows gives it.
    function New-Problem {
        param([string]$Id, $Category = 'PermissionDenied', [string]$Message = 'words of the system')

        New-Object System.Management.Automation.ErrorRecord (New-Object System.Exception $Message), $Id, $Category, $null
    }
    $windows = @{ OS = 'Windows_NT'; PROCESSOR_ARCHITECTURE = 'AMD64'; SystemRoot = 'X:\Windows'; ProgramData = 'X:\Data'; COMPUTERNAME = 'PC-1' }
}

Describe 'machine' {
    BeforeEach {
        Set-Environment $windows
    }

    AfterEach {
        Set-Environment $before
    }

    Describe 'Get-ReadError' {
        It 'is language-independent for an error record' {
            $fact = Get-ReadError -Problem (New-Problem 'SomeId,Command' 'PermissionDenied' "$([char]0x30a2)")
            $fact.Status | Should -Be 'error'
            $fact.Value | Should -BeExactly 'PermissionDenied: SomeId,Command'
            (Get-ReadError -Problem (New-Problem "Id$([char]0x30a2)" 'NotSpecified')).Value | Should -BeExactly 'NotSpecified: Id?'
        }
        It 'is the text for a text' {
            (Get-ReadError -Problem 'no registry').Value | Should -BeExactly 'no registry'
        }
    }

    Describe 'Read-Registry' {
        It 'is an error on another system' {
            $env:OS = ''
            $read = Read-Registry -Key 'HKLM:\SOFTWARE\Key' -Name 'Name'
            $read.Status | Should -Be 'error'
            $read.Value | Should -Match 'no registry'
        }
        It 'asks for <Key> as <Path> in the <View>-bit view where .NET may not be called' -ForEach @(
            @{ Key = 'HKLM:\SOFTWARE\Key'; Path = 'SOFTWARE\Key'; View = 64 }
            @{ Key = 'HKLM32:\SOFTWARE\Key'; Path = 'SOFTWARE\Key'; View = 32 }
        ) {
            Mock Test-FullLanguage { $false }
            Mock Read-ConstrainedRegistry { @{ Status = 'found'; Value = 5 } }
            (Read-Registry -Key $Key -Name 'Name').Value | Should -Be 5
            $wanted = @{ Path = $Path; View = $View }
            Should -Invoke Read-ConstrainedRegistry -Times 1 -Exactly -ParameterFilter { $Path -eq $wanted.Path -and $View -eq $wanted.View -and $Name -eq 'Name' }
        }
        It 'makes an error fact of what is thrown' {
            Mock Test-FullLanguage { $false }
            Mock Read-ConstrainedRegistry { throw (New-Problem 'Denied,X') }
            $read = Read-Registry -Key 'HKLM:\SOFTWARE\Key' -Name 'Name'
            $read.Status | Should -Be 'error'
            $read.Value | Should -BeExactly 'PermissionDenied: Denied,X'
        }
        It 'never throws and never says missing when .NET cannot read' -Skip:($env:OS -eq 'Windows_NT') {
            $read = Read-Registry -Key 'HKLM:\SOFTWARE\Key' -Name 'Name'
            $read.Status | Should -Be 'error'
            $read.Value | Should -Not -BeNullOrEmpty
        }
    }

    Describe 'Read-ConstrainedRegistry' {
        BeforeEach {
            Mock Get-Item { @{ Property = @('Name', 'Other') } }
            Mock Get-ItemProperty { [pscustomobject]@{ Name = 5; Other = 6 } }
            Mock Get-ChildItem { [pscustomobject]@{ PSChildName = 'A' }, [pscustomobject]@{ PSChildName = 'B' } }
            Mock Read-RegistryByTool { @{ Status = 'found'; Value = 'by tool' } }
        }
        It 'a <Process> process on Windows of <Bits> bits reads the <View>-bit view at <Path>' -ForEach @(
            @{ Process = 'AMD64'; Bits = 64; View = 64; Path = 'Registry::HKEY_LOCAL_MACHINE\SOFTWARE\Key' }
            @{ Process = 'AMD64'; Bits = 64; View = 32; Path = 'Registry::HKEY_LOCAL_MACHINE\SOFTWARE\WOW6432Node\Key' }
            @{ Process = 'ARM64'; Bits = 64; View = 64; Path = 'Registry::HKEY_LOCAL_MACHINE\SOFTWARE\Key' }
            @{ Process = 'x86'; Bits = 64; View = 32; Path = 'Registry::HKEY_LOCAL_MACHINE\SOFTWARE\Key' }
            @{ Process = 'x86'; Bits = 32; View = 64; Path = 'Registry::HKEY_LOCAL_MACHINE\SOFTWARE\Key' }
            @{ Process = 'x86'; Bits = 32; View = 32; Path = 'Registry::HKEY_LOCAL_MACHINE\SOFTWARE\Key' }
        ) {
            $env:PROCESSOR_ARCHITECTURE = $Process
            if ($Process -eq 'x86' -and $Bits -eq 64) { $env:PROCESSOR_ARCHITEW6432 = 'AMD64' }
            (Read-ConstrainedRegistry -Path 'SOFTWARE\Key' -View $View -Name 'Name').Value | Should -Be 5
            $wanted = $Path
            Should -Invoke Get-Item -Times 1 -Exactly -ParameterFilter { $LiteralPath -eq $wanted }
            Should -Invoke Get-ItemProperty -Times 1 -Exactly -ParameterFilter { $LiteralPath -eq $wanted -and $Name -eq 'Name' }
            Should -Invoke Read-RegistryByTool -Times 0 -Exactly
        }
        It 'a 32-bit process on 64-bit Windows reads the 64-bit view by reg.exe' {
            $env:PROCESSOR_ARCHITECTURE = 'x86'
            $env:PROCESSOR_ARCHITEW6432 = 'AMD64'
            (Read-ConstrainedRegistry -Path 'SOFTWARE\Key' -View 64 -Name 'Name').Value | Should -Be 'by tool'
            Should -Invoke Read-RegistryByTool -Times 1 -Exactly -ParameterFilter { $Path -eq 'HKLM\SOFTWARE\Key' -and $Name -eq 'Name' }
            Should -Invoke Get-Item -Times 0 -Exactly
        }
        It 'gives the names of the keys below without a name' {
            $read = Read-ConstrainedRegistry -Path 'SOFTWARE\Key' -View 64
            $read.Status | Should -Be 'found'
            $read.Value | Should -Be @('A', 'B')
            Mock Get-ChildItem { }
            $read = Read-ConstrainedRegistry -Path 'SOFTWARE\Key' -View 64
            $read.Status | Should -Be 'found'
            @($read.Value).Count | Should -Be 0
        }
        It 'takes a value of 0 and an empty one as found' {
            Mock Get-ItemProperty { [pscustomobject]@{ Name = 0; Other = '' } }
            (Read-ConstrainedRegistry -Path 'SOFTWARE\Key' -View 64 -Name 'Name').Value | Should -Be 0
            (Read-ConstrainedRegistry -Path 'SOFTWARE\Key' -View 64 -Name 'Other').Status | Should -Be 'found'
        }
        It 'a key or a value that is not there is missing' {
            (Read-ConstrainedRegistry -Path 'SOFTWARE\Key' -View 64 -Name 'Absent').Status | Should -Be 'missing'
            Mock Get-Item { @{ Property = @() } }
            (Read-ConstrainedRegistry -Path 'SOFTWARE\Key' -View 64 -Name 'Name').Status | Should -Be 'missing'
            Mock Get-Item { throw (New-Problem 'PathNotFound,Microsoft.PowerShell.Commands.GetItemCommand' 'ObjectNotFound') }
            $read = Read-ConstrainedRegistry -Path 'SOFTWARE\Key' -View 64 -Name 'Name'
            $read.Status | Should -Be 'missing'
            $read.Value | Should -BeExactly ''
            (Read-ConstrainedRegistry -Path 'SOFTWARE\Key' -View 64).Status | Should -Be 'missing'
        }
        It 'one that may not be read is thrown, and never missing: <_>' -ForEach @(
            'System.Security.SecurityException,Microsoft.PowerShell.Commands.GetItemCommand', 'DriveNotFound,Microsoft.PowerShell.Commands.GetItemCommand', 'UnauthorizedAccess'
        ) {
            $id = $_
            Mock Get-Item { throw (New-Problem $id) }
            { Read-ConstrainedRegistry -Path 'SOFTWARE\Key' -View 64 -Name 'Name' } | Should -Throw
        }
        It 'a list or a value that may not be read is thrown too' {
            Mock Get-ChildItem { throw (New-Problem 'Denied') }
            Mock Get-ItemProperty { throw (New-Problem 'Denied') }
            { Read-ConstrainedRegistry -Path 'SOFTWARE\Key' -View 64 } | Should -Throw
            { Read-ConstrainedRegistry -Path 'SOFTWARE\Key' -View 64 -Name 'Name' } | Should -Throw
        }
    }

    Describe 'Read-RegistryByTool' {
        BeforeAll {
            # Answers of reg.exe by path; a path that is not there has exit code 1, which tells nothing.
            function Set-Tool {
                param($Answers)

                $script:answers = $Answers
                Mock Invoke-Native {
                    $lines = $script:answers[$Arguments[1]]
                    if ($null -eq $lines) { @{ ExitCode = 1; Output = @('ERROR: words of the system'); Error = '' } } else { @{ ExitCode = 0; Output = $lines; Error = '' } }
                }
            }
            $key = @(
                '', 'HKEY_LOCAL_MACHINE\SOFTWARE\Key', '    Name    REG_SZ    a text  with   blanks ', '    Number    REG_DWORD    0x1a2b', '    Zero    REG_DWORD    0x0'
                '    Empty    REG_SZ    ', '    Two words.    REG_EXPAND_SZ    %SystemRoot%\x', '    List    REG_MULTI_SZ    a\0b', '    Big    REG_QWORD    0x10', '    NameTwo    REG_SZ    other'
                '', 'HKEY_LOCAL_MACHINE\SOFTWARE\Key\Below', 'HKEY_LOCAL_MACHINE\SOFTWARE\Key\Below two'
            )
        }
        It 'reads <Name> as <Value>' -ForEach @(
            @{ Name = 'Name'; Value = 'a text  with   blanks' }
            @{ Name = 'name'; Value = 'a text  with   blanks' }
            @{ Name = 'Number'; Value = 6699 }
            @{ Name = 'Zero'; Value = 0 }
            @{ Name = 'Empty'; Value = '' }
            @{ Name = 'Two words.'; Value = '%SystemRoot%\x' }
            @{ Name = 'List'; Value = 'a\0b' }
            @{ Name = 'Big'; Value = '0x10' }
        ) {
            Set-Tool @{ 'HKLM\SOFTWARE\Key' = $key }
            $read = Read-RegistryByTool -Path 'HKLM\SOFTWARE\Key' -Name $Name
            $read.Status | Should -Be 'found'
            $read.Value | Should -BeExactly $Value
            $read.Value.GetType() | Should -Be $(if ($Value -is [int]) { [long] } else { [string] })
            Should -Invoke Invoke-Native -Times 1 -Exactly -ParameterFilter { $FilePath -eq 'reg.exe' -and "$Arguments" -eq 'query HKLM\SOFTWARE\Key /reg:64' }
        }
        It 'a value that is not there is missing, and a name is no pattern: <_>' -ForEach @('Absent', 'Nam', 'N.me', 'Below', 'REG_SZ', 'Two') {
            Set-Tool @{ 'HKLM\SOFTWARE\Key' = $key }
            (Read-RegistryByTool -Path 'HKLM\SOFTWARE\Key' -Name $_).Status | Should -Be 'missing'
        }
        It 'gives the names of the keys below without a name' {
            Set-Tool @{ 'HKLM\SOFTWARE\Key' = $key; 'HKLM\SOFTWARE\None' = @('', 'HKEY_LOCAL_MACHINE\SOFTWARE\None', '    Name    REG_SZ    x') }
            $read = Read-RegistryByTool -Path 'HKLM\SOFTWARE\Key'
            $read.Status | Should -Be 'found'
            $read.Value | Should -BeExactly @('Below', 'Below two')
            $read = Read-RegistryByTool -Path 'HKLM\SOFTWARE\None'
            $read.Status | Should -Be 'found'
            @($read.Value).Count | Should -Be 0
        }
        It 'gives the names of the keys below a key with brackets' {
            Set-Tool @{ 'HKLM\SOFTWARE\A [1]' = @('HKEY_LOCAL_MACHINE\SOFTWARE\A [1]\Below') }
            (Read-RegistryByTool -Path 'HKLM\SOFTWARE\A [1]').Value | Should -Be @('Below')
            # Denied: the list of the key above names it.
            (Read-RegistryByTool -Path 'HKLM\SOFTWARE\A [1]\Below' -Name 'Name').Status | Should -Be 'error'
        }
        It 'a key that the list of the key above does not name is missing' {
            Set-Tool @{ 'HKLM\SOFTWARE' = @('HKEY_LOCAL_MACHINE\SOFTWARE\Other') }
            (Read-RegistryByTool -Path 'HKLM\SOFTWARE\Key' -Name 'Name').Status | Should -Be 'missing'
            (Read-RegistryByTool -Path 'HKLM\SOFTWARE\Key').Status | Should -Be 'missing'
        }
        It 'one that it names was denied' {
            Set-Tool @{ 'HKLM\SOFTWARE' = @('HKEY_LOCAL_MACHINE\SOFTWARE\KEY') }
            $read = Read-RegistryByTool -Path 'HKLM\SOFTWARE\Key' -Name 'Name'
            $read.Status | Should -Be 'error'
            $read.Value | Should -Match 'reg\.exe'
        }
        It 'a key below a missing one is missing, one below a denied one was denied' {
            Set-Tool @{ 'HKLM\SOFTWARE' = @('HKEY_LOCAL_MACHINE\SOFTWARE\Denied') }
            (Read-RegistryByTool -Path 'HKLM\SOFTWARE\Key\A\B' -Name 'Name').Status | Should -Be 'missing'
            (Read-RegistryByTool -Path 'HKLM\SOFTWARE\Denied\A\B' -Name 'Name').Status | Should -Be 'error'
        }
        It 'is never missing when nothing can be read' {
            Set-Tool @{}
            (Read-RegistryByTool -Path 'HKLM\SOFTWARE\Key' -Name 'Name').Status | Should -Be 'error'
        }
        It 'is an error when reg.exe did not start' {
            Mock Invoke-Native { @{ ExitCode = -1; Output = @(); Error = 'reg.exe did not start: blocked' } }
            $read = Read-RegistryByTool -Path 'HKLM\SOFTWARE\Key' -Name 'Name'
            $read.Status | Should -Be 'error'
            $read.Value | Should -Be 'reg.exe did not start: blocked'
        }
    }

    Describe 'Read-Certificate' {
        BeforeAll {
            $physical = 'Microsoft\SystemCertificates', 'Policies\Microsoft\SystemCertificates', 'Microsoft\EnterpriseCertificates'
            # Places by number: 0 is the logical store, then the physical ones; the status of each that is not missing.
            function Set-Store {
                param($Statuses)

                $script:statuses = $Statuses
                Mock Test-Path {
                    if ($script:statuses['0'] -eq 'error') { throw (New-Problem 'Denied') }
                    $script:statuses['0'] -eq 'found'
                }
                Mock Read-Registry {
                    if ($PSBoundParameters.ContainsKey('Name')) { throw "nobody asked for $Name" }
                    foreach ($number in 1..3) {
                        if ($Key -ne "HKLM:\SOFTWARE\$($physical[$number - 1])\Root\Certificates\AABB") { continue }
                        $status = "$($script:statuses["$number"])" -replace '^$', 'missing'
                        return @{ Status = $status; Value = $(if ($status -eq 'error') { "denied $number" } else { '' }) }
                    }
                    throw "nobody asked for $Key"
                }
            }
        }
        It 'is missing when every place could be looked at' {
            Set-Store @{}
            $read = Read-Certificate -Store 'Root' -Thumbprint 'AABB'
            $read.Status | Should -Be 'missing'
            $read.Value | Should -BeExactly ''
            Should -Invoke Test-Path -Times 1 -Exactly -ParameterFilter { $LiteralPath -eq 'Cert:\LocalMachine\Root\AABB' }
            Should -Invoke Read-Registry -Times 3 -Exactly
        }
        It 'is found at place <_>, and says where' -ForEach @('0', '1', '2', '3') {
            Set-Store @{ $_ = 'found' }
            $read = Read-Certificate -Store 'Root' -Thumbprint 'AABB'
            $read.Status | Should -Be 'found'
            $where = if ($_ -eq '0') { 'Cert:\LocalMachine\Root' } else { "HKLM:\SOFTWARE\$($physical[[int]$_ - 1])\Root\Certificates\AABB" }
            @($read.Value) | Should -Be @($where)
        }
        It 'says every place where it is' {
            Set-Store @{ '0' = 'found'; '1' = 'found'; '3' = 'found' }
            @((Read-Certificate -Store 'Root' -Thumbprint 'AABB').Value).Count | Should -Be 3
        }
        It 'is found in spite of a place that could not be looked at' {
            Set-Store @{ '0' = 'found'; '2' = 'error' }
            (Read-Certificate -Store 'Root' -Thumbprint 'AABB').Status | Should -Be 'found'
        }
        It 'is an error, never missing, when place <_> could not be looked at' -ForEach @('1', '2', '3') {
            Set-Store @{ $_ = 'error' }
            $read = Read-Certificate -Store 'Root' -Thumbprint 'AABB'
            $read.Status | Should -Be 'error'
            $read.Value | Should -Be "denied $_"
        }
        It 'goes by the registry when there is no certificate provider' {
            Set-Store @{ '0' = 'error' }
            (Read-Certificate -Store 'Root' -Thumbprint 'AABB').Status | Should -Be 'missing'
            Set-Store @{ '0' = 'error'; '1' = 'found' }
            (Read-Certificate -Store 'Root' -Thumbprint 'AABB').Status | Should -Be 'found'
        }
    }

    Describe 'Read-FileVersion' {
        BeforeAll {
            $version = @{ VersionInfo = @{ FileMajorPart = 6; FileMinorPart = 3; FileBuildPart = 9600; FilePrivatePart = 20144; FileVersion = '6.3.9600.1 (other)' } }
        }
        It 'is four numbers, which are those of the file itself' {
            Mock Get-Item { $version }
            $read = Read-FileVersion -Path '%SystemRoot%\System32\ci.dll'
            $read.Status | Should -Be 'found'
            $read.Value | Should -BeExactly '6.3.9600.20144'
            Should -Invoke Get-Item -Times 1 -Exactly -ParameterFilter { $LiteralPath -eq 'X:\Windows\System32\ci.dll' }
        }
        It 'a 32-bit process reads the 64-bit file' {
            $env:PROCESSOR_ARCHITEW6432 = 'AMD64'
            Mock Get-Item { $version }
            $null = Read-FileVersion -Path '%SystemRoot%\System32\ci.dll'
            Should -Invoke Get-Item -Times 1 -Exactly -ParameterFilter { $LiteralPath -eq 'X:\Windows\Sysnative\ci.dll' }
        }
        It 'is missing without the file, and an error when it could not be read' {
            Mock Get-Item { throw (New-Problem 'PathNotFound,Microsoft.PowerShell.Commands.GetItemCommand' 'ObjectNotFound') }
            (Read-FileVersion -Path '%SystemRoot%\System32\ci.dll').Status | Should -Be 'missing'
            Mock Get-Item { throw (New-Problem 'UnauthorizedAccess,X') }
            $read = Read-FileVersion -Path '%SystemRoot%\System32\ci.dll'
            $read.Status | Should -Be 'error'
            $read.Value | Should -BeExactly 'PermissionDenied: UnauthorizedAccess,X'
            Mock Get-Item { [pscustomobject]@{ Name = 'a folder' } }
            (Read-FileVersion -Path '%SystemRoot%\System32').Status | Should -Be 'error'
        }
        It 'is an error on another system' {
            $env:OS = ''
            (Read-FileVersion -Path '%SystemRoot%\System32\ci.dll').Status | Should -Be 'error'
        }
    }

    Describe 'Read-HotFix' {
        It 'lists the KB numbers once, sorted, and nothing else' {
            Mock Get-HotFix { foreach ($id in 'KB5006729', 'KB1', 'File 1', '', 'KB1', 'KB5x') { [pscustomobject]@{ HotFixID = $id } } }
            $read = Read-HotFix
            $read.Status | Should -Be 'found'
            $read.Value | Should -Be @('KB1', 'KB5006729')
        }
        It 'is an empty list without hot fixes' {
            Mock Get-HotFix { }
            $read = Read-HotFix
            $read.Status | Should -Be 'found'
            @($read.Value).Count | Should -Be 0
        }
        It 'is an error when they could not be read, and on another system' {
            Mock Get-HotFix { throw (New-Problem 'GetWMICOMException,X' 'InvalidOperation') }
            $read = Read-HotFix
            $read.Status | Should -Be 'error'
            $read.Value | Should -BeExactly 'InvalidOperation: GetWMICOMException,X'
            $env:OS = ''
            (Read-HotFix).Status | Should -Be 'error'
        }
    }

    Describe 'Invoke-Native' {
        BeforeAll {
            # A script stands for a program of Windows.
            foreach ($folder in 'System32', 'Sysnative') {
                $null = New-Item -ItemType Directory -Path "$TestDrive/Windows/$folder"
                Set-Content -LiteralPath "$TestDrive/Windows/$folder/tool.ps1" -Value "param(`$First); '$folder'; `$First; Write-Error 'to stderr'; exit 3"
            }
            Set-Content -LiteralPath "$TestDrive/Windows/System32/broken.ps1" -Value "throw 'blocked'"
        }
        BeforeEach {
            $env:SystemRoot = "$TestDrive/Windows"
        }
        It 'gives exit code and lines of both streams, and goes on after one on stderr' {
            $answer = Invoke-Native -FilePath 'tool.ps1' -Arguments 'a b'
            $answer.ExitCode | Should -Be 3
            $answer.Error | Should -BeExactly ''
            $answer.Output | Should -Be @('System32', 'a b', 'to stderr')
            foreach ($line in $answer.Output) { $line | Should -BeOfType [string] }
        }
        It 'a 32-bit process starts the 64-bit program' {
            $env:PROCESSOR_ARCHITEW6432 = 'AMD64'
            (Invoke-Native -FilePath 'tool.ps1' -Arguments 'a').Output[0] | Should -Be 'Sysnative'
        }
        It 'says so when the program did not start' -ForEach @('absent.exe', 'broken.ps1') {
            $answer = Invoke-Native -FilePath $_ -Arguments @()
            $answer.Error | Should -Match "^$([regex]::Escape($_)) did not start: \w+"
            $answer.ExitCode | Should -Be -1
            $answer.Output.Count | Should -Be 0
        }
        It 'is not misled by the exit code of an earlier program' {
            $global:LASTEXITCODE = 7
            Set-Content -LiteralPath "$TestDrive/Windows/System32/quiet.ps1" -Value ''
            $answer = Invoke-Native -FilePath 'quiet.ps1' -Arguments @()
            $answer.ExitCode | Should -Be 0
            $answer.Output.Count | Should -Be 0
        }
    }

    Describe 'Test-Elevation' {
        BeforeEach {
            Mock Test-FullLanguage { $false }
        }
        It 'by the mandatory label <Label>: <Elevated>' -ForEach @(
            @{ Label = 'S-1-16-4096'; Elevated = $false }
            @{ Label = 'S-1-16-8192'; Elevated = $false }
            @{ Label = 'S-1-16-8448'; Elevated = $false }
            @{ Label = 'S-1-16-12288'; Elevated = $true }
            @{ Label = 'S-1-16-16384'; Elevated = $true }
            @{ Label = 'S-1-16-122880'; Elevated = $false }
        ) {
            Mock Invoke-Native { @{ ExitCode = 0; Output = @('', 'BUILTIN\Administrators  Alias  S-1-5-32-544 Group used for deny only', "Mandatory Label\X  Label  $Label"); Error = '' } }
            Test-Elevation | Should -Be $Elevated
            Should -Invoke Invoke-Native -Times 1 -Exactly -ParameterFilter { $FilePath -eq 'whoami.exe' -and "$Arguments" -eq '/groups' }
        }
        It 'cannot be told when whoami did not run, and on another system' {
            foreach ($answer in @{ ExitCode = 1; Output = @('S-1-16-12288'); Error = '' }, @{ ExitCode = 0; Output = @('S-1-16-12288'); Error = 'did not start' }) {
                Mock Invoke-Native { $answer }
                Test-Elevation | Should -BeNullOrEmpty
                (Test-Elevation) -eq $false | Should -BeFalse
            }
            $env:OS = ''
            $null -eq (Test-Elevation) | Should -BeTrue
        }
    }

    Describe 'Test-FullLanguage' {
        It 'tells the language mode of its session' {
            Test-FullLanguage | Should -BeTrue
            $state = [System.Management.Automation.Runspaces.InitialSessionState]::CreateDefault()
            $state.LanguageMode = 'ConstrainedLanguage'
            $shell = [powershell]::Create($state)
            $null = $shell.AddScript((Get-Content -Raw (Join-Path $repositoryRoot 'templates/functions/machine/Test-FullLanguage.ps1'))).AddStatement().AddCommand('Test-FullLanguage')
            $shell.Invoke() | Should -Be $false
            $shell.Dispose()
        }
    }

    Describe 'Read-HostEnvironment' {
        BeforeEach {
            Mock Test-Elevation { $true }
        }
        It 'has the fields of the report, in their order' {
            $environment = Read-HostEnvironment
            @($environment.Keys | Sort-Object) | Should -BeExactly @('DeviceName', 'Host')
            @($environment.Host.Keys) | Should -BeExactly @('windows', 'windows64Bit', 'powershell', 'languageMode', 'processBits', 'elevated', 'culture')
            $schema = Get-Content -Raw -Encoding UTF8 (Join-Path $repositoryRoot 'rules/schema/report.schema.json') | ConvertFrom-Json
            @($environment.Host.Keys | Sort-Object) | Should -BeExactly @($schema.properties.host.properties.PSObject.Properties.Name | Sort-Object)
            $environment.DeviceName | Should -BeExactly 'PC-1'
            $environment.Host.windows | Should -BeTrue
            $environment.Host.powershell | Should -BeExactly "$($PSVersionTable.PSVersion)"
            $environment.Host.languageMode | Should -BeExactly 'FullLanguage'
            $environment.Host.culture | Should -BeExactly (Get-Culture).Name
        }
        It 'a <Process> process, <Other>: <Bits> bits on Windows of 64 bits <Is64>' -ForEach @(
            @{ Process = 'AMD64'; Other = ''; Bits = 64; Is64 = $true }
            @{ Process = 'ARM64'; Other = ''; Bits = 64; Is64 = $true }
            @{ Process = 'x86'; Other = 'AMD64'; Bits = 32; Is64 = $true }
            @{ Process = 'x86'; Other = 'ARM64'; Bits = 32; Is64 = $true }
            @{ Process = 'x86'; Other = ''; Bits = 32; Is64 = $false }
            @{ Process = 'ARM'; Other = ''; Bits = 32; Is64 = $false }
        ) {
            $env:PROCESSOR_ARCHITECTURE = $Process
            $env:PROCESSOR_ARCHITEW6432 = $Other
            $about = (Read-HostEnvironment).Host
            $about.processBits | Should -Be $Bits
            $about.windows64Bit | Should -Be $Is64
            $about.windows64Bit | Should -BeOfType [bool]
        }
        It 'passes on that elevation is <_>' -ForEach @($true, $false) {
            $elevated = $_
            Mock Test-Elevation { $elevated }
            (Read-HostEnvironment).Host.elevated | Should -Be $elevated
        }
        It 'passes on that elevation cannot be told' {
            Mock Test-Elevation { $null }
            $null -eq (Read-HostEnvironment).Host.elevated | Should -BeTrue
        }
        It 'has a name and no Windows on another system' {
            foreach ($name in 'OS', 'COMPUTERNAME', 'PROCESSOR_ARCHITECTURE') { Set-Item -Path "Env:$name" -Value '' }
            $environment = Read-HostEnvironment
            $environment.DeviceName | Should -BeExactly 'unknown'
            $environment.Host.windows | Should -BeFalse
            $environment.Host.windows64Bit | Should -BeFalse
        }
    }

    Describe 'Read-ChangeRecord' {
        BeforeAll {
            $asked = @{ PackId = 'pack'; Store = 'Root'; Thumbprint = 'AABB' }
            function Set-Record {
                param([string]$Text)

                $env:ProgramData = "$TestDrive"
                $null = New-Item -ItemType Directory -Force -Path "$TestDrive/psmint/pack"
                Set-Content -LiteralPath "$TestDrive/psmint/pack/Root-AABB.json" -Value $Text
            }
        }
        BeforeEach {
            Mock Test-ProtectedFolder { '' }
        }
        It 'is the state of the record of this certificate' -ForEach @('adding', 'added') {
            Set-Record "{`"schemaVersion`":1,`"pack`":`"pack`",`"store`":`"Root`",`"thumbprint`":`"AABB`",`"state`":`"$_`",`"at`":`"2026-01-05T03:12:00Z`"}"
            $read = Read-ChangeRecord @asked
            $read.Status | Should -Be 'found'
            $read.Value | Should -BeExactly $_
            Should -Invoke Test-ProtectedFolder -Times 1 -Exactly -ParameterFilter { $Path -eq "$TestDrive\psmint\pack" }
        }
        It 'is missing for another certificate, store or pack' {
            Set-Record '{"schemaVersion":1,"state":"added"}'
            foreach ($name in 'PackId', 'Store', 'Thumbprint') {
                $other = $asked.Clone()
                $other[$name] = 'CA'
                (Read-ChangeRecord @other).Status | Should -Be 'missing'
            }
            Should -Invoke Test-ProtectedFolder -Times 0 -Exactly
        }
        It 'is an error in a folder that somebody else owns' {
            Set-Record '{"schemaVersion":1,"state":"added"}'
            Mock Test-ProtectedFolder { 'the folder is not owned by SYSTEM or Administrators' }
            $read = Read-ChangeRecord @asked
            $read.Status | Should -Be 'error'
            $read.Value | Should -Match 'not owned'
        }
        It 'is an error when it is no record that is known: <_>' -ForEach @('{"schemaVersion":2,"state":"added"}', '{"state":"added"}', '{"schemaVersion":1}', 'junk', '[]', '') {
            Set-Record $_
            (Read-ChangeRecord @asked).Status | Should -Be 'error'
        }
        It 'is an error when the folder cannot be looked at' {
            Mock Test-Path { throw (New-Problem 'UnauthorizedAccess,X') }
            $read = Read-ChangeRecord @asked
            $read.Status | Should -Be 'error'
            $read.Value | Should -BeExactly 'PermissionDenied: UnauthorizedAccess,X'
        }
    }
}
