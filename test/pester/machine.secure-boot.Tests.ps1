# Reads of firmware variables and of the event log, with stand-ins for Windows.

BeforeAll {
    Set-StrictMode -Version 2.0
    foreach ($path in 'machine/Get-ReadError', 'machine/Read-FirmwareVariable', 'machine/Read-Event', 'evaluate/Select-Unique') {
        . (Join-Path $PSScriptRoot "../../templates/functions/$path.ps1")
    }
    # Pester mocks only commands that exist.
    function Get-SecureBootUEFI { param($Name) }
    function Get-WinEvent { param($FilterHashtable, $MaxEvents) }
    function Test-Elevation { }
    $before = @{ OS = $env:OS; Edition = $PSVersionTable['PSEdition'] }
    # A variable as the firmware has it: certificates, whose names stand between bytes that are no text.
    function ConvertTo-Variable {
        param([string[]]$Name)

        $bytes = @(0xA1, 0x59, 0xC0, 0xA5)
        foreach ($one in $Name) {
            $bytes += @(0x31, 0x1E, 0x30, 0x1C, 0x06, 0x03, 0x55, 0x04, 0x03, 0x13, $one.Length) + [System.Text.Encoding]::ASCII.GetBytes($one) + @(0x30, 0x1E, 0x17, 0xFF)
        }
        [pscustomobject]@{ Name = 'db'; Bytes = [byte[]]$bytes }
    }
}

AfterAll {
    $env:OS = $before.OS
    $PSVersionTable['PSEdition'] = $before.Edition
}

Describe 'Read-FirmwareVariable' {
    BeforeEach {
        $env:OS = 'Windows_NT'
        $PSVersionTable['PSEdition'] = 'Desktop'
        Mock Test-Elevation { $true }
    }

    It 'gives the names of the certificates of 2011 and 2023, each once' {
        Mock Get-SecureBootUEFI { ConvertTo-Variable -Name 'Microsoft Root Certificate Authority 2010', 'Microsoft Windows Production PCA 2011', 'Example Platform Key', 'Windows UEFI CA 2023', 'Microsoft Option ROM UEFI CA 2023', 'Windows UEFI CA 2023' } -ParameterFilter { $Name -eq 'db' }
        $read = Read-FirmwareVariable -Name 'db'
        $read.Status | Should -Be 'found'
        $read.Value | Should -Be @('Microsoft Windows Production PCA 2011', 'Windows UEFI CA 2023', 'Microsoft Option ROM UEFI CA 2023')
    }
    It 'gives a name whose length is a sign of text too' {
        Mock Get-SecureBootUEFI { ConvertTo-Variable -Name 'Microsoft Corporation KEK CA 2011', 'Microsoft Corporation KEK 2K CA 2023' }
        (Read-FirmwareVariable -Name 'KEK').Value | Should -Be @('Microsoft Corporation KEK CA 2011', 'Microsoft Corporation KEK 2K CA 2023')
    }
    It 'gives an empty list where none of them is' {
        Mock Get-SecureBootUEFI { ConvertTo-Variable -Name 'Example Platform Key' }
        $read = Read-FirmwareVariable -Name 'db'
        $read.Status | Should -Be 'found'
        @($read.Value).Length | Should -Be 0
    }
    It 'is missing where nobody may look, and asks nobody' {
        Mock Get-SecureBootUEFI { throw 'asked' }
        Mock Test-Elevation { $false }
        (Read-FirmwareVariable -Name 'db').Status | Should -Be 'missing'
        Mock Test-Elevation { $true }
        $PSVersionTable['PSEdition'] = 'Core'
        (Read-FirmwareVariable -Name 'db').Status | Should -Be 'missing'
        Should -Not -Invoke Get-SecureBootUEFI
    }
    It 'looks in a PowerShell that has no editions yet' {
        $PSVersionTable.Remove('PSEdition')
        Mock Get-SecureBootUEFI { ConvertTo-Variable -Name 'Windows UEFI CA 2023' }
        (Read-FirmwareVariable -Name 'db').Value | Should -Be @('Windows UEFI CA 2023')
    }
    It 'is missing without the command' {
        Mock Get-SecureBootUEFI { Write-Error -Message 'no' -ErrorId 'CommandNotFoundException' -ErrorAction Stop }
        (Read-FirmwareVariable -Name 'db').Status | Should -Be 'missing'
    }
    It 'is an error where the firmware does not answer, and where the rights are not known' {
        Mock Get-SecureBootUEFI { Write-Error -Message 'no' -ErrorId 'GetFWVarFailed' -ErrorAction Stop }
        (Read-FirmwareVariable -Name 'db').Status | Should -Be 'error'
        Mock Get-SecureBootUEFI { [pscustomobject]@{ Name = 'db'; Bytes = $null } }
        (Read-FirmwareVariable -Name 'db').Status | Should -Be 'error'
        Mock Test-Elevation { $null }
        (Read-FirmwareVariable -Name 'db').Status | Should -Be 'error'
    }
    It 'is an error on another system' {
        $env:OS = ''
        (Read-FirmwareVariable -Name 'db').Status | Should -Be 'error'
    }
}

Describe 'Read-Event' {
    BeforeEach {
        $env:OS = 'Windows_NT'
        $about = @{ LogName = 'System'; Provider = 'Microsoft-Windows-TPM-WMI'; Id = 1801, 1808 }
    }

    It 'asks for the newest event of the provider with one of the IDs, and gives its ID and time' {
        Mock Get-WinEvent { [pscustomobject]@{ Id = 1808; TimeCreated = [datetime]::SpecifyKind([datetime]'2026-06-01 08:00:00', 'Utc').ToLocalTime() } } -ParameterFilter {
            $FilterHashtable.LogName -eq 'System' -and $FilterHashtable.ProviderName -eq 'Microsoft-Windows-TPM-WMI' -and "$($FilterHashtable.Id)" -eq '1801 1808' -and $MaxEvents -eq 1
        }
        $read = Read-Event @about
        $read.Status | Should -Be 'found'
        $read.Value | Should -BeExactly '1808 2026-06-01T08:00:00Z'
    }
    It 'is missing where there is no such event, or no such provider' {
        Mock Get-WinEvent { Write-Error -Message 'no' -ErrorId 'NoMatchingEventsFound' -ErrorAction Stop }
        (Read-Event @about).Status | Should -Be 'missing'
        Mock Get-WinEvent { Write-Error -Message 'no' -ErrorId 'NoMatchingProvidersFound' -ErrorAction Stop }
        (Read-Event @about).Status | Should -Be 'missing'
        Mock Get-WinEvent { }
        (Read-Event @about).Status | Should -Be 'missing'
    }
    It 'is an error where the log cannot be read, and on another system' {
        Mock Get-WinEvent { Write-Error -Message 'no' -ErrorId 'LogInfoUnavailable' -Category PermissionDenied -ErrorAction Stop }
        (Read-Event @about).Status | Should -Be 'error'
        $env:OS = ''
        (Read-Event @about).Status | Should -Be 'error'
    }
}
