# fix-cert.ps1 - Secure Boot certificates of 2023
# Pack microsoft-secure-boot-2023 1.0.0, target manual, made by psmint 0.0.0. Signed: do not edit.
#
# Adds missing certificates of the pack to their LocalMachine store, and nothing else. -WhatIf shows what it would do,
# -Rollback removes exactly what it added.
#
# Exit codes: 0 = pass, 10 = fail, 11 = pendingReboot, 12 = unknown, 1 = the script did not run.
# Answer: A table in your language on the console; the last line is the same summary that tools read.
# The summary is one line: PSMINT <script> <verdict> pack=<id>@<version> <rule>=<state> ... | <reason>
#Requires -Version 3.0
param([string]$ReportPath = '', [string]$Language = '', [switch]$WhatIf, [switch]$Rollback)
Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
trap {
	# Nothing on the error stream; exit code 1 says that there is no verdict.
	$problem = ('{0} at line {1}' -f $_.FullyQualifiedErrorId, $_.InvocationInfo.ScriptLineNumber) -replace '[^ -~]', '?'
	'PSMINT fix-cert unknown pack=microsoft-secure-boot-2023@1.0.0 | script error: ' + $problem
	exit 1
}
# A Windows PowerShell that PowerShell 7 started inherits its module path and then lacks its own modules.
if ($PSVersionTable.PSVersion.Major -lt 6) {
	$env:PSModulePath = "$PSHOME\Modules;$env:ProgramFiles\WindowsPowerShell\Modules"
}

# === Data of the requirement pack ===
$Plan = @{
	Script = 'fix-cert'
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
		}
		Parameters = @{}
	}
}

