# check.ps1 - Secure Boot certificates of 2023
# Pack microsoft-secure-boot-2023 1.0.0, target manual, made by psmint 0.0.0. Signed: do not edit.
#
# Reads only: this script holds no code that could change the machine. It writes a file only with -ReportPath.
#
# Exit codes: 0 = pass, 10 = fail, 11 = pendingReboot, 12 = unknown, 1 = the script did not run.
# Answer: A table in your language on the console; the last line is the same summary that tools read.
# The summary is one line: PSMINT <script> <verdict> pack=<id>@<version> <rule>=<state> ... | <reason>
#Requires -Version 3.0
param([string]$ReportPath = '', [string]$Language = '')
Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
trap {
	# Nothing on the error stream; exit code 1 says that there is no verdict.
	$problem = ('{0} at line {1}' -f $_.FullyQualifiedErrorId, $_.InvocationInfo.ScriptLineNumber) -replace '[^ -~]', '?'
	'PSMINT check unknown pack=microsoft-secure-boot-2023@1.0.0 | script error: ' + $problem
	exit 1
}
# A Windows PowerShell that PowerShell 7 started inherits its module path and then lacks its own modules.
if ($PSVersionTable.PSVersion.Major -lt 6) {
	$env:PSModulePath = "$PSHOME\Modules;$env:ProgramFiles\WindowsPowerShell\Modules"
}

# === Data of the requirement pack ===
$Plan = @{
	Script = 'check'
	Target = 'manual'
	PackId = 'microsoft-secure-boot-2023'
	PackVersion = '1.0.0'
	Title = 'Secure Boot certificates of 2023|ja:\u30bb\u30ad\u30e5\u30a2 \u30d6\u30fc\u30c8\u8a3c\u660e\u66f8 (2023 \u5e74\u7248) \u3078\u306e\u66f4\u65b0'
	ToolVersion = '0.0.0'
	ExitCodes = @{ pass = 0; fail = 10; pendingReboot = 11; unknown = 12 }
}

$Rules = @{
	'SECUREBOOT-CERTIFICATES' = @{
		Id = 'SECUREBOOT-CERTIFICATES'
		Kind = 'secure-boot-certificates'
		Severity = 'required'
		Title = 'Secure Boot certificates of 2023|ja:\u30bb\u30ad\u30e5\u30a2 \u30d6\u30fc\u30c8\u8a3c\u660e\u66f8 (2023 \u5e74\u7248)'
		Remediation = @(
			'Install the latest cumulative update of Windows and the latest firmware of the manufacturer, restart, and look again after a day.|ja:\u6700\u65b0\u306e Windows \u7d2f\u7a4d\u66f4\u65b0\u30d7\u30ed\u30b0\u30e9\u30e0\u3068\u88fd\u9020\u5143\u306e\u6700\u65b0\u30d5\u30a1\u30fc\u30e0\u30a6\u30a7\u30a2\u3092\u9069\u7528\u3057\u3066\u518d\u8d77\u52d5\u3057\u30011 \u65e5\u4ee5\u4e0a\u304a\u3044\u3066\u518d\u5ea6\u78ba\u8a8d\u3057\u3066\u304f\u3060\u3055\u3044\u3002'
			'Where it stays like that, follow Microsoft KB5068202 (start the update by registry or group policy) or KB5085046 (errors). Have the BitLocker recovery key at hand first.|ja:\u5909\u308f\u3089\u306a\u3044\u5834\u5408\u306f\u3001Microsoft KB5068202 (\u30ec\u30b8\u30b9\u30c8\u30ea\u307e\u305f\u306f\u30b0\u30eb\u30fc\u30d7 \u30dd\u30ea\u30b7\u30fc\u306b\u3088\u308b\u66f4\u65b0\u306e\u958b\u59cb) \u307e\u305f\u306f KB5085046 (\u30a8\u30e9\u30fc\u306e\u5bfe\u51e6) \u306b\u5f93\u3063\u3066\u304f\u3060\u3055\u3044\u3002\u4e8b\u524d\u306b BitLocker \u306e\u56de\u5fa9\u30ad\u30fc\u3092\u78ba\u8a8d\u3057\u3066\u304f\u3060\u3055\u3044\u3002'
		)
		Reads = [ordered]@{
			Enabled = 'HKLM:\SYSTEM\CurrentControlSet\Control\SecureBoot\State\UEFISecureBootEnabled'
			Status = 'HKLM:\SYSTEM\CurrentControlSet\Control\SecureBoot\Servicing\UEFICA2023Status'
			Error = 'HKLM:\SYSTEM\CurrentControlSet\Control\SecureBoot\Servicing\UEFICA2023Error'
			Capable = 'HKLM:\SYSTEM\CurrentControlSet\Control\SecureBoot\Servicing\WindowsUEFICA2023Capable'
			Db = 'Firmware:db'
			Kek = 'Firmware:KEK'
			Event = 'Event:System/Microsoft-Windows-TPM-WMI/1795,1796,1797,1798,1800,1801,1802,1803,1808'
		}
		Slow = @('Db', 'Kek', 'Event')
		Parameters = @{}
	}
}

