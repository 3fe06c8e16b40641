# report.ps1 - Secure Boot certificates of 2023
# Pack microsoft-secure-boot-2023 1.0.0, target manual, made by psmint 0.0.0. Signed: do not edit.
#
# Reads the machine and writes a report (JSON, HTML, CSV) into a folder; it changes nothing else.
#
# Exit codes: 0 = pass, 10 = fail, 11 = pendingReboot, 12 = unknown, 1 = the script did not run.
# The summary is one line: PSMINT <script> <verdict> pack=<id>@<version> <rule>=<state> ... | <reason>
#Requires -Version 3.0
param([string]$ReportPath = '', [string]$Language = '', [string]$OutDir = '', [string]$Share = '')
Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
trap {
	# Nothing on the error stream; exit code 1 says that there is no verdict.
	$problem = ('{0} at line {1}' -f $_.FullyQualifiedErrorId, $_.InvocationInfo.ScriptLineNumber) -replace '[^ -~]', '?'
	'PSMINT report unknown pack=microsoft-secure-boot-2023@1.0.0 | script error: ' + $problem
	exit 1
}
# A Windows PowerShell that PowerShell 7 started inherits its module path and then lacks its own modules.
if ($PSVersionTable.PSVersion.Major -lt 6) {
	$env:PSModulePath = "$PSHOME\Modules;$env:ProgramFiles\WindowsPowerShell\Modules"
}

# === Data of the requirement pack ===
$Plan = @{
	Script = 'report'
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
		Why = 'Windows sets UEFICA2023Status to Updated when all new certificates and the new boot manager are in place. Where Secure Boot is off, the certificates are not used.|ja:\u65b0\u3057\u3044\u8a3c\u660e\u66f8\u3068\u30d6\u30fc\u30c8 \u30de\u30cd\u30fc\u30b8\u30e3\u30fc\u3078\u306e\u66f4\u65b0\u304c\u3059\u3079\u3066\u5b8c\u4e86\u3059\u308b\u3068\u3001Windows \u306f UEFICA2023Status \u3092 Updated \u306b\u8a2d\u5b9a\u3057\u307e\u3059\u3002\u30bb\u30ad\u30e5\u30a2 \u30d6\u30fc\u30c8\u304c\u7121\u52b9\u306e\u5834\u5408\u3001\u8a3c\u660e\u66f8\u306f\u4f7f\u7528\u3055\u308c\u307e\u305b\u3093\u3002'
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
	REPORT_DEVICE = 'Computer|ja:\u7aef\u672b\u540d'
	REPORT_CHECKED = 'Checked|ja:\u78ba\u8a8d\u65e5\u6642'
	REPORT_PACK = 'Requirements|ja:\u78ba\u8a8d\u57fa\u6e96'
	REPORT_PRODUCT = 'Product|ja:\u5bfe\u8c61\u88fd\u54c1'
	REPORT_EFFECTIVE = 'In force since|ja:\u9069\u7528\u958b\u59cb\u65e5'
	REPORT_RULE = 'Requirement|ja:\u78ba\u8a8d\u9805\u76ee'
	REPORT_STATE = 'Result|ja:\u7d50\u679c'
	REPORT_MESSAGE = 'Explanation|ja:\u8aac\u660e'
	REPORT_WHY = 'Why this matters|ja:\u5fc5\u8981\u306a\u7406\u7531'
	REPORT_EVIDENCE = 'What was read|ja:\u8aad\u307f\u53d6\u3063\u305f\u5024'
	REPORT_IMPACT = 'When the requirements are not met|ja:\u8981\u4ef6\u3092\u6e80\u305f\u3055\u306a\u3044\u5834\u5408\u306e\u5f71\u97ff'
	REPORT_SUPPORT = 'Support and contact|ja:\u304a\u554f\u3044\u5408\u308f\u305b\u5148'
	REPORT_SOURCES = 'Sources|ja:\u51fa\u5178'
	REPORT_NOT_ELEVATED = 'Not run as administrator|ja:\u7ba1\u7406\u8005\u3068\u3057\u3066\u672a\u5b9f\u884c'
	FACT_missing = '(not there)|ja:(\u306a\u3057)'
	FACT_error = 'Could not be read:|ja:\u8aad\u307f\u53d6\u308a\u4e0d\u53ef:'
}

