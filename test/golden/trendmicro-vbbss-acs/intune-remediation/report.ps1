# report.ps1 - Minimum Windows version for Trend Micro VBBSS (Azure Code Signing)
# Pack trendmicro-vbbss-acs 1.0.0, target intune-remediation, made by psmint 0.0.0. Signed: do not edit, deliver the file as it is.
#
# Reads the machine and writes a report (JSON, HTML, CSV) into a folder; it changes nothing else.
#
# Exit codes: 0 = pass, 1 = fail, 1 = pendingReboot, 1 = unknown, 1 = the script did not run.
# The last line of the output is a summary in English: PSMINT <script> <verdict> pack=<id>@<version> <rule>=<state> ... | <reason>
#Requires -Version 3.0
param(
    [string]$ReportPath = '',
    [string]$Language = '',
    [string]$OutDir = '',
    [string]$Share = ''
)
Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
trap {
    # One line on the output, nothing on the error stream: exit code 1 says that there is no verdict.
    $problem = ('{0} at line {1}' -f $_.FullyQualifiedErrorId, $_.InvocationInfo.ScriptLineNumber) -replace '[^ -~]', '?'
    'PSMINT report unknown pack=trendmicro-vbbss-acs@1.0.0 | script error: ' + $problem
    exit 1
}
# A Windows PowerShell that PowerShell 7 started inherits its module path and then lacks its own modules.
if ($PSVersionTable.PSVersion.Major -lt 6) {
    $env:PSModulePath = "$PSHOME\Modules;$env:ProgramFiles\WindowsPowerShell\Modules"
}

# ---------------------------------------------------------------------------
# Data of the requirement pack
# ---------------------------------------------------------------------------
$Plan = @{
    Script = 'report'
    Target = 'intune-remediation'
    PackId = 'trendmicro-vbbss-acs'
    PackVersion = '1.0.0'
    Title = @{ en = 'Minimum Windows version for Trend Micro VBBSS (Azure Code Signing)'; ja = ([regex]::Unescape('\u30a6\u30a4\u30eb\u30b9\u30d0\u30b9\u30bf\u30fc \u30d3\u30b8\u30cd\u30b9\u30bb\u30ad\u30e5\u30ea\u30c6\u30a3\u30b5\u30fc\u30d3\u30b9 Windows \u306e\u6700\u5c0f\u30d0\u30fc\u30b8\u30e7\u30f3\u8981\u4ef6 (ACS \u5bfe\u5fdc)')) }
    ToolVersion = '0.0.0'
    ExitCodes = @{ pass = 0; fail = 1; pendingReboot = 1; unknown = 1 }
}

