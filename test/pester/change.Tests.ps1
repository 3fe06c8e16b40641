# The functions of templates/functions/change with stand-ins for what they change. No store of this machine is opened.

BeforeAll {
    # As in a script.
    Set-StrictMode -Version 2.0
    $ErrorActionPreference = 'Stop'
    . (Join-Path $PSScriptRoot 'support.ps1')
    foreach ($file in Get-FunctionFile 'functions/change', 'functions/output') { . $file.FullName }
    function Test-FullLanguage { param() }
    function Invoke-Native { param($FilePath, [string[]]$Arguments) }
    # Windows only.
    if (-not (Get-Command Import-Certificate -ErrorAction SilentlyContinue)) { function Import-Certificate { param($FilePath, $CertStoreLocation) } }

    $pem = [System.IO.File]::ReadAllText((Join-Path $repositoryRoot 'rules/certificates/ms-idv-root-2020.pem'))
    $thumbprint = 'F40042E2E5F7E8EF8189FED15519AECE42C3BFA2'
    $other = 'A' * 40

    # A store that writes down what is done with it.
    function New-TestStore {
        param([string[]]$Holds = @())

        $store = [pscustomobject]@{ Done = (New-Object System.Collections.ArrayList); Certificates = @(foreach ($print in $Holds) { [pscustomobject]@{ Thumbprint = $print } }) }
        foreach ($method in 'Open', 'Add', 'Remove') {
            $store | Add-Member -MemberType ScriptMethod -Name $method -Value ([scriptblock]::Create("param(`$what) if (`$what -isnot [string]) { `$what = `$what.Thumbprint }; `$null = `$this.Done.Add(`"$method `$what`")"))
        }
        $store | Add-Member -MemberType ScriptMethod -Name Close -Value { $null = $this.Done.Add('Close') }
        $store
    }
    function Set-Store {
        param($Store)

        $script:store = $Store
        Mock New-Object { $script:store } -ParameterFilter { $TypeName -like '*X509Store' }
    }
}

Describe 'Add-MachineCertificate' {
    BeforeEach {
        Mock Test-FullLanguage { $true }
        Mock Add-CertificateFromFile { @{ Route = 'file'; Error = '' } }
        Set-Store (New-TestStore)
    }
    It 'adds the certificate to the store <_> of the computer' -ForEach @('Root', 'CA') {
        $wanted = $_
        $added = Add-MachineCertificate -Store $wanted -Thumbprint $thumbprint -Pem $pem
        $added.Route | Should -BeExactly 'X509Store'
        $added.Error | Should -BeExactly ''
        $script:store.Done | Should -Be @('Open ReadWrite', "Add $thumbprint", 'Close')
        Should -Invoke New-Object -Times 1 -Exactly -ParameterFilter { $TypeName -like '*X509Store' -and "$ArgumentList" -eq "$wanted LocalMachine" }
    }
    It 'opens no other store: <_>' -ForEach @('AuthRoot', 'Disallowed', 'My', '', 'Root\..\My') {
        foreach ($isFull in $true, $false) {
            Mock Test-FullLanguage { $isFull }
            $added = Add-MachineCertificate -Store $_ -Thumbprint $thumbprint -Pem $pem
            $added.Error | Should -Match 'is not one to add to'
            $script:store.Done.Count | Should -Be 0
            Should -Invoke Add-CertificateFromFile -Times 0 -Exactly
        }
    }
    It 'adds no certificate with another thumbprint' {
        $added = Add-MachineCertificate -Store 'Root' -Thumbprint $other -Pem $pem
        $added.Error | Should -Match 'another thumbprint'
        $script:store.Done.Count | Should -Be 0
    }
    It 'adds nothing that is no certificate: "<_>"' -ForEach @('junk', '', '-----BEGIN CERTIFICATE----- -----END CERTIFICATE-----') {
        $added = Add-MachineCertificate -Store 'Root' -Thumbprint $thumbprint -Pem $_
        $added.Error | Should -Not -BeNullOrEmpty
        $script:store.Done.Count | Should -Be 0
    }
    It 'says why the store could not be written' {
        $script:store | Add-Member -MemberType ScriptMethod -Name Open -Value { param($what) throw 'Access is denied.' } -Force
        $added = Add-MachineCertificate -Store 'Root' -Thumbprint $thumbprint -Pem $pem
        $added.Route | Should -BeExactly 'X509Store'
        $added.Error | Should -Not -BeNullOrEmpty
        $script:store.Done.Count | Should -Be 0
    }
    It 'goes by a file where .NET may not be called' {
        Mock Test-FullLanguage { $false }
        (Add-MachineCertificate -Store 'Root' -Thumbprint $thumbprint -Pem $pem).Route | Should -BeExactly 'file'
        Should -Invoke Add-CertificateFromFile -Times 1 -Exactly -ParameterFilter { $Store -eq 'Root' -and $Thumbprint -eq 'F40042E2E5F7E8EF8189FED15519AECE42C3BFA2' -and $Pem -like '-----BEGIN*' }
        $script:store.Done.Count | Should -Be 0
    }
}

