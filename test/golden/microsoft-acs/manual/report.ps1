# report.ps1 - Windows support for Azure Code Signing (ACS)
# Pack microsoft-acs 1.0.0, target manual, made by psmint 0.0.0. Signed: do not edit.
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
	'PSMINT report unknown pack=microsoft-acs@1.0.0 | script error: ' + $problem
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
	PackId = 'microsoft-acs'
	PackVersion = '1.0.0'
	Title = 'Windows support for Azure Code Signing (ACS)|ja:Azure Code Signing (ACS) \u3078\u306e Windows \u306e\u5bfe\u5fdc'
	ToolVersion = '0.0.0'
	ExitCodes = @{ pass = 0; fail = 10; pendingReboot = 11; unknown = 12 }
}

$Rules = @{
	'ACS-OS' = @{
		Id = 'ACS-OS'
		Kind = 'os-build'
		Severity = 'required'
		Title = 'Windows with ACS support|ja:ACS \u306b\u5bfe\u5fdc\u3057\u305f Windows'
		Why = 'Windows without ACS support does not load programs with /INTEGRITYCHECK that are signed with Azure Code Signing (ACS).|ja:ACS \u306b\u5bfe\u5fdc\u3057\u3066\u3044\u306a\u3044 Windows \u3067\u306f\u3001Azure Code Signing (ACS) \u3067\u7f72\u540d\u3055\u308c\u305f /INTEGRITYCHECK \u4ed8\u304d\u306e\u30d7\u30ed\u30b0\u30e9\u30e0\u306f\u8aad\u307f\u8fbc\u307e\u308c\u307e\u305b\u3093\u3002'
		Remediation = @()
		Reads = [ordered]@{
			Build = 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\CurrentBuildNumber'
			Revision = 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\UBR'
			InstallationType = 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\InstallationType'
			EditionID = 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\EditionID'
			BuildLab = 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\BuildLabEx'
			Package = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing\Packages#^Package_for_(RollupFix|KB50[0-9]+)~'
			HotFix = 'HotFix'
			CodeIntegrity = '%SystemRoot%\System32\ci.dll'
		}
		Slow = @('Package', 'HotFix', 'CodeIntegrity')
		Parameters = @{
			NativeFrom = 22000
			KbPrefix = 'KB50'
			Builds = @{
				'6003' = @{
					MinRevision = 21235
					Proof = @(-split '
						06736 06715 07263 08274 09627 10384 11534 12658 14010 14752 15866 16669 17358 18450 20019 21289 22340 22890 23755 25271 26408 27279 28222
						29318 30271 31416 32254 33422 34173 34795 35920 36932 37800 39245 40499 41850 43135 44320 46661 48710 50063 52038 53888 55609 58449 61026
						62624 63888 65508 66874 68906 71504 73697')
					LaterSecurityOnly = @()
					Server = 'Windows Server 2008 SP2'
				}
				'7601' = @{
					MinRevision = 25725
					Proof = @(-split '
						06743 06728 07236 08244 09610 10404 11552 12626 14012 14748 15861 16676 17361 18454 20000 21291 22338 22872 23769 25279 26413 27275 28240
						29296 30265 31408 32252 33433 34169 34831 35888 36967 37780 39289 40497 41838 43129 44356 46687 48695 50049 52016 53620 55561 58430 61078
						62632 63947 65468 66872 68904 71501 73695')
					LaterSecurityOnly = @(-split '
						07233 08282 09621 10422 11529 12649 13999 14742 15862 16679 17373 18479 20013 21288 22339 22874 23759 25277 26426 27256 28224 29307 30261
						31441 32250 33424 34167 34809 35919 36922 37803 39274 40498 41823 43092 44321 46705 48676 50006 52032 53627 55570 58454 61036 62619 63927
						65510 66876 68908 71506 73699')
					Client = 'Windows 7 SP1'
					Server = 'Windows Server 2008 R2 SP1'
				}
				'9200' = @{
					MinRevision = 23475
					AppliesTo = 'server'
					Proof = @(-split '
						06739 06732 07260 08277 09586 10392 11535 12650 14017 14747 15863 16672 17370 18457 20009 21285 22348 22903 23756 25287 26419 27283 28232
						29295 30278 31442 32247 33429 34184 34830 35930 36969 37778 39260 40485 41851 43125 44342 46697 48699 50004 52020 53886 55581 58451 61059
						62592 63906 65509 66875 70887 68907 71505 73698 75971 78775 82127 87470 94042')
					LaterSecurityOnly = @(-split '
						07245 08255 09619 10412 11527 12666 14018 14741 15875 16684 17377 18478 20003 21303 22343 22895 23752 25272 26411 27281 28233 29308 30279
						31427')
					Client = 'Windows 8'
					Server = 'Windows Server 2012'
				}
				'9600' = @{
					MinRevision = 20130
					Proof = @(-split '
						06714 06729 07247 08263 09624 10419 11564 12670 14011 14738 15874 16681 17367 18474 20023 21294 22352 22899 23765 25285 26415 27271 28228
						29312 30269 31419 32249 33420 34171 34819 35885 36960 37823 39294 40456 41828 43138 44343 46682 48735 50048 52042 53887 55557 58403 61018
						62597 63950 65507 66873 70886 68905 71503 73696 75970 78774 82126 87471 94041')
					LaterSecurityOnly = @(-split '
						07255 08285 09595 10395 11560 12639 14001 14746 15877 16683 17365 18476 20010 21296 22346 22894 23764 25288 26409 27282 28223 29304 30287
						31407')
					Client = 'Windows 8.1'
					Server = 'Windows Server 2012 R2'
				}
				'10240' = @{ MinRevision = 19086; OutOfSupport = @('home-pro', 'enterprise-education'); InSupport = @('ltsc'); Client = 'Windows 10 1507' }
				'10586' = @{ Support = 'never'; Client = 'Windows 10 1511' }
				'14393' = @{ MinRevision = 4704; OutOfSupport = @('home-pro', 'enterprise-education'); InSupport = @('ltsc', 'server'); Client = 'Windows 10 1607'; Server = 'Windows Server 2016' }
				'15063' = @{ Support = 'never'; Client = 'Windows 10 1703' }
				'16299' = @{ Support = 'never'; Client = 'Windows 10 1709'; Server = 'Windows Server, version 1709' }
				'17134' = @{ Support = 'never'; Client = 'Windows 10 1803'; Server = 'Windows Server, version 1803' }
				'17763' = @{ MinRevision = 2210; OutOfSupport = @('home-pro', 'enterprise-education', 'server-annual'); InSupport = @('ltsc', 'server'); Client = 'Windows 10 1809'; Server = 'Windows Server 2019' }
				'18362' = @{ Support = 'never'; Client = 'Windows 10 1903'; Server = 'Windows Server, version 1903' }
				'18363' = @{ MinRevision = 1830; OutOfSupport = @('home-pro', 'server-annual'); InSupport = @('enterprise-education'); Client = 'Windows 10 1909'; Server = 'Windows Server, version 1909' }
				'19041' = @{ MinRevision = 1266; Client = 'Windows 10 2004'; Server = 'Windows Server, version 2004' }
				'19042' = @{ MinRevision = 1266; Client = 'Windows 10 20H2'; Server = 'Windows Server, version 20H2' }
				'19043' = @{ MinRevision = 1266; Client = 'Windows 10 21H1' }
				'19044' = @{ Support = 'native'; Client = 'Windows 10 21H2' }
				'19045' = @{ Support = 'native'; Client = 'Windows 10 22H2' }
				'20348' = @{ MinRevision = 261; Server = 'Windows Server 2022' }
				'22000' = @{ Support = 'native'; Client = 'Windows 11 21H2' }
				'22621' = @{ Support = 'native'; Client = 'Windows 11 22H2' }
				'22631' = @{ Support = 'native'; Client = 'Windows 11 23H2' }
				'25398' = @{ Support = 'native'; Server = 'Windows Server, version 23H2' }
				'26100' = @{ Support = 'native'; Client = 'Windows 11 24H2'; Server = 'Windows Server 2025' }
				'26200' = @{ Support = 'native'; Client = 'Windows 11 25H2' }
				'28000' = @{ Support = 'native'; Client = 'Windows 11 26H1' }
			}
			Unlisted = @(10586, 15063, 16299, 17134, 18362, 25398)
		}
	}
	'ACS-ROOT' = @{
		Id = 'ACS-ROOT'
		Kind = 'certificate'
		Severity = 'recommended'
		Title = 'Root certificate for ACS|ja:ACS \u306e\u30eb\u30fc\u30c8\u8a3c\u660e\u66f8'
		Why = 'ACS signatures lead to this root. Windows fetches it when it is first needed, but not offline and not with automatic root update turned off.|ja:ACS \u306e\u7f72\u540d\u306e\u691c\u8a3c\u306b\u5fc5\u8981\u3067\u3059\u3002\u5fc5\u8981\u6642\u306b Windows \u304c\u81ea\u52d5\u53d6\u5f97\u3057\u307e\u3059\u304c\u3001\u30aa\u30d5\u30e9\u30a4\u30f3\u74b0\u5883\u3084\u30eb\u30fc\u30c8\u8a3c\u660e\u66f8\u306e\u81ea\u52d5\u66f4\u65b0\u304c\u7121\u52b9\u306a\u74b0\u5883\u3067\u306f\u53d6\u5f97\u3055\u308c\u307e\u305b\u3093\u3002'
		Remediation = @('Run fix-cert.ps1 as administrator|ja:fix-cert.ps1 \u3092\u7ba1\u7406\u8005\u3068\u3057\u3066\u5b9f\u884c')
		Installs = @('ms-idv-root-2020')
		Reads = [ordered]@{
			Disallowed = 'Cert:\LocalMachine\Disallowed\F40042E2E5F7E8EF8189FED15519AECE42C3BFA2'
			Store = 'Cert:\LocalMachine\Root\F40042E2E5F7E8EF8189FED15519AECE42C3BFA2'
			ThirdParty = 'Cert:\LocalMachine\AuthRoot\F40042E2E5F7E8EF8189FED15519AECE42C3BFA2'
			AutoUpdate = 'HKLM:\SOFTWARE\Policies\Microsoft\SystemCertificates\AuthRoot\DisableRootAutoUpdate'
		}
		Parameters = @{ Certificate = @{ Id = 'ms-idv-root-2020'; Sha1 = 'F40042E2E5F7E8EF8189FED15519AECE42C3BFA2'; Store = 'Root' } }
	}
}

$Messages = @{
	OS_NATIVE = 'Built into this version of Windows|ja:\u5bfe\u5fdc\u6e08\u307f\u306e Windows'
	OS_REVISION_REACHED = 'Windows build is {0} or later|ja:OS \u30d3\u30eb\u30c9 {0} \u4ee5\u4e0a'
	OS_ROLLUP_BY_REVISION = 'Required update is installed (revision)|ja:\u5fc5\u8981\u306a\u66f4\u65b0\u306f\u9069\u7528\u6e08\u307f (\u30ea\u30d3\u30b8\u30e7\u30f3)'
	OS_ROLLUP_BY_PACKAGE = 'Required update is installed (servicing package)|ja:\u5fc5\u8981\u306a\u66f4\u65b0\u306f\u9069\u7528\u6e08\u307f (\u30d1\u30c3\u30b1\u30fc\u30b8)'
	OS_ROLLUP_BY_HOTFIX = 'Required update is installed (update list)|ja:\u5fc5\u8981\u306a\u66f4\u65b0\u306f\u9069\u7528\u6e08\u307f (\u66f4\u65b0\u5c65\u6b74)'
	OS_REVISION_BELOW = 'Windows build is below {0}|ja:OS \u30d3\u30eb\u30c9\u304c {0} \u672a\u6e80|do:DO_UPDATE'
	OS_REVISION_BELOW_UPGRADE = 'Windows build is below {0}, and support of this edition ended before the update came|ja:OS \u30d3\u30eb\u30c9\u304c {0} \u672a\u6e80\u3067\u3001\u66f4\u65b0\u306e\u516c\u958b\u524d\u306b\u30b5\u30dd\u30fc\u30c8\u304c\u7d42\u4e86\u3057\u305f\u30a8\u30c7\u30a3\u30b7\u30e7\u30f3|do:DO_UPGRADE'
	OS_REVISION_BELOW_EDITION_UNKNOWN = 'Windows build is below {0}, edition not determined|ja:OS \u30d3\u30eb\u30c9\u304c {0} \u672a\u6e80 (\u30a8\u30c7\u30a3\u30b7\u30e7\u30f3\u5224\u5225\u4e0d\u53ef)|do:DO_UPDATE DO_UPGRADE_ELSE'
	OS_NEVER = 'This Windows version never received the required update|ja:\u5fc5\u8981\u306a\u66f4\u65b0\u304c\u63d0\u4f9b\u3055\u308c\u3066\u3044\u306a\u3044\u30d0\u30fc\u30b8\u30e7\u30f3|do:DO_UPGRADE'
	OS_ROLLUP_MISSING = 'Required update is missing|ja:\u5fc5\u8981\u306a\u66f4\u65b0\u304c\u672a\u9069\u7528|do:DO_ROLLUP'
	OS_ROLLUP_PENDING = 'Required update is waiting for a restart|ja:\u5fc5\u8981\u306a\u66f4\u65b0\u304c\u518d\u8d77\u52d5\u5f85\u3061|do:DO_RESTART'
	OS_ROLLUP_LIKELY = 'Required update is probably installed, but there is no proof|ja:\u9069\u7528\u6e08\u307f\u3068\u63a8\u5b9a (\u78ba\u8a3c\u306a\u3057)|do:DO_LOOK'
	OS_ROLLUP_LATER_SECURITY_ONLY = 'A later security-only update proves nothing|ja:\u4ee5\u964d\u306e\u30bb\u30ad\u30e5\u30ea\u30c6\u30a3\u306e\u307f\u306e\u66f4\u65b0\u3067\u306f\u5224\u5b9a\u4e0d\u53ef|do:DO_ROLLUP'
	OS_ROLLUP_UNREADABLE = 'Could not read the installed updates|ja:\u66f4\u65b0\u306e\u9069\u7528\u72b6\u6cc1\u306e\u8aad\u307f\u53d6\u308a\u306b\u5931\u6557|do:DO_ELEVATE DO_LOOK'
	OS_BUILD_UNREADABLE = 'Could not read the Windows build|ja:OS \u30d3\u30eb\u30c9\u306e\u8aad\u307f\u53d6\u308a\u306b\u5931\u6557|do:DO_LOOK'
	OS_REVISION_UNREADABLE = 'Could not read the Windows revision|ja:OS \u306e\u30ea\u30d3\u30b8\u30e7\u30f3\u306e\u8aad\u307f\u53d6\u308a\u306b\u5931\u6557|do:DO_LOOK'
	OS_BUILD_UNKNOWN = 'Windows build is not in the table (Insider build?)|ja:\u8981\u4ef6\u306e\u4e00\u89a7\u306b\u306a\u3044 OS \u30d3\u30eb\u30c9 (Insider \u306a\u3069)|do:DO_LOOK'
	OS_NOT_JUDGED = 'The table has nothing for this kind of Windows, or the kind could not be read|ja:\u3053\u306e\u7a2e\u985e\u306e Windows \u306f\u4e00\u89a7\u306b\u306a\u3044\u304b\u3001\u7a2e\u985e\u306e\u8aad\u307f\u53d6\u308a\u306b\u5931\u6557|do:DO_LOOK'
	CERT_PRESENT = 'Certificate is installed|ja:\u8a3c\u660e\u66f8\u306f\u9069\u7528\u6e08\u307f'
	CERT_MISSING = 'Certificate is not installed|ja:\u8a3c\u660e\u66f8\u304c\u672a\u9069\u7528'
	CERT_DISALLOWED = 'Certificate is in Untrusted Certificates|ja:\u300c\u4fe1\u983c\u3055\u308c\u3066\u3044\u306a\u3044\u8a3c\u660e\u66f8\u300d\u306b\u767b\u9332\u3042\u308a|do:DO_DISTRUST'
	CERT_UNREADABLE = 'Could not read the certificate store|ja:\u8a3c\u660e\u66f8\u30b9\u30c8\u30a2\u306e\u8aad\u307f\u53d6\u308a\u306b\u5931\u6557|do:DO_ELEVATE DO_LOOK'
	OS_NOTE_VENDOR_UNLISTED = 'Not in the vendor''s notice; judged by what Microsoft published|ja:\u30d9\u30f3\u30c0\u30fc\u306e\u6848\u5185\u306b\u306a\u304f\u3001Microsoft \u306e\u60c5\u5831\u3067\u5224\u5b9a'
	CERT_NOTE_AUTO_UPDATE = 'Windows may fetch it when it is first needed|ja:\u5fc5\u8981\u6642\u306b Windows \u304c\u81ea\u52d5\u53d6\u5f97\u3059\u308b\u5834\u5408\u3042\u308a'
	CERT_NOTE_AUTO_UPDATE_OFF = 'Automatic root update is turned off|ja:\u30eb\u30fc\u30c8\u8a3c\u660e\u66f8\u306e\u81ea\u52d5\u66f4\u65b0\u306f\u7121\u52b9'
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
	Product = 'Software signed with Azure Code Signing|ja:Azure Code Signing \u3067\u7f72\u540d\u3055\u308c\u305f\u30bd\u30d5\u30c8\u30a6\u30a7\u30a2'
	Effective = '2021-10-12'
	IMPACT = @(
		'Windows without ACS support does not load programs of security products and other programs linked with /INTEGRITYCHECK once they are signed with Azure Code Signing: Microsoft issues no other certificates for them any more.|ja:\u30bb\u30ad\u30e5\u30ea\u30c6\u30a3\u88fd\u54c1\u306a\u3069 /INTEGRITYCHECK \u4ed8\u304d\u3067\u30ea\u30f3\u30af\u3055\u308c\u305f\u30d7\u30ed\u30b0\u30e9\u30e0\u306f\u3001Azure Code Signing \u3067\u7f72\u540d\u3055\u308c\u308b\u3068\u3001ACS \u306b\u5bfe\u5fdc\u3057\u3066\u3044\u306a\u3044 Windows \u3067\u306f\u8aad\u307f\u8fbc\u307e\u308c\u307e\u305b\u3093\u3002\u5f93\u6765\u306e\u30af\u30ed\u30b9\u7f72\u540d\u7528\u306e\u8a3c\u660e\u66f8\u306f\u3001\u65b0\u898f\u767a\u884c\u304c\u7d42\u4e86\u3057\u3066\u3044\u307e\u3059\u3002'
		'Programs signed before, by cross-signing, stay trusted.|ja:\u30af\u30ed\u30b9\u7f72\u540d\u3067\u7f72\u540d\u6e08\u307f\u306e\u30d7\u30ed\u30b0\u30e9\u30e0\u306f\u3001\u5f15\u304d\u7d9a\u304d\u4fe1\u983c\u3055\u308c\u307e\u3059\u3002'
		'Azure Code Signing is also called Trusted Signing and Artifact Signing.|ja:Azure Code Signing \u306f\u3001Trusted Signing\u3001Artifact Signing \u3068\u3082\u547c\u3070\u308c\u307e\u3059\u3002'
		'The date is the day by which the last of the updates had come out. From which day on a product needs them is for its vendor to say.|ja:\u4e0a\u8a18\u306e\u65e5\u4ed8\u306f\u3001\u5bfe\u5fdc\u3059\u308b\u66f4\u65b0\u30d7\u30ed\u30b0\u30e9\u30e0\u306e\u516c\u958b\u304c\u5b8c\u4e86\u3057\u305f\u65e5\u3067\u3059\u3002\u88fd\u54c1\u3054\u3068\u306e\u9069\u7528\u958b\u59cb\u65e5\u306f\u3001\u5404\u30d9\u30f3\u30c0\u30fc\u306e\u6848\u5185\u3092\u3054\u78ba\u8a8d\u304f\u3060\u3055\u3044\u3002'
	)
	SUPPORT = @(
		'Microsoft lists updates for versions that are out of support by now, too. Whether a product still runs there is for its vendor to say.|ja:Microsoft \u306e\u4e00\u89a7\u306b\u306f\u3001\u73fe\u5728\u30b5\u30dd\u30fc\u30c8\u304c\u7d42\u4e86\u3057\u3066\u3044\u308b\u30d0\u30fc\u30b8\u30e7\u30f3\u306e\u66f4\u65b0\u30d7\u30ed\u30b0\u30e9\u30e0\u3082\u542b\u307e\u308c\u307e\u3059\u3002\u88fd\u54c1\u304c\u5bfe\u5fdc\u3057\u3066\u3044\u308b\u304b\u3069\u3046\u304b\u306f\u3001\u5404\u30d9\u30f3\u30c0\u30fc\u306e\u6848\u5185\u3092\u3054\u78ba\u8a8d\u304f\u3060\u3055\u3044\u3002'
	)
	SOURCES = @(
		'https://support.microsoft.com/en-us/topic/kb5022661-windows-support-for-the-azure-code-signing-program-4b505a31-fa1e-4ea6-85dd-6630229e8ef4'
		'https://support.microsoft.com/en-us/servicing/azure/update/2022/12/kb5022661-windows-support-for-the-trusted-signing-formerly-azure-code-signing-program'
		'https://learn.microsoft.com/en-us/azure/trusted-signing/faq'
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

function Read-HotFix {
	if ($env:OS -ne 'Windows_NT') { return Get-ReadError -Problem 'no list of hot fixes on this system' }
	try {
		$ids = @(foreach ($hotFix in @(Get-HotFix)) { "$($hotFix.HotFixID)" }) -match '^KB[0-9]+$'
		@{ Status = 'found'; Value = @($ids | Sort-Object -Unique) }
	} catch {
		Get-ReadError -Problem $_
	}
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
		if ($Id -match '^Cert:\\LocalMachine\\(.+)\\(.+)$') {
			$read = Read-Certificate -Store $Matches[1] -Thumbprint $Matches[2]
		} elseif ($Id -match '^(HKLM:\\.+\\Packages)#(\^.+)$') {
			$read = Get-ServicingPackageFact -Key $Matches[1] -Pattern $Matches[2]
		} elseif ($Id -match '^(HKLM(?:32)?:\\.+)\\([^\\]*)$') {
			$read = Read-Registry -Key $Matches[1] -Name $Matches[2]
		} elseif ($Id -eq 'HotFix') {
			$read = Read-HotFix
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

function Get-ServicingPackageFact {
	param($Key, $Pattern)
	$names = Read-Registry -Key $Key
	if ($names.Status -ne 'found') { return $names }
	$packages = @(
		foreach ($name in @(@($names.Value) -match $Pattern | Sort-Object)) {
			$read = Read-Registry -Key "$Key\$name" -Name 'CurrentState'
			$state = Get-FactNumber -Fact $read
			$problem = if ($state -lt 0) { "CurrentState $($read.Status) $($read.Value)".Trim() }
			@{ Name = $name; State = $state; Error = "$problem" }
		}
	)
	@{ Status = 'found'; Value = $packages }
}

# --- Kinds: judge one rule, from facts alone
function Test-CertificateStore {
	param($Rule, $Facts)
	$read = @{ Rule = $Rule; Facts = $Facts }
	$untrusted = @(Select-Fact @read -Role 'Disallowed')
	$places = @(Select-Fact @read -Role 'Store', 'ThirdParty')
	$denied = @($untrusted | Where-Object { $_.Status -eq 'found' })
	$cleared = @($untrusted | Where-Object { $_.Status -eq 'missing' })
	$present = @($places | Where-Object { $_.Status -eq 'found' })
	$actual = ''
	$notes = @()
	$state = 'unknown'
	$key = 'CERT_UNREADABLE'
	if ($denied.Length -gt 0) {
		$state = 'fail'
		$key = 'CERT_DISALLOWED'
		$actual = ConvertTo-EvidenceText -Fact $denied[0]
	} elseif ($cleared.Length -eq 0) {
	} elseif ($present.Length -gt 0) {
		$state = 'pass'
		$key = 'CERT_PRESENT'
		$actual = ConvertTo-EvidenceText -Fact $present[0]
	} elseif ($places.Length -gt 0 -and @($places | Where-Object { $_.Status -ne 'missing' }).Length -eq 0) {
		$state = 'fail'
		$key = 'CERT_MISSING'
		$texts = @{ '1' = 'CERT_NOTE_AUTO_UPDATE_OFF'; '0' = 'CERT_NOTE_AUTO_UPDATE'; '-1' = 'CERT_NOTE_AUTO_UPDATE' }
		$notes = @(foreach ($policy in @(Select-Fact @read -Role 'AutoUpdate')) { $texts["$(Get-FactNumber -Fact $policy)"] }) -ne $null
	}
	New-Finding @read -State $state -Key $key -Expected $Rule.Parameters.Certificate.Sha1 -Actual $actual -Notes $notes
}

function Get-EditionClass {
	param($EditionId)
	$classes = @(
		, @('home-pro', '^(Core|CoreN|CoreSingleLanguage|CoreCountrySpecific|(Professional|Cloud)[A-Za-z]*)$')
		, @('enterprise-education', '^((Enterprise|Education)N?|ServerRdsh|IoTEnterprise)$')
		, @('ltsc', '^EnterpriseSN?$')
		, @('iot-ltsc', '^IoTEnterpriseS$')
		, @('server-annual', '^Server.*ACor$')
		, @('server', '^Server')
	)
	foreach ($class in $classes) { if ($EditionId -match $class[1]) { return $class[0] } }
}

function Get-PackageEvidence {
	param($Row, [string[]]$Proof, [string[]]$LaterSecurityOnly, $Facts)
	$evidence = @{ Installed = ''; Pending = ''; Unreadable = ''; Later = '' }
	$slots = @{ '112' = 'Installed'; '80' = 'Installed'; '128' = 'Installed'; '96' = 'Pending'; '0' = ''; '5' = ''; '32' = ''; '64' = '' }
	foreach ($fact in $Facts) {
		if ($fact.Status -eq 'error') { $evidence.Unreadable = $fact.Id }
		if ($fact.Status -ne 'found') { continue }
		foreach ($package in $fact.Value) {
			$slot = 'Unreadable'
			if ($slots.ContainsKey("$($package.State)")) { $slot = $slots["$($package.State)"] }
			if ($package.Name -match '^Package_for_(KB[0-9]+)~') {
				if ($LaterSecurityOnly -contains $Matches[1]) {
					$slot = $slot -replace 'Installed', 'Later' -replace 'Pending', ''
				} elseif ($Proof -notcontains $Matches[1]) {
					continue
				}
			} elseif ($package.Name -match '^Package_for_RollupFix~') {
				$build = 0
				if ($package.Name -match '^Package_for_RollupFix~31bf3856ad364e35~[^~]*~~([0-9]{1,7})\.([0-9]{1,7})\.') { $build = [int]$Matches[1] }
				if ($build -lt 6000 -or $build -gt $Row.Build) {
					if ($slot) { $slot = 'Unreadable' }
				} elseif ($build -lt $Row.Build -or [int]$Matches[2] -lt $Row.MinRevision) {
					continue
				}
			} else {
				continue
			}
			if ($slot -and -not $evidence[$slot]) { $evidence[$slot] = $package.Name }
		}
	}
	$evidence
}

function Get-RevisionMessage {
	param($Row, [int]$Revision, $Kind, $EditionId)
	if ($Revision -lt 0) { return 'OS_REVISION_UNREADABLE' }
	if ($Revision -ge $Row.MinRevision) { return 'OS_REVISION_REACHED' }
	$all = @(@($Row['OutOfSupport']) + @($Row['InSupport']) | Where-Object { $_ -and (-not $Kind -or ($_ -like 'server*') -eq ($Kind -eq 'server')) })
	$class = Get-EditionClass -EditionId $EditionId
	if ($class -eq 'iot-ltsc' -and $all -notcontains $class) { $class = 'ltsc' }
	if ($all -contains $class) { $all = @($class) }
	$ended = @($all | Where-Object { @($Row['OutOfSupport']) -contains $_ })
	if ($ended.Length -eq 0) { return 'OS_REVISION_BELOW' }
	if ($ended.Length -lt $all.Length) { return 'OS_REVISION_BELOW_EDITION_UNKNOWN' }
	return 'OS_REVISION_BELOW_UPGRADE'
}

function Get-RollupMessage {
	param($Rule, $Facts, $Row, [int]$Revision)
	$read = @{ Rule = $Rule; Facts = $Facts }
	$proof = @($Row.Proof -replace '^', $Rule.Parameters.KbPrefix)
	$laterOnly = @($Row.LaterSecurityOnly -replace '^', $Rule.Parameters.KbPrefix)
	$outcome = @{ Key = 'OS_ROLLUP_UNREADABLE'; Expected = "$($proof[0]) / $($proof[1])"; Detail = ''; Needs = $null }
	if ($Revision -ge $Row.MinRevision) {
		$outcome.Key = 'OS_ROLLUP_BY_REVISION'
		return $outcome
	}
	$outcome.Needs = $Rule.Reads.Package | Where-Object { -not $Facts.ContainsKey($_) }
	if ($outcome.Needs) { return $outcome }
	$packages = Get-PackageEvidence -Row $Row -Proof $proof -LaterSecurityOnly $laterOnly -Facts @(Select-Fact @read -Role 'Package')
	$isUnsure = $packages.Unreadable -or ($packages.Pending -and $Revision -eq -2)
	if ($packages.Installed) {
		$outcome.Key = 'OS_ROLLUP_BY_PACKAGE'
		$outcome.Detail = $packages.Installed
	} elseif ($packages.Pending -and -not $isUnsure) {
		$outcome.Key = 'OS_ROLLUP_PENDING'
		$outcome.Detail = $packages.Pending
	}
	if ($outcome.Detail -or $isUnsure) { return $outcome }
	$outcome.Needs = @($Rule.Reads.HotFix) + @($Rule.Reads.CodeIntegrity) | Where-Object { -not $Facts.ContainsKey($_) }
	if ($outcome.Needs) { return $outcome }
	$hotFixes = "$(Get-FactText @read -Role 'HotFix')" -split '[\s,;]+'
	$later = @(@($packages.Later) + @($laterOnly | Where-Object { $hotFixes -contains $_ }) -ne '')
	$pattern = @{ BuildLab = "^$($Row.Build)\.([0-9]{1,7})(\.|$)"; CodeIntegrity = "^[0-9]+\.[0-9]+\.$($Row.Build)\.([0-9]{1,7})$" }
	$likely = @(foreach ($role in @('BuildLab', 'CodeIntegrity')) { Get-FactText @read -Role $role | Where-Object { $_ -match $pattern[$role] -and [int]$Matches[1] -ge $Row.MinRevision } })
	$failed = Select-Fact @read -Role 'Package', 'HotFix', 'BuildLab', 'CodeIntegrity' | Where-Object { $_.Status -eq 'error' }
	$listed = @($proof | Where-Object { $hotFixes -contains $_ })
	if ($listed.Length -gt 0) {
		$outcome.Key = 'OS_ROLLUP_BY_HOTFIX'
	} elseif ($likely.Length -gt 0) {
		$outcome.Key = 'OS_ROLLUP_LIKELY'
	} elseif ($later.Length -gt 0) {
		$outcome.Key = 'OS_ROLLUP_LATER_SECURITY_ONLY'
	} elseif (-not $failed -and $Revision -ne -2) {
		$outcome.Key = 'OS_ROLLUP_MISSING'
	}
	$outcome.Detail = "$(@($listed + $likely + $later)[0])"
	return $outcome
}

function Get-WindowsKind {
	param($InstallationType, $EditionId)
	if ($InstallationType -eq 'Client') { return 'client' }
	if ($InstallationType -match '^(Server|Server Core|Nano Server)$') { return 'server' }
	if ($InstallationType -or -not $EditionId) { return '' }
	if ($EditionId -match '^Server(?!Rdsh$)') { return 'server' }
	return 'client'
}

function Test-OsBuild {
	param($Rule, $Facts)
	$read = @{ Rule = $Rule; Facts = $Facts }
	$build = Get-FactNumber -Fact (Select-Fact @read -Role 'Build')
	if ($build -lt 0) { return New-Finding @read -State 'unknown' -Key 'OS_BUILD_UNREADABLE' }
	$other = @{ Support = if ($build -ge $Rule.Parameters.NativeFrom) { 'native' } else { 'unknown' } }
	$row = @{ Build = $build } + $(if ($Rule.Parameters.Builds["$build"]) { $Rule.Parameters.Builds["$build"] } else { $other })
	$type = "$(Get-FactText @read -Role 'InstallationType')"
	$edition = "$(Get-FactText @read -Role 'EditionID')"
	$kind = Get-WindowsKind -InstallationType $type -EditionId $edition
	$revision = Get-FactNumber -Fact (Select-Fact @read -Role 'Revision')
	$names = @(foreach ($name in @('Client', 'Server')) { if ($row[$name] -and (-not $kind -or $kind -eq $name -or -not $row[$kind])) { $row[$name] } })
	$found = if ($revision -ge 0) { "$build.$revision" } else { "$build" }
	$expected = ''
	$outcome = @{ Key = '' }
	$unread = @(Select-Fact @read -Role 'InstallationType') + @(if (-not $type) { Select-Fact @read -Role 'EditionID' }) | Where-Object { $_.Status -eq 'error' }
	$isOther = $row['AppliesTo'] -and ($unread -or ($kind -ne $row.AppliesTo -and ($type -or $edition)))
	if ($isOther) {
		$outcome.Key = 'OS_NOT_JUDGED'
	} elseif ($row['Proof']) {
		$outcome = Get-RollupMessage -Rule $Rule -Facts $Facts -Row $row -Revision $revision
		$expected = $outcome.Expected
	} elseif ($row['MinRevision']) {
		$expected = "$build.$($row.MinRevision)"
		$outcome.Key = Get-RevisionMessage -Row $row -Revision $revision -Kind $kind -EditionId $edition
	} else {
		$outcome.Key = @{ native = 'OS_NATIVE'; never = 'OS_NEVER'; unknown = 'OS_BUILD_UNKNOWN' }[$row.Support]
		$expected = @{ native = "$build"; never = ''; unknown = "$($Rule.Parameters.NativeFrom)" }[$row.Support]
	}
	$state = switch -Regex ($outcome.Key) {
		'NATIVE|REACHED|_BY_' { 'pass' }
		'BELOW|NEVER|MISSING' { 'fail' }
		'PENDING' { 'pendingReboot' }
		default { 'unknown' }
	}
	$notes = @(
		if ($Rule.Parameters['Unlisted'] -contains $build) { 'OS_NOTE_VENDOR_UNLISTED' }
		if ($row['Advisory'] -and $revision -ge 0 -and $revision -lt $row.AdvisoryBelow) { $row.Advisory }
	)
	$actual = [string]::Join(', ', @([string]::Join(' / ', $names), $found, $outcome['Detail'] -ne $null -ne ''))
	New-Finding @read -State $state -Key $outcome.Key -Expected $expected -Actual $actual -Notes $notes -Needs @(@($outcome['Needs']) -ne $null)
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

function Get-FactNumber {
	param($Fact)
	if ($Fact -and $Fact.Status -eq 'missing') { return -1 }
	if ($Fact -and $Fact.Status -eq 'found' -and "$($Fact.Value)".Trim() -match '^[0-9]{1,7}$') { return [int]$Matches[0] }
	return -2
}

function Get-FactText {
	param($Rule, $Facts, [string]$Role)
	foreach ($fact in @(Select-Fact -Rule $Rule -Facts $Facts -Role $Role)) {
		if ($fact.Status -eq 'found' -and "$($fact.Value)".Trim()) { "$($fact.Value)".Trim() }
	}
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
	Test-OsBuild -Rule $Rules['ACS-OS'] -Facts $Facts
	Test-CertificateStore -Rule $Rules['ACS-ROOT'] -Facts $Facts
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