$PackTexts = @{
	Product = 'Windows with Secure Boot|ja:\u30bb\u30ad\u30e5\u30a2 \u30d6\u30fc\u30c8\u304c\u6709\u52b9\u306a Windows'
	Effective = '2026-06-01'
	IMPACT = @(
		'The Secure Boot certificates of 2011 expire from June 2026 on. A computer without those of 2023 still starts, but gets no more security updates for what runs before Windows.|ja:2011 \u5e74\u7248\u306e\u30bb\u30ad\u30e5\u30a2 \u30d6\u30fc\u30c8\u8a3c\u660e\u66f8\u306f 2026 \u5e74 6 \u6708\u304b\u3089\u9806\u6b21\u6709\u52b9\u671f\u9650\u3092\u8fce\u3048\u307e\u3059\u30022023 \u5e74\u7248\u306b\u66f4\u65b0\u3057\u3066\u3044\u306a\u3044\u30b3\u30f3\u30d4\u30e5\u30fc\u30bf\u30fc\u3082\u8d77\u52d5\u306f\u3057\u307e\u3059\u304c\u3001Windows \u306e\u8d77\u52d5\u524d\u306b\u52d5\u4f5c\u3059\u308b\u30b3\u30f3\u30dd\u30fc\u30cd\u30f3\u30c8\u306e\u30bb\u30ad\u30e5\u30ea\u30c6\u30a3\u66f4\u65b0\u3092\u53d7\u3051\u53d6\u308c\u306a\u304f\u306a\u308a\u307e\u3059\u3002'
		'The scripts look and report. They start no update and change nothing in the firmware.|ja:\u30b9\u30af\u30ea\u30d7\u30c8\u306f\u78ba\u8a8d\u3068\u30ec\u30dd\u30fc\u30c8\u306e\u307f\u3092\u884c\u3044\u307e\u3059\u3002\u66f4\u65b0\u306e\u958b\u59cb\u3084\u30d5\u30a1\u30fc\u30e0\u30a6\u30a7\u30a2\u306e\u5909\u66f4\u306f\u884c\u3044\u307e\u305b\u3093\u3002'
	)
	SUPPORT = @(
		'Microsoft updates the certificates on versions of Windows that still get updates, with Extended Security Updates too (KB5068202). Others stay as they are.|ja:\u8a3c\u660e\u66f8\u306e\u66f4\u65b0\u306f\u3001\u62e1\u5f35\u30bb\u30ad\u30e5\u30ea\u30c6\u30a3\u66f4\u65b0\u30d7\u30ed\u30b0\u30e9\u30e0 (ESU) \u3092\u542b\u3081\u3001\u66f4\u65b0\u30d7\u30ed\u30b0\u30e9\u30e0\u306e\u63d0\u4f9b\u304c\u7d9a\u3044\u3066\u3044\u308b Windows \u306e\u30d0\u30fc\u30b8\u30e7\u30f3\u3067\u884c\u308f\u308c\u307e\u3059 (KB5068202)\u3002\u305d\u308c\u4ee5\u5916\u306e\u30d0\u30fc\u30b8\u30e7\u30f3\u3067\u306f\u66f4\u65b0\u3055\u308c\u307e\u305b\u3093\u3002'
	)
	SOURCES = @(
		'https://support.microsoft.com/topic/registry-key-updates-for-secure-boot-windows-devices-with-it-managed-updates-a7be69c9-4634-42e1-9ca1-df06f43f360d'
		'https://support.microsoft.com/help/5062713'
		'https://support.microsoft.com/help/5085046'
		'https://support.microsoft.com/help/5016061'
	)
}

$ReportStyle = 'body { max-width: 52rem; margin: auto; padding: 1rem; font: 16px/1.6 ''Segoe UI'', Meiryo, sans-serif; overflow-wrap: anywhere; } header, section { border-left: 0.5rem solid #777; padding: 0.1rem 1rem; margin: 1.5rem 0; break-inside: avoid; } .pass, .fixed { border-color: #2a8a46; } .fail, .fixFailed, .skipped { border-color: #c62335; } .unknown, .pendingReboot { border-color: #c77f00; } h1, h2 { font-size: 1.2rem; } h2 b { float: right; } small, dt, footer { color: #555; } dl { display: grid; grid-template-columns: minmax(6rem, max-content) 1fr; gap: 0.3rem 1rem; } dt { max-width: 14rem; } dd { margin: 0; }'

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