Describe 'Add-CertificateFromFile' {
    BeforeAll {
        # The version of PowerShell cannot be exchanged, the place where the function reads it can.
        $source = (Get-Content -Raw (Join-Path $repositoryRoot 'templates/functions/change/Add-CertificateFromFile.ps1')).Replace('$PSVersionTable.PSVersion.Major', '$script:major')
        $source | Should -Match '\$script:major -ge 6'
        . ([scriptblock]::Create($source))
        $asked = @{ Store = 'Root'; Thumbprint = $thumbprint; Pem = $pem }
    }
    BeforeEach {
        $folder = Join-Path $TestDrive ([guid]::NewGuid())
        $null = New-Item -ItemType Directory -Path $folder
        $script:folder = $folder
        $script:seen = ''
        $script:major = 7
        Mock New-ProtectedFolder { @{ Path = $script:folder; Error = '' } }
        Mock Import-Certificate { $script:seen = (Get-PfxCertificate -FilePath $FilePath).Thumbprint }
        Mock Invoke-Native {
            $script:seen = (Get-PfxCertificate -FilePath $Arguments[-1]).Thumbprint
            @{ ExitCode = 0; Output = @(); Error = '' }
        }
    }
    AfterEach {
        @(Get-ChildItem -LiteralPath $folder -Force).Count | Should -Be 0 -Because 'the file is deleted afterwards, however it went'
    }
    It 'goes by Import-Certificate in PowerShell <_>' -ForEach @(3, 5) {
        $script:major = $_
        $added = Add-CertificateFromFile @asked
        $added.Route | Should -BeExactly 'Import-Certificate'
        "$($added.Error)" | Should -BeExactly ''
        $script:seen | Should -Be $thumbprint
        Should -Invoke Import-Certificate -Times 1 -Exactly -ParameterFilter { $CertStoreLocation -eq 'Cert:\LocalMachine\Root' -and $FilePath -eq "$($script:folder)\F40042E2E5F7E8EF8189FED15519AECE42C3BFA2.cer" }
        Should -Invoke Invoke-Native -Times 0 -Exactly
        Should -Invoke New-ProtectedFolder -Times 1 -Exactly -ParameterFilter { $Name -eq 'import' }
    }
    It 'goes by certutil.exe in PowerShell <_>' -ForEach @(6, 7) {
        $script:major = $_
        $asked.Store = 'CA'
        $added = Add-CertificateFromFile @asked
        $asked.Store = 'Root'
        $added.Route | Should -BeExactly 'certutil.exe'
        "$($added.Error)" | Should -BeExactly ''
        $script:seen | Should -Be $thumbprint
        Should -Invoke Invoke-Native -Times 1 -Exactly -ParameterFilter { $FilePath -eq 'certutil.exe' -and "$Arguments" -eq "-f -addstore CA $($script:folder)\F40042E2E5F7E8EF8189FED15519AECE42C3BFA2.cer" }
        Should -Invoke Import-Certificate -Times 0 -Exactly
    }
    It 'takes the exit code of certutil.exe for no proof, but says when it did not start' {
        Mock Invoke-Native { @{ ExitCode = 1; Output = @('denied'); Error = '' } }
        "$((Add-CertificateFromFile @asked).Error)" | Should -BeExactly ''
        Mock Invoke-Native { @{ ExitCode = -1; Output = @(); Error = 'certutil.exe did not start: blocked' } }
        (Add-CertificateFromFile @asked).Error | Should -BeExactly 'certutil.exe did not start: blocked'
    }
    It 'says why Import-Certificate could not' {
        $script:major = 5
        Mock Import-Certificate { throw 'denied' }
        (Add-CertificateFromFile @asked).Error | Should -BeExactly 'denied'
    }
    It 'refuses a file with another thumbprint, in PowerShell <_>' -ForEach @(5, 7) {
        $script:major = $_
        $added = Add-CertificateFromFile -Store 'Root' -Thumbprint $other -Pem $pem
        $added.Error | Should -Match 'not the certificate of the script'
        Should -Invoke Import-Certificate -Times 0 -Exactly
        Should -Invoke Invoke-Native -Times 0 -Exactly
    }
    It 'refuses a file that is no certificate, in PowerShell <_>' -ForEach @(5, 7) {
        $script:major = $_
        # As without a person who could be asked for a password.
        Mock Get-PfxCertificate { throw 'cannot find the object' }
        (Add-CertificateFromFile -Store 'Root' -Thumbprint $thumbprint -Pem 'junk').Error | Should -BeExactly 'cannot find the object'
        Should -Invoke Import-Certificate -Times 0 -Exactly
        Should -Invoke Invoke-Native -Times 0 -Exactly
    }
    It 'refuses a file that somebody exchanges' {
        Mock Get-PfxCertificate { [pscustomobject]@{ Thumbprint = 'A' * 40 } }
        (Add-CertificateFromFile @asked).Error | Should -Match 'not the certificate of the script'
        Should -Invoke Invoke-Native -Times 0 -Exactly
    }
    It 'writes nothing without a protected folder' {
        Mock New-ProtectedFolder { @{ Path = ''; Error = 'X:\psmint is a link' } }
        Mock Set-Content { }
        (Add-CertificateFromFile @asked).Error | Should -BeExactly 'X:\psmint is a link'
        Should -Invoke Set-Content -Times 0 -Exactly
        Should -Invoke Invoke-Native -Times 0 -Exactly
    }
}