$Rules = @{
    'VBBSS-OS' = @{
        Id = 'VBBSS-OS'
        Kind = 'os-build'
        Severity = 'required'
        Title = @{ en = 'Windows with ACS support'; ja = ([regex]::Unescape('ACS \u306b\u5bfe\u5fdc\u3057\u305f Windows')) }
        Why = @{
            en = 'The agent''s modules are signed with Azure Code Signing (ACS). Windows loads them only when it has the security update with ACS support.'
            ja = ([regex]::Unescape('\u30a8\u30fc\u30b8\u30a7\u30f3\u30c8\u306e\u30e2\u30b8\u30e5\u30fc\u30eb\u306f Azure Code Signing (ACS) \u3067\u7f72\u540d\u3055\u308c\u3066\u304a\u308a\u3001ACS \u306b\u5bfe\u5fdc\u3059\u308b\u30bb\u30ad\u30e5\u30ea\u30c6\u30a3\u30d1\u30c3\u30c1\u304c\u9069\u7528\u3055\u308c\u305f Windows \u3067\u306e\u307f\u8aad\u307f\u8fbc\u307e\u308c\u307e\u3059\u3002'))
        }
        Remediation = @(
            @{
                en = 'Install the latest cumulative update (Windows Server 2012 and 2012 R2: the latest monthly rollup) by Windows Update and restart. A version that never got the update, or an edition out of support, has to be upgraded.'
                ja = ([regex]::Unescape('Windows Update \u3067\u6700\u65b0\u306e\u7d2f\u7a4d\u66f4\u65b0\u30d7\u30ed\u30b0\u30e9\u30e0 (Windows Server 2012 / 2012 R2 \u306f\u6700\u65b0\u306e\u30de\u30f3\u30b9\u30ea\u30fc \u30ed\u30fc\u30eb\u30a2\u30c3\u30d7) \u3092\u9069\u7528\u3057\u3001\u518d\u8d77\u52d5\u3057\u3066\u304f\u3060\u3055\u3044\u3002\u66f4\u65b0\u30d7\u30ed\u30b0\u30e9\u30e0\u304c\u63d0\u4f9b\u3055\u308c\u306a\u3044\u30d0\u30fc\u30b8\u30e7\u30f3\u3084\u30b5\u30dd\u30fc\u30c8\u304c\u7d42\u4e86\u3057\u305f\u30a8\u30c7\u30a3\u30b7\u30e7\u30f3\u306f\u3001Windows \u306e\u30a2\u30c3\u30d7\u30b0\u30ec\u30fc\u30c9\u304c\u5fc5\u8981\u3067\u3059\u3002'))
            }
        )
        Installs = @()
        Reads = @(
            @{ Role = 'Build'; Read = 'RegistryValue'; Id = 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\CurrentBuildNumber' }
            @{ Role = 'Revision'; Read = 'RegistryValue'; Id = 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\UBR' }
            @{ Role = 'InstallationType'; Read = 'RegistryValue'; Id = 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\InstallationType' }
            @{ Role = 'EditionID'; Read = 'RegistryValue'; Id = 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\EditionID' }
            @{ Role = 'BuildLab'; Read = 'RegistryValue'; Id = 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\BuildLabEx' }
            @{ Role = 'Package'; Read = 'ServicingPackage'; Id = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing\Packages#93d96551'; Pattern = '^Package_for_(RollupFix|KB50[0-9]{5})~'; Slow = $true }
            @{ Role = 'HotFix'; Read = 'HotFix'; Id = 'HotFix'; Slow = $true }
            @{ Role = 'CodeIntegrity'; Read = 'FileVersion'; Id = '%SystemRoot%\System32\ci.dll'; Slow = $true }
        )
        Parameters = @{
            Capability = @{ en = 'ACS support'; ja = ([regex]::Unescape('ACS \u5bfe\u5fdc')) }
            NativeFrom = 22000
            Builds = @(
                @{
                    Build = 6003
                    Support = 'rollup'
                    MinRevision = 21235
                    Kb = 'KB5006736'
                    KbDate = '2021-10-12'
                    SecurityOnly = 'KB5006715'
                    Rollups = @(-split '
                        KB5006736 KB5007263 KB5008274 KB5009627 KB5010384 KB5011534 KB5012658 KB5014010 KB5014752 KB5015866 KB5016669 KB5017358 KB5018450 KB5020019
                        KB5021289 KB5022340 KB5022890 KB5023755 KB5025271 KB5026408 KB5027279 KB5028222 KB5029318 KB5030271 KB5031416 KB5032254 KB5033422 KB5034173
                        KB5034795 KB5035920 KB5036932 KB5037800 KB5039245 KB5040499 KB5041850 KB5043135 KB5044320 KB5046661 KB5048710 KB5050063 KB5052038 KB5053888
                        KB5055609 KB5058449 KB5061026 KB5062624 KB5063888 KB5065508 KB5066874 KB5068906 KB5071504 KB5073697')
                    LaterSecurityOnly = @()
                    Server = @{ Name = 'Windows Server 2008 SP2'; Ends = @{ server = '2020-01-14' } }
                    VendorListed = $false
                }
                @{
                    Build = 7601
                    Support = 'rollup'
                    MinRevision = 25725
                    Kb = 'KB5006743'
                    KbDate = '2021-10-12'
                    SecurityOnly = 'KB5006728'
                    Rollups = @(-split '
                        KB5006743 KB5007236 KB5008244 KB5009610 KB5010404 KB5011552 KB5012626 KB5014012 KB5014748 KB5015861 KB5016676 KB5017361 KB5018454 KB5020000
                        KB5021291 KB5022338 KB5022872 KB5023769 KB5025279 KB5026413 KB5027275 KB5028240 KB5029296 KB5030265 KB5031408 KB5032252 KB5033433 KB5034169
                        KB5034831 KB5035888 KB5036967 KB5037780 KB5039289 KB5040497 KB5041838 KB5043129 KB5044356 KB5046687 KB5048695 KB5050049 KB5052016 KB5053620
                        KB5055561 KB5058430 KB5061078 KB5062632 KB5063947 KB5065468 KB5066872 KB5068904 KB5071501 KB5073695')
                    LaterSecurityOnly = @(-split '
                        KB5007233 KB5008282 KB5009621 KB5010422 KB5011529 KB5012649 KB5013999 KB5014742 KB5015862 KB5016679 KB5017373 KB5018479 KB5020013 KB5021288
                        KB5022339 KB5022874 KB5023759 KB5025277 KB5026426 KB5027256 KB5028224 KB5029307 KB5030261 KB5031441 KB5032250 KB5033424 KB5034167 KB5034809
                        KB5035919 KB5036922 KB5037803 KB5039274 KB5040498 KB5041823 KB5043092 KB5044321 KB5046705 KB5048676 KB5050006 KB5052032 KB5053627 KB5055570
                        KB5058454 KB5061036 KB5062619 KB5063927 KB5065510 KB5066876 KB5068908 KB5071506 KB5073699')
                    Client = @{ Name = 'Windows 7 SP1'; Ends = @{ 'home-pro' = '2020-01-14'; 'enterprise-education' = '2020-01-14' } }
                    Server = @{ Name = 'Windows Server 2008 R2 SP1'; Ends = @{ server = '2020-01-14' } }
                    VendorListed = $false
                }
                @{
                    Build = 9200
                    Support = 'rollup'
                    MinRevision = 23475
                    Kb = 'KB5006739'
                    KbDate = '2021-10-12'
                    AppliesTo = 'server'
                    SecurityOnly = 'KB5006732'
                    Rollups = @(-split '
                        KB5006739 KB5007260 KB5008277 KB5009586 KB5010392 KB5011535 KB5012650 KB5014017 KB5014747 KB5015863 KB5016672 KB5017370 KB5018457 KB5020009
                        KB5021285 KB5022348 KB5022903 KB5023756 KB5025287 KB5026419 KB5027283 KB5028232 KB5029295 KB5030278 KB5031442 KB5032247 KB5033429 KB5034184
                        KB5034830 KB5035930 KB5036969 KB5037778 KB5039260 KB5040485 KB5041851 KB5043125 KB5044342 KB5046697 KB5048699 KB5050004 KB5052020 KB5053886
                        KB5055581 KB5058451 KB5061059 KB5062592 KB5063906 KB5065509 KB5066875 KB5070887 KB5068907 KB5071505 KB5073698 KB5075971 KB5078775 KB5082127
                        KB5087470 KB5094042')
                    LaterSecurityOnly = @(-split '
                        KB5007245 KB5008255 KB5009619 KB5010412 KB5011527 KB5012666 KB5014018 KB5014741 KB5015875 KB5016684 KB5017377 KB5018478 KB5020003 KB5021303
                        KB5022343 KB5022895 KB5023752 KB5025272 KB5026411 KB5027281 KB5028233 KB5029308 KB5030279 KB5031427')
                    Client = @{ Name = 'Windows 8'; Ends = @{ 'home-pro' = '2016-01-12'; 'enterprise-education' = '2016-01-12' } }
                    Server = @{ Name = 'Windows Server 2012'; Ends = @{ server = '2023-10-10' } }
                }
                @{
                    Build = 9600
                    Support = 'rollup'
                    MinRevision = 20130
                    Kb = 'KB5006714'
                    KbDate = '2021-10-12'
                    SecurityOnly = 'KB5006729'
                    Rollups = @(-split '
                        KB5006714 KB5007247 KB5008263 KB5009624 KB5010419 KB5011564 KB5012670 KB5014011 KB5014738 KB5015874 KB5016681 KB5017367 KB5018474 KB5020023
                        KB5021294 KB5022352 KB5022899 KB5023765 KB5025285 KB5026415 KB5027271 KB5028228 KB5029312 KB5030269 KB5031419 KB5032249 KB5033420 KB5034171
                        KB5034819 KB5035885 KB5036960 KB5037823 KB5039294 KB5040456 KB5041828 KB5043138 KB5044343 KB5046682 KB5048735 KB5050048 KB5052042 KB5053887
                        KB5055557 KB5058403 KB5061018 KB5062597 KB5063950 KB5065507 KB5066873 KB5070886 KB5068905 KB5071503 KB5073696 KB5075970 KB5078774 KB5082126
                        KB5087471 KB5094041')
                    LaterSecurityOnly = @(-split '
                        KB5007255 KB5008285 KB5009595 KB5010395 KB5011560 KB5012639 KB5014001 KB5014746 KB5015877 KB5016683 KB5017365 KB5018476 KB5020010 KB5021296
                        KB5022346 KB5022894 KB5023764 KB5025288 KB5026409 KB5027282 KB5028223 KB5029304 KB5030287 KB5031407')
                    Client = @{ Name = 'Windows 8.1'; Ends = @{ 'home-pro' = '2023-01-10'; 'enterprise-education' = '2023-01-10' } }
                    Server = @{ Name = 'Windows Server 2012 R2'; Ends = @{ server = '2023-10-10' } }
                }
                @{ Build = 10240; Support = 'revision'; MinRevision = 19086; Kb = 'KB5006675'; KbDate = '2021-10-12'; Client = @{ Name = 'Windows 10 1507'; Ends = @{ 'home-pro' = '2017-05-09'; 'enterprise-education' = '2017-05-09'; ltsc = '2025-10-14' } } }
                @{ Build = 10586; Support = 'never'; Client = @{ Name = 'Windows 10 1511'; Ends = @{ 'home-pro' = '2017-10-10'; 'enterprise-education' = '2017-10-10' } }; VendorListed = $false }
                @{ Build = 14393; Support = 'revision'; MinRevision = 4704; Kb = 'KB5006669'; KbDate = '2021-10-12'; Client = @{ Name = 'Windows 10 1607'; Ends = @{ 'home-pro' = '2018-04-10'; 'enterprise-education' = '2019-04-09'; ltsc = '2026-10-13' } }; Server = @{ Name = 'Windows Server 2016'; Ends = @{ server = '2027-01-12' } } }
                @{ Build = 15063; Support = 'never'; Client = @{ Name = 'Windows 10 1703'; Ends = @{ 'home-pro' = '2018-10-09'; 'enterprise-education' = '2019-10-08' } }; VendorListed = $false }
                @{ Build = 16299; Support = 'never'; Client = @{ Name = 'Windows 10 1709'; Ends = @{ 'home-pro' = '2019-04-09'; 'enterprise-education' = '2020-10-13' } }; Server = @{ Name = 'Windows Server, version 1709'; Ends = @{ 'server-annual' = '2019-04-09' } }; VendorListed = $false }
                @{ Build = 17134; Support = 'never'; Client = @{ Name = 'Windows 10 1803'; Ends = @{ 'home-pro' = '2019-11-12'; 'enterprise-education' = '2021-05-11' } }; Server = @{ Name = 'Windows Server, version 1803'; Ends = @{ 'server-annual' = '2019-11-12' } }; VendorListed = $false }
                @{ Build = 17763; Support = 'revision'; MinRevision = 2210; Kb = 'KB5005625'; KbDate = '2021-09-21'; Client = @{ Name = 'Windows 10 1809'; Ends = @{ 'home-pro' = '2020-11-10'; 'enterprise-education' = '2021-05-11'; ltsc = '2029-01-09' } }; Server = @{ Name = 'Windows Server 2019'; Ends = @{ server = '2029-01-09'; 'server-annual' = '2020-11-10' } } }
                @{ Build = 18362; Support = 'never'; Client = @{ Name = 'Windows 10 1903'; Ends = @{ 'home-pro' = '2020-12-08'; 'enterprise-education' = '2020-12-08' } }; Server = @{ Name = 'Windows Server, version 1903'; Ends = @{ 'server-annual' = '2020-12-08' } }; VendorListed = $false }
                @{ Build = 18363; Support = 'revision'; MinRevision = 1830; Kb = 'KB5005624'; KbDate = '2021-09-21'; Client = @{ Name = 'Windows 10 1909'; Ends = @{ 'home-pro' = '2021-05-11'; 'enterprise-education' = '2022-05-10' } }; Server = @{ Name = 'Windows Server, version 1909'; Ends = @{ 'server-annual' = '2021-05-11' } } }
                @{ Build = 19041; Support = 'revision'; MinRevision = 1266; Kb = 'KB5005611'; KbDate = '2021-09-30'; Client = @{ Name = 'Windows 10 2004'; Ends = @{ 'home-pro' = '2021-12-14'; 'enterprise-education' = '2021-12-14' } }; Server = @{ Name = 'Windows Server, version 2004'; Ends = @{ 'server-annual' = '2021-12-14' } } }
                @{ Build = 19042; Support = 'revision'; MinRevision = 1266; Kb = 'KB5005611'; KbDate = '2021-09-30'; Client = @{ Name = 'Windows 10 20H2'; Ends = @{ 'home-pro' = '2022-05-10'; 'enterprise-education' = '2023-05-09' } }; Server = @{ Name = 'Windows Server, version 20H2'; Ends = @{ 'server-annual' = '2022-08-09' } } }
                @{ Build = 19043; Support = 'revision'; MinRevision = 1266; Kb = 'KB5005611'; KbDate = '2021-09-30'; Client = @{ Name = 'Windows 10 21H1'; Ends = @{ 'home-pro' = '2022-12-13'; 'enterprise-education' = '2022-12-13' } } }
                @{
                    Build = 19044
                    Support = 'native'
                    Client = @{ Name = 'Windows 10 21H2'; Ends = @{ 'home-pro' = '2023-06-13'; 'enterprise-education' = '2024-06-11'; ltsc = '2027-01-12'; 'iot-ltsc' = '2032-01-13' } }
                    Advisory = @{
                        BelowRevision = 1586
                        Text = @{
                            en = 'Trend Micro''s English page asks for KB5011487 (19044.1586) on this version; the notice asks for nothing.'
                            ja = ([regex]::Unescape('\u30c8\u30ec\u30f3\u30c9\u30de\u30a4\u30af\u30ed\u793e\u306e\u82f1\u8a9e\u7248\u30da\u30fc\u30b8\u3067\u306f\u3001\u3053\u306e\u30d0\u30fc\u30b8\u30e7\u30f3\u306b KB5011487 (19044.1586) \u4ee5\u964d\u304c\u6c42\u3081\u3089\u308c\u3066\u3044\u307e\u3059 (\u3054\u6848\u5185\u3067\u306f\u8ffd\u52a0\u306e\u9069\u7528\u306f\u4e0d\u8981\u3067\u3059)\u3002'))
                        }
                    }
                }
                @{ Build = 19045; Support = 'native'; Client = @{ Name = 'Windows 10 22H2'; Ends = @{ 'home-pro' = '2025-10-14'; 'enterprise-education' = '2025-10-14' } } }
                @{ Build = 20348; Support = 'revision'; MinRevision = 261; Kb = 'KB5005619'; KbDate = '2021-09-27'; Server = @{ Name = 'Windows Server 2022'; Ends = @{ server = '2031-10-14' } } }
                @{ Build = 22000; Support = 'native'; Client = @{ Name = 'Windows 11 21H2'; Ends = @{ 'home-pro' = '2023-10-10'; 'enterprise-education' = '2024-10-08' } } }
                @{ Build = 22621; Support = 'native'; Client = @{ Name = 'Windows 11 22H2'; Ends = @{ 'home-pro' = '2024-10-08'; 'enterprise-education' = '2025-10-14' } } }
                @{ Build = 22631; Support = 'native'; Client = @{ Name = 'Windows 11 23H2'; Ends = @{ 'home-pro' = '2025-11-11'; 'enterprise-education' = '2026-11-10' } } }
                @{ Build = 25398; Support = 'native'; Server = @{ Name = 'Windows Server, version 23H2'; Ends = @{ 'server-annual' = '2026-05-12' } }; VendorListed = $false }
                @{ Build = 26100; Support = 'native'; Client = @{ Name = 'Windows 11 24H2'; Ends = @{ 'home-pro' = '2026-10-13'; 'enterprise-education' = '2027-10-12'; ltsc = '2029-10-09'; 'iot-ltsc' = '2034-10-10' } }; Server = @{ Name = 'Windows Server 2025'; Ends = @{ server = '2034-11-14' } } }
                @{ Build = 26200; Support = 'native'; Client = @{ Name = 'Windows 11 25H2'; Ends = @{ 'home-pro' = '2027-10-12'; 'enterprise-education' = '2028-10-10' } } }
                @{ Build = 28000; Support = 'native'; Client = @{ Name = 'Windows 11 26H1'; Ends = @{ 'home-pro' = '2028-03-14'; 'enterprise-education' = '2029-03-13' } } }
            )
        }
    }
    'VBBSS-ROOT' = @{
        Id = 'VBBSS-ROOT'
        Kind = 'certificate'
        Severity = 'required'
        Title = @{ en = 'Root certificate for ACS'; ja = ([regex]::Unescape('ACS \u306e\u30eb\u30fc\u30c8\u8a3c\u660e\u66f8')) }
        Why = @{
            en = 'Signatures made with ACS lead to this root. Without it in Trusted Root Certification Authorities the modules are not trusted.'
            ja = ([regex]::Unescape('ACS \u306e\u7f72\u540d\u306f\u3053\u306e\u30eb\u30fc\u30c8\u8a3c\u660e\u66f8\u306b\u3064\u306a\u304c\u308a\u307e\u3059\u3002\u300c\u4fe1\u983c\u3055\u308c\u305f\u30eb\u30fc\u30c8\u8a3c\u660e\u6a5f\u95a2\u300d\u306b\u306a\u3044\u5834\u5408\u3001\u30e2\u30b8\u30e5\u30fc\u30eb\u306f\u4fe1\u983c\u3055\u308c\u307e\u305b\u3093\u3002'))
        }
        Remediation = @(
            @{ en = 'Run fix-cert.ps1 as administrator: it adds the certificate and checks that it is there.'; ja = ([regex]::Unescape('fix-cert.ps1 \u3092\u7ba1\u7406\u8005\u3068\u3057\u3066\u5b9f\u884c\u3057\u307e\u3059\u3002\u8a3c\u660e\u66f8\u3092\u8ffd\u52a0\u3057\u3001\u8ffd\u52a0\u3055\u308c\u305f\u3053\u3068\u3092\u78ba\u8a8d\u3057\u307e\u3059\u3002')) }
            @{
                en = 'Or with Trend Micro''s tool: unzip EasyFix for System Certificates to c:\EasyFix (password trend), and in a command prompt run as administrator start EasyFixSysCerts.exe A1. Log\SCPeasyFix.txt ends with "Fixing result is True" or "No missing system certificate".'
                ja = ([regex]::Unescape('\u307e\u305f\u306f\u3001\u30c8\u30ec\u30f3\u30c9\u30de\u30a4\u30af\u30ed\u793e\u306e\u30c4\u30fc\u30eb EasyFix for System Certificates \u3092 c:\\EasyFix \u306b\u89e3\u51cd\u3057 (\u30d1\u30b9\u30ef\u30fc\u30c9 trend)\u3001\u7ba1\u7406\u8005\u3068\u3057\u3066\u5b9f\u884c\u3057\u305f\u30b3\u30de\u30f3\u30c9\u30d7\u30ed\u30f3\u30d7\u30c8\u3067 EasyFixSysCerts.exe A1 \u3092\u5b9f\u884c\u3057\u307e\u3059\u3002Log\\SCPeasyFix.txt \u306e\u6700\u5f8c\u306b "Fixing result is True" \u307e\u305f\u306f "No missing system certificate" \u3068\u8a18\u9332\u3055\u308c\u307e\u3059\u3002'))
            }
        )
        Installs = @('ms-idv-root-2020')
        Reads = @(
            @{ Role = 'Disallowed'; Read = 'Certificate'; Id = 'Cert:\LocalMachine\Disallowed\F40042E2E5F7E8EF8189FED15519AECE42C3BFA2' }
            @{ Role = 'Store'; Read = 'Certificate'; Id = 'Cert:\LocalMachine\Root\F40042E2E5F7E8EF8189FED15519AECE42C3BFA2' }
            @{ Role = 'ThirdParty'; Read = 'Certificate'; Id = 'Cert:\LocalMachine\AuthRoot\F40042E2E5F7E8EF8189FED15519AECE42C3BFA2' }
            @{ Role = 'AutoUpdate'; Read = 'RegistryValue'; Id = 'HKLM:\SOFTWARE\Policies\Microsoft\SystemCertificates\AuthRoot\DisableRootAutoUpdate' }
        )
        Parameters = @{ Certificate = @{ Id = 'ms-idv-root-2020'; Name = 'Microsoft Identity Verification Root Certificate Authority 2020'; Sha1 = 'F40042E2E5F7E8EF8189FED15519AECE42C3BFA2'; Store = 'Root' } }
    }
    'VBBSS-AGENT' = @{
        Id = 'VBBSS-AGENT'
        Kind = 'product-version'
        Severity = 'recommended'
        Title = @{ en = 'Agent version 3237 or later'; ja = ([regex]::Unescape('\u30a8\u30fc\u30b8\u30a7\u30f3\u30c8\u30d0\u30fc\u30b8\u30e7\u30f3 Ver3237 \u4ee5\u4e0a')) }
        Why = @{
            en = 'Once Windows and the root certificate are right, the agent updates itself to version 3237 or later. An older version may mean that updating does not work.'
            ja = ([regex]::Unescape('Windows \u3068\u30eb\u30fc\u30c8\u8a3c\u660e\u66f8\u306e\u8981\u4ef6\u3092\u6e80\u305f\u3059\u3068\u3001\u30a8\u30fc\u30b8\u30a7\u30f3\u30c8\u306f Ver3237 \u4ee5\u4e0a\u306b\u30d0\u30fc\u30b8\u30e7\u30f3\u30a2\u30c3\u30d7\u3055\u308c\u307e\u3059\u3002\u53e4\u3044\u307e\u307e\u306e\u5834\u5408\u306f\u66f4\u65b0\u3067\u304d\u3066\u3044\u306a\u3044\u53ef\u80fd\u6027\u304c\u3042\u308a\u307e\u3059\u3002'))
        }
        Remediation = @(
            @{
                en = 'Meet the two requirements above and wait: the agent looks for updates every 2 hours. If it stays old, restart the machine and ask the service desk.'
                ja = ([regex]::Unescape('\u4e0a\u306e 2 \u3064\u306e\u8981\u4ef6\u3092\u6e80\u305f\u3057\u305f\u3046\u3048\u3067\u304a\u5f85\u3061\u304f\u3060\u3055\u3044 (\u30a8\u30fc\u30b8\u30a7\u30f3\u30c8\u306f 2 \u6642\u9593\u3054\u3068\u306b\u66f4\u65b0\u3092\u78ba\u8a8d\u3057\u307e\u3059)\u3002\u66f4\u65b0\u3055\u308c\u306a\u3044\u5834\u5408\u306f\u518d\u8d77\u52d5\u3057\u3001\u30b5\u30fc\u30d3\u30b9\u7a93\u53e3\u3078\u304a\u554f\u3044\u5408\u308f\u305b\u304f\u3060\u3055\u3044\u3002'))
            }
        )
        Installs = @()
        Reads = @(
            @{ Role = 'Key'; Read = 'RegistryKey'; Id = 'HKLM:\SOFTWARE\WOW6432Node\TrendMicro\PC-cillinNTCorp\CurrentVersion\' }
            @{ Role = 'Key'; Read = 'RegistryKey'; Id = 'HKLM:\SOFTWARE\TrendMicro\PC-cillinNTCorp\CurrentVersion\' }
            @{ Role = 'Key'; Read = 'RegistryKey'; Id = 'HKLM:\SOFTWARE\WOW6432Node\TrendMicro\PC-cillinNTCorp\CurrentVersion\Misc.\' }
            @{ Role = 'Key'; Read = 'RegistryKey'; Id = 'HKLM:\SOFTWARE\TrendMicro\PC-cillinNTCorp\CurrentVersion\Misc.\' }
            @{ Role = 'Key'; Read = 'RegistryKey'; Id = 'HKLM:\SOFTWARE\WOW6432Node\TrendMicro\PC-cillinNTCorp\CurrentVersion\HostedAgent\' }
            @{ Role = 'Key'; Read = 'RegistryKey'; Id = 'HKLM:\SOFTWARE\TrendMicro\PC-cillinNTCorp\CurrentVersion\HostedAgent\' }
            @{ Role = 'OwnKey'; Read = 'RegistryKey'; Id = 'HKLM:\SOFTWARE\WOW6432Node\TrendMicro\PC-cillinNTCorp\CurrentVersion\HostedAgent\' }
            @{ Role = 'OwnKey'; Read = 'RegistryKey'; Id = 'HKLM:\SOFTWARE\TrendMicro\PC-cillinNTCorp\CurrentVersion\HostedAgent\' }
            @{ Role = 'ProductName'; Read = 'RegistryValue'; Id = 'HKLM:\SOFTWARE\WOW6432Node\TrendMicro\PC-cillinNTCorp\CurrentVersion\Misc.\ProductName' }
            @{ Role = 'ProductName'; Read = 'RegistryValue'; Id = 'HKLM:\SOFTWARE\TrendMicro\PC-cillinNTCorp\CurrentVersion\Misc.\ProductName' }
            @{ Role = 'Version'; Read = 'RegistryValue'; Id = 'HKLM:\SOFTWARE\WOW6432Node\TrendMicro\PC-cillinNTCorp\CurrentVersion\Misc.\ProgramVer' }
            @{ Role = 'Version'; Read = 'RegistryValue'; Id = 'HKLM:\SOFTWARE\WOW6432Node\TrendMicro\PC-cillinNTCorp\CurrentVersion\Misc.\TmListen_Ver' }
            @{ Role = 'Version'; Read = 'RegistryValue'; Id = 'HKLM:\SOFTWARE\TrendMicro\PC-cillinNTCorp\CurrentVersion\Misc.\ProgramVer' }
            @{ Role = 'Version'; Read = 'RegistryValue'; Id = 'HKLM:\SOFTWARE\TrendMicro\PC-cillinNTCorp\CurrentVersion\Misc.\TmListen_Ver' }
            @{ Role = 'Version'; Read = 'RegistryValue'; Id = 'HKLM:\SOFTWARE\WOW6432Node\TrendMicro\PC-cillinNTCorp\CurrentVersion\WFBSAgentVersion' }
            @{ Role = 'Version'; Read = 'RegistryValue'; Id = 'HKLM:\SOFTWARE\TrendMicro\PC-cillinNTCorp\CurrentVersion\WFBSAgentVersion' }
            @{ Role = 'Version'; Read = 'RegistryValue'; Id = 'HKLM:\SOFTWARE\WOW6432Node\TrendMicro\PC-cillinNTCorp\CurrentVersion\HostedAgent\Version' }
            @{ Role = 'Version'; Read = 'RegistryValue'; Id = 'HKLM:\SOFTWARE\TrendMicro\PC-cillinNTCorp\CurrentVersion\HostedAgent\Version' }
        )
        Parameters = @{
            Product = @{ Name = @{ en = 'Trend Micro Security Agent (VBBSS)'; ja = ([regex]::Unescape('\u30c8\u30ec\u30f3\u30c9\u30de\u30a4\u30af\u30ed \u30bb\u30ad\u30e5\u30ea\u30c6\u30a3\u30a8\u30fc\u30b8\u30a7\u30f3\u30c8 (VBBSS)')) }; Minimum = '3237 (6.7.3237)' }
            Accepted = @('Trend Micro WFBSH_Agent')
            Other = @('Trend Micro OfficeScan')
            Lines = @(
                @{ Minimum = '6.7.3237'; ComparableFrom = '6.7.0'; Below = 'fail' }
                @{ Minimum = '14.3.1105'; Below = 'unknown' }
            )
        }
    }
}

$Messages = @{
    en = @{
        OS_NATIVE = '{0} already contains what is required; no additional Windows update is needed.'
        OS_REVISION_REACHED = '{0} (OS build {1}) meets the minimum version {2}.'
        OS_ROLLUP_BY_REVISION = '{0} is at revision {1}, so the required monthly rollup or a later one is installed.'
        OS_ROLLUP_BY_PACKAGE = '{0} has {1} installed, which contains the required update.'
        OS_ROLLUP_BY_HOTFIX = '{0} has {1} installed, which contains the required update.'
        OS_REVISION_BELOW = '{0} (OS build {1}) is below the minimum version {2}. Install {3} or any later cumulative update; the latest one is best.'
        OS_REVISION_BELOW_UPGRADE = '{0} (OS build {1}) is below the minimum version {2}. Support for this edition ended on {3}, before the required update was released: upgrade to a supported version of Windows.'
        OS_REVISION_BELOW_EDITION_UNKNOWN = '{0} (OS build {1}) is below the minimum version {2}. The edition could not be determined: install {3} or a later cumulative update if it was still supported then (LTSC, for example), otherwise upgrade Windows.'
        OS_NEVER = '{0} never received the required update. Upgrade to a supported version of Windows.'
        OS_ROLLUP_MISSING = '{0} has neither the required update of {3} nor a later one. Install the latest monthly rollup ({1} or later) or the security-only update {2}.'
        OS_ROLLUP_PENDING = '{0} has {1} waiting for a restart; it takes effect only after that. Restart the computer, then check again.'
        OS_ROLLUP_LIKELY = '{0} probably has the required update, going by {1}, but that is no proof. Look through the installed updates by hand.'
        OS_ROLLUP_LATER_SECURITY_ONLY = '{0} has {1}, a later security-only update. Those are not cumulative, so it does not prove that the required one is installed. Install the latest monthly rollup.'
        OS_ROLLUP_UNREADABLE = '{1} could not be read, so it is not known whether {0} has the required update. Run the check again as administrator.'
        OS_BUILD_UNREADABLE = 'The Windows build could not be read ({0}), so it cannot be judged.'
        OS_REVISION_UNREADABLE = 'The update revision of Windows could not be read ({0}), so the patch level cannot be judged.'
        OS_BUILD_UNKNOWN = 'OS build {0} is not in the list of Windows versions (an Insider build, for example), so it cannot be judged.'
        OS_NOT_JUDGED = 'OS build {0} has no requirement for this kind of Windows (client or server), or the kind could not be read, so it cannot be judged.'
        CERT_PRESENT = 'The certificate "{0}" is installed ({1}).'
        CERT_MISSING = 'The certificate "{0}" is not installed on this computer. It has to be added.'
        CERT_DISALLOWED = 'The certificate "{0}" is among the Untrusted Certificates, so Windows rejects it. Find out why it was put there, then remove it by hand; no script does that.'
        CERT_UNREADABLE = 'The certificate store {1} could not be read, so it is not known whether "{0}" is installed.'
        PRODUCT_REACHED = '{0} is at version {1} and meets the minimum {2}.'
        PRODUCT_BELOW = '{0} is at version {1}, below the minimum {2}. It has to be updated.'
        PRODUCT_NOT_INSTALLED = '{0} is not installed on this computer.'
        PRODUCT_OTHER = 'Another product ({1}) is installed instead of {0}, so this requirement does not apply.'
        PRODUCT_SHAPE = 'The version information of {0} ({1}) cannot be compared with the minimum {2}. Look up the version by hand.'
        PRODUCT_CONTRADICTION = 'The version entries of {0} contradict each other ({1}). Look up the version by hand.'
        PRODUCT_NO_VERSION = '{0} is installed, but its version was not found. Look up the version by hand.'
        PRODUCT_UNREADABLE = 'It could not be read whether {0} is installed.'
        OS_NOTE_VENDOR_UNLISTED = 'The vendor''s notice does not list this version of Windows; it is judged by what Microsoft has published.'
        OS_NOTE_ADVISORY = '{0}'
        OS_NOTE_END_OF_SUPPORT = 'Last day of Microsoft''s support for this edition of {0}: {1}.'
        CERT_NOTE_AUTO_UPDATE = 'Windows may fetch this certificate by itself when it first needs it and has internet access. Only installing it makes sure.'
        CERT_NOTE_AUTO_UPDATE_OFF = 'Automatic root certificate update is turned off by policy, so Windows will not fetch the certificate by itself.'
        STATE_pass = 'Met'
        STATE_fail = 'Not met'
        STATE_notApplicable = 'Not applicable'
        STATE_unknown = 'Could not tell'
        STATE_pendingReboot = 'Restart pending'
        STATE_fixed = 'Fixed'
        STATE_fixFailed = 'Fix failed'
        STATE_skipped = 'Not done'
        VERDICT_pass = 'This computer meets the requirements.'
        VERDICT_fail = 'This computer does not meet the requirements. Action is needed.'
        VERDICT_pendingReboot = 'This computer has to be restarted before it meets the requirements.'
        VERDICT_unknown = 'It could not be determined whether this computer meets the requirements.'
        LABEL_EXPECTED = 'Expected'
        LABEL_FOUND = 'Found'
        LABEL_TO_DO = 'What to do'
        REPORT_TITLE = 'Requirements report'
        REPORT_DEVICE = 'Computer'
        REPORT_CHECKED = 'Checked'
        REPORT_PRODUCT = 'Product'
        REPORT_PACK = 'Requirements'
        REPORT_EFFECTIVE = 'In force since'
        REPORT_RESULTS = 'Results'
        REPORT_RULE = 'Requirement'
        REPORT_SEVERITY = 'Severity'
        REPORT_STATE = 'Result'
        REPORT_MESSAGE = 'Explanation'
        REPORT_WHY = 'Why this matters'
        REPORT_EVIDENCE = 'What was read on this computer'
        REPORT_IMPACT = 'What happens when the requirements are not met'
        REPORT_SUPPORT = 'Support'
        REPORT_CONTACT = 'Contact'
        REPORT_SOURCES = 'Sources'
        REPORT_FOOTER = 'Made by psmint {0} with PowerShell {1} ({2}) by reading this computer; no setting was changed.'
        REPORT_NOT_ELEVATED = 'Not run as administrator, so some information may not have been readable.'
        REPORT_DATE = 'd MMMM yyyy'
        REPORT_TIME = 'd MMMM yyyy HH:mm ''UTC''zzz'
        SEVERITY_required = 'required'
        SEVERITY_recommended = 'recommended'
        FACT_found = '(present)'
        FACT_missing = '(not there)'
        FACT_error = 'Could not be read:'
    }
    ja = @{
        OS_NATIVE = ([regex]::Unescape('{0} \u306f\u5bfe\u5fdc\u6e08\u307f\u306e\u305f\u3081\u3001\u8ffd\u52a0\u3067\u9069\u7528\u304c\u5fc5\u8981\u306a\u66f4\u65b0\u30d7\u30ed\u30b0\u30e9\u30e0\u306f\u3042\u308a\u307e\u305b\u3093\u3002'))
        OS_REVISION_REACHED = ([regex]::Unescape('{0} (OS \u30d3\u30eb\u30c9 {1}) \u306f\u6700\u5c0f\u30d0\u30fc\u30b8\u30e7\u30f3\u8981\u4ef6 {2} \u3092\u6e80\u305f\u3057\u3066\u3044\u307e\u3059\u3002'))
        OS_ROLLUP_BY_REVISION = ([regex]::Unescape('{0} \u306f\u30ea\u30d3\u30b8\u30e7\u30f3 {1} \u3067\u3001\u5fc5\u8981\u306a\u30de\u30f3\u30b9\u30ea\u30fc \u30ed\u30fc\u30eb\u30a2\u30c3\u30d7\u304c\u9069\u7528\u6e08\u307f\u3067\u3059\u3002'))
        OS_ROLLUP_BY_PACKAGE = ([regex]::Unescape('{0} \u306b\u3001\u5fc5\u8981\u306a\u66f4\u65b0\u3092\u542b\u3080 {1} \u304c\u9069\u7528\u6e08\u307f\u3067\u3059\u3002'))
        OS_ROLLUP_BY_HOTFIX = ([regex]::Unescape('{0} \u306b\u3001\u5fc5\u8981\u306a\u66f4\u65b0\u3092\u542b\u3080 {1} \u304c\u9069\u7528\u6e08\u307f\u3067\u3059\u3002'))
        OS_REVISION_BELOW = ([regex]::Unescape('{0} (OS \u30d3\u30eb\u30c9 {1}) \u306f\u6700\u5c0f\u30d0\u30fc\u30b8\u30e7\u30f3\u8981\u4ef6 {2} \u3092\u6e80\u305f\u3057\u3066\u3044\u307e\u305b\u3093\u3002{3} \u4ee5\u964d\u306e\u7d2f\u7a4d\u66f4\u65b0\u30d7\u30ed\u30b0\u30e9\u30e0\u3092\u9069\u7528\u3057\u3066\u304f\u3060\u3055\u3044\u3002'))
        OS_REVISION_BELOW_UPGRADE = ([regex]::Unescape('{0} (OS \u30d3\u30eb\u30c9 {1}) \u306f\u6700\u5c0f\u30d0\u30fc\u30b8\u30e7\u30f3\u8981\u4ef6 {2} \u3092\u6e80\u305f\u3057\u3066\u3044\u307e\u305b\u3093\u3002\u5fc5\u8981\u306a\u66f4\u65b0\u306e\u516c\u958b\u524d ({3}) \u306b\u30b5\u30dd\u30fc\u30c8\u304c\u7d42\u4e86\u3057\u305f\u30a8\u30c7\u30a3\u30b7\u30e7\u30f3\u306e\u305f\u3081\u3001Windows \u3092\u30a2\u30c3\u30d7\u30b0\u30ec\u30fc\u30c9\u3057\u3066\u304f\u3060\u3055\u3044\u3002'))
        OS_REVISION_BELOW_EDITION_UNKNOWN = ([regex]::Unescape('{0} (OS \u30d3\u30eb\u30c9 {1}) \u306f\u6700\u5c0f\u30d0\u30fc\u30b8\u30e7\u30f3\u8981\u4ef6 {2} \u3092\u6e80\u305f\u3057\u3066\u3044\u307e\u305b\u3093\u3002\u30a8\u30c7\u30a3\u30b7\u30e7\u30f3\u3092\u5224\u5225\u3067\u304d\u306a\u3044\u305f\u3081\u3001{3} \u4ee5\u964d\u306e\u7d2f\u7a4d\u66f4\u65b0\u30d7\u30ed\u30b0\u30e9\u30e0 (LTSC \u306a\u3069) \u307e\u305f\u306f Windows \u306e\u30a2\u30c3\u30d7\u30b0\u30ec\u30fc\u30c9\u3067\u5bfe\u5fdc\u3057\u3066\u304f\u3060\u3055\u3044\u3002'))
        OS_NEVER = ([regex]::Unescape('{0} \u306b\u306f\u5fc5\u8981\u306a\u66f4\u65b0\u304c\u63d0\u4f9b\u3055\u308c\u3066\u3044\u307e\u305b\u3093\u3002\u30b5\u30dd\u30fc\u30c8\u5bfe\u8c61\u306e Windows \u306b\u30a2\u30c3\u30d7\u30b0\u30ec\u30fc\u30c9\u3057\u3066\u304f\u3060\u3055\u3044\u3002'))
        OS_ROLLUP_MISSING = ([regex]::Unescape('{0} \u306b {3} \u4ee5\u964d\u306e\u5fc5\u8981\u306a\u66f4\u65b0\u304c\u3042\u308a\u307e\u305b\u3093\u3002\u30de\u30f3\u30b9\u30ea\u30fc \u30ed\u30fc\u30eb\u30a2\u30c3\u30d7 ({1} \u4ee5\u964d) \u307e\u305f\u306f\u30bb\u30ad\u30e5\u30ea\u30c6\u30a3\u306e\u307f\u306e\u66f4\u65b0\u30d7\u30ed\u30b0\u30e9\u30e0 {2} \u3092\u9069\u7528\u3057\u3066\u304f\u3060\u3055\u3044\u3002'))
        OS_ROLLUP_PENDING = ([regex]::Unescape('{0} \u306e {1} \u306f\u518d\u8d77\u52d5\u5f85\u3061\u3067\u3059\u3002\u518d\u8d77\u52d5\u3057\u3066\u304b\u3089\u518d\u78ba\u8a8d\u3057\u3066\u304f\u3060\u3055\u3044\u3002'))
        OS_ROLLUP_LIKELY = ([regex]::Unescape('{0} \u306f {1} \u304b\u3089\u9069\u7528\u6e08\u307f\u3068\u63a8\u5b9a\u3055\u308c\u307e\u3059\u304c\u3001\u78ba\u8a3c\u304c\u3042\u308a\u307e\u305b\u3093\u3002\u30a4\u30f3\u30b9\u30c8\u30fc\u30eb\u6e08\u307f\u306e\u66f4\u65b0\u3092\u624b\u52d5\u3067\u78ba\u8a8d\u3057\u3066\u304f\u3060\u3055\u3044\u3002'))
        OS_ROLLUP_LATER_SECURITY_ONLY = ([regex]::Unescape('{0} \u306e\u30bb\u30ad\u30e5\u30ea\u30c6\u30a3\u306e\u307f\u306e\u66f4\u65b0\u30d7\u30ed\u30b0\u30e9\u30e0 {1} \u306f\u7d2f\u7a4d\u3067\u306f\u306a\u3044\u305f\u3081\u3001\u5fc5\u8981\u306a\u66f4\u65b0\u306e\u6709\u7121\u3092\u5224\u65ad\u3067\u304d\u307e\u305b\u3093\u3002\u6700\u65b0\u306e\u30de\u30f3\u30b9\u30ea\u30fc \u30ed\u30fc\u30eb\u30a2\u30c3\u30d7\u3092\u9069\u7528\u3057\u3066\u304f\u3060\u3055\u3044\u3002'))
        OS_ROLLUP_UNREADABLE = ([regex]::Unescape('{1} \u3092\u8aad\u307f\u53d6\u308c\u305a\u3001{0} \u306e\u66f4\u65b0\u72b6\u6cc1\u3092\u5224\u5b9a\u3067\u304d\u307e\u305b\u3093\u3002\u7ba1\u7406\u8005\u3068\u3057\u3066\u518d\u5b9f\u884c\u3057\u3066\u304f\u3060\u3055\u3044\u3002'))
        OS_BUILD_UNREADABLE = ([regex]::Unescape('Windows \u306e\u30d3\u30eb\u30c9\u3092\u8aad\u307f\u53d6\u308c\u305a\u3001\u5224\u5b9a\u3067\u304d\u307e\u305b\u3093 ({0})\u3002'))
        OS_REVISION_UNREADABLE = ([regex]::Unescape('Windows \u306e\u30ea\u30d3\u30b8\u30e7\u30f3\u3092\u8aad\u307f\u53d6\u308c\u305a\u3001\u5224\u5b9a\u3067\u304d\u307e\u305b\u3093 ({0})\u3002'))
        OS_BUILD_UNKNOWN = ([regex]::Unescape('OS \u30d3\u30eb\u30c9 {0} \u306f\u8981\u4ef6\u306e\u4e00\u89a7\u306b\u306a\u304f (Insider \u306a\u3069)\u3001\u5224\u5b9a\u3067\u304d\u307e\u305b\u3093\u3002'))
        OS_NOT_JUDGED = ([regex]::Unescape('OS \u30d3\u30eb\u30c9 {0} \u306f\u3001\u3053\u306e\u7a2e\u985e (\u30af\u30e9\u30a4\u30a2\u30f3\u30c8/\u30b5\u30fc\u30d0\u30fc) \u306e\u8981\u4ef6\u304c\u306a\u3044\u304b\u7a2e\u985e\u304c\u4e0d\u660e\u306e\u305f\u3081\u3001\u5224\u5b9a\u3067\u304d\u307e\u305b\u3093\u3002'))
        CERT_PRESENT = ([regex]::Unescape('\u8a3c\u660e\u66f8\u300c{0}\u300d\u306f\u9069\u7528\u6e08\u307f\u3067\u3059 ({1})\u3002'))
        CERT_MISSING = ([regex]::Unescape('\u8a3c\u660e\u66f8\u300c{0}\u300d\u304c\u9069\u7528\u3055\u308c\u3066\u3044\u307e\u305b\u3093\u3002\u9069\u7528\u304c\u5fc5\u8981\u3067\u3059\u3002'))
        CERT_DISALLOWED = ([regex]::Unescape('\u8a3c\u660e\u66f8\u300c{0}\u300d\u306f\u300c\u4fe1\u983c\u3055\u308c\u3066\u3044\u306a\u3044\u8a3c\u660e\u66f8\u300d\u306b\u3042\u308a\u3001\u62d2\u5426\u3055\u308c\u307e\u3059\u3002\u7406\u7531\u3092\u78ba\u8a8d\u306e\u3046\u3048\u3001\u624b\u52d5\u3067\u524a\u9664\u3057\u3066\u304f\u3060\u3055\u3044\u3002'))
        CERT_UNREADABLE = ([regex]::Unescape('\u8a3c\u660e\u66f8\u30b9\u30c8\u30a2 {1} \u3092\u8aad\u307f\u53d6\u308c\u305a\u3001\u300c{0}\u300d\u306e\u6709\u7121\u3092\u78ba\u8a8d\u3067\u304d\u307e\u305b\u3093\u3002'))
        PRODUCT_REACHED = ([regex]::Unescape('{0} \u306e\u30d0\u30fc\u30b8\u30e7\u30f3 {1} \u306f\u6700\u5c0f\u30d0\u30fc\u30b8\u30e7\u30f3 {2} \u3092\u6e80\u305f\u3057\u3066\u3044\u307e\u3059\u3002'))
        PRODUCT_BELOW = ([regex]::Unescape('{0} \u306e\u30d0\u30fc\u30b8\u30e7\u30f3 {1} \u306f\u6700\u5c0f\u30d0\u30fc\u30b8\u30e7\u30f3 {2} \u3092\u6e80\u305f\u3057\u3066\u3044\u307e\u305b\u3093\u3002\u66f4\u65b0\u304c\u5fc5\u8981\u3067\u3059\u3002'))
        PRODUCT_NOT_INSTALLED = ([regex]::Unescape('{0} \u306f\u30a4\u30f3\u30b9\u30c8\u30fc\u30eb\u3055\u308c\u3066\u3044\u307e\u305b\u3093\u3002'))
        PRODUCT_OTHER = ([regex]::Unescape('{0} \u3067\u306f\u306a\u304f {1} \u304c\u30a4\u30f3\u30b9\u30c8\u30fc\u30eb\u3055\u308c\u3066\u3044\u308b\u305f\u3081\u3001\u5bfe\u8c61\u5916\u3067\u3059\u3002'))
        PRODUCT_SHAPE = ([regex]::Unescape('{0} \u306e\u30d0\u30fc\u30b8\u30e7\u30f3\u60c5\u5831 ({1}) \u306f\u6700\u5c0f\u30d0\u30fc\u30b8\u30e7\u30f3 {2} \u3068\u6bd4\u8f03\u3067\u304d\u307e\u305b\u3093\u3002\u624b\u52d5\u3067\u78ba\u8a8d\u3057\u3066\u304f\u3060\u3055\u3044\u3002'))
        PRODUCT_CONTRADICTION = ([regex]::Unescape('{0} \u306e\u30d0\u30fc\u30b8\u30e7\u30f3\u60c5\u5831\u304c\u4e00\u81f4\u3057\u307e\u305b\u3093 ({1})\u3002\u624b\u52d5\u3067\u78ba\u8a8d\u3057\u3066\u304f\u3060\u3055\u3044\u3002'))
        PRODUCT_NO_VERSION = ([regex]::Unescape('{0} \u306e\u30d0\u30fc\u30b8\u30e7\u30f3\u304c\u898b\u3064\u304b\u308a\u307e\u305b\u3093\u3002\u624b\u52d5\u3067\u78ba\u8a8d\u3057\u3066\u304f\u3060\u3055\u3044\u3002'))
        PRODUCT_UNREADABLE = ([regex]::Unescape('{0} \u306e\u6709\u7121\u3092\u8aad\u307f\u53d6\u308c\u307e\u305b\u3093\u3067\u3057\u305f\u3002'))
        OS_NOTE_VENDOR_UNLISTED = ([regex]::Unescape('\u30d9\u30f3\u30c0\u30fc\u306e\u6848\u5185\u306b\u306a\u3044 Windows \u306e\u305f\u3081\u3001Microsoft \u306e\u60c5\u5831\u3067\u5224\u5b9a\u3057\u3066\u3044\u307e\u3059\u3002'))
        OS_NOTE_ADVISORY = '{0}'
        OS_NOTE_END_OF_SUPPORT = ([regex]::Unescape('\u3053\u306e\u30a8\u30c7\u30a3\u30b7\u30e7\u30f3\u306e {0} \u306e\u30b5\u30dd\u30fc\u30c8\u7d42\u4e86\u65e5: {1}'))
        CERT_NOTE_AUTO_UPDATE = ([regex]::Unescape('\u5fc5\u8981\u6642\u306b Windows \u304c\u30a4\u30f3\u30bf\u30fc\u30cd\u30c3\u30c8\u304b\u3089\u81ea\u52d5\u53d6\u5f97\u3059\u308b\u5834\u5408\u304c\u3042\u308a\u307e\u3059\u304c\u3001\u78ba\u5b9f\u3067\u306f\u3042\u308a\u307e\u305b\u3093\u3002'))
        CERT_NOTE_AUTO_UPDATE_OFF = ([regex]::Unescape('\u30eb\u30fc\u30c8\u8a3c\u660e\u66f8\u306e\u81ea\u52d5\u66f4\u65b0\u304c\u30dd\u30ea\u30b7\u30fc\u3067\u7121\u52b9\u306e\u305f\u3081\u3001\u81ea\u52d5\u53d6\u5f97\u3055\u308c\u307e\u305b\u3093\u3002'))
        STATE_pass = ([regex]::Unescape('\u9069\u5408'))
        STATE_fail = ([regex]::Unescape('\u4e0d\u9069\u5408'))
        STATE_notApplicable = ([regex]::Unescape('\u5bfe\u8c61\u5916'))
        STATE_unknown = ([regex]::Unescape('\u5224\u5b9a\u4e0d\u53ef'))
        STATE_pendingReboot = ([regex]::Unescape('\u518d\u8d77\u52d5\u5f85\u3061'))
        STATE_fixed = ([regex]::Unescape('\u4fee\u5fa9\u6e08\u307f'))
        STATE_fixFailed = ([regex]::Unescape('\u4fee\u5fa9\u5931\u6557'))
        STATE_skipped = ([regex]::Unescape('\u672a\u5b9f\u65bd'))
        VERDICT_pass = ([regex]::Unescape('\u3053\u306e\u7aef\u672b\u306f\u8981\u4ef6\u3092\u6e80\u305f\u3057\u3066\u3044\u307e\u3059\u3002'))
        VERDICT_fail = ([regex]::Unescape('\u3053\u306e\u7aef\u672b\u306f\u8981\u4ef6\u3092\u6e80\u305f\u3057\u3066\u3044\u307e\u305b\u3093\u3002\u5bfe\u5fdc\u304c\u5fc5\u8981\u3067\u3059\u3002'))
        VERDICT_pendingReboot = ([regex]::Unescape('\u8981\u4ef6\u3092\u6e80\u305f\u3059\u306b\u306f\u3001\u3053\u306e\u7aef\u672b\u306e\u518d\u8d77\u52d5\u304c\u5fc5\u8981\u3067\u3059\u3002'))
        VERDICT_unknown = ([regex]::Unescape('\u3053\u306e\u7aef\u672b\u304c\u8981\u4ef6\u3092\u6e80\u305f\u3057\u3066\u3044\u308b\u304b\u78ba\u8a8d\u3067\u304d\u307e\u305b\u3093\u3067\u3057\u305f\u3002'))
        LABEL_EXPECTED = ([regex]::Unescape('\u8981\u4ef6'))
        LABEL_FOUND = ([regex]::Unescape('\u691c\u51fa\u5024'))
        LABEL_TO_DO = ([regex]::Unescape('\u5bfe\u5fdc\u65b9\u6cd5'))
        REPORT_TITLE = ([regex]::Unescape('\u8981\u4ef6\u78ba\u8a8d\u30ec\u30dd\u30fc\u30c8'))
        REPORT_DEVICE = ([regex]::Unescape('\u7aef\u672b\u540d'))
        REPORT_CHECKED = ([regex]::Unescape('\u78ba\u8a8d\u65e5\u6642'))
        REPORT_PRODUCT = ([regex]::Unescape('\u5bfe\u8c61\u88fd\u54c1'))
        REPORT_PACK = ([regex]::Unescape('\u78ba\u8a8d\u57fa\u6e96'))
        REPORT_EFFECTIVE = ([regex]::Unescape('\u9069\u7528\u958b\u59cb\u65e5'))
        REPORT_RESULTS = ([regex]::Unescape('\u78ba\u8a8d\u7d50\u679c'))
        REPORT_RULE = ([regex]::Unescape('\u78ba\u8a8d\u9805\u76ee'))
        REPORT_SEVERITY = ([regex]::Unescape('\u533a\u5206'))
        REPORT_STATE = ([regex]::Unescape('\u7d50\u679c'))
        REPORT_MESSAGE = ([regex]::Unescape('\u8aac\u660e'))
        REPORT_WHY = ([regex]::Unescape('\u5fc5\u8981\u306a\u7406\u7531'))
        REPORT_EVIDENCE = ([regex]::Unescape('\u3053\u306e\u7aef\u672b\u304b\u3089\u8aad\u307f\u53d6\u3063\u305f\u5024'))
        REPORT_IMPACT = ([regex]::Unescape('\u8981\u4ef6\u3092\u6e80\u305f\u3055\u306a\u3044\u7aef\u672b\u3078\u306e\u5f71\u97ff'))
        REPORT_SUPPORT = ([regex]::Unescape('\u30b5\u30dd\u30fc\u30c8\u306b\u3064\u3044\u3066'))
        REPORT_CONTACT = ([regex]::Unescape('\u304a\u554f\u3044\u5408\u308f\u305b\u5148'))
        REPORT_SOURCES = ([regex]::Unescape('\u51fa\u5178'))
        REPORT_FOOTER = ([regex]::Unescape('psmint {0} / PowerShell {1} ({2}) \u3067\u4f5c\u6210\u3002\u7aef\u672b\u306e\u8a2d\u5b9a\u306f\u5909\u66f4\u3057\u3066\u3044\u307e\u305b\u3093\u3002'))
        REPORT_NOT_ELEVATED = ([regex]::Unescape('\u7ba1\u7406\u8005\u3068\u3057\u3066\u5b9f\u884c\u3057\u3066\u3044\u306a\u3044\u305f\u3081\u3001\u8aad\u307f\u53d6\u308c\u306a\u3044\u60c5\u5831\u304c\u3042\u3063\u305f\u53ef\u80fd\u6027\u304c\u3042\u308a\u307e\u3059\u3002'))
        REPORT_DATE = ([regex]::Unescape('yyyy''\u5e74''M''\u6708''d''\u65e5'''))
        REPORT_TIME = ([regex]::Unescape('yyyy''\u5e74''M''\u6708''d''\u65e5'' HH:mm ''UTC''zzz'))
        SEVERITY_required = ([regex]::Unescape('\u5fc5\u9808'))
        SEVERITY_recommended = ([regex]::Unescape('\u63a8\u5968'))
        FACT_found = ([regex]::Unescape('(\u3042\u308a)'))
        FACT_missing = ([regex]::Unescape('(\u306a\u3057)'))
        FACT_error = ([regex]::Unescape('\u8aad\u307f\u53d6\u308a\u4e0d\u53ef:'))
    }
}

$Reasons = @{
    OS_REVISION_BELOW = 'Windows build is below {0}, install the latest cumulative update'
    OS_REVISION_BELOW_UPGRADE = 'Windows build is below {0} on an edition out of support, upgrade Windows'
    OS_REVISION_BELOW_EDITION_UNKNOWN = 'Windows build is below {0}, edition not determined'
    OS_NEVER = 'this Windows version never received the required update, upgrade Windows'
    OS_ROLLUP_MISSING = 'required Windows update is missing, install the latest monthly rollup'
    OS_ROLLUP_PENDING = 'required Windows update is waiting for a restart'
    OS_ROLLUP_LIKELY = 'required Windows update is probably installed, no proof'
    OS_ROLLUP_LATER_SECURITY_ONLY = 'only a later security-only update was found, install the latest monthly rollup'
    OS_ROLLUP_UNREADABLE = 'could not read the installed Windows updates'
    OS_BUILD_UNREADABLE = 'could not read the Windows build'
    OS_REVISION_UNREADABLE = 'could not read the Windows revision'
    OS_BUILD_UNKNOWN = 'Windows build is not in the table'
    OS_NOT_JUDGED = 'this kind of Windows is not in the table for its build'
    CERT_MISSING = 'certificate is not installed'
    CERT_DISALLOWED = 'certificate is among the untrusted ones'
    CERT_UNREADABLE = 'could not read the certificate store'
    PRODUCT_BELOW = 'product version is below {0}'
    PRODUCT_SHAPE = 'product version cannot be compared with {0}'
    PRODUCT_CONTRADICTION = 'product version entries contradict each other'
    PRODUCT_NO_VERSION = 'product version was not found'
    PRODUCT_UNREADABLE = 'could not read whether the product is installed'
    CERT_NOTE_AUTO_UPDATE = 'Windows may fetch it when it is first needed'
    CERT_NOTE_AUTO_UPDATE_OFF = 'automatic root update is turned off'
}

$PackTexts = @{
    Vendor = @{ en = 'Trend Micro'; ja = ([regex]::Unescape('\u30c8\u30ec\u30f3\u30c9\u30de\u30a4\u30af\u30ed\u682a\u5f0f\u4f1a\u793e')) }
    Product = @{ en = 'Worry-Free Business Security Services (VBBSS)'; ja = ([regex]::Unescape('\u30a6\u30a4\u30eb\u30b9\u30d0\u30b9\u30bf\u30fc \u30d3\u30b8\u30cd\u30b9\u30bb\u30ad\u30e5\u30ea\u30c6\u30a3\u30b5\u30fc\u30d3\u30b9')) }
    Effective = '2023-04-12'
    Impact = @(
        @{ en = 'The agent can no longer be newly installed.'; ja = ([regex]::Unescape('\u65b0\u898f\u30a4\u30f3\u30b9\u30c8\u30fc\u30eb\u3059\u308b\u3053\u3068\u304c\u3067\u304d\u306a\u304f\u306a\u308a\u307e\u3059\u3002')) }
        @{
            en = 'Agents in use cannot apply modules delivered from that date on. Security functions such as pattern file updates continue.'
            ja = ([regex]::Unescape('\u9069\u7528\u958b\u59cb\u65e5\u4ee5\u964d\u306b\u914d\u4fe1\u3055\u308c\u308b\u30e2\u30b8\u30e5\u30fc\u30eb\u3092\u66f4\u65b0\u9069\u7528\u3067\u304d\u307e\u305b\u3093\u3002\u305f\u3060\u3057\u3001\u30d1\u30bf\u30fc\u30f3\u30d5\u30a1\u30a4\u30eb\u66f4\u65b0\u306a\u3069\u306e\u30bb\u30ad\u30e5\u30ea\u30c6\u30a3\u6a5f\u80fd\u306f\u3001\u7d99\u7d9a\u3057\u3066\u3054\u5229\u7528\u3044\u305f\u3060\u3051\u307e\u3059\u3002'))
        }
        @{ en = 'Flaws found in the product are corrected by module updates, so they stay.'; ja = ([regex]::Unescape('\u88fd\u54c1\u306e\u8106\u5f31\u6027\u304c\u898b\u3064\u304b\u3063\u305f\u5834\u5408\u306f\u30e2\u30b8\u30e5\u30fc\u30eb\u306e\u66f4\u65b0\u306b\u3066\u4fee\u6b63\u3059\u308b\u305f\u3081\u3001\u8106\u5f31\u6027\u304c\u4fee\u6b63\u3055\u308c\u307e\u305b\u3093\u3002')) }
        @{ en = 'New functions that come with new module versions are not available.'; ja = ([regex]::Unescape('\u30e2\u30b8\u30e5\u30fc\u30eb\u306e\u65b0\u30d0\u30fc\u30b8\u30e7\u30f3\u3067\u63d0\u4f9b\u3055\u308c\u308b\u65b0\u6a5f\u80fd\u306f\u3054\u5229\u7528\u3044\u305f\u3060\u3051\u307e\u305b\u3093\u3002')) }
        @{
            en = 'Modules are still sent to the machine, so network traffic between the management server and the agent may grow.'
            ja = ([regex]::Unescape('\u30e2\u30b8\u30e5\u30fc\u30eb\u306e\u66f4\u65b0\u306f\u884c\u308f\u308c\u307e\u305b\u3093\u304c\u914d\u4fe1\u306f\u5b9f\u65bd\u3055\u308c\u308b\u305f\u3081\u3001\u7ba1\u7406\u30b5\u30fc\u30d0\u3068\u7aef\u672b\u5074\u306e\u30a8\u30fc\u30b8\u30a7\u30f3\u30c8\u9593\u3067\u30cd\u30c3\u30c8\u30ef\u30fc\u30af\u30c8\u30e9\u30d5\u30a3\u30c3\u30af\u304c\u5897\u3048\u308b\u53ef\u80fd\u6027\u304c\u3042\u308a\u307e\u3059\u3002'))
        }
        @{ en = 'The installed version is no longer supported once it reaches its own end of support.'; ja = ([regex]::Unescape('\u4eca\u5f8c\u3001\u3054\u5229\u7528\u306e\u30d0\u30fc\u30b8\u30e7\u30f3\u304c\u30b5\u30dd\u30fc\u30c8\u671f\u9650\u3092\u8fce\u3048\u305f\u5834\u5408\u3001\u30b5\u30dd\u30fc\u30c8\u5bfe\u8c61\u5916\u3068\u306a\u308a\u307e\u3059\u3002')) }
    )
    Support = @{ en = 'The service does not support operating systems that Microsoft no longer supports.'; ja = ([regex]::Unescape('\u30de\u30a4\u30af\u30ed\u30bd\u30d5\u30c8\u793e\u304c\u30b5\u30dd\u30fc\u30c8\u7d42\u4e86\u3057\u305f OS \u306f\u3001\u672c\u30b5\u30fc\u30d3\u30b9\u3082\u30b5\u30dd\u30fc\u30c8\u5bfe\u8c61\u5916\u3068\u306a\u308a\u307e\u3059\u3002')) }
    Contact = @{
        Name = @{ en = 'Ricoh Japan, Network Security Pack help desk'; ja = ([regex]::Unescape('\u30cd\u30c3\u30c8\u30ef\u30fc\u30af\u30bb\u30ad\u30e5\u30ea\u30c6\u30a3\u30d1\u30c3\u30af \u30d8\u30eb\u30d7\u30c7\u30b9\u30af')) }
        Details = @(
            @{ en = 'Phone 0120-653-920 (Monday to Friday 8:30 to 18:00, except holidays)'; ja = ([regex]::Unescape('\u96fb\u8a71 0120-653-920 (\u53d7\u4ed8: \u6708\u66dc\u65e5\uff5e\u91d1\u66dc\u65e5 8\u664230\u5206\uff5e18\u6642\u3001\u795d\u65e5\u30fb\u5f0a\u793e\u6307\u5b9a\u65e5\u3092\u9664\u304f)')) }
        )
        Url = ''
    }
    Sources = @(
        @{ Title = @{ en = 'Ricoh Japan: notice on the minimum Windows version'; ja = ([regex]::Unescape('\u30ea\u30b3\u30fc\u30b8\u30e3\u30d1\u30f3: Windows \u6700\u5c0f\u30d0\u30fc\u30b8\u30e7\u30f3\u8981\u4ef6\u306b\u95a2\u3059\u308b\u3054\u6848\u5185')) }; Url = 'https://itkeeper.service.ricoh.co.jp/isp2/'; Date = '2023-03-24' }
        @{ Title = @{ en = 'Trend Micro: minimum Windows version requirements'; ja = ([regex]::Unescape('\u30c8\u30ec\u30f3\u30c9\u30de\u30a4\u30af\u30ed: Windows \u306e\u6700\u5c0f\u30d0\u30fc\u30b8\u30e7\u30f3\u8981\u4ef6\u306b\u3064\u3044\u3066')) }; Url = 'https://success.trendmicro.com/jp/solution/000291910'; Date = '' }
        @{ Title = @{ en = 'Microsoft KB5022661: Windows support for Azure Code Signing (article)'; ja = ([regex]::Unescape('Microsoft KB5022661: Azure Code Signing \u306e Windows \u30b5\u30dd\u30fc\u30c8 (\u8a18\u4e8b)')) }; Url = 'https://support.microsoft.com/en-us/topic/kb5022661-windows-support-for-the-azure-code-signing-program-4b505a31-fa1e-4ea6-85dd-6630229e8ef4'; Date = '' }
    )
}

$ReportStyle = ':root { color-scheme: light dark; --page: #fff; --text: #1c2128; --soft: #57606a; --line: #d0d7de; --pass: #11632a; --fail: #a40e26; --unknown: #7a4b00; --other: #4b5560; --link: #0550ae; } @media (prefers-color-scheme: dark) { :root { --page: #14181d; --text: #e6e9ec; --soft: #a5adb5; --line: #3b434c; --pass: #6fd08a; --fail: #ff9b94; --unknown: #f0b95a; --other: #b4bcc4; --link: #80b8ff; } } * { box-sizing: border-box; } html { -webkit-text-size-adjust: 100%; } body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.65 ''Segoe UI'', ''Yu Gothic UI'', Meiryo, ''Hiragino Sans'', ''Noto Sans CJK JP'', sans-serif; overflow-wrap: anywhere; } main { max-width: 52rem; margin: auto; padding: 1.5rem 1.25rem; } header, section { --state: var(--other); border: 1px solid var(--line); border-left: 0.4rem solid var(--state); border-radius: 0.4rem; padding: 1rem 1.25rem; margin: 0 0 1.25rem; } .pass, .fixed { --state: var(--pass); } .fail, .fixFailed, .skipped { --state: var(--fail); } .unknown, .pendingReboot { --state: var(--unknown); } header p { margin: 0 0 0.25rem; color: var(--soft); } h1, h3 b { color: var(--state); } h1, h2, h3 { text-wrap: balance; word-break: auto-phrase; } h1 { font-size: 1.5rem; line-height: 1.4; margin: 0; } h2 { font-size: 1.2rem; margin: 2rem 0 0.75rem; padding-bottom: 0.25rem; border-bottom: 2px solid var(--line); } h3 { display: flex; flex-wrap: wrap; gap: 0.25rem 0.75rem; justify-content: space-between; font-size: 1.05rem; margin: 0; } h3 b { border: 1px solid; border-radius: 0.3rem; padding: 0 0.6rem; font-size: 0.9rem; white-space: nowrap; align-self: start; } h4 { font-size: 0.95rem; margin: 1rem 0 0.25rem; } p, ul, ol { margin: 0.5rem 0; } ul, ol { padding-left: 1.5rem; } dl { margin: 0.75rem 0; } dl div { display: flex; flex-wrap: wrap; gap: 0 1rem; padding: 0.3rem 0; border-bottom: 1px solid var(--line); } dt { flex: 0 0 8rem; color: var(--soft); } dd { flex: 1 1 14rem; margin: 0; } details dt { flex-basis: 100%; } details dl { font-size: 0.85rem; } summary { cursor: pointer; color: var(--link); } a { color: var(--link); } .id, footer { color: var(--soft); font-size: 0.85rem; } .id { margin: 0; } footer { margin-top: 2rem; border-top: 1px solid var(--line); padding-top: 0.75rem; } @page { size: A4; margin: 15mm; } @media print { :root { color-scheme: light; --page: #fff; --text: #000; --soft: #444; --line: #bbb; --pass: #11632a; --fail: #a40e26; --unknown: #7a4b00; --other: #4b5560; --link: #000; } body { font-size: 10pt; } main { max-width: none; padding: 0; } header, section, li, dl div { break-inside: avoid; } h2, h3, h4 { break-after: avoid; } h2 { margin-top: 1.25rem; } details:not([open]) { display: none; } }'

# ---------------------------------------------------------------------------
# Functions, the same in every script of psmint
# ---------------------------------------------------------------------------
function Get-RegistryPath {
    param([string]$Key)

    # x86 is what a 32-bit process sees; PROCESSOR_ARCHITEW6432 is there only when Windows is a 64-bit one.
    $is32BitProcess = $env:PROCESSOR_ARCHITECTURE -eq 'x86'
    $is32BitWindows = $is32BitProcess -and -not $env:PROCESSOR_ARCHITEW6432
    $path = "Registry::HKEY_LOCAL_MACHINE\$($Key -replace '^HKLM(32)?:\\', '')"
    if ($Key -notlike 'HKLM32:*') {
        if ($is32BitProcess -and -not $is32BitWindows) { return '' }
        return $path
    }
    if ($is32BitProcess) { return $path }
    return $path -replace '^(Registry::HKEY_LOCAL_MACHINE\\SOFTWARE)\\', '$1\WOW6432Node\'
}

function Invoke-Native {
    param([string]$FilePath, [string[]]$Arguments)

    # A 32-bit process sees the 64-bit System32 as Sysnative.
    $folder = 'System32'
    if ($env:PROCESSOR_ARCHITEW6432) { $folder = 'Sysnative' }
    $tool = "$env:SystemRoot\$folder\$FilePath"
    # With Stop, one line that a tool writes to stderr would end the script in PowerShell 5.1.
    $ErrorActionPreference = 'Continue'
    try {
        $global:LASTEXITCODE = 0
        $output = @(& $tool @Arguments 2>&1)
        $exitCode = $global:LASTEXITCODE
        @{ ExitCode = $exitCode; Output = @(foreach ($line in $output) { "$line" }); Error = '' }
    } catch {
        @{ ExitCode = -1; Output = @(); Error = "$FilePath did not start: $($_.FullyQualifiedErrorId)" }
    }
}

function New-ReadFailure {
    param($Problem)

    if ($Problem -is [string]) { return @{ Status = 'error'; Value = $null; Error = $Problem } }
    $identifier = "$($Problem.FullyQualifiedErrorId)" -replace '[^ -~]', '?'
    return @{ Status = 'error'; Value = $null; Error = "$($Problem.CategoryInfo.Category): $identifier" }
}

function Open-RegistryKey {
    param([string]$Key)

    $view = 'Registry64'
    if ($Key -like 'HKLM32:*') { $view = 'Registry32' }
    $root = [Microsoft.Win32.RegistryKey]::OpenBaseKey('LocalMachine', $view)
    try {
        return $root.OpenSubKey(($Key -replace '^HKLM(32)?:\\', ''))
    } finally {
        $root.Dispose()
    }
}

function Read-Certificate {
    param([string]$Store, [string]$Thumbprint)

    if ($env:OS -ne 'Windows_NT') { return New-ReadFailure -Problem 'no certificate stores on this system' }
    $places = @(
        "HKLM:\SOFTWARE\Microsoft\SystemCertificates\$Store\Certificates"
        "HKLM:\SOFTWARE\Policies\Microsoft\SystemCertificates\$Store\Certificates"
        "HKLM:\SOFTWARE\Microsoft\EnterpriseCertificates\$Store\Certificates"
    )
    $found = @()
    $failure = $null
    try {
        if (Test-Path -LiteralPath "Cert:\LocalMachine\$Store\$Thumbprint") { $found += "Cert:\LocalMachine\$Store" }
    } catch {
        # Without the provider (a module path of PowerShell 7, for example) the registry keys decide.
        $failure = $null
    }
    foreach ($place in $places) {
        $keys = Read-RegistryKey -Key "$place\$Thumbprint"
        if ($keys.Status -eq 'found') { $found += "$place\$Thumbprint" }
        if ($keys.Status -eq 'error') { $failure = $keys }
    }
    if ($found.Length -gt 0) { return @{ Status = 'found'; Value = $found; Error = '' } }
    if ($failure) { return $failure }
    return @{ Status = 'missing'; Value = $null; Error = '' }
}

function Read-ConstrainedRegistry {
    param([string]$Key, [string]$Name = '')

    $missing = @{ Status = 'missing'; Value = $null; Error = '' }
    $path = Get-RegistryPath -Key $Key
    if (-not $path) { return Read-RegistryByTool -Key $Key -Name $Name }
    try {
        $item = Get-Item -LiteralPath $path
    } catch {
        # A key that is not there is told apart from one that may not be read by the identifier of the error.
        if ("$($_.FullyQualifiedErrorId)" -like 'PathNotFound*') { return $missing }
        return New-ReadFailure -Problem $_
    }
    if (-not $Name) {
        $names = @(foreach ($child in @(Get-ChildItem -LiteralPath $path)) { $child.PSChildName })
        return @{ Status = 'found'; Value = $names; Error = '' }
    }
    if (@($item.Property) -notcontains $Name) { return $missing }
    $values = Get-ItemProperty -LiteralPath $path -Name $Name
    return @{ Status = 'found'; Value = $values.$Name; Error = '' }
}

function Read-FileVersion {
    param([string]$Path)

    if ($env:OS -ne 'Windows_NT') { return New-ReadFailure -Problem 'no Windows files on this system' }
    $folder = 'System32'
    # A 32-bit process sees the 64-bit System32 as Sysnative.
    if ($env:PROCESSOR_ARCHITEW6432) { $folder = 'Sysnative' }
    $file = $Path -replace '^%SystemRoot%\\System32\\', "$env:SystemRoot\$folder\" -replace '^%SystemRoot%\\', "$env:SystemRoot\"
    try {
        $version = (Get-Item -LiteralPath $file -Force).VersionInfo
        $parts = @($version.FileMajorPart, $version.FileMinorPart, $version.FileBuildPart, $version.FilePrivatePart)
        return @{ Status = 'found'; Value = [string]::Join('.', $parts); Error = '' }
    } catch {
        if ("$($_.FullyQualifiedErrorId)" -like 'PathNotFound*') { return @{ Status = 'missing'; Value = $null; Error = '' } }
        return New-ReadFailure -Problem $_
    }
}

function Read-HostEnvironment {
    $onWindows = $env:OS -eq 'Windows_NT'
    $is64BitWindows = [bool]$env:PROCESSOR_ARCHITEW6432 -or "$env:PROCESSOR_ARCHITECTURE" -match '64'
    $bits = 64
    if ("$env:PROCESSOR_ARCHITECTURE" -match '^(x86|ARM)$') { $bits = 32 }
    $deviceName = $env:COMPUTERNAME
    if (-not $deviceName) { $deviceName = 'unknown' }
    @{
        IsWindows = $onWindows
        PowerShell = "$($PSVersionTable.PSVersion)"
        LanguageMode = "$($ExecutionContext.SessionState.LanguageMode)"
        Bits = $bits
        IsElevated = Test-Elevation
        Culture = (Get-Culture).Name
        DeviceName = $deviceName
        Is64BitWindows = $onWindows -and $is64BitWindows
    }
}

function Read-HotFix {
    if ($env:OS -ne 'Windows_NT') { return New-ReadFailure -Problem 'no list of hot fixes on this system' }
    try {
        $ids = @(foreach ($hotFix in @(Get-HotFix)) { "$($hotFix.HotFixID)" }) -match '^KB[0-9]+$'
        return @{ Status = 'found'; Value = @($ids | Sort-Object -Unique); Error = '' }
    } catch {
        return New-ReadFailure -Problem $_
    }
}

function Read-RegistryByTool {
    param([string]$Key, [string]$Name = '')

    $switch = '/reg:64'
    if ($Key -like 'HKLM32:*') { $switch = '/reg:32' }
    $path = 'HKLM\' + ($Key -replace '^HKLM(32)?:\\', '')
    $answer = Invoke-Native -FilePath 'reg.exe' -Arguments 'query', $path, $switch
    if ($answer.Error) { return New-ReadFailure -Problem $answer.Error }
    if ($answer.ExitCode -ne 0) {
        $parent = $path -replace '\\[^\\]+$', ''
        if ($parent -eq 'HKLM') { return New-ReadFailure -Problem 'reg.exe could not read the key' }
        $above = Read-RegistryByTool -Key ($Key -replace '\\[^\\]+$', '')
        $leaf = $path -replace '^.*\\', ''
        if ($above.Status -eq 'error') { return $above }
        if (@($above.Value) -contains $leaf) { return New-ReadFailure -Problem 'reg.exe could not read the key' }
        return @{ Status = 'missing'; Value = $null; Error = '' }
    }
    if (-not $Name) {
        # Lines with a full path are the keys below; the path itself is the heading.
        $prefix = 'HKEY_LOCAL_MACHINE' + $path.Substring(4) + '\'
        $names = @(foreach ($line in $answer.Output) { if ($line -like "$prefix*") { $line.Substring($prefix.Length).Trim() } })
        return @{ Status = 'found'; Value = $names; Error = '' }
    }
    foreach ($line in $answer.Output) {
        # Type names are not localized: REG_SZ, REG_DWORD ...
        if ($line -match ('^\s+' + [regex]::Escape($Name) + '\s+(REG_[A-Z_]+)\s*(.*)$')) {
            $text = $Matches[2].Trim()
            if ($Matches[1] -eq 'REG_DWORD' -and $text -match '^0x[0-9a-f]{1,8}$') { $text = [long]$text }
            return @{ Status = 'found'; Value = $text; Error = '' }
        }
    }
    return @{ Status = 'missing'; Value = $null; Error = '' }
}

function Read-RegistryKey {
    param([string]$Key)

    if ($env:OS -ne 'Windows_NT') { return New-ReadFailure -Problem 'no registry on this system' }
    try {
        if (-not (Test-FullLanguage)) { return Read-ConstrainedRegistry -Key $Key }
        $opened = Open-RegistryKey -Key $Key
        if ($null -eq $opened) { return @{ Status = 'missing'; Value = $null; Error = '' } }
        try {
            $names = @($opened.GetSubKeyNames())
        } finally {
            $opened.Dispose()
        }
        return @{ Status = 'found'; Value = $names; Error = '' }
    } catch {
        return New-ReadFailure -Problem $_
    }
}

function Read-RegistryValue {
    param([string]$Key, [string]$Name)

    if ($env:OS -ne 'Windows_NT') { return New-ReadFailure -Problem 'no registry on this system' }
    $missing = @{ Status = 'missing'; Value = $null; Error = '' }
    try {
        if (-not (Test-FullLanguage)) { return Read-ConstrainedRegistry -Key $Key -Name $Name }
        $opened = Open-RegistryKey -Key $Key
        if ($null -eq $opened) { return $missing }
        try {
            $value = $opened.GetValue($Name, $null)
        } finally {
            $opened.Dispose()
        }
        if ($null -eq $value) { return $missing }
        return @{ Status = 'found'; Value = $value; Error = '' }
    } catch {
        return New-ReadFailure -Problem $_
    }
}

function Test-Elevation {
    if ($env:OS -ne 'Windows_NT') { return $null }
    if (Test-FullLanguage) {
        $identity = [System.Security.Principal.WindowsIdentity]::GetCurrent()
        $principal = New-Object -TypeName System.Security.Principal.WindowsPrincipal -ArgumentList $identity
        return $principal.IsInRole([System.Security.Principal.WindowsBuiltInRole]::Administrator)
    }
    # Mandatory labels High and System; SIDs are the same in every language (Windows: Well-known SIDs).
    $groups = Invoke-Native -FilePath 'whoami.exe' -Arguments '/groups'
    if ($groups.Error -or $groups.ExitCode -ne 0) { return $null }
    return @($groups.Output -match 'S-1-16-(12288|16384)\b').Length -gt 0
}

function Test-FullLanguage {
    return "$($ExecutionContext.SessionState.LanguageMode)" -eq 'FullLanguage'
}

function Add-Fact {
    param([hashtable]$Facts, [hashtable]$Rules, [string[]]$Id = @())

    foreach ($ruleId in @($Rules.Keys | Sort-Object)) {
        foreach ($request in $Rules[$ruleId].Reads) {
            $isWanted = if ($Id.Length -gt 0) { $Id -contains $request.Id } else { -not $request['Slow'] }
            if ($isWanted -and -not $Facts.ContainsKey($request.Id)) {
                $Facts[$request.Id] = Get-Fact -Request $request
            }
        }
    }
}

function Get-Fact {
    param([hashtable]$Request)

    $id = $Request.Id
    try {
        $read = switch ($Request.Read) {
            'RegistryValue' {
                Read-RegistryValue -Key ($id -replace '\\[^\\]*$', '') -Name ($id -replace '^.*\\', '')
            }
            'RegistryKey' {
                Read-RegistryKey -Key $id.TrimEnd('\')
            }
            'ServicingPackage' {
                Get-ServicingPackageFact -Request $Request
            }
            'Certificate' {
                $parts = $id -split '\\'
                Read-Certificate -Store $parts[2] -Thumbprint $parts[3]
            }
            'HotFix' {
                Read-HotFix
            }
            'FileVersion' {
                Read-FileVersion -Path $id
            }
        }
        if (@('found', 'missing', 'error') -notcontains $read.Status) { throw "no answer for $($Request.Id)" }
    } catch {
        $read = @{ Status = 'error'; Value = $null; Error = "$_" }
    }
    @{ Id = $Request.Id; Status = $read.Status; Value = $read.Value; Error = "$($read.Error)" }
}

function Get-ServicingPackageFact {
    param([hashtable]$Request)

    $key = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing\Packages'
    $names = Read-RegistryKey -Key $key
    if ($names.Status -ne 'found') { return $names }
    $packages = @(
        foreach ($name in @($names.Value | Sort-Object)) {
            if ($name -notmatch $Request.Pattern) { continue }
            $state = Read-RegistryValue -Key "$key\$name" -Name 'CurrentState'
            $number = ConvertTo-WholeNumber -Value $state.Value
            if ($state.Status -eq 'found' -and $number -ge 0) {
                @{ Name = $name; State = $number; Error = '' }
            } else {
                @{ Name = $name; State = $null; Error = "CurrentState $($state.Status) $($state.Value)$($state.Error)".Trim() }
            }
        }
    )
    @{ Status = 'found'; Value = $packages; Error = '' }
}

function Test-CertificateStore {
    param([hashtable]$Rule, [hashtable]$Facts)

    $certificate = $Rule.Parameters.Certificate
    $finding = @{ Rule = $Rule; Facts = $Facts; Expected = $certificate.Sha1 }
    $read = @{ Rule = $Rule; Facts = $Facts }
    $untrusted = @(Select-Fact @read -Role 'Disallowed')
    $places = @(Select-Fact @read -Role 'Store') + @(Select-Fact @read -Role 'ThirdParty')

    $hits = @($untrusted | Where-Object { $_.Status -eq 'found' })
    if ($hits.Length -gt 0) { return New-Finding @finding -State 'fail' -MessageKey 'CERT_DISALLOWED' -Arguments $certificate.Name -Actual (ConvertTo-EvidenceText -Fact $hits[0]) }
    # Without a look at the untrusted store presence proves nothing, because that store wins.
    if (@($untrusted | Where-Object { $_.Status -eq 'missing' }).Length -eq 0) { return New-Finding @finding -State 'unknown' -MessageKey 'CERT_UNREADABLE' -Arguments $certificate.Name, 'Disallowed' }
    $hits = @($places | Where-Object { $_.Status -eq 'found' })
    if ($hits.Length -gt 0) {
        $where = ConvertTo-EvidenceText -Fact $hits[0]
        return New-Finding @finding -State 'pass' -MessageKey 'CERT_PRESENT' -Arguments $certificate.Name, $where -Actual $where
    }
    if ($places.Length -eq 0 -or @($places | Where-Object { $_.Status -ne 'missing' }).Length -gt 0) { return New-Finding @finding -State 'unknown' -MessageKey 'CERT_UNREADABLE' -Arguments $certificate.Name, $certificate.Store }
    # DisableRootAutoUpdate: with 1 Windows will not fetch the root by itself; whatever else stands there says nothing.
    $notes = @(
        foreach ($policy in @(Select-Fact @read -Role 'AutoUpdate')) {
            $value = ConvertTo-WholeNumber -Value $policy.Value
            if ($policy.Status -eq 'found' -and $value -eq 1) { @{ Key = 'CERT_NOTE_AUTO_UPDATE_OFF'; Arguments = @(); Text = $null } }
            if ($policy.Status -eq 'missing' -or ($policy.Status -eq 'found' -and $value -eq 0)) { @{ Key = 'CERT_NOTE_AUTO_UPDATE'; Arguments = @(); Text = $null } }
        }
    )
    New-Finding @finding -State 'fail' -MessageKey 'CERT_MISSING' -Arguments $certificate.Name -Notes $notes
}

function Get-EditionClass {
    param([string]$EditionId)

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

function Get-FactNumber {
    param([hashtable]$Rule, [hashtable]$Facts, [string]$Role)

    $number = @{ Status = 'unreadable'; Value = -1; Source = $Role }
    foreach ($fact in @(Select-Fact -Rule $Rule -Facts $Facts -Role $Role)) {
        $number.Source = $fact.Id
        if ($fact.Status -eq 'missing') { $number.Status = 'missing' }
        if ($fact.Status -eq 'found') { $number.Value = ConvertTo-WholeNumber -Value $fact.Value }
    }
    if ($number.Value -ge 0) { $number.Status = 'known' }
    $number
}

function Get-FactText {
    param([hashtable]$Rule, [hashtable]$Facts, [string]$Role)

    foreach ($fact in @(Select-Fact -Rule $Rule -Facts $Facts -Role $Role)) {
        if ($fact.Status -eq 'found') { return "$($fact.Value)".Trim() }
    }
    return ''
}

function Get-LastSupportDay {
    param([hashtable]$Row, [string]$Kind, [string]$EditionClass)

    $isContradiction = $EditionClass -and $Kind -and (($EditionClass -like 'server*') -ne ($Kind -eq 'server'))
    $ends = @(
        foreach ($candidate in @('Client', 'Server')) {
            if ($Row[$candidate] -and (-not $Kind -or $Kind -eq $candidate)) { $Row[$candidate].Ends }
        }
    )
    # The IoT edition of an LTSC has a date of its own only where it differs.
    foreach ($class in @($EditionClass, ($EditionClass -replace '^iot-', ''))) {
        $own = @(foreach ($end in $ends) { if ($class -and $end.ContainsKey($class)) { $end[$class] } })
        if ($own.Length -gt 0 -and -not $isContradiction) { return $own }
    }
    foreach ($end in $ends) { $end.Values | Sort-Object }
}

function Get-PackageEvidence {
    param([hashtable]$Row, $Facts)

    $evidence = @{ Installed = ''; Pending = ''; Unreadable = ''; Later = '' }
    # CurrentState: 112 installed, 80 superseded, 128 permanent; 96 install pending; 0, 5, 32, 64 not installed.
    $states = @{ 112 = 'Installed'; 80 = 'Installed'; 128 = 'Installed'; 96 = 'Pending'; 0 = ''; 5 = ''; 32 = ''; 64 = '' }
    foreach ($fact in $Facts) {
        if ($fact.Status -eq 'error') { $evidence.Unreadable = $fact.Id }
        foreach ($package in @($fact.Value | Where-Object { $fact.Status -eq 'found' })) {
            $slot = 'Unreadable'
            if ($null -ne $package.State -and $states.ContainsKey([int]$package.State)) { $slot = $states[[int]$package.State] }
            if ($package.Name -match '^Package_for_(KB[0-9]+)~') {
                $kb = $Matches[1]
                if (@($Row.LaterSecurityOnly) -contains $kb) {
                    # A later security-only update is not cumulative: installed it is no proof, waiting it is nothing.
                    $slot = $slot -replace 'Installed', 'Later' -replace 'Pending', ''
                } elseif ($kb -ne $Row.SecurityOnly -and @($Row.Rollups) -notcontains $kb) {
                    continue
                }
            } else {
                if ($package.Name -notmatch '^Package_for_RollupFix~') { continue }
                # Below 6000 is no build: the name counts in another way then, and may still be that of the update.
                $build = 0
                if ($package.Name -match '^Package_for_RollupFix~31bf3856ad364e35~[^~]*~~([0-9]{1,7})\.([0-9]{1,7})\.') { $build = [int]$Matches[1] }
                if ($build -lt 6000 -or $build -gt $Row.Build) {
                    if ($slot) { $slot = 'Unreadable' }
                } elseif ($build -lt $Row.Build -or [int]$Matches[2] -lt $Row.MinRevision) {
                    continue
                }
            }
            if ($slot -and -not $evidence[$slot]) { $evidence[$slot] = $package.Name }
        }
    }
    $evidence
}

function Get-WindowsVersion {
    param([hashtable]$Rule, [hashtable]$Facts, [hashtable]$Row, [hashtable]$Revision)

    $type = Get-FactText -Rule $Rule -Facts $Facts -Role 'InstallationType'
    $edition = Get-FactText -Rule $Rule -Facts $Facts -Role 'EditionID'
    $kind = ''
    if ($type -eq 'Client') { $kind = 'client' }
    if ($type -match '^(Server|Server Core|Nano Server)$') { $kind = 'server' }
    if (-not $type -and $edition) {
        # Windows 10 Enterprise multi-session is a client in spite of its name.
        $kind = if ($edition -match '^Server(?!Rdsh$)') { 'server' } else { 'client' }
    }
    $versions = @(foreach ($name in @('Client', 'Server')) { if ($Row[$name]) { $Row[$name] } })
    $days = @(Get-LastSupportDay -Row $Row -Kind $kind -EditionClass (Get-EditionClass -EditionId $edition))
    if ($kind -and $Row[$kind]) { $versions = @($Row[$kind]) }
    $name = [string]::Join(' / ', @(foreach ($version in $versions) { $version.Name }))
    if (-not $name) { $name = "Windows (build $($Row.Build))" }
    $found = "$($Row.Build)"
    if ($Revision.Value -ge 0) { $found = "$found.$($Revision.Value)" }
    $advisory = $Row['Advisory']
    $notes = @(
        if ($Row['VendorListed'] -eq $false) { @{ Key = 'OS_NOTE_VENDOR_UNLISTED'; Arguments = @(); Text = $null } }
        if ($advisory -and $Revision.Value -ge 0 -and $Revision.Value -lt $advisory.BelowRevision) {
            @{ Key = 'OS_NOTE_ADVISORY'; Arguments = @($advisory.Text); Text = $advisory.Text }
        }
        if (@($days | Sort-Object -Unique).Length -eq 1) { @{ Key = 'OS_NOTE_END_OF_SUPPORT'; Arguments = @($name, $days[0]); Text = $null } }
    )
    @{ Kind = $kind; Found = $found; Name = $name; LastDays = $days; Notes = $notes }
}

function Test-OsBuild {
    param([hashtable]$Rule, [hashtable]$Facts)

    $finding = @{ Rule = $Rule; Facts = $Facts }
    $build = Get-FactNumber @finding -Role 'Build'
    if ($build.Status -ne 'known') { return New-Finding @finding -State 'unknown' -MessageKey 'OS_BUILD_UNREADABLE' -Arguments $build.Source }
    $rows = @($Rule.Parameters.Builds | Where-Object { $_.Build -eq $build.Value })
    if ($rows.Length -eq 0) {
        # Newer builds have it. Any other number is an Insider build, about which nobody has said anything.
        $finding += @{ Expected = "$($Rule.Parameters.NativeFrom)"; Actual = "$($build.Value)" }
        if ($build.Value -ge $Rule.Parameters.NativeFrom) { return New-Finding @finding -State 'pass' -MessageKey 'OS_NATIVE' -Arguments "Windows (build $($build.Value))" }
        return New-Finding @finding -State 'unknown' -MessageKey 'OS_BUILD_UNKNOWN' -Arguments "$($build.Value)"
    }
    $row = $rows[0]
    $revision = Get-FactNumber @finding -Role 'Revision'
    $windows = Get-WindowsVersion @finding -Row $row -Revision $revision
    $finding += @{ Actual = $windows.Found; Notes = $windows.Notes }

    if ($row['AppliesTo']) {
        # Old installations have neither value, and nothing speaks against the row then; a failed read is no yes.
        $speaks = @(foreach ($role in @('InstallationType', 'EditionID')) { Select-Fact -Rule $Rule -Facts $Facts -Role $role })
        $isUnread = $speaks.Length -lt 2 -or $speaks[0].Status -eq 'error' -or (-not "$($speaks[0].Value)".Trim() -and $speaks[1].Status -eq 'error')
        $isOther = $windows.Kind -ne $row.AppliesTo -and @($speaks | Where-Object { $_.Status -eq 'found' -and "$($_.Value)".Trim() }).Length -gt 0
        if ($isUnread -or $isOther) { return New-Finding @finding -State 'unknown' -MessageKey 'OS_NOT_JUDGED' -Arguments "$($row.Build)" }
    }
    if ($row.Support -eq 'native') { return New-Finding @finding -State 'pass' -MessageKey 'OS_NATIVE' -Arguments $windows.Name -Expected "$($row.Build)" }
    if ($row.Support -eq 'never') { return New-Finding @finding -State 'fail' -MessageKey 'OS_NEVER' -Arguments $windows.Name }
    if ($row.Support -eq 'rollup') { return Test-RollupBuild -Row $row -Revision $revision -Name $windows.Name -Finding $finding }
    if ($row.Support -ne 'revision') { throw "unknown support '$($row.Support)'" }

    $minimum = "$($row.Build).$($row.MinRevision)"
    $finding += @{ Expected = $minimum }
    if ($revision.Status -ne 'known') { return New-Finding @finding -State 'unknown' -MessageKey 'OS_REVISION_UNREADABLE' -Arguments $revision.Source }
    $texts = @($windows.Name, $windows.Found, $minimum)
    if ($revision.Value -ge $row.MinRevision) { return New-Finding @finding -State 'pass' -MessageKey 'OS_REVISION_REACHED' -Arguments $texts }
    # An edition whose support had ended when the update came never got it. Dates are YYYY-MM-DD, so text order is theirs.
    $ended = @($windows.LastDays | Where-Object { $_ -lt $row.KbDate } | Sort-Object)
    if ($ended.Length -eq 0) { return New-Finding @finding -State 'fail' -MessageKey 'OS_REVISION_BELOW' -Arguments ($texts + $row.Kb) }
    if ($ended.Length -lt $windows.LastDays.Length) { return New-Finding @finding -State 'fail' -MessageKey 'OS_REVISION_BELOW_EDITION_UNKNOWN' -Arguments ($texts + $row.Kb) }
    New-Finding @finding -State 'fail' -MessageKey 'OS_REVISION_BELOW_UPGRADE' -Arguments ($texts + $ended[-1])
}

function Test-RollupBuild {
    param([hashtable]$Row, [hashtable]$Revision, [string]$Name, [hashtable]$Finding)

    $Finding += @{ Expected = "$($Row.Kb) / $($Row.SecurityOnly)" }
    $read = @{ Rule = $Finding.Rule; Facts = $Finding.Facts }
    if ($Revision.Value -ge $Row.MinRevision) { return New-Finding @Finding -State 'pass' -MessageKey 'OS_ROLLUP_BY_REVISION' -Arguments $Name, "$($Revision.Value)" }
    # A lower or missing revision proves nothing: security-only updates do not move it.
    $unread = @(Select-UnreadFact @read -Role 'Package')
    if ($unread.Length -gt 0) { return New-Finding @Finding -State 'unknown' -MessageKey 'OS_ROLLUP_UNREADABLE' -Arguments $Name, $unread[0] -Needs $unread }
    $packages = Get-PackageEvidence -Row $Row -Facts @(Select-Fact @read -Role 'Package')
    if ($packages.Installed) { return New-Finding @Finding -State 'pass' -MessageKey 'OS_ROLLUP_BY_PACKAGE' -Arguments $Name, $packages.Installed }
    # What could not be read may be an update that waits for a restart, which Get-HotFix can list too: no proof below this line.
    $unreadable = $packages.Unreadable
    if (-not $unreadable -and $packages.Pending -and $Revision.Status -eq 'unreadable') { $unreadable = $Revision.Source }
    if ($unreadable) { return New-Finding @Finding -State 'unknown' -MessageKey 'OS_ROLLUP_UNREADABLE' -Arguments $Name, $unreadable }
    if ($packages.Pending) { return New-Finding @Finding -State 'pendingReboot' -MessageKey 'OS_ROLLUP_PENDING' -Arguments $Name, $packages.Pending }
    $unread = @(Select-UnreadFact @read -Role 'HotFix', 'CodeIntegrity')
    if ($unread.Length -gt 0) { return New-Finding @Finding -State 'unknown' -MessageKey 'OS_ROLLUP_UNREADABLE' -Arguments $Name, $unread[0] -Needs $unread }

    $hotFixes = @((Get-FactText @read -Role 'HotFix') -split '[\s,;]+')
    $proof = @(@($Row.SecurityOnly) + @($Row.Rollups) | Where-Object { $hotFixes -contains $_ })
    if ($proof.Length -gt 0) { return New-Finding @Finding -State 'pass' -MessageKey 'OS_ROLLUP_BY_HOTFIX' -Arguments $Name, $proof[0] }
    # Kernel build and file version do not carry an update's number: they suggest and never prove.
    $likely = @{ BuildLab = "^$($Row.Build)\.([0-9]{1,7})(\.|$)"; CodeIntegrity = "^[0-9]+\.[0-9]+\.$($Row.Build)\.([0-9]{1,7})$" }
    foreach ($role in @('BuildLab', 'CodeIntegrity')) {
        $text = Get-FactText @read -Role $role
        if ($text -match $likely[$role] -and [int]$Matches[1] -ge $Row.MinRevision) { return New-Finding @Finding -State 'unknown' -MessageKey 'OS_ROLLUP_LIKELY' -Arguments $Name, $text }
    }
    $later = @(@($packages.Later) + @($Row.LaterSecurityOnly | Where-Object { $hotFixes -contains $_ }) | Where-Object { $_ })
    if ($later.Length -gt 0) { return New-Finding @Finding -State 'unknown' -MessageKey 'OS_ROLLUP_LATER_SECURITY_ONLY' -Arguments $Name, $later[0] }
    # "Not installed" needs every source.
    $failed = @(foreach ($role in @('Package', 'HotFix', 'BuildLab', 'CodeIntegrity')) { Select-Fact @read -Role $role | Where-Object { $_.Status -eq 'error' } })
    if ($Revision.Status -eq 'unreadable') { $failed = @(@{ Id = $Revision.Source }) }
    if ($failed.Length -gt 0) { return New-Finding @Finding -State 'unknown' -MessageKey 'OS_ROLLUP_UNREADABLE' -Arguments $Name, $failed[0].Id }
    New-Finding @Finding -State 'fail' -MessageKey 'OS_ROLLUP_MISSING' -Arguments $Name, $Row.Kb, $Row.SecurityOnly, $Row.KbDate
}

function Get-ProductMessage {
    param([hashtable]$Rule, [hashtable]$Roles, $Names, $Versions)

    $failed = @(foreach ($role in $Roles.Keys) { foreach ($fact in $Roles[$role]) { if ($fact.Status -eq 'error') { $role } } })
    if (@($Roles.Key | Where-Object { $_.Status -eq 'found' }).Length -eq 0) {
        if ($failed -contains 'Key') { return 'PRODUCT_UNREADABLE' }
        return 'PRODUCT_NOT_INSTALLED'
    }
    if ($failed -contains 'ProductName') { return 'PRODUCT_UNREADABLE' }
    $others = @($Names | Where-Object { @($Rule.Parameters.Other) -contains $_ })
    $accepted = @($Names | Where-Object { @($Rule.Parameters.Accepted) -contains $_ })
    if ($others.Length + $accepted.Length -lt @($Names).Length) { return 'PRODUCT_SHAPE' }
    if ($others.Length -gt 0) {
        # The name of another product beside a name or key that only this one has: both or neither may be true.
        if ($accepted.Length -gt 0 -or @($Roles.OwnKey | Where-Object { $_.Status -eq 'found' }).Length -gt 0) { return 'PRODUCT_CONTRADICTION' }
        if ($failed -contains 'OwnKey') { return 'PRODUCT_UNREADABLE' }
        return 'PRODUCT_OTHER'
    }
    if ($failed -contains 'Version') { return 'PRODUCT_UNREADABLE' }
    # One value can hold the versions of both lines: '6.7.3578 / 14.3.1105'.
    $outcomes = @(foreach ($text in @($Versions -split ' / ')) { Get-VersionOutcome -Text $text -Lines $Rule.Parameters.Lines })
    if (@($Versions).Length -eq 0) { return 'PRODUCT_NO_VERSION' }
    if ($outcomes -contains 'pass' -and $outcomes -contains 'fail') { return 'PRODUCT_CONTRADICTION' }
    if ($outcomes -contains 'shape') { return 'PRODUCT_SHAPE' }
    if ($outcomes -contains 'pass') { return 'PRODUCT_REACHED' }
    if ($outcomes -contains 'fail') { return 'PRODUCT_BELOW' }
    return 'PRODUCT_SHAPE'
}

function Get-VersionOutcome {
    param([string]$Text, $Lines)

    $number = '(0|[1-9][0-9]{0,8})'
    if ($Text -notmatch "^$number\.$number\.$number$" -or $Text -match '\s') { return 'shape' }
    foreach ($line in $Lines) {
        if (([version]$line.Minimum).Major -ne ([version]$Text).Major) { continue }
        if ($line['ComparableFrom'] -and [version]$Text -lt [version]$line.ComparableFrom) { return 'shape' }
        if ([version]$Text -ge [version]$line.Minimum) { return 'pass' }
        return $line.Below
    }
    return 'shape'
}

function Select-FactText {
    param($Facts)

    foreach ($fact in $Facts) {
        if ($fact.Status -eq 'found' -and "$($fact.Value)".Trim()) { "$($fact.Value)".Trim() }
    }
}

function Test-ProductVersion {
    param([hashtable]$Rule, [hashtable]$Facts)

    $product = $Rule.Parameters.Product
    $roles = @{}
    foreach ($role in @('Key', 'OwnKey', 'ProductName', 'Version')) { $roles[$role] = @(Select-Fact -Rule $Rule -Facts $Facts -Role $role) }
    $names = @(Select-FactText -Facts $roles.ProductName)
    $versions = @(Select-FactText -Facts $roles.Version)
    $shown = [string]::Join(', ', @($names + $versions | Select-Object -Unique))
    $key = Get-ProductMessage -Rule $Rule -Roles $roles -Names $names -Versions $versions
    $states = @{ PRODUCT_REACHED = 'pass'; PRODUCT_BELOW = 'fail'; PRODUCT_NOT_INSTALLED = 'notApplicable'; PRODUCT_OTHER = 'notApplicable' }
    $state = 'unknown'
    if ($states.ContainsKey($key)) { $state = $states[$key] }
    if ($key -eq 'PRODUCT_OTHER') { $shown = [string]::Join(', ', @($names | Select-Object -Unique)) }
    if (@('PRODUCT_REACHED', 'PRODUCT_BELOW') -contains $key) { $shown = [string]::Join(', ', @($versions | Select-Object -Unique)) }
    New-Finding -Rule $Rule -Facts $Facts -State $state -MessageKey $key -Arguments $product.Name, $shown, $product.Minimum -Expected $product.Minimum -Actual $shown
}

function ConvertTo-EvidenceText {
    param([hashtable]$Fact)

    if ($Fact.Status -eq 'error') { return $Fact.Error }
    if ($Fact.Status -eq 'missing') { return '' }
    $items = @(
        foreach ($item in $Fact.Value) {
            # A servicing package is a table, every other value is plain.
            if ($item -is [hashtable]) { "$($item.Name)=$($item.State)$($item.Error)" } else { "$item" }
        }
    )
    return [string]::Join(', ', $items)
}

function ConvertTo-WholeNumber {
    param($Value)

    $text = "$Value".Trim()
    if ($text -match '^[0-9]{1,7}$') { return [int]$text }
    return -1
}

function Get-Verdict {
    param($Findings)

    $states = @(
        foreach ($finding in $Findings) {
            if ($finding.Severity -eq 'required') { $finding.State }
        }
    )
    foreach ($state in @('fail', 'fixFailed', 'skipped')) {
        if ($states -contains $state) { return 'fail' }
    }
    foreach ($state in @('pendingReboot', 'unknown')) {
        if ($states -contains $state) { return $state }
    }
    if ($states -contains 'pass' -or $states -contains 'fixed') { return 'pass' }
    return 'unknown'
}

function Invoke-Assessment {
    param([hashtable]$Rules)

    $facts = @{}
    Add-Fact -Facts $facts -Rules $Rules
    $findings = @(Get-Finding -Rules $Rules -Facts $facts)
    # A rule asks in steps, cheapest first; the limit keeps a wrong rule from asking for ever.
    for ($round = 1; $round -le 3; $round++) {
        $needs = @(foreach ($finding in $findings) { $finding.Needs })
        if ($needs.Length -eq 0) { break }
        Add-Fact -Facts $facts -Rules $Rules -Id $needs
        $findings = @(Get-Finding -Rules $Rules -Facts $facts)
    }
    @{ Facts = $facts; Findings = $findings; Verdict = Get-Verdict -Findings $findings }
}

function New-Finding {
    param(
        [hashtable]$Rule,
        [hashtable]$Facts,
        [string]$State,
        [string]$MessageKey,
        $Arguments = @(),
        [string]$Expected = '',
        [string]$Actual = '',
        $Notes = @(),
        $Needs = @()
    )

    $evidence = @(
        foreach ($fact in @(Select-Fact -Rule $Rule -Facts $Facts)) {
            @{ Source = $fact.Id; Status = $fact.Status; Value = ConvertTo-EvidenceText -Fact $fact }
        }
    )
    @{
        Id = $Rule.Id
        Kind = $Rule.Kind
        Severity = $Rule.Severity
        State = $State
        MessageKey = $MessageKey
        Arguments = @($Arguments)
        Expected = $Expected
        Actual = $Actual
        Notes = @($Notes)
        Evidence = $evidence
        Needs = @($Needs)
    }
}

function Select-Fact {
    param([hashtable]$Rule, [hashtable]$Facts, [string]$Role = '')

    foreach ($request in $Rule.Reads) {
        if ((-not $Role -or $request.Role -eq $Role) -and $Facts.ContainsKey($request.Id)) { $Facts[$request.Id] }
    }
}

function Select-UnreadFact {
    param([hashtable]$Rule, [hashtable]$Facts, [string[]]$Role)

    foreach ($request in $Rule.Reads) {
        if ($Role -contains $request.Role -and -not $Facts.ContainsKey($request.Id)) { $request.Id }
    }
}

function ConvertTo-AsciiHtml {
    param([string]$Html)

    $codes = @{}
    foreach ($match in [regex]::Matches($Html, '[\ud800-\udbff][\udc00-\udfff]|[^\t\r\n\x20-\x7e]')) {
        $code = [int]$match.Value[0]
        if ($match.Length -eq 2) { $code = ($code - 0xd800) * 0x400 + ([int]$match.Value[1] - 0xdc00) + 0x10000 }
        $codes[$code] = $match.Value
    }
    # Pairs first: a lone half must not be replaced inside a pair.
    foreach ($code in @($codes.Keys | Sort-Object -Descending)) {
        $entity = '&#x{0:x};' -f $code
        if ($code -lt 0xa0 -or ($code -ge 0xd800 -and $code -le 0xdfff)) { $entity = '&#xfffd;' }
        $Html = $Html.Replace($codes[$code], $entity)
    }
    return $Html
}

function ConvertTo-AsciiJson {
    param($InputObject)

    $json = ConvertTo-Json -InputObject $InputObject -Depth 9 -Compress
    $codes = @{}
    foreach ($match in [regex]::Matches($json, '[^\x20-\x7e]')) { $codes[[int][char]$match.Value] = $match.Value }
    foreach ($code in $codes.Keys) { $json = $json.Replace($codes[$code], ('\u{0:x4}' -f $code)) }
    return $json
}

function ConvertTo-AsciiText {
    param([string]$Text)

    return ($Text -replace '[\x00-\x1f\x7f]+', ' ') -replace '[^\x20-\x7e]', '?'
}

function ConvertTo-CsvReport {
    param($Report, $Messages, [string]$Language)

    $label = $Messages[$Language]
    $pack = '{0} {1}' -f $Report.pack.id, $Report.pack.version
    $heads = @(
        'REPORT_DEVICE', 'REPORT_CHECKED', 'REPORT_PACK', 'REPORT_RULE', 'REPORT_SEVERITY', 'REPORT_STATE'
        'LABEL_EXPECTED', 'LABEL_FOUND', 'REPORT_MESSAGE', 'LABEL_TO_DO'
    )
    $rows = @(
        ConvertTo-CsvRow -Fields @(foreach ($head in $heads) { $label[$head] })
        foreach ($finding in $Report.findings) {
            $texts = @($finding.message[$Language]) + @(foreach ($note in $finding.notes) { $note.text[$Language] })
            $steps = @(foreach ($step in $finding.remediation) { $step[$Language] })
            ConvertTo-CsvRow -Fields @(
                $Report.device.name, $Report.endedAt, $pack, ('{0} {1}' -f $finding.id, $finding.title[$Language])
                $label["SEVERITY_$($finding.severity)"], $label["STATE_$($finding.state)"], $finding.expected, $finding.actual
                [string]::Join(' ', $texts), [string]::Join(' ', $steps)
            )
        }
        ''
    )
    return [string]::Join("`r`n", $rows)
}

function ConvertTo-CsvRow {
    param($Fields)

    $cells = @(
        foreach ($field in $Fields) {
            $text = ("$field" -replace '\s+', ' ').Trim() -replace '^(?=[-=+@\uff0b\uff0d\uff1d\uff20])', "'"
            '"{0}"' -f $text.Replace('"', '""')
        }
    )
    return [string]::Join(',', $cells)
}

function ConvertTo-HtmlFinding {
    param($Finding, $Rule, $Messages, [string]$Language)

    $label = $Messages[$Language]
    $title = ConvertTo-HtmlText -Text $Finding.title[$Language]
    '<section class="{0}"><h3>{1} <b>{2}</b></h3>' -f $Finding.state, $title, $label["STATE_$($Finding.state)"]
    '<p class="id">{0} ({1})</p>' -f $Finding.id, $label["SEVERITY_$($Finding.severity)"]
    '<p>{0}</p><dl>' -f (ConvertTo-HtmlText -Text $Finding.message[$Language])
    ConvertTo-HtmlRow -Name $label.LABEL_EXPECTED -Value $Finding.expected
    ConvertTo-HtmlRow -Name $label.LABEL_FOUND -Value $Finding.actual
    '</dl>'
    ConvertTo-HtmlList -Tag 'ul' -Language $Language -Texts @(foreach ($note in $Finding.notes) { $note.text })
    ConvertTo-HtmlList -Tag 'ol' -Language $Language -Texts $Finding.remediation -Heading "<h4>$($label.LABEL_TO_DO)</h4>"
    '<h4>{0}</h4><p>{1}</p>' -f $label.REPORT_WHY, (ConvertTo-HtmlText -Text $Rule.Why[$Language])
    '<details><summary>{0}</summary><dl>' -f $label.REPORT_EVIDENCE
    foreach ($fact in $Finding.evidence) {
        $value = $fact.value
        if ($fact.status -ne 'found' -or -not $value) { $value = '{0} {1}' -f $label["FACT_$($fact.status)"], $value }
        ConvertTo-HtmlRow -Name $fact.source -Value $value
    }
    '</dl></details></section>'
}

function ConvertTo-HtmlLink {
    param([string]$Title, [string]$Url)

    if (-not $Url) { return }
    $address = ConvertTo-HtmlText -Text $Url
    if ($Title -eq $Url) { return '<p><a href="{0}">{0}</a></p>' -f $address }
    return '<p>{1}<br><a href="{0}">{0}</a></p>' -f $address, (ConvertTo-HtmlText -Text $Title)
}

function ConvertTo-HtmlList {
    param([string]$Heading, $Texts, [string]$Tag, [string]$Language)

    $items = @(foreach ($text in $Texts) { '<li>{0}</li>' -f (ConvertTo-HtmlText -Text $text[$Language]) })
    if ($items.Count) { '{0}<{1}>{2}</{1}>' -f $Heading, $Tag, [string]::Join('', $items) }
}

function ConvertTo-HtmlReport {
    param($Report, $Rules, $PackTexts, $Messages, [string]$Language, [string]$Style)

    $label = $Messages[$Language]
    $invariant = [cultureinfo]::InvariantCulture
    $title = ConvertTo-HtmlText -Text $Report.pack.title[$Language]
    $device = ConvertTo-HtmlText -Text $Report.device.name
    $page = @(
        '<!DOCTYPE html><html lang="{0}"><head><meta charset="utf-8">' -f $Language
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<title>{0} - {1}</title><style>{2}</style></head><body><main>' -f $title, $device, $Style
        '<header class="{0}"><p>{1}</p><h1>{2}</h1></header><dl>' -f $Report.verdict, $title, $label["VERDICT_$($Report.verdict)"]
        ConvertTo-HtmlRow -Name $label.REPORT_DEVICE -Value $Report.device.name
        ConvertTo-HtmlRow -Name $label.REPORT_CHECKED -Value ([datetime]$Report.endedAt).ToString($label.REPORT_TIME, $invariant)
        ConvertTo-HtmlRow -Name $label.REPORT_PRODUCT -Value ('{0} ({1})' -f $PackTexts.Product[$Language], $PackTexts.Vendor[$Language])
        ConvertTo-HtmlRow -Name $label.REPORT_PACK -Value ('{0} {1}' -f $Report.pack.id, $Report.pack.version)
        ConvertTo-HtmlRow -Name $label.REPORT_EFFECTIVE -Value ([datetime]$PackTexts.Effective).ToString($label.REPORT_DATE, $invariant)
        '</dl><h2>{0}</h2>' -f $label.REPORT_RESULTS
        foreach ($finding in $Report.findings) {
            ConvertTo-HtmlFinding -Finding $finding -Rule $Rules[$finding.id] -Messages $Messages -Language $Language
        }
        ConvertTo-HtmlList -Heading "<h2>$($label.REPORT_IMPACT)</h2>" -Texts $PackTexts.Impact -Tag 'ul' -Language $Language
        '<h2>{0}</h2><p>{1}</p>' -f $label.REPORT_SUPPORT, (ConvertTo-HtmlText -Text $PackTexts.Support[$Language])
        $contact = $PackTexts['Contact']
        if ($contact) {
            '<h2>{0}</h2><p>{1}</p>' -f $label.REPORT_CONTACT, (ConvertTo-HtmlText -Text $contact.Name[$Language])
            ConvertTo-HtmlList -Texts $contact['Details'] -Tag 'ul' -Language $Language
            ConvertTo-HtmlLink -Title $contact['Url'] -Url $contact['Url']
        }
        '<h2>{0}</h2>' -f $label.REPORT_SOURCES
        foreach ($source in $PackTexts.Sources) { ConvertTo-HtmlLink -Title ('{0} {1}' -f $source.Title[$Language], $source['Date']) -Url $source.Url }
        '<footer>{0}' -f ($label.REPORT_FOOTER -f $Report.tool.version, $Report.host.powershell, $Report.host.languageMode)
        if ($Report.host.elevated -ne $true) { $label.REPORT_NOT_ELEVATED }
        '</footer></main></body></html>'
    )
    return ConvertTo-AsciiHtml -Html ([string]::Join("`r`n", $page))
}

function ConvertTo-HtmlRow {
    param([string]$Name, [string]$Value)

    if ($Value) { '<div><dt>{0}</dt><dd>{1}</dd></div>' -f (ConvertTo-HtmlText -Text $Name), (ConvertTo-HtmlText -Text $Value) }
}

function ConvertTo-HtmlText {
    param([string]$Text)

    $safe = $Text.Replace('&', '&amp;').Replace('<', '&lt;').Replace('>', '&gt;')
    return $safe.Replace('"', '&quot;').Replace("'", '&#39;') -replace '\r?\n', '<br>'
}

function ConvertTo-ReportFinding {
    param($Finding, $Rule, $Messages)

    $steps = @()
    # Who could not tell has nothing to advise.
    if (@('fail', 'pendingReboot', 'fixFailed', 'skipped') -contains $Finding.State) { $steps = @($Rule.Remediation) }
    [ordered]@{
        id = $Finding.Id
        kind = $Finding.Kind
        severity = $Finding.Severity
        state = $Finding.State
        title = Get-LocalizedText -Messages $Messages -Text $Rule.Title
        messageKey = $Finding.MessageKey
        message = Get-LocalizedText -Messages $Messages -Key $Finding.MessageKey -Arguments $Finding.Arguments
        expected = "$($Finding.Expected)"
        actual = "$($Finding.Actual)"
        notes = @(
            foreach ($note in $Finding.Notes) {
                [ordered]@{ key = $note.Key; text = Get-LocalizedText -Messages $Messages -Key $note.Key -Arguments $note.Arguments -Text $note.Text }
            }
        )
        evidence = @(
            foreach ($fact in $Finding.Evidence) {
                [ordered]@{ source = "$($fact.Source)"; status = $fact.Status; value = "$($fact.Value)" }
            }
        )
        remediation = @(foreach ($step in $steps) { Get-LocalizedText -Messages $Messages -Text $step })
    }
}

function ConvertTo-ReportObject {
    param($Plan, $Rules, $Findings, [string]$Verdict, $Messages, $Environment, [string]$StartedAt, [string]$EndedAt)

    $counts = [ordered]@{}
    foreach ($state in @('pass', 'fail', 'notApplicable', 'unknown', 'pendingReboot', 'fixed', 'fixFailed', 'skipped')) {
        $counts[$state] = @(foreach ($finding in $Findings) { if ($finding.State -eq $state) { 1 } }).Count
    }
    [ordered]@{
        schemaVersion = 1
        tool = [ordered]@{ name = 'psmint'; version = $Plan.ToolVersion }
        script = $Plan.Script
        target = $Plan.Target
        pack = [ordered]@{
            id = $Plan.PackId
            version = $Plan.PackVersion
            title = Get-LocalizedText -Messages $Messages -Text $Plan.Title
        }
        device = [ordered]@{ name = "$($Environment.DeviceName)" }
        host = [ordered]@{
            windows = $Environment.IsWindows
            windows64Bit = $Environment.Is64BitWindows
            powershell = "$($Environment.PowerShell)"
            languageMode = "$($Environment.LanguageMode)"
            processBits = $Environment.Bits
            elevated = $Environment.IsElevated
            culture = "$($Environment.Culture)"
        }
        startedAt = $StartedAt
        endedAt = $EndedAt
        verdict = $Verdict
        exitCode = Get-ExitCode -Plan $Plan -Verdict $Verdict
        counts = $counts
        findings = @(
            foreach ($finding in $Findings) {
                ConvertTo-ReportFinding -Finding $finding -Rule $Rules[$finding.Id] -Messages $Messages
            }
        )
    }
}

function Get-AnswerLanguage {
    param($Messages, [string]$Language, [string]$Culture)

    foreach ($wanted in @($Language, ($Culture -split '-')[0])) {
        if ($Messages.ContainsKey($wanted)) { return $wanted.ToLowerInvariant() }
        # A language that was asked for and does not exist is answered in English, not in a third language.
        if ($wanted) { break }
    }
    return 'en'
}

function Get-ExitCode {
    param($Plan, [string]$Verdict)

    return [int]$Plan.ExitCodes[$Verdict]
}

function Get-LocalizedText {
    param($Messages, [string]$Key, $Arguments, $Text)

    $localized = [ordered]@{}
    foreach ($language in @($Messages.Keys | Sort-Object)) {
        if ($Text) {
            $localized[$language] = "$($Text[$language])"
        } else {
            $localized[$language] = Get-MessageText -Messages $Messages -Language $language -Key $Key -Arguments $Arguments
        }
    }
    return $localized
}

function Get-MessageText {
    param($Messages, [string]$Language, [string]$Key, $Arguments)

    $values = @(
        foreach ($argument in $Arguments) {
            # A name that differs by language comes as @{ en; ja }.
            if ($argument -is [hashtable]) { $argument[$Language] } else { "$argument" }
        }
    )
    $texts = $Messages[$Language]
    if (-not $texts -or -not $texts[$Key]) { return [string]::Join(' ', @($Key) + $values) }
    # The empty strings stand for arguments that a finding did not give: -f throws without them.
    return $texts[$Key] -f ($values + @('', '', '', ''))
}

function Get-SummaryLine {
    param($Plan, $Findings, [string]$Verdict, $Reasons)

    $reason = ConvertTo-AsciiText -Text (Get-SummaryReason -Findings $Findings -Verdict $Verdict -Reasons $Reasons)
    if ($reason.Length -gt 300) { $reason = $reason.Substring(0, 300) }
    $line = 'PSMINT {0} {1} pack={2}@{3}' -f $Plan.Script, $Verdict, $Plan.PackId, $Plan.PackVersion
    $states = @(foreach ($finding in $Findings) { '{0}={1}' -f $finding.Id, $finding.State })

    $room = 2048 - $reason.Length - 3
    if ([string]::Join(' ', @($line) + $states).Length -gt $room) {
        # Too many rules for one line: what needs attention comes first, the rest is counted.
        $good = '=(pass|fixed|notApplicable)$'
        $states = @($states -notmatch $good) + @($states -match $good)
        $room = $room - 12
    }
    $left = $states.Count
    foreach ($state in $states) {
        if ($line.Length + 1 + $state.Length -gt $room) { break }
        $line = "$line $state"
        $left = $left - 1
    }
    if ($left) { $line = "$line +$left more" }
    return "$line | $reason"
}

function Get-SummaryReason {
    param($Findings, [string]$Verdict, $Reasons)

    if ($Verdict -eq 'pass') { return 'all required rules pass' }
    $states = @($Verdict)
    if ($Verdict -eq 'fail') { $states = @('fail', 'fixFailed', 'skipped') }
    foreach ($finding in $Findings) {
        if ($finding.Severity -ne 'required' -or $states -notcontains $finding.State) { continue }
        $text = $Reasons[$finding.MessageKey]
        if (-not $text) { $text = $finding.State }
        # Expected comes from the rule, so the line stays the same while the state does.
        $reason = '{0}: {1}' -f $finding.Id, ($text -f $finding.Expected)
        foreach ($note in $finding.Notes) {
            if ($Reasons[$note.Key]) { $reason = '{0}, {1}' -f $reason, $Reasons[$note.Key] }
        }
        return $reason
    }
    return 'no required rule applies to this machine'
}

function Get-UtcTime {
    return [datetime]::UtcNow.ToString('yyyy-MM-ddTHH:mm:ssZ')
}

function New-ProtectedFolder {
    param([string]$Name)

    if (-not $env:ProgramData) { return @{ Path = ''; Error = 'there is no ProgramData folder on this system' } }
    # A folder that a standard user made would stay his, and no administrator could trust it later.
    if ((Test-Elevation) -ne $true) { return @{ Path = ''; Error = 'the folder below ProgramData needs administrator rights' } }
    $path = $env:ProgramData
    try {
        foreach ($part in @('psmint') + @($Name -split '\\')) {
            $path = "$path\$part"
            if (-not (Test-Path -LiteralPath $path)) {
                $null = New-Item -ItemType Directory -Path $path
                # Somebody else's folder of that name would have failed above, so this one is ours to close.
                $owner = Invoke-Native -FilePath 'icacls.exe' -Arguments $path, '/setowner', '*S-1-5-32-544'
                $rights = Invoke-Native -FilePath 'icacls.exe' -Arguments $path, '/inheritance:r', '/grant:r', '*S-1-5-18:(OI)(CI)F', '*S-1-5-32-544:(OI)(CI)F'
                if ($owner.Error -or $rights.Error -or $owner.ExitCode -ne 0 -or $rights.ExitCode -ne 0) { return @{ Path = ''; Error = "the rights of $path could not be set" } }
            }
            $problem = Test-ProtectedFolder -Path $path
            if ($problem) { return @{ Path = ''; Error = $problem } }
        }
        return @{ Path = $path; Error = '' }
    } catch {
        return @{ Path = ''; Error = "$path could not be made: $($_.FullyQualifiedErrorId)" }
    }
}

function Save-Report {
    param($Report, [hashtable]$Texts, [string]$PackId, [string]$ReportPath, [string]$OutDir, [string]$Share)

    $json = ConvertTo-AsciiJson -InputObject $Report
    if ($ReportPath) { Write-ReportFile -Path $ReportPath -Text $json -Encoding 'Ascii' }

    $folder = $OutDir
    if (-not $folder) {
        $protected = New-ProtectedFolder -Name "$PackId\report"
        if ($protected.Error) { return $protected.Error }
        $folder = $protected.Path
    }
    if (-not (Test-Path -LiteralPath $folder)) {
        try {
            $null = New-Item -ItemType Directory -Path $folder
        } catch {
            return "$folder could not be made: $($_.FullyQualifiedErrorId)"
        }
    }
    # A device name is a host name, but it came from the machine: no character of it may lead elsewhere.
    $name = "$($Report.device.name)" -replace '[^A-Za-z0-9._-]', '_'
    $html = ConvertTo-HtmlReport -Report $Report @Texts
    $csv = ConvertTo-CsvReport -Report $Report -Messages $Texts.Messages -Language $Texts.Language
    Write-ReportFile -Path (Join-Path -Path $folder -ChildPath "$name.json") -Text $json -Encoding 'Ascii'
    Write-ReportFile -Path (Join-Path -Path $folder -ChildPath "$name.html") -Text $html -Encoding 'Ascii'
    Write-ReportFile -Path (Join-Path -Path $folder -ChildPath "$name.csv") -Text $csv -Encoding 'Utf8Bom'
    if ($Share) { Write-ReportFile -Path (Join-Path -Path $Share -ChildPath "$name.json") -Text $json -Encoding 'Ascii' }
}

function Test-ProtectedFolder {
    param([string]$Path)

    $item = Get-Item -LiteralPath $Path -Force
    if ("$($item.Attributes)" -match 'ReparsePoint') { return "$Path is a link" }
    # Owner in SDDL: SY = SYSTEM, BA = Administrators (Windows: SID strings).
    if ("$((Get-Acl -LiteralPath $Path).Sddl)" -notmatch '^O:(SY|BA)') { return "$Path is not owned by SYSTEM or Administrators" }
    return ''
}

function Write-IntuneRemediationAnswer {
    param($Plan, $Rules, $Findings, [string]$Verdict, $Messages, $Reasons, [string]$Language, $Environment)

    Write-Output (Get-SummaryLine -Plan $Plan -Findings $Findings -Verdict $Verdict -Reasons $Reasons)
}

function Write-ReportFile {
    param([string]$Path, [string]$Text, [string]$Encoding)

    $name = 'Ascii'
    if ($Encoding -eq 'Utf8Bom') {
        # UTF8 has a byte order mark up to PowerShell 5.1, and none from 6 on.
        $name = 'UTF8'
        if ($PSVersionTable.PSVersion.Major -ge 6) { $name = 'utf8BOM' }
    }
    $temporary = "$Path.$PID.tmp"
    for ($try = 1; $try -le 3; $try++) {
        try {
            Set-Content -LiteralPath $temporary -Value $Text -Encoding $name -WhatIf:$false
            Move-Item -LiteralPath $temporary -Destination $Path -Force -WhatIf:$false
            return
        } catch {
            $problem = "$Path could not be written: $($_.FullyQualifiedErrorId)"
            # A virus scanner may hold a new file for a moment.
            if ($try -lt 3) { Start-Sleep -Milliseconds 200 }
        }
    }
    if (Test-Path -LiteralPath $temporary) { Remove-Item -LiteralPath $temporary -Force -WhatIf:$false -ErrorAction SilentlyContinue }
    return $problem
}

function Get-Finding {
    <#
    .SYNOPSIS
    Evaluates the rules of this pack in their order.
    #>
    param([hashtable]$Rules, [hashtable]$Facts)

    Test-OsBuild -Rule $Rules['VBBSS-OS'] -Facts $Facts
    Test-CertificateStore -Rule $Rules['VBBSS-ROOT'] -Facts $Facts
    Test-ProductVersion -Rule $Rules['VBBSS-AGENT'] -Facts $Facts
}

# ---------------------------------------------------------------------------
# What the script does
# ---------------------------------------------------------------------------
$startedAt = Get-UtcTime
$environment = Read-HostEnvironment
$assessment = Invoke-Assessment -Rules $Rules
$verdict = $assessment.Verdict
$answer = @{ Plan = $Plan; Rules = $Rules; Findings = $assessment.Findings; Verdict = $verdict; Messages = $Messages; Environment = $environment }
$answerLanguage = Get-AnswerLanguage -Messages $Messages -Language $Language -Culture $environment.Culture

$report = ConvertTo-ReportObject @answer -StartedAt $startedAt -EndedAt (Get-UtcTime)
$texts = @{ Rules = $Rules; PackTexts = $PackTexts; Messages = $Messages; Language = $answerLanguage; Style = $ReportStyle }
$problems = @(Save-Report -Report $report -Texts $texts -PackId $Plan.PackId -ReportPath $ReportPath -OutDir $OutDir -Share $Share)
foreach ($problem in $problems) {
    'PSMINT report not written: {0}' -f (ConvertTo-AsciiText -Text $problem)
}
Write-IntuneRemediationAnswer @answer -Reasons $Reasons -Language $answerLanguage
# A verdict without the report that was asked for is no success.
if ($problems.Length -gt 0 -and $verdict -ne 'unknown') {
    exit 1
}
exit (Get-ExitCode -Plan $Plan -Verdict $verdict)