function ConvertTo-CsvReport {
	param($Report, $Answer, [string]$Language)
	$messages = $Answer.Messages
	$heads = @('REPORT_DEVICE', 'REPORT_CHECKED', 'REPORT_PACK', 'REPORT_RULE', 'REPORT_STATE', 'LABEL_EXPECTED', 'LABEL_FOUND', 'REPORT_MESSAGE', 'LABEL_TO_DO')
	$rows = @(
		, @(foreach ($head in $heads) { Get-Text -Text $messages[$head] -Language $Language })
		foreach ($finding in $Answer.Findings) {
			$text = Get-FindingText -Finding $finding -Rule $Answer.Rules[$finding.Id] -Messages $messages -Language $Language
			$state = Get-Text -Text $messages["STATE_$($finding.State)"] -Language $Language
			, @($Report.device.name, $Report.endedAt, "$($Report.pack.id) $($Report.pack.version)", "$($finding.Id) $($text.Title)",
				$state, $finding.Expected, $finding.Actual, $text.Message, [string]::Join(' ', $text.Steps))
		}
	)
	$lines = @(
		foreach ($row in $rows) {
			$cells = @(foreach ($field in $row) { '"{0}"' -f (("$field" -replace '\s+', ' ').Trim() -replace '^(?=[-=+@\uff0b\uff0d\uff1d\uff20])', "'").Replace('"', '""') })
			[string]::Join(',', $cells)
		}
		''
	)
	return [string]::Join("`r`n", $lines)
}

function ConvertTo-HtmlReport {
	param($Report, $Answer, $PackTexts, [string]$Language, [string]$Style)
	$label = @{}
	foreach ($key in $Answer.Messages.Keys) { $label[$key] = ConvertTo-HtmlText -Text $Answer.Messages[$key] -Language $Language }
	$title = ConvertTo-HtmlText -Text $Answer.Plan.Title -Language $Language
	$device = ConvertTo-HtmlText -Text $Report.device.name
	$page = @(
		'<!DOCTYPE html><html lang="{0}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">' -f $Language
		'<title>{0} - {1}</title><style>{2}</style></head><body>' -f $title, $device, $Style
		'<header class="{0}"><p>{1}</p><h1>{2}</h1></header><dl>' -f $Report.verdict, $title, $label["VERDICT_$($Report.verdict)"]
		ConvertTo-HtmlRow -Name $label.REPORT_DEVICE -Value $Report.device.name
		ConvertTo-HtmlRow -Name $label.REPORT_CHECKED -Value ($Report.endedAt -replace 'T(.+):..Z', ' $1 UTC')
		ConvertTo-HtmlRow -Name $label.REPORT_PACK -Value "$($Report.pack.id) $($Report.pack.version)"
		ConvertTo-HtmlRow -Name $label.REPORT_PRODUCT -Value (Get-Text -Text $PackTexts.Product -Language $Language)
		ConvertTo-HtmlRow -Name $label.REPORT_EFFECTIVE -Value $PackTexts.Effective
		'</dl>'
		foreach ($finding in $Answer.Findings) {
			$rule = $Answer.Rules[$finding.Id]
			$text = Get-FindingText -Finding $finding -Rule $rule -Messages $Answer.Messages -Language $Language
			'<section class="{0}"><h2>{1} <small>{2}</small> <b>{3}</b></h2>' -f $finding.State, (ConvertTo-HtmlText -Text $text.Title), $finding.Id, $label["STATE_$($finding.State)"]
			'<p>{0}</p><dl>' -f (ConvertTo-HtmlText -Text $text.Message)
			ConvertTo-HtmlRow -Name $label.LABEL_EXPECTED -Value $finding.Expected
			ConvertTo-HtmlRow -Name $label.LABEL_FOUND -Value $finding.Actual
			foreach ($step in $text.Steps) { ConvertTo-HtmlRow -Name $label.LABEL_TO_DO -Value $step }
			ConvertTo-HtmlRow -Name $label.REPORT_WHY -Value (Get-Text -Text $rule.Why -Language $Language)
			'</dl><details><summary>{0}</summary><dl>' -f $label.REPORT_EVIDENCE
			foreach ($fact in $finding.Evidence) { '<dt>{0}</dt><dd>{1} {2}</dd>' -f (ConvertTo-HtmlText -Text $fact.source), $label["FACT_$($fact.status)"], (ConvertTo-HtmlText -Text $fact.value) }
			'</dl></details></section>'
		}
		foreach ($part in @('IMPACT', 'SUPPORT', 'SOURCES')) {
			'<h2>{0}</h2><ul>' -f $label["REPORT_$part"]
			foreach ($entry in $PackTexts[$part]) { '<li>{0}</li>' -f (ConvertTo-HtmlText -Text $entry -Language $Language) }
			'</ul>'
		}
		'<footer>psmint {0}, PowerShell {1} ({2})' -f $Report.tool.version, $Report.host.powershell, $Report.host.languageMode
		if ($Report.host.elevated -ne $true) { $label.REPORT_NOT_ELEVATED }
		'</footer></body></html>'
	)
	return [string]::Join("`r`n", $page)
}

