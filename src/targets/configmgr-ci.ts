import type { BundleFile, ResolvedPack, ScriptName } from '../script-plan.ts';
import { sentences } from './sentences.ts';
import { lineCharacters, namesOf, ranCodes, type Target } from './target.ts';

/**
 * Configuration Manager, configuration item with a script setting.
 * Source: https://learn.microsoft.com/en-us/intune/configmgr/develop/compliance/about-compliance-settings--dcm--extensibility
 */
export const configmgrCi: Target = {
  id: 'configmgr-ci',
  title: { en: 'Configuration Manager: configuration item', ja: 'Configuration Manager: 構成項目' },
  when: {
    en: 'Configuration Manager, with a state that stays: baselines, collections and reports by compliance, and the repair with it.',
    ja: 'Configuration Manager で状態を継続的に管理する場合 (構成基準、コレクション、レポート、修復)。',
    withoutFix: {
      en: 'Configuration Manager, with a state that stays: baselines, collections and reports by compliance.',
      ja: 'Configuration Manager で状態を継続的に管理する場合 (構成基準、コレクション、レポート)。',
    },
  },
  start: '',
  bitness: { en: '64-bit by -Is64Bit of the setting', ja: '設定の -Is64Bit により 64 ビット' },
  executionPolicy: {
    en: 'client setting "PowerShell execution policy": Bypass, Restricted or All Signed; All Signed is the default',
    ja: 'クライアント設定「PowerShell 実行ポリシー」(Bypass、Restricted、All Signed。既定は All Signed)',
  },
  timeout: sentences.noTimeout,
  answer: {
    en: 'One word as the value of the setting: Compliant, NonCompliant, PendingReboot, Unknown; compliant is the first alone.',
    ja: '設定の値となる 1 語 (Compliant、NonCompliant、PendingReboot、Unknown)。準拠は Compliant のみです。',
  },
  steps: [
    sentences.trustFirst,
    {
      en: 'Copy the folder to the computer with the console. Open its PowerShell, go to the site drive, set $folder and run the lines of create-configuration-item.txt.',
      ja: 'コンソールのあるコンピューターにフォルダーをコピーし、コンソールから PowerShell を開いてサイト ドライブに移動し、$folder を設定して create-configuration-item.txt の各行を実行します。',
    },
    {
      en: 'Assets and Compliance, Compliance Settings, Configuration Baselines, Deploy: deploy the baseline to a pilot collection, without remediation first; turn on "Remediate noncompliant rules when supported" when the values look right.',
      ja: '「資産とコンプライアンス」「コンプライアンス設定」「構成基準」「展開」で、構成基準をパイロットのコレクションに展開します。まず修復なしで値を確認し、その後「Remediate noncompliant rules when supported」(非準拠の規則の修復) を有効にします。',
      withoutFix: {
        en: 'Assets and Compliance, Compliance Settings, Configuration Baselines, Deploy: deploy the baseline to a pilot collection, without remediation: it repairs nothing.',
        ja: '「資産とコンプライアンス」「コンプライアンス設定」「構成基準」「展開」で、構成基準をパイロットのコレクションに展開します (修復は行わないため、修復の設定は無効のままにします)。',
      },
    },
  ],
  queries: [
    {
      title: {
        en: 'Query rule of a collection: computers that answered anything but Compliant. NAME stands in create-configuration-item.txt. Computers that never answered are not in it.',
        ja: 'コレクションのクエリ規則: Compliant 以外のコンピューター。NAME は create-configuration-item.txt に記載の名前です。未評価のコンピューターは含まれません。',
      },
      language: 'sql',
      text: [
        'select SMS_R_System.ResourceId, SMS_R_System.ResourceType, SMS_R_System.Name, SMS_R_System.SMSUniqueIdentifier, SMS_R_System.ResourceDomainORWorkgroup, SMS_R_System.Client',
        'from SMS_R_System inner join SMS_G_System_CI_ComplianceState on SMS_G_System_CI_ComplianceState.ResourceID = SMS_R_System.ResourceId',
        "where SMS_G_System_CI_ComplianceState.LocalizedDisplayName = 'NAME' and SMS_G_System_CI_ComplianceState.ComplianceState != 1",
      ].join('\n'),
    },
  ],
  traps: [
    {
      en: 'The scripts always exit with 0: any other code is a discovery failure, and shows no value. A script error shows as such a failure.',
      ja: 'スクリプトは常にコード 0 で終了します。他のコードは「検出エラー」となり、値は表示されません (スクリプト自体のエラーも同様です)。',
    },
    {
      en: 'Error 0x87D00327 or 0x87D00320: the policy is All Signed and the signer is not trusted on the client, or the signature was changed on the way.',
      ja: 'エラー 0x87D00327 または 0x87D00320 は、ポリシーが All Signed で署名者がクライアントで信頼されていないか、署名が途中で変更されたことを示します。',
    },
    sentences.fixIsCertificatesOnly,
  ],
  unconfirmed: [
    {
      en: 'The lines of create-configuration-item.txt follow the documented parameters; no site has run them yet. Read them first.',
      ja: 'create-configuration-item.txt は公開されているパラメーターに従って作成したもので、実際のサイトでは未確認です。実行前に内容を確認してください。',
    },
    sentences.startUnknown,
    {
      en: 'Whether the site keeps the line ends of a script file is not documented. Look at one client under All Signed before you roll out.',
      ja: 'サイトがスクリプト ファイルの改行を保持するかどうかは資料で確認できません。展開の前に All Signed のクライアント 1 台で確認してください。',
    },
    sentences.japaneseNames,
  ],
  sources: [
    'https://learn.microsoft.com/en-us/intune/configmgr/develop/compliance/about-compliance-settings--dcm--extensibility',
    'https://learn.microsoft.com/en-us/intune/configmgr/compliance/deploy-use/deploy-configuration-baselines',
    'https://learn.microsoft.com/en-us/powershell/module/configurationmanager/add-cmcompliancesettingscript',
    'https://learn.microsoft.com/en-us/powershell/module/configurationmanager/set-cmbaseline',
    'https://learn.microsoft.com/en-us/intune/configmgr/develop/reference/compliance/sms_g_system_ci_compliancestate-server-wmi-class',
  ],
  exitCodes: ranCodes,
  channel: {
    launch: 'unconfirmed',
    keeps: 'all',
    codes: 'ignored',
    state: {
      in: 'word',
      words: { pass: 'Compliant', fail: 'NonCompliant', pendingReboot: 'PendingReboot', unknown: 'Unknown' },
    },
    seesFix: 'next-check',
  },
  answerCommand: 'Write-ConfigmgrCiAnswer',
  showsTexts: false,
  limits: { answerCharacters: lineCharacters },
  scripts: ['check', 'fix-cert'],
  companions: (pack, scripts) => [createLines(pack, namesOf(scripts))],
};

