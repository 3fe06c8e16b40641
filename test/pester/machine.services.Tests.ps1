# Reads of services, free space and files of products, with stand-ins for Windows.

BeforeAll {
    Set-StrictMode -Version 2.0
    foreach ($name in 'Get-ReadError', 'Read-Service', 'Read-FreeSpace', 'Read-ProgramFileVersion') {
        . (Join-Path $PSScriptRoot "../../templates/functions/machine/$name.ps1")
    }
    # Pester mocks only commands that exist.
    function Get-Service { param($Name) }
    function Get-PSDrive { param($Name) }
    function Get-CimInstance { param($ClassName, $Filter) }
    function Read-FileVersion { param([string]$Path) }
    $names = 'OS', 'SystemDrive', 'ProgramFiles', 'ProgramFiles(x86)', 'ProgramW6432', 'ProgramData'
    $before = @{}
    foreach ($name in $names) { $before[$name] = [Environment]::GetEnvironmentVariable($name) }
    function Set-Environment {
        param($Values)

        foreach ($name in $names) { [Environment]::SetEnvironmentVariable($name, $Values[$name]) }
    }
    $windows = @{ OS = 'Windows_NT'; SystemDrive = 'C:'; ProgramFiles = 'C:\Program Files'; 'ProgramFiles(x86)' = 'C:\Program Files (x86)'; ProgramW6432 = 'C:\Program Files'; ProgramData = 'C:\ProgramData' }
}

AfterAll {
    Set-Environment $before
}

Describe 'Read-Service' {
    BeforeEach { Set-Environment $windows }

    It 'gives the status of the service' {
        Mock Get-Service { [pscustomobject]@{ Status = [System.ServiceProcess.ServiceControllerStatus]'Running' } } -ParameterFilter { $Name -eq 'Spooler' }
        $read = Read-Service -Name 'Spooler'
        $read.Status | Should -Be 'found'
        $read.Value | Should -BeExactly 'Running'
    }
    It 'tells a service that is not there from one that could not be read' {
        Mock Get-Service { Write-Error -Message 'no' -ErrorId 'NoServiceFoundForGivenName' -ErrorAction Stop }
        (Read-Service -Name 'Nothing').Status | Should -Be 'missing'
        Mock Get-Service { Write-Error -Message 'no' -ErrorId 'CouldNotOpen' -Category PermissionDenied -ErrorAction Stop }
        (Read-Service -Name 'Secret').Status | Should -Be 'error'
    }
    It 'knows no services on another system' {
        Set-Environment @{}
        (Read-Service -Name 'Spooler').Status | Should -Be 'error'
    }
}

Describe 'Read-FreeSpace' {
    BeforeEach { Set-Environment $windows }

    It 'gives the free bytes of the system drive' {
        Mock Get-PSDrive { [pscustomobject]@{ Free = [long]53687091200 } } -ParameterFilter { $Name -eq 'C' }
        Mock Get-CimInstance { throw 'not needed' }
        $read = Read-FreeSpace
        $read.Status | Should -Be 'found'
        $read.Value | Should -BeExactly '53687091200'
    }
    It 'asks Win32_LogicalDisk when the drive says nothing (<Why>)' -ForEach @(
        @{ Why = 'no value'; Drive = { [pscustomobject]@{ Free = $null } } }
        @{ Why = 'an error'; Drive = { throw 'constrained' } }
    ) {
        Mock Get-PSDrive $Drive
        Mock Get-CimInstance { [pscustomobject]@{ FreeSpace = [uint64]1048576 } } -ParameterFilter { $Filter -eq "DeviceID='C:'" }
        (Read-FreeSpace).Value | Should -BeExactly '1048576'
    }
    It 'says so when nobody knows' {
        Mock Get-PSDrive { throw 'no' }
        Mock Get-CimInstance { throw 'no' }
        (Read-FreeSpace).Status | Should -Be 'error'
        Mock Get-CimInstance { [pscustomobject]@{ FreeSpace = $null } }
        (Read-FreeSpace).Status | Should -Be 'error'
        Set-Environment @{}
        (Read-FreeSpace).Status | Should -Be 'error'
    }
}

Describe 'Read-ProgramFileVersion' {
    BeforeAll {
        Mock Read-FileVersion { @{ Status = 'found'; Value = $Path } }
    }
    It '<Path> in a <What>: <Real>' -ForEach @(
        @{ What = '64-bit host'; Change = @{}; Path = '%ProgramFiles%\A\a.exe'; Real = 'C:\Program Files\A\a.exe' }
        @{ What = '64-bit host'; Change = @{}; Path = '%ProgramFiles(x86)%\A\a.exe'; Real = 'C:\Program Files (x86)\A\a.exe' }
        @{ What = '64-bit host'; Change = @{}; Path = '%ProgramData%\A\a.dll'; Real = 'C:\ProgramData\A\a.dll' }
        @{ What = '32-bit host'; Change = @{ ProgramFiles = 'C:\Program Files (x86)' }; Path = '%ProgramFiles%\a.exe'; Real = 'C:\Program Files\a.exe' }
        @{ What = '32-bit host'; Change = @{ ProgramFiles = 'C:\Program Files (x86)' }; Path = '%ProgramFiles(x86)%\a.exe'; Real = 'C:\Program Files (x86)\a.exe' }
        @{ What = '32-bit Windows'; Change = @{ 'ProgramFiles(x86)' = $null; ProgramW6432 = $null }; Path = '%ProgramFiles%\a.exe'; Real = 'C:\Program Files\a.exe' }
        @{ What = '32-bit Windows'; Change = @{ 'ProgramFiles(x86)' = $null; ProgramW6432 = $null }; Path = '%ProgramFiles(x86)%\a.exe'; Real = 'C:\Program Files\a.exe' }
    ) {
        $values = $windows.Clone()
        foreach ($name in $Change.Keys) { $values[$name] = $Change[$name] }
        Set-Environment $values
        (Read-ProgramFileVersion -Path $Path).Value | Should -BeExactly $Real
    }
    It 'says so when Windows has no such folder' {
        Set-Environment @{ OS = 'Windows_NT' }
        foreach ($path in '%ProgramFiles%\a.exe', '%ProgramData%\a.exe') { (Read-ProgramFileVersion -Path $path).Status | Should -Be 'error' }
    }
}