Describe 'Remove-MachineCertificate' {
    BeforeEach {
        Mock Test-FullLanguage { $true }
        Mock Remove-Item { }
        Set-Store (New-TestStore $other, $thumbprint)
    }
    It 'removes that certificate alone, from the store <_> of the computer' -ForEach @('Root', 'CA') {
        $wanted = $_
        Remove-MachineCertificate -Store $wanted -Thumbprint $thumbprint | Should -BeNullOrEmpty
        $script:store.Done | Should -Be @('Open ReadWrite', "Remove $thumbprint", 'Close')
        Should -Invoke New-Object -Times 1 -Exactly -ParameterFilter { $TypeName -like '*X509Store' -and "$ArgumentList" -eq "$wanted LocalMachine" }
    }
    It 'removes nothing when it is not there' {
        Set-Store (New-TestStore $other)
        Remove-MachineCertificate -Store 'Root' -Thumbprint $thumbprint | Should -BeNullOrEmpty
        $script:store.Done | Should -Be @('Open ReadWrite', 'Close')
    }
    It 'goes by the provider where .NET may not be called' {
        Mock Test-FullLanguage { $false }
        Remove-MachineCertificate -Store 'CA' -Thumbprint $thumbprint | Should -BeNullOrEmpty
        Should -Invoke Remove-Item -Times 1 -Exactly -ParameterFilter { $LiteralPath -eq 'Cert:\LocalMachine\CA\F40042E2E5F7E8EF8189FED15519AECE42C3BFA2' }
        $script:store.Done.Count | Should -Be 0
    }
    It 'refuses <Store>\<Thumbprint>' -ForEach @(
        @{ Store = 'AuthRoot'; Thumbprint = 'F40042E2E5F7E8EF8189FED15519AECE42C3BFA2' }
        @{ Store = 'Disallowed'; Thumbprint = 'F40042E2E5F7E8EF8189FED15519AECE42C3BFA2' }
        @{ Store = ''; Thumbprint = 'F40042E2E5F7E8EF8189FED15519AECE42C3BFA2' }
        @{ Store = 'Root'; Thumbprint = '' }
        @{ Store = 'Root'; Thumbprint = '*' }
        @{ Store = 'Root'; Thumbprint = 'F40042E2E5F7E8EF8189FED15519AECE42C3BFA2\..' }
        @{ Store = 'Root'; Thumbprint = 'F40042E2E5F7E8EF8189FED15519AECE42C3BFA' }
    ) {
        foreach ($isFull in $true, $false) {
            Mock Test-FullLanguage { $isFull }
            Remove-MachineCertificate -Store $Store -Thumbprint $Thumbprint | Should -Match 'is not one to remove'
        }
        $script:store.Done.Count | Should -Be 0
        Should -Invoke Remove-Item -Times 0 -Exactly
    }
    It 'says why it could not' {
        $script:store | Add-Member -MemberType ScriptMethod -Name Open -Value { param($what) throw 'Access is denied.' } -Force
        Remove-MachineCertificate -Store 'Root' -Thumbprint $thumbprint | Should -Not -BeNullOrEmpty
        Mock Test-FullLanguage { $false }
        Mock Remove-Item { throw 'denied' }
        Remove-MachineCertificate -Store 'Root' -Thumbprint $thumbprint | Should -BeExactly 'denied'
    }
}