/** PowerShell lines for the console. A text file: what an administrator runs by hand is no delivered script. */
function createLines({ pack }: ResolvedPack, scripts: readonly ScriptName[]): BundleFile {
  const fixes = scripts.includes('fix-cert');
  const name = `psmint ${pack.id} ${pack.version}`;
  const lines = [
    '# Configuration Manager PowerShell, on the site drive. $folder: where this file and the scripts are.',
    "$folder = 'C:\\psmint'",
    `$item = New-CMConfigurationItem -Name '${name}' -CreationType WindowsOS`,
    '$setting = @{',
    `  InputObject = $item; Name = '${name}'; DataType = 'String'; Is64Bit = $true`,
    '  DiscoveryScriptLanguage = \'PowerShell\'; DiscoveryScriptFile = "$folder\\check.ps1"',
    ...(fixes ? ['  RemediationScriptLanguage = \'PowerShell\'; RemediationScriptFile = "$folder\\fix-cert.ps1"'] : []),
    "  ValueRule = $true; RuleName = 'Compliant'; ExpressionOperator = 'IsEquals'; ExpectedValue = 'Compliant'",
    `  NoncomplianceSeverity = 'Warning'; ReportNoncompliance = $true; Remediate = $${fixes}`,
    '}',
    'Add-CMComplianceSettingScript @setting',
    `New-CMBaseline -Name '${name}'`,
    `Set-CMBaseline -Name '${name}' -AddOSConfigurationItem (Get-CMConfigurationItem -Name '${name}' -Fast).CI_ID`,
  ];
  return {
    path: `${pack.id}/configmgr-ci/create-configuration-item.txt`,
    content: Buffer.from(`${lines.join('\r\n')}\r\n`),
  };
}