$Messages = @{
	SECURE_BOOT_UPDATED = 'The Secure Boot certificates of 2023 are in place'
	SECURE_BOOT_OFF = 'Secure Boot is off'
	SECURE_BOOT_NOT_STARTED = 'The update of the Secure Boot certificates has not begun'
	SECURE_BOOT_IN_PROGRESS = 'The update of the Secure Boot certificates is not finished'
	SECURE_BOOT_ERROR = 'The update of the Secure Boot certificates has met an error'
	SECURE_BOOT_CONTRADICTION = 'Windows starts with the boot manager of 2023, but says that no update has begun|do:DO_LOOK'
	SECURE_BOOT_NO_STATE = 'Windows does not say whether Secure Boot is on|do:DO_LOOK'
	SECURE_BOOT_NO_STATUS = 'Windows does not say how far the update of the Secure Boot certificates is|do:DO_LOOK'
	SECURE_BOOT_UNREADABLE = 'Could not read the state of Secure Boot|do:DO_ELEVATE DO_LOOK'
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

$Certificates = @{}

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

function Read-Certificate {
	param($Store, $Thumbprint)
	if ($env:OS -ne 'Windows_NT') { return Get-ReadError -Problem 'no certificate stores on this system' }
	$found = @()
	try {
		if (Test-Path -LiteralPath "Cert:\LocalMachine\$Store\$Thumbprint") { $found += "Cert:\LocalMachine\$Store" }
	} catch {
		$found = @()
	}
	$failure = $null
	foreach ($place in @('Microsoft\SystemCertificates', 'Policies\Microsoft\SystemCertificates', 'Microsoft\EnterpriseCertificates')) {
		$key = "HKLM:\SOFTWARE\$place\$Store\Certificates\$Thumbprint"
		$read = Read-Registry -Key $key
		if ($read.Status -eq 'found') { $found += $key }
		if ($read.Status -eq 'error') { $failure = $read }
	}
	if ($found.Length -gt 0) { return @{ Status = 'found'; Value = $found } }
	if ($failure) { return $failure }
	@{ Status = 'missing'; Value = '' }
}

function Read-ChangeRecord {
	param($PackId, $Store, $Thumbprint)
	try {
		$folder = "$env:ProgramData\psmint\$PackId"
		$file = "$folder\$Store-$Thumbprint.json"
		if (-not (Test-Path -LiteralPath $file)) { return @{ Status = 'missing'; Value = '' } }
		$problem = Test-ProtectedFolder -Path $folder
		if ($problem) { return Get-ReadError -Problem $problem }
		$record = Get-Content -LiteralPath $file -Raw | ConvertFrom-Json
		if ($record.schemaVersion -ne 1) { return Get-ReadError -Problem 'the change record has another version' }
		@{ Status = 'found'; Value = "$($record.state)" }
	} catch {
		Get-ReadError -Problem $_
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
	$outcome = 'IN_PROGRESS'
	if ($fact.Enabled.Status -eq 'error') {
		$outcome = 'UNREADABLE'
	} elseif ($number.Enabled -eq 0) {
		$outcome = 'OFF'
	} elseif ($number.Enabled -ne 1) {
		$outcome = 'NO_STATE'
	} elseif ($fact.Status.Status -eq 'error') {
		$outcome = 'UNREADABLE'
	} elseif ($status -eq 'Updated') {
		$outcome = 'UPDATED'
	} elseif ($status -eq 'NotStarted') {
		$outcome = if ($fact.Capable.Status -eq 'error') { 'UNREADABLE' } elseif ($number.Capable -eq 2) { 'CONTRADICTION' } else { 'NOT_STARTED' }
	} elseif ($status -ne 'InProgress') {
		$outcome = 'NO_STATUS'
	}
	$isFailing = $null -ne $number.Error -and $number.Error -ne 0
	if ($isFailing -and @('NOT_STARTED', 'IN_PROGRESS') -contains $outcome) { $outcome = 'ERROR' }
	$state = switch ($outcome) {
		'UPDATED' { 'pass' }
		'OFF' { 'notApplicable' }
		'NOT_STARTED' { 'fail' }
		'IN_PROGRESS' { 'fail' }
		'ERROR' { 'fail' }
		default { 'unknown' }
	}
	$actual = if ($status -and $isFailing) { '{0} (0x{1:X8})' -f $status, $number.Error } else { $status }
	New-Finding @read -State $state -Key "SECURE_BOOT_$outcome" -Expected 'Updated' -Actual $actual
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

# --- Change: the only functions that change Windows
function Add-CertificateFromFile {
	param($Store, $Thumbprint, $Pem)
	$route = if ($PSVersionTable.PSVersion.Major -ge 6) { 'certutil.exe' } else { 'Import-Certificate' }
	$folder = New-ProtectedFolder -Name 'import'
	$file = "$($folder.Path)\$Thumbprint.cer"
	$problem = $folder.Error
	try {
		if ($problem) { throw $problem }
		Set-Content -LiteralPath $file -Value $Pem -Encoding Ascii
		if ((Get-PfxCertificate -FilePath $file).Thumbprint -ne $Thumbprint) { throw 'the file is not the certificate of the script' }
		if ($route -eq 'Import-Certificate') {
			$null = Import-Certificate -FilePath $file -CertStoreLocation "Cert:\LocalMachine\$Store"
		} else {
			$problem = (Invoke-Native -FilePath 'certutil.exe' -Arguments '-f', '-addstore', $Store, $file).Error
		}
	} catch {
		$problem = "$($_.FullyQualifiedErrorId)"
	} finally {
		if (-not $folder.Error -and (Test-Path -LiteralPath $file)) { Remove-Item -LiteralPath $file -Force -ErrorAction SilentlyContinue }
	}
	@{ Route = $route; Error = $problem }
}

function Add-MachineCertificate {
	param($Store, $Thumbprint, $Pem)
	$problem = ''
	try {
		if (@('Root', 'CA', 'TrustedPublisher') -notcontains $Store) { throw "the store $Store is not one to add to" }
		if (-not (Test-FullLanguage)) { return Add-CertificateFromFile -Store $Store -Thumbprint $Thumbprint -Pem $Pem }
		$bytes = [System.Text.Encoding]::ASCII.GetBytes($Pem)
		$certificate = New-Object -TypeName System.Security.Cryptography.X509Certificates.X509Certificate2 -ArgumentList (, $bytes)
		if ($certificate.Thumbprint -ne $Thumbprint) { throw 'the certificate in the script has another thumbprint' }
		$opened = New-Object -TypeName System.Security.Cryptography.X509Certificates.X509Store -ArgumentList $Store, 'LocalMachine'
		$opened.Open('ReadWrite')
		$opened.Add($certificate)
		$opened.Close()
	} catch {
		$problem = "$($_.FullyQualifiedErrorId)"
	}
	@{ Route = 'X509Store'; Error = $problem }
}

function Remove-MachineCertificate {
	param($Store, $Thumbprint)
	try {
		if (@('Root', 'CA') -notcontains $Store -or $Thumbprint -notmatch '^[0-9A-F]{40}$') { throw "$Store\$Thumbprint is not one to remove" }
		if (-not (Test-FullLanguage)) {
			Remove-Item -LiteralPath "Cert:\LocalMachine\$Store\$Thumbprint"
			return
		}
		$opened = New-Object -TypeName System.Security.Cryptography.X509Certificates.X509Store -ArgumentList $Store, 'LocalMachine'
		$opened.Open('ReadWrite')
		foreach ($certificate in @($opened.Certificates | Where-Object { $_.Thumbprint -eq $Thumbprint })) { $opened.Remove($certificate) }
		$opened.Close()
	} catch {
		return "$($_.FullyQualifiedErrorId)"
	}
}

function Write-ChangeRecord {
	param($PackId, $Store, $Thumbprint, $State)
	$folder = New-ProtectedFolder -Name $PackId
	if ($folder.Error) { return $folder.Error }
	$file = "$($folder.Path)\$Store-$Thumbprint.json"
	if ($State -ne 'removed') {
		$record = @{ schemaVersion = 1; pack = $PackId; store = $Store; thumbprint = $Thumbprint; state = $State; at = Get-UtcTime }
		return Write-ReportFile -Path $file -Text (ConvertTo-AsciiJson -InputObject $record) -Encoding 'Ascii'
	}
	try {
		if (Test-Path -LiteralPath $file) { Remove-Item -LiteralPath $file -Force }
	} catch {
		return "$($_.FullyQualifiedErrorId)"
	}
}

# --- Repair: what is changed, and when
function Invoke-Repair {
	param($Rules, $Certificates, $Findings, $Environment, $PackId, [bool]$Simulate)
	foreach ($finding in $Findings) {
		$rule = $Rules[$finding.Id]
		if ($finding.MessageKey -ne 'CERT_MISSING' -or @($rule['Installs']) -notcontains $rule.Parameters.Certificate.Id) {
			$finding
		} elseif ($Simulate) {
			Set-Finding -Finding $finding -Key 'FIX_WHAT_IF'
		} elseif ($Environment.Host.elevated -ne $true) {
			Set-Finding -Finding $finding -Key 'FIX_NOT_ELEVATED'
		} else {
			Repair-Certificate -Finding $finding -Rules $Rules -Certificate $Certificates[$rule.Parameters.Certificate.Id] -PackId $PackId
		}
	}
}

function Invoke-Rollback {
	param($Rules, $Findings, $Environment, $PackId, [bool]$Simulate)
	foreach ($finding in $Findings) {
		$rule = $Rules[$finding.Id]
		if (-not $rule['Installs']) {
			$finding
			continue
		}
		$place = @{ Store = $rule.Parameters.Certificate.Store; Thumbprint = $rule.Parameters.Certificate.Sha1 }
		if ($Environment.Host.elevated -ne $true) {
			Set-Finding -Finding $finding -Key 'FIX_ROLLBACK_FAILED' -Actual 'not elevated'
			continue
		}
		$record = Read-ChangeRecord -PackId $PackId @place
		if ($record.Status -eq 'error') {
			Set-Finding -Finding $finding -Key 'FIX_ROLLBACK_FAILED' -Actual $record.Value
		} elseif ($record.Status -eq 'missing') {
			$finding.Notes = @($finding.Notes) + 'FIX_NOTHING_TO_ROLL_BACK'
			$finding
		} elseif ($Simulate) {
			Set-Finding -Finding $finding -Key 'FIX_WHAT_IF_ROLLBACK'
		} else {
			Undo-Certificate -Finding $finding -Rules $Rules -Place $place -PackId $PackId
		}
	}
}

function Repair-Certificate {
	param($Finding, $Rules, $Certificate, $PackId)
	$place = @{ Store = $Certificate.Store; Thumbprint = $Certificate.Sha1 }
	$problem = Write-ChangeRecord -PackId $PackId @place -State 'adding'
	if ($problem) { return Set-Finding -Finding $Finding -Key 'FIX_FAILED' -Actual $problem }
	$added = Add-MachineCertificate @place -Pem $Certificate.Pem
	$now = Invoke-Assessment -Rules $Rules | Where-Object { $_.Id -eq $Finding.Id }
	$state = @{ CERT_PRESENT = 'added'; CERT_MISSING = 'removed' }[$now.MessageKey]
	if ($state) { $null = Write-ChangeRecord -PackId $PackId @place -State $state }
	if ($now.State -eq 'pass') { return Set-Finding -Finding $now -Key 'FIX_INSTALLED' -Actual "$($now.Actual) ($($added.Route))" }
	if ($added.Error) { return Set-Finding -Finding $now -Key 'FIX_FAILED' -Actual $added.Error }
	Set-Finding -Finding $now -Key 'FIX_NOT_FOUND_AFTER'
}

function Set-Finding {
	param($Finding, $Key, [string]$Actual = '')
	$changed = $Finding.Clone()
	$changed.MessageKey = $Key
	$changed.Actual = $Actual
	$changed.State = switch -Regex ($Key) {
		'INSTALLED' { 'fixed' }
		'WHAT_IF' { 'skipped' }
		'ROLLED_BACK' { 'fail' }
		default { 'fixFailed' }
	}
	return $changed
}

function Undo-Certificate {
	param($Finding, $Rules, $Place, $PackId)
	$look = Read-Certificate @Place
	$others = Read-Certificate -Store 'AuthRoot' -Thumbprint $Place.Thumbprint
	if ($look.Status -eq 'error' -or $others.Status -ne 'missing' -or @($look.Value) -match 'Policies|EnterpriseCertificates') {
		return Set-Finding -Finding $Finding -Key 'FIX_ROLLBACK_FAILED' -Actual 'it is also there by Group Policy or the trust list of Windows'
	}
	$problem = Remove-MachineCertificate @Place
	$now = Invoke-Assessment -Rules $Rules | Where-Object { $_.Id -eq $Finding.Id }
	if (-not $problem) { $problem = Write-ChangeRecord -PackId $PackId @Place -State 'removed' }
	if ($problem) { return Set-Finding -Finding $now -Key 'FIX_ROLLBACK_FAILED' -Actual $problem }
	if ($now.State -ne 'fail') { return $now }
	Set-Finding -Finding $now -Key 'FIX_ROLLED_BACK'
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

function New-ProtectedFolder {
	param([string]$Name)
	$path = "$env:ProgramData"
	try {
		if (-not $path) { throw 'there is no ProgramData folder on this system' }
		if ((Test-Elevation) -ne $true) { throw 'the folder below ProgramData needs administrator rights' }
		foreach ($part in @('psmint') + @($Name -split '\\')) {
			$path = "$path\$part"
			if (-not (Test-Path -LiteralPath $path)) {
				$null = New-Item -ItemType Directory -Path $path
				$owner = Invoke-Native -FilePath 'icacls.exe' -Arguments $path, '/setowner', '*S-1-5-32-544'
				$rights = Invoke-Native -FilePath 'icacls.exe' -Arguments $path, '/inheritance:r', '/grant:r', '*S-1-5-18:(OI)(CI)F', '*S-1-5-32-544:(OI)(CI)F'
				if ($owner.Error -or $rights.Error -or $owner.ExitCode -ne 0 -or $rights.ExitCode -ne 0) { throw "the rights of $path could not be set" }
			}
			$problem = Test-ProtectedFolder -Path $path
			if ($problem) { throw $problem }
		}
		return @{ Path = $path; Error = '' }
	} catch {
		return @{ Path = ''; Error = "$($_.FullyQualifiedErrorId)" }
	}
}

function Test-ConsoleOutput {
	try {
		return $Host.Name -eq 'ConsoleHost' -and -not [Console]::IsOutputRedirected
	} catch {
		return $false
	}
}

function Test-ProtectedFolder {
	param([string]$Path)
	if ("$((Get-Item -LiteralPath $Path -Force).Attributes)" -match 'ReparsePoint') { return "$Path is a link" }
	if ("$((Get-Acl -LiteralPath $Path).Sddl)" -notmatch '^O:(SY|BA)G:.*?D:P') { return "$Path is not a folder of administrators alone" }
	return ''
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
$simulate = [bool]$WhatIf -or [bool]$WhatIfPreference
$WhatIfPreference = $false
$environment = Read-HostEnvironment
$work = @{ Rules = $Rules; Findings = Invoke-Assessment -Rules $Rules; Environment = $environment; PackId = $Plan.PackId; Simulate = $simulate }
$findings = @(if ($Rollback) { Invoke-Rollback @work } else { Invoke-Repair @work -Certificates $Certificates })
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