$Messages = @{
	SECURE_BOOT_UPDATED = 'The Secure Boot certificates of 2023 are in place|ja:2023 \u5e74\u7248\u306e\u30bb\u30ad\u30e5\u30a2 \u30d6\u30fc\u30c8\u8a3c\u660e\u66f8\u306b\u66f4\u65b0\u6e08\u307f'
	SECURE_BOOT_OFF = 'Secure Boot is off|ja:\u30bb\u30ad\u30e5\u30a2 \u30d6\u30fc\u30c8\u306f\u7121\u52b9'
	SECURE_BOOT_NOT_STARTED = 'The update of the Secure Boot certificates has not begun|ja:\u30bb\u30ad\u30e5\u30a2 \u30d6\u30fc\u30c8\u8a3c\u660e\u66f8\u306e\u66f4\u65b0\u304c\u672a\u958b\u59cb'
	SECURE_BOOT_IN_PROGRESS = 'The update of the Secure Boot certificates is not finished|ja:\u30bb\u30ad\u30e5\u30a2 \u30d6\u30fc\u30c8\u8a3c\u660e\u66f8\u306e\u66f4\u65b0\u304c\u672a\u5b8c\u4e86'
	SECURE_BOOT_ERROR = 'The update of the Secure Boot certificates has met an error|ja:\u30bb\u30ad\u30e5\u30a2 \u30d6\u30fc\u30c8\u8a3c\u660e\u66f8\u306e\u66f4\u65b0\u3067\u30a8\u30e9\u30fc\u304c\u767a\u751f'
	SECURE_BOOT_CONTRADICTION = 'Windows starts with the boot manager of 2023, but says that no update has begun|ja:2023 \u5e74\u7248\u306e\u30d6\u30fc\u30c8 \u30de\u30cd\u30fc\u30b8\u30e3\u30fc\u3067\u8d77\u52d5\u3057\u3066\u3044\u308b\u304c\u3001\u66f4\u65b0\u306f\u672a\u958b\u59cb\u3068\u8a18\u9332|do:DO_LOOK'
	SECURE_BOOT_FIRMWARE_LACKS = 'Windows says that the update is done, but the firmware lacks a Secure Boot certificate of 2023|ja:\u66f4\u65b0\u6e08\u307f\u3068\u8a18\u9332\u3055\u308c\u3066\u3044\u308b\u304c\u3001\u30d5\u30a1\u30fc\u30e0\u30a6\u30a7\u30a2\u306b 2023 \u5e74\u7248\u306e\u30bb\u30ad\u30e5\u30a2 \u30d6\u30fc\u30c8\u8a3c\u660e\u66f8\u304c\u4e0d\u8db3|do:DO_LOOK'
	SECURE_BOOT_FIRMWARE_HAS = 'The firmware has the Secure Boot certificates of 2023, but Windows says that no update has begun|ja:\u30d5\u30a1\u30fc\u30e0\u30a6\u30a7\u30a2\u306b 2023 \u5e74\u7248\u306e\u30bb\u30ad\u30e5\u30a2 \u30d6\u30fc\u30c8\u8a3c\u660e\u66f8\u304c\u3042\u308b\u304c\u3001\u66f4\u65b0\u306f\u672a\u958b\u59cb\u3068\u8a18\u9332|do:DO_LOOK'
	SECURE_BOOT_NO_STATE = 'Windows does not say whether Secure Boot is on|ja:\u30bb\u30ad\u30e5\u30a2 \u30d6\u30fc\u30c8\u304c\u6709\u52b9\u304b\u3069\u3046\u304b\u306e\u8a18\u9332\u306a\u3057|do:DO_LOOK'
	SECURE_BOOT_NO_STATUS = 'Windows does not say how far the update of the Secure Boot certificates is|ja:\u30bb\u30ad\u30e5\u30a2 \u30d6\u30fc\u30c8\u8a3c\u660e\u66f8\u306e\u66f4\u65b0\u72b6\u6cc1\u306e\u8a18\u9332\u306a\u3057|do:DO_LOOK'
	SECURE_BOOT_UNREADABLE = 'Could not read the state of Secure Boot|ja:\u30bb\u30ad\u30e5\u30a2 \u30d6\u30fc\u30c8\u306e\u72b6\u614b\u306e\u8aad\u307f\u53d6\u308a\u306b\u5931\u6557|do:DO_ELEVATE DO_LOOK'
	NOTE_STOP = '. |ja:\u3002'
	DO_UPDATE = 'Install the latest cumulative update|ja:\u6700\u65b0\u306e\u7d2f\u7a4d\u66f4\u65b0\u30d7\u30ed\u30b0\u30e9\u30e0\u3092\u9069\u7528'
	DO_ROLLUP = 'Install the latest monthly rollup|ja:\u6700\u65b0\u306e\u30de\u30f3\u30b9\u30ea\u30fc \u30ed\u30fc\u30eb\u30a2\u30c3\u30d7\u3092\u9069\u7528'
	DO_UPGRADE = 'Upgrade Windows|ja:Windows \u3092\u30a2\u30c3\u30d7\u30b0\u30ec\u30fc\u30c9'
	DO_UPGRADE_ELSE = 'Where none is offered, upgrade Windows|ja:\u63d0\u4f9b\u3055\u308c\u306a\u3044\u5834\u5408\u306f Windows \u3092\u30a2\u30c3\u30d7\u30b0\u30ec\u30fc\u30c9'
	DO_RESTART = 'Restart the computer|ja:\u518d\u8d77\u52d5'
	DO_LOOK = 'Look by hand|ja:\u624b\u52d5\u3067\u78ba\u8a8d'
	DO_ELEVATE = 'Run the script as administrator|ja:\u7ba1\u7406\u8005\u3068\u3057\u3066\u5b9f\u884c'
	DO_DISTRUST = 'Find out why it is there, and remove it by hand|ja:\u7406\u7531\u3092\u78ba\u8a8d\u3057\u3001\u624b\u52d5\u3067\u524a\u9664'
	STATE_pass = 'Met|ja:\u9069\u5408'
	STATE_fail = 'Not met|ja:\u4e0d\u9069\u5408'
	STATE_notApplicable = 'Not applicable|ja:\u5bfe\u8c61\u5916'
	STATE_unknown = 'Could not tell|ja:\u5224\u5b9a\u4e0d\u53ef'
	STATE_pendingReboot = 'Restart pending|ja:\u518d\u8d77\u52d5\u5f85\u3061'
	STATE_fixed = 'Fixed|ja:\u4fee\u5fa9\u6e08\u307f'
	STATE_fixFailed = 'Fix failed|ja:\u4fee\u5fa9\u5931\u6557'
	STATE_skipped = 'Not done|ja:\u672a\u5b9f\u65bd'
	VERDICT_pass = 'The requirements are met|ja:\u8981\u4ef6\u3092\u6e80\u305f\u3057\u3066\u3044\u307e\u3059'
	VERDICT_fail = 'The requirements are not met, action is needed|ja:\u8981\u4ef6\u3092\u6e80\u305f\u3057\u3066\u3044\u307e\u305b\u3093 (\u5bfe\u5fdc\u304c\u5fc5\u8981\u3067\u3059)'
	VERDICT_pendingReboot = 'A restart is needed|ja:\u518d\u8d77\u52d5\u304c\u5fc5\u8981\u3067\u3059'
	VERDICT_unknown = 'Could not determine whether the requirements are met|ja:\u8981\u4ef6\u3092\u6e80\u305f\u3059\u304b\u78ba\u8a8d\u3067\u304d\u307e\u305b\u3093\u3067\u3057\u305f'
	LABEL_EXPECTED = 'Expected|ja:\u8981\u4ef6'
	LABEL_FOUND = 'Found|ja:\u691c\u51fa\u5024'
	LABEL_TO_DO = 'What to do|ja:\u5bfe\u5fdc\u65b9\u6cd5'
}