Describe 'Write-ChangeRecord' {
    BeforeEach {
        $folder = Join-Path $TestDrive ([guid]::NewGuid())
        $null = New-Item -ItemType Directory -Path $folder
        $script:folder = $folder
        $file = "$folder/Root-$thumbprint.json"
        $asked = @{ PackId = 'pack'; Store = 'Root'; Thumbprint = $thumbprint }
        Mock New-ProtectedFolder { @{ Path = $script:folder; Error = '' } }
        Mock Start-Sleep { }
    }
    It 'writes one file for the certificate, with the state <_>' -ForEach @('adding', 'added') {
        Write-ChangeRecord @asked -State $_ | Should -BeNullOrEmpty
        @(Get-ChildItem -LiteralPath $folder | ForEach-Object { $_.Name }) | Should -Be @("Root-$thumbprint.json")
        $text = [System.IO.File]::ReadAllText($file)
        $text | Should -Match '^[\r\n -~]+$'
        $record = $text | ConvertFrom-Json
        @($record.PSObject.Properties.Name | Sort-Object) | Should -BeExactly @('at', 'pack', 'schemaVersion', 'state', 'store', 'thumbprint')
        $record.schemaVersion | Should -Be 1
        $record.pack | Should -BeExactly 'pack'
        $record.store | Should -BeExactly 'Root'
        $record.thumbprint | Should -BeExactly $thumbprint
        $record.state | Should -BeExactly $_
        $text | Should -Match '"at":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"'
        Should -Invoke New-ProtectedFolder -Times 1 -Exactly -ParameterFilter { $Name -eq 'pack' }
    }
    It 'takes the place of the earlier state, and touches no other record' {
        $null = Write-ChangeRecord @asked -State 'adding'
        $null = Write-ChangeRecord -PackId 'pack' -Store 'CA' -Thumbprint $other -State 'added'
        $null = Write-ChangeRecord @asked -State 'added'
        ([System.IO.File]::ReadAllText($file) | ConvertFrom-Json).state | Should -BeExactly 'added'
        Write-ChangeRecord @asked -State 'removed' | Should -BeNullOrEmpty
        @(Get-ChildItem -LiteralPath $folder | ForEach-Object { $_.Name }) | Should -Be @("CA-$other.json")
    }
    It 'has nothing to do when nothing is left of it' {
        Write-ChangeRecord @asked -State 'removed' | Should -BeNullOrEmpty
        @(Get-ChildItem -LiteralPath $folder).Count | Should -Be 0
    }
    It 'says why there is no folder, and writes nothing' {
        Mock New-ProtectedFolder { @{ Path = ''; Error = 'the folder below ProgramData needs administrator rights' } }
        foreach ($state in 'adding', 'added', 'removed') { Write-ChangeRecord @asked -State $state | Should -BeExactly 'the folder below ProgramData needs administrator rights' }
    }
    It 'says why the file could not be written or removed' {
        Mock Move-Item { throw 'in use' }
        Write-ChangeRecord @asked -State 'adding' | Should -Match 'could not be written: in use'
        Set-Content -LiteralPath $file -Value 'x'
        Mock Remove-Item { throw 'in use' }
        Write-ChangeRecord @asked -State 'removed' | Should -BeExactly 'in use'
    }
    It 'is read back by Read-ChangeRecord' {
        . (Join-Path $repositoryRoot 'templates/functions/machine/Read-ChangeRecord.ps1')
        . (Join-Path $repositoryRoot 'templates/functions/machine/Get-ReadError.ps1')
        $before = $env:ProgramData
        $env:ProgramData = "$TestDrive"
        $script:folder = "$TestDrive/psmint/pack"
        $null = New-Item -ItemType Directory -Force -Path $script:folder
        Mock Test-ProtectedFolder { '' }
        (Read-ChangeRecord @asked).Status | Should -Be 'missing'
        foreach ($state in 'adding', 'added') {
            $null = Write-ChangeRecord @asked -State $state
            (Read-ChangeRecord @asked).Value | Should -BeExactly $state
        }
        $null = Write-ChangeRecord @asked -State 'removed'
        (Read-ChangeRecord @asked).Status | Should -Be 'missing'
        $env:ProgramData = $before
    }
}