function ConvertTo-HtmlRow {
	param($Name, [string]$Value)
	if ($Value) { '<dt>{0}</dt><dd>{1}</dd>' -f $Name, (ConvertTo-HtmlText -Text $Value) }
}

function ConvertTo-HtmlText {
	param([string]$Text, [string]$Language = '')
	if ($Language) { $Text = Get-Text -Text $Text -Language $Language }
	$safe = ($Text -replace '[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]', '?').Replace('&', '&amp;').Replace('<', '&lt;').Replace('>', '&gt;')
	return $safe.Replace('"', '&quot;').Replace("'", '&#39;') -replace '\r?\n', '<br>'
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

function Save-Report {
	param($Page, [string]$ReportPath, [string]$OutDir, [string]$Share)
	$report = $Page.Report
	$json = ConvertTo-AsciiJson -InputObject $report
	$name = $report.device.name -replace '[^A-Za-z0-9._-]', '_'
	$problems = @(if ($ReportPath) { Write-ReportFile -Path $ReportPath -Text $json -Encoding 'Ascii' })
	$path = ''
	try {
		if (-not $OutDir) {
			$protected = New-ProtectedFolder -Name "$($report.pack.id)\report"
			if ($protected.Error) { throw $protected.Error }
			$OutDir = $protected.Path
		}
		if (-not (Test-Path -LiteralPath $OutDir)) { $null = New-Item -ItemType Directory -Path $OutDir }
		$path = Join-Path -Path $OutDir -ChildPath $name
		$problems += @(
			Write-ReportFile -Path "$path.json" -Text $json -Encoding 'Ascii'
			Write-ReportFile -Path "$path.csv" -Text (ConvertTo-CsvReport -Report $report -Answer $Page.Answer -Language $Page.Language) -Encoding 'Utf8Bom'
		)
		$unwritten = @(Write-ReportFile -Path "$path.html" -Text (ConvertTo-HtmlReport @Page) -Encoding 'Utf8Bom')
		$problems += $unwritten
		$path = if ($unwritten.Length -gt 0) { '' } else { "$path.html" }
	} catch {
		$problems += "$OutDir $($_.FullyQualifiedErrorId)".Trim()
	}
	try {
		if ($Share) { $problems += @(Write-ReportFile -Path (Join-Path -Path $Share -ChildPath "$name.json") -Text $json -Encoding 'Ascii') }
	} catch {
		$problems += "$Share $($_.FullyQualifiedErrorId)"
	}
	@{ Path = $path; Problems = $problems }
}

function Test-ProtectedFolder {
	param([string]$Path)
	if ("$((Get-Item -LiteralPath $Path -Force).Attributes)" -match 'ReparsePoint') { return "$Path is a link" }
	if ("$((Get-Acl -LiteralPath $Path).Sddl)" -notmatch '^O:(SY|BA)G:.*?D:P') { return "$Path is not a folder of administrators alone" }
	return ''
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
$answerLanguage = Get-AnswerLanguage -Plan $Plan -Language $Language -Culture $environment.Host.culture
$report = ConvertTo-ReportObject @answer -Environment $environment -StartedAt $startedAt
$page = @{ Report = $report; Answer = $answer; PackTexts = $PackTexts; Language = $answerLanguage; Style = $ReportStyle }
$saved = Save-Report -Page $page -ReportPath $ReportPath -OutDir $OutDir -Share $Share
if ($saved.Path) { 'Report: {0}' -f (ConvertTo-AsciiText -Text $saved.Path) }
foreach ($problem in $saved.Problems) { 'PSMINT report not written: {0}' -f (ConvertTo-AsciiText -Text $problem) }
Write-ManualAnswer -Answer $answer
# A verdict without the report that was asked for is no success.
if ($saved.Problems.Length -gt 0 -and $verdict -ne 'unknown') { exit 1 }
exit $Plan.ExitCodes[$verdict]