# === Functions, the same in every script of psmint ===
# --- Machine: the only functions that touch Windows
function Get-ReadError {
	param($Problem)
	$text = "$Problem"
	if ($Problem -isnot [string]) { $text = "$($Problem.CategoryInfo.Category): $($Problem.FullyQualifiedErrorId)" -replace '[^ -~]', '?' }
	@{ Status = 'error'; Value = $text }
}

function Invoke-Native {
	param($FilePath, [string[]]$Arguments)
	$folder = if ($env:PROCESSOR_ARCHITEW6432) { 'Sysnative' } else { 'System32' }
	$tool = "$env:SystemRoot\$folder\$FilePath"
	$ErrorActionPreference = 'Continue'
	try {
		$global:LASTEXITCODE = 0
		$output = @(& $tool @Arguments 2>&1)
		@{ ExitCode = $global:LASTEXITCODE; Output = @(foreach ($line in $output) { "$line" }); Error = '' }
	} catch {
		@{ ExitCode = -1; Output = @(); Error = "$FilePath did not start: $($_.FullyQualifiedErrorId)" }
	}
}

function Read-ConstrainedRegistry {
	param([string]$Path, [int]$View, [string]$Name)
	$is32Bit = $env:PROCESSOR_ARCHITECTURE -eq 'x86'
	if ($is32Bit -and $env:PROCESSOR_ARCHITEW6432 -and $View -eq 64) { return Read-RegistryByTool -Path "HKLM\$Path" -Name $Name }
	if (-not $is32Bit -and $View -eq 32) { $Path = $Path -replace '^SOFTWARE\\', 'SOFTWARE\WOW6432Node\' }
	$Path = "Registry::HKEY_LOCAL_MACHINE\$Path"
	try {
		$item = Get-Item -LiteralPath $Path
	} catch {
		if ("$($_.FullyQualifiedErrorId)" -like 'PathNotFound*') { return @{ Status = 'missing'; Value = '' } }
		throw
	}
	if (-not $Name) { return @{ Status = 'found'; Value = @(foreach ($child in @(Get-ChildItem -LiteralPath $Path)) { $child.PSChildName }) } }
	if (@($item.Property) -notcontains $Name) { return @{ Status = 'missing'; Value = '' } }
	@{ Status = 'found'; Value = (Get-ItemProperty -LiteralPath $Path -Name $Name).$Name }
}

function Read-Event {
	param([string]$LogName, [string]$Provider, [int[]]$Id)
	if ($env:OS -ne 'Windows_NT') { return Get-ReadError -Problem 'no event log on this system' }
	try {
		$newest = @(Get-WinEvent -FilterHashtable @{ LogName = $LogName; ProviderName = $Provider; Id = $Id } -MaxEvents 1)
		if ($newest.Length -eq 0) { return @{ Status = 'missing'; Value = '' } }
		$time = $newest[0].TimeCreated.ToUniversalTime().ToString('s')
		@{ Status = 'found'; Value = "$($newest[0].Id) ${time}Z" }
	} catch {
		if ("$($_.FullyQualifiedErrorId)" -like 'NoMatching*Found*') { return @{ Status = 'missing'; Value = '' } }
		Get-ReadError -Problem $_
	}
}

function Read-FileVersion {
	param([string]$Path)
	if ($env:OS -ne 'Windows_NT') { return Get-ReadError -Problem 'no Windows files on this system' }
	if ($env:PROCESSOR_ARCHITEW6432) { $Path = $Path -replace '\\System32\\', '\Sysnative\' }
	try {
		$version = (Get-Item -LiteralPath ($Path -replace '^%SystemRoot%', $env:SystemRoot) -Force).VersionInfo
		@{ Status = 'found'; Value = '{0}.{1}.{2}.{3}' -f $version.FileMajorPart, $version.FileMinorPart, $version.FileBuildPart, $version.FilePrivatePart }
	} catch {
		if ("$($_.FullyQualifiedErrorId)" -like 'PathNotFound*') { return @{ Status = 'missing'; Value = '' } }
		Get-ReadError -Problem $_
	}
}

function Read-FirmwareVariable {
	param([string]$Name)
	if ($env:OS -ne 'Windows_NT') { return Get-ReadError -Problem 'no Secure Boot variables on this system' }
	$isElevated = Test-Elevation
	if ($null -eq $isElevated) { return Get-ReadError -Problem 'cannot tell whether this process may look' }
	if (-not $isElevated -or $PSVersionTable['PSEdition'] -eq 'Core') { return @{ Status = 'missing'; Value = '' } }
	try {
		$letters = @(foreach ($byte in (Get-SecureBootUEFI -Name $Name).Bytes) { [char]$byte })
		$text = [string]::Join('', $letters)
		if ($text -eq '') { return Get-ReadError -Problem 'the firmware gives an empty variable' }
		$names = @(foreach ($match in [regex]::Matches($text, '(Microsoft|Windows)[A-Za-z0-9 ]{1,60} (2011|2023)')) { $match.Value })
		@{ Status = 'found'; Value = @(Select-Unique -Text $names) }
	} catch {
		if ("$($_.FullyQualifiedErrorId)" -like 'CommandNotFound*') { return @{ Status = 'missing'; Value = '' } }
		Get-ReadError -Problem $_
	}
}

function Read-HostEnvironment {
	$architecture = "$env:PROCESSOR_ARCHITECTURE"
	$onWindows = $env:OS -eq 'Windows_NT'
	$about = [ordered]@{
		windows = $onWindows
		windows64Bit = $onWindows -and ($architecture -match '64' -or [bool]$env:PROCESSOR_ARCHITEW6432)
		powershell = "$($PSVersionTable.PSVersion)"
		languageMode = "$($ExecutionContext.SessionState.LanguageMode)"
		processBits = if ($architecture -match '^(x86|ARM)$') { 32 } else { 64 }
		elevated = Test-Elevation
		culture = $PSCulture
	}
	@{ DeviceName = "$env:COMPUTERNAME" -replace '^$', 'unknown'; Host = $about }
}

function Read-Registry {
	param($Key, [string]$Name = '')
	if ($env:OS -ne 'Windows_NT') { return Get-ReadError -Problem 'no registry on this system' }
	$view = if ($Key -like 'HKLM32:*') { 32 } else { 64 }
	$path = $Key -replace '^HKLM(32)?:\\', ''
	try {
		if (-not (Test-FullLanguage)) { return Read-ConstrainedRegistry -Path $path -View $view -Name $Name }
		$value = $null
		$opened = [Microsoft.Win32.RegistryKey]::OpenBaseKey('LocalMachine', "Registry$view").OpenSubKey($path)
		if ($opened) {
			if ($Name) { $value = $opened.GetValue($Name) } else { $value = $opened.GetSubKeyNames() }
			$opened.Close()
		}
		if ($null -eq $value) { return @{ Status = 'missing'; Value = '' } }
		@{ Status = 'found'; Value = $value }
	} catch {
		Get-ReadError -Problem $_
	}
}

function Read-RegistryByTool {
	param([string]$Path, [string]$Name = '')
	$answer = Invoke-Native -FilePath 'reg.exe' -Arguments 'query', $Path, '/reg:64'
	if ($answer.Error) { return Get-ReadError -Problem $answer.Error }
	if ($answer.ExitCode -ne 0) {
		$parent = $Path -replace '\\[^\\]+$', ''
		$above = @{ Status = 'error'; Value = '' }
		if ($parent -ne 'HKLM') { $above = Read-RegistryByTool -Path $parent }
		if ($above.Status -ne 'error' -and @($above.Value) -notcontains ($Path -replace '^.*\\', '')) { return @{ Status = 'missing'; Value = '' } }
		return Get-ReadError -Problem 'reg.exe could not read the key'
	}
	if (-not $Name) {
		$below = '^HKEY_LOCAL_MACHINE{0}\\(.+)$' -f [regex]::Escape($Path.Substring(4))
		return @{ Status = 'found'; Value = @(foreach ($line in $answer.Output) { if ($line -match $below) { $Matches[1].Trim() } }) }
	}
	foreach ($line in $answer.Output) {
		if ($line -match ('^\s+' + [regex]::Escape($Name) + '\s+(REG_[A-Z_]+)\s*(.*)$')) {
			$text = $Matches[2].Trim()
			if ($Matches[1] -eq 'REG_DWORD' -and $text -match '^0x[0-9a-f]{1,8}$') { $text = [long]$text }
			return @{ Status = 'found'; Value = $text }
		}
	}
	@{ Status = 'missing'; Value = '' }
}

function Test-Elevation {
	if ($env:OS -ne 'Windows_NT') { return $null }
	if (Test-FullLanguage) {
		return ([System.Security.Principal.WindowsPrincipal][System.Security.Principal.WindowsIdentity]::GetCurrent()).IsInRole([System.Security.Principal.WindowsBuiltInRole]::Administrator)
	}
	$groups = Invoke-Native -FilePath 'whoami.exe' -Arguments '/groups'
	if ($groups.Error -or $groups.ExitCode -ne 0) { return $null }
	return @($groups.Output -match 'S-1-16-(12288|16384)\b').Length -gt 0
}

function Test-FullLanguage {
	return "$($ExecutionContext.SessionState.LanguageMode)" -eq 'FullLanguage'
}

# --- Collect: reads what the rules ask for
function Add-Fact {
	param($Facts, $Rules, [string[]]$Id = @())
	foreach ($rule in $Rules.Values) {
		foreach ($role in $rule.Reads.Keys) {
			foreach ($place in Get-Place -Rule $rule -Role $role) {
				$isWanted = if ($Id.Length -gt 0) { $Id -contains $place } else { @($rule['Slow']) -notcontains $role }
				if ($isWanted -and -not $Facts.ContainsKey($place)) { $Facts[$place] = Get-Fact -Id $place }
			}
		}
	}
}

function Get-Fact {
	param([string]$Id)
	try {
		if ($Id -match '^(HKLM(?:32)?:\\.+)\\([^\\]*)$') {
			$read = Read-Registry -Key $Matches[1] -Name $Matches[2]
		} elseif ($Id -match '^Firmware:(.+)$') {
			$read = Read-FirmwareVariable -Name $Matches[1]
		} elseif ($Id -match '^Event:(.+)/(.+)/(.+)$') {
			$read = Read-Event -LogName $Matches[1] -Provider $Matches[2] -Id ($Matches[3] -split ',')
		} else {
			$read = Read-FileVersion -Path $Id
		}
		if (@('found', 'missing', 'error') -notcontains $read.Status) { throw "no answer for $Id" }
	} catch {
		$read = @{ Status = 'error'; Value = "$_" }
	}
	@{ Id = $Id; Status = $read.Status; Value = $read.Value }
}

function Get-Place {
	param($Rule, [string[]]$Role)
	$both = '{WOW6432Node\}'
	foreach ($name in $Role) {
		foreach ($place in $Rule.Reads[$name]) {
			$place.Replace($both, 'WOW6432Node\')
			if ($place.Contains($both)) { $place.Replace($both, '') }
		}
	}
}

# --- Kinds: judge one rule, from facts alone
function Get-FirmwareOutcome {
	param($Rule, $Facts)
	$wanted = @{ Db = 'Windows UEFI CA 2023'; Kek = 'Microsoft Corporation KEK*CA 2023' }
	$found = @{}
	foreach ($role in @('Db', 'Kek')) {
		$fact = Select-Fact -Rule $Rule -Facts $Facts -Role $role
		if (-not $fact) { return 'ASK' }
		if ($fact.Status -eq 'error') { return 'UNREADABLE' }
		if ($fact.Status -eq 'found') { $found[$role] = @(@($fact.Value) -like $wanted[$role]).Length -gt 0 }
	}
	if ($found.Values -contains $false) { return 'LACKS' }
	if ($found.Count -eq 2) { 'HAS' } else { '' }
}

function Get-SecureBootOutcome {
	param($Fact, $Number, [string]$Status, [string]$Firmware)
	if ($Fact.Enabled.Status -eq 'error') { return 'UNREADABLE' }
	if ($Number.Enabled -eq 0) { return 'OFF' }
	if ($Number.Enabled -ne 1) { return 'NO_STATE' }
	if ($Fact.Status.Status -eq 'error') { return 'UNREADABLE' }
	if ($Status -eq 'InProgress') { return 'IN_PROGRESS' }
	if (@('Updated', 'NotStarted') -notcontains $Status) { return 'NO_STATUS' }
	if ($Status -eq 'NotStarted') {
		if ($Fact.Capable.Status -eq 'error') { return 'UNREADABLE' }
		if ($Number.Capable -eq 2) { return 'CONTRADICTION' }
	}
	if ($Firmware -eq 'UNREADABLE') { return 'UNREADABLE' }
	if ($Status -eq 'NotStarted') {
		if ($Firmware -eq 'HAS') { return 'FIRMWARE_HAS' }
		return 'NOT_STARTED'
	}
	if ($Firmware -eq 'LACKS') { return 'FIRMWARE_LACKS' }
	return 'UPDATED'
}

function Test-SecureBootCertificate {
	param($Rule, $Facts)
	$read = @{ Rule = $Rule; Facts = $Facts }
	$fact = @{}
	$number = @{}
	foreach ($role in @('Enabled', 'Status', 'Error', 'Capable')) {
		$fact[$role] = Select-Fact @read -Role $role
		if (-not $fact[$role]) { $fact[$role] = @{ Status = 'error'; Value = '' } }
		$number[$role] = if ($fact[$role].Status -eq 'found') { Get-FactInteger -Fact $fact[$role] }
	}
	$status = if ($fact.Status.Status -eq 'found' -and $fact.Status.Value -is [string]) { $fact.Status.Value.Trim() } else { '' }
	$firmware = Get-FirmwareOutcome @read
	$outcome = Get-SecureBootOutcome -Fact $fact -Number $number -Status $status -Firmware $firmware
	$needs = @(if ($firmware -eq 'ASK' -and @('UPDATED', 'NOT_STARTED') -contains $outcome) { Get-Place -Rule $Rule -Role @('Db', 'Kek') })
	$isFailing = $null -ne $number.Error -and $number.Error -ne 0
	if ($isFailing -and @('NOT_STARTED', 'IN_PROGRESS') -contains $outcome) { $outcome = 'ERROR' }
	$state = switch -Regex ($outcome) {
		'^UPDATED$' { 'pass' }
		'^OFF$' { 'notApplicable' }
		'^(NOT_STARTED|IN_PROGRESS|ERROR)$' { 'fail' }
		default { 'unknown' }
	}
	$told = Select-Fact @read -Role 'Event'
	if ($number.Enabled -eq 1 -and $state -ne 'pass' -and -not $told) { $needs += Get-Place -Rule $Rule -Role 'Event' }
	$words = @(if ($status -and $isFailing) { '{0} (0x{1:X8})' -f $status, $number.Error } else { $status })
	if ($told -and $told.Status -eq 'found') { $words += "event $(@("$($told.Value)" -split ' ')[0])" }
	New-Finding @read -State $state -Key "SECURE_BOOT_$outcome" -Expected 'Updated' -Actual ([string]::Join(', ', @($words -ne ''))) -Needs $needs
}

# --- Evaluate: facts to findings to one verdict
function ConvertTo-EvidenceText {
	param($Fact)
	$items = @(
		foreach ($item in $Fact.Value) {
			if ($item -isnot [hashtable]) { "$item" } elseif ($item.Error) { "$($item.Name)=$($item.Error)" } else { "$($item.Name)=$($item.State)" }
		}
	)
	return [string]::Join(', ', $items)
}

function Get-FactInteger {
	param($Fact)
	$value = $Fact.Value
	if (($value -is [int] -or $value -is [long]) -and $value -lt 0 -and $value -ge -2147483648) { return [long]$value + 4294967296 }
	if ($value -isnot [array] -and "$value".Trim() -match '^[0-9]{1,15}$') { return [long]$Matches[0] }
}

function Get-Verdict {
	param($Findings)
	$states = @(foreach ($finding in $Findings) { if ($finding.Severity -eq 'required') { $finding.State -replace '^(fixFailed|skipped)$', 'fail' -replace '^fixed$', 'pass' } })
	foreach ($state in @('fail', 'pendingReboot', 'unknown', 'pass')) { if ($states -contains $state) { return $state } }
	return 'unknown'
}

function Invoke-Assessment {
	param($Rules)
	$facts = @{}
	Add-Fact -Facts $facts -Rules $Rules
	$findings = @(Get-Finding -Rules $Rules -Facts $facts)
	for ($round = 1; $round -le 3; $round++) {
		$needs = @(foreach ($finding in $findings) { $finding.Needs })
		if ($needs.Length -eq 0) { break }
		Add-Fact -Facts $facts -Rules $Rules -Id $needs
		$findings = @(Get-Finding -Rules $Rules -Facts $facts)
	}
	return $findings
}

function New-Finding {
	param($Rule, $Facts, $State, $Key, [string]$Expected = '', [string]$Actual = '', $Notes = @(), $Needs = @())
	$evidence = @(
		foreach ($fact in @(Select-Fact -Rule $Rule -Facts $Facts)) { [ordered]@{ source = $fact.Id; status = $fact.Status; value = ConvertTo-EvidenceText -Fact $fact } }
	)
	@{
		Id = $Rule.Id
		Severity = $Rule.Severity
		State = $State
		MessageKey = $Key
		Expected = $Expected
		Actual = $Actual
		Notes = @($Notes)
		Evidence = $evidence
		Needs = @($Needs)
	}
}

function Select-Fact {
	param($Rule, $Facts, [string[]]$Role = @($Rule.Reads.Keys))
	foreach ($id in Select-Unique -Text (Get-Place -Rule $Rule -Role $Role)) { if ($Facts.ContainsKey($id)) { $Facts[$id] } }
}

function Select-Unique {
	param([string[]]$Text)
	$unique = @()
	foreach ($one in $Text) { if ($unique -cnotcontains $one) { $unique += $one } }
	$unique
}

# --- Output
function ConvertTo-AsciiJson {
	param($InputObject)
	$json = ConvertTo-Json -InputObject $InputObject -Depth 9 -Compress
	foreach ($match in @([regex]::Matches($json, '[^ -~]') | Select-Object -ExpandProperty Value -Unique)) {
		$json = $json.Replace($match, ('\u{0:x4}' -f [int][char]$match))
	}
	return $json
}

function ConvertTo-AsciiText {
	param([string]$Text)
	return $Text -replace '[\x00-\x1f\x7f]+', ' ' -replace '[^ -~]', '?'
}

function ConvertTo-ReportObject {
	param($Plan, $Rules, $Findings, $Verdict, $Messages, $Environment, $StartedAt)
	$details = @(
		foreach ($finding in $Findings) {
			$rule = $Rules[$finding.Id]
			$text = Get-FindingText -Finding $finding -Rule $rule -Messages $Messages -Language 'en'
			[ordered]@{
				id = $finding.Id
				kind = $rule.Kind
				severity = $finding.Severity
				state = $finding.State
				title = $text.Title
				messageKey = $finding.MessageKey
				message = $text.Message
				expected = $finding.Expected
				actual = $finding.Actual
				evidence = $finding.Evidence
				remediation = $text.Steps
			}
		}
	)
	[ordered]@{
		schemaVersion = 1
		tool = [ordered]@{ name = 'psmint'; version = $Plan.ToolVersion }
		script = $Plan.Script
		target = $Plan.Target
		pack = [ordered]@{ id = $Plan.PackId; version = $Plan.PackVersion; title = Get-Text -Text $Plan.Title -Language 'en' }
		device = [ordered]@{ name = $Environment.DeviceName }
		host = $Environment.Host
		startedAt = $StartedAt
		endedAt = Get-UtcTime
		verdict = $Verdict
		exitCode = $Plan.ExitCodes[$Verdict]
		findings = $details
	}
}

function Get-AnswerLanguage {
	param($Plan, [string]$Language, [string]$Culture)
	$wanted = if ($Language) { $Language } else { $Culture -replace '-.*$', '' }
	if ($wanted -match '^[a-z]+$' -and $Plan.Title -match "\|$($wanted):") { return $wanted.ToLowerInvariant() }
	return 'en'
}

function Get-FindingText {
	param($Finding, $Rule, $Messages, [string]$Language)
	$read = @{ Language = $Language; Expected = $Finding.Expected }
	$message = $Messages[$Finding.MessageKey]
	$notes = @(foreach ($note in $Finding.Notes) { if ($Messages.ContainsKey($note)) { $Messages[$note] } else { $note } })
	$advice = @(if ($message -match '\|do:(.+)$') { foreach ($key in $Matches[1] -split ' ') { $Messages[$key] } })
	$isBad = @('fail', 'pendingReboot', 'fixFailed', 'skipped') -contains $Finding.State
	if ($advice.Length -eq 0 -and $isBad) { $advice = @($Rule.Remediation) }
	@{
		Title = Get-Text -Text $Rule.Title -Language $Language
		Message = ([string]::Join((Get-Text -Text $Messages.NOTE_STOP -Language $Language), @(foreach ($text in @($message) + $notes + '') { Get-Text -Text $text @read }))).Trim()
		Steps = @(foreach ($text in $advice) { Get-Text -Text $text @read })
	}
}

function Get-SummaryLine {
	param($Plan, $Rules, $Findings, $Verdict, $Messages)
	$reason = if ($Verdict -eq 'pass') { 'all required rules pass' } else { 'no required rule applies to this machine' }
	$bad = if ($Verdict -eq 'fail') { @('fail', 'fixFailed', 'skipped') } else { @($Verdict) }
	$worst = @($Findings | Where-Object { $Verdict -ne 'pass' -and $_.Severity -eq 'required' -and $bad -contains $_.State })
	if ($worst.Length -gt 0) {
		$text = Get-FindingText -Finding $worst[0] -Rule $Rules[$worst[0].Id] -Messages $Messages -Language 'en'
		$reason = ConvertTo-AsciiText -Text ('{0}: {1}' -f $worst[0].Id, $text.Message)
		if ($reason.Length -gt 300) { $reason = $reason.Substring(0, 300) }
	}
	$line = 'PSMINT {0} {1} pack={2}@{3}' -f $Plan.Script, $Verdict, $Plan.PackId, $Plan.PackVersion
	$states = @(foreach ($finding in $Findings) { '{0}={1}' -f $finding.Id, $finding.State })
	$room = 2048 - $reason.Length - 3
	$all = [string]::Join(' ', @($line) + $states)
	if ($all.Length -gt $room) {
		$sorted = @($states -notmatch '=(pass|fixed|notA)') + @($states -match '=(pass|fixed|notA)')
		$all = [string]::Join(' ', @($line) + $sorted).Substring(0, $room - 3) -replace ' [^ ]*$', ' ...'
	}
	return "$all | $reason"
}

function Get-Text {
	param([string]$Text, [string]$Language, [string]$Expected = '{0}')
	$part = ($Text -split '\|')[0]
	if ($Text -match "\|$($Language):([^|]*)") { $part = $Matches[1] }
	return [regex]::Unescape($part).Replace('{0}', $Expected)
}

function Get-UtcTime {
	return [datetime]::UtcNow.ToString('yyyy-MM-ddTHH:mm:ssZ')
}

function Test-ConsoleOutput {
	try {
		return $Host.Name -eq 'ConsoleHost' -and -not [Console]::IsOutputRedirected
	} catch {
		return $false
	}
}

function Write-ConsoleTable {
	param($Plan, $Rules, $Findings, $Verdict, $Messages, [string]$Language)
	if (-not (Test-ConsoleOutput)) { return }
	$label = @{}
	foreach ($key in $Messages.Keys) { $label[$key] = Get-Text -Text $Messages[$key] -Language $Language }
	''
	Get-Text -Text $Plan.Title -Language $Language
	$label["VERDICT_$Verdict"]
	foreach ($finding in $Findings) {
		$rule = $Rules[$finding.Id]
		$text = Get-FindingText -Finding $finding -Rule $rule -Messages $Messages -Language $Language
		''
		'[{0}] {1}  {2}' -f $label["STATE_$($finding.State)"], $finding.Id, $text.Title
		if ($Plan.Script -eq 'fix-cert' -and -not $rule['Installs']) { continue }
		'    {0}' -f $text.Message
		if ($finding.Actual) { '    {0}: {1}' -f $label.LABEL_FOUND, $finding.Actual }
		foreach ($step in $text.Steps) { '    {0}: {1}' -f $label.LABEL_TO_DO, $step }
	}
	''
}

function Write-ManualAnswer {
	param($Answer)
	Get-SummaryLine @Answer
}

function Write-ReportFile {
	param([string]$Path, [string]$Text, $Encoding)
	if ($Encoding -eq 'Utf8Bom' -and $PSVersionTable.PSVersion.Major -lt 6) { $Encoding = 'UTF8' }
	if (Test-Path -LiteralPath $Path -PathType Container) { return "$Path is a folder" }
	$temporary = "$Path.$PID.tmp"
	for ($try = 1; $try -le 3; $try++) {
		try {
			Set-Content -LiteralPath $temporary -Value $Text -Encoding $Encoding -WhatIf:$false
			Move-Item -LiteralPath $temporary -Destination $Path -Force -WhatIf:$false
			return
		} catch {
			$problem = "$Path could not be written: $($_.FullyQualifiedErrorId)"
			if ($try -lt 3) { Start-Sleep -Milliseconds 200 }
		}
	}
	if (Test-Path -LiteralPath $temporary) { Remove-Item -LiteralPath $temporary -Force -WhatIf:$false -ErrorAction SilentlyContinue }
	return $problem
}

# Evaluates the rules of this pack in their order.
function Get-Finding {
	param($Rules, $Facts)
	Test-SecureBootCertificate -Rule $Rules['SECUREBOOT-CERTIFICATES'] -Facts $Facts
}

# === What the script does ===
$startedAt = Get-UtcTime
$environment = Read-HostEnvironment
$findings = Invoke-Assessment -Rules $Rules
$verdict = Get-Verdict -Findings $findings
$answer = @{ Plan = $Plan; Rules = $Rules; Findings = $findings; Verdict = $verdict; Messages = $Messages }
if ($ReportPath) {
	$report = ConvertTo-ReportObject @answer -Environment $environment -StartedAt $startedAt
	$problem = Write-ReportFile -Path $ReportPath -Text (ConvertTo-AsciiJson -InputObject $report) -Encoding 'Ascii'
	if ($problem) { 'PSMINT report not written: {0}' -f (ConvertTo-AsciiText -Text $problem) }
}
Write-ConsoleTable @answer -Language (Get-AnswerLanguage -Plan $Plan -Language $Language -Culture $environment.Host.culture)
Write-ManualAnswer -Answer $answer
exit $Plan.ExitCodes[$verdict]
