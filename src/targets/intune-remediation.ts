import {
  scriptNames,
  type BundleFile,
  type ResolvedPack,
  type ScriptName,
  type VerifiedScript,
} from '../script-plan.ts';
import { graphSettings as settings } from './intune-settings.ts';
import { graphFiles, startSettings, type GraphBody } from './intune-upload.ts';
import { sentences } from './sentences.ts';
import { lineCharacters, yesNoCodes, type Target } from './target.ts';

/**
 * Intune remediations (deviceHealthScripts).
 * Source: https://learn.microsoft.com/en-us/intune/device-management/tools/deploy-remediations
 */
export const intuneRemediation: Target = {
  id: 'intune-remediation',
  title: { en: 'Intune remediation', ja: 'Intune の修復 (Remediations)' },
  when: {
    en: 'Intune with a licence for remediations (Windows Enterprise E3/E5, Education A3/A5): the state of every device in one table, and the repair with it.',
    ja: '修復 (Remediations) のライセンス (Windows Enterprise E3/E5、Education A3/A5) がある Intune。全デバイスの状態が一覧で分かり、修復も行えます。',
    withoutFix: {
      en: 'Intune with a licence for remediations (Windows Enterprise E3/E5, Education A3/A5): the state of every device in one table.',
      ja: '修復 (Remediations) のライセンス (Windows Enterprise E3/E5、Education A3/A5) がある Intune。全デバイスの状態が一覧で分かります。',
    },
  },
  start: 'powershell.exe -NoProfile -executionPolicy bypass -file detect.ps1',
  bitness: { en: '64-bit, set in the body', ja: '64 ビット (本文で指定)' },
  executionPolicy: {
    en: 'Bypass; with the signature check enforced the policy of the device decides.',
    ja: 'Bypass。署名チェックを強制すると、デバイスの実行ポリシーに従います。',
  },
  timeout: { en: '60 minutes', ja: '60 分' },
  answer: {
    en: 'The last line of the output, in the columns "Pre-remediation detection output" and "Post-remediation detection output".',
    ja: '出力の最後の 1 行が「修復前の検出出力」「修復後の検出出力」の列に表示されます。',
    withoutFix: {
      en: 'The last line of the output, in the column "Pre-remediation detection output".',
      ja: '出力の最後の 1 行が「修復前の検出出力」の列に表示されます。',
    },
  },
  steps: [
    {
      en: 'Put the signer into Trusted Publishers and its root into Trusted Root on the devices (folder trust) before you enforce the signature check.',
      ja: '署名チェックを強制する前に、署名者を「信頼された発行元」、そのルートを「信頼されたルート証明機関」に配布します (trust フォルダー)。',
    },
    {
      en: 'Send device-health-script.json with upload.sh, or make a remediation in the portal (Devices, Scripts and remediations) and upload check.ps1 as detection and fix-cert.ps1 as remediation script.',
      ja: 'upload.sh で device-health-script.json を送信するか (下記)、ポータルの「デバイス」「スクリプトと修復」で修復を作成し、check.ps1 を検出スクリプト、fix-cert.ps1 を修復スクリプトとしてアップロードします。',
      withoutFix: {
        en: 'Send device-health-script.json with upload.sh, or make a remediation in the portal (Devices, Scripts and remediations) and upload check.ps1 as detection script. Leave the remediation script empty: it only detects then.',
        ja: 'upload.sh で device-health-script.json を送信するか (下記)、ポータルの「デバイス」「スクリプトと修復」で修復を作成し、check.ps1 を検出スクリプトとしてアップロードします。修復スクリプトは空のままにします (検出のみ)。',
      },
    },
    sentences.graphUpload,
    {
      en: 'In the portal set: Run this script using the logged-on credentials no, Enforce script signature check no, Run script in 64-bit PowerShell yes.',
      ja: 'ポータルでは「ログオンした資格情報」を「いいえ」、「スクリプト署名チェックを強制する」を「いいえ」、「64 ビット PowerShell でスクリプトを実行する」を「はい」にします。',
    },
    {
      en: 'Assign it to a pilot group first, daily.',
      ja: 'まずパイロット グループに、毎日のスケジュールで割り当てます。',
    },
  ],
  queries: [
    {
      title: {
        en: 'State and line of every device, page by page (@odata.nextLink). ID: what upload.sh printed.',
        ja: '全デバイスの状態と出力行 (続きは @odata.nextLink)。ID は upload.sh が表示した値です。',
      },
      language: 'http',
      text: 'GET https://graph.microsoft.com/beta/deviceManagement/deviceHealthScripts/ID/deviceRunStates?$select=detectionState,lastStateUpdateDateTime,preRemediationDetectionScriptOutput,postRemediationDetectionScriptOutput&$expand=managedDevice($select=deviceName)',
    },
    {
      title: {
        en: 'The same as a CSV file in a zip archive. EXPORT: the id in the answer of the POST. Ask again until its status is completed; its url then is the file.',
        ja: '同じ内容を CSV (zip 形式) で取得する場合。EXPORT は POST の応答にある id です。status が completed になるまで GET を繰り返すと、url からファイルを取得できます。',
      },
      language: 'http',
      text: [
        'POST https://graph.microsoft.com/beta/deviceManagement/reports/exportJobs',
        'Content-Type: application/json',
        '',
        '{ "reportName": "DeviceRunStatesByProactiveRemediation", "filter": "(PolicyId eq \'ID\')" }',
        '',
        "GET https://graph.microsoft.com/beta/deviceManagement/reports/exportJobs('EXPORT')",
      ].join('\n'),
    },
    {
      title: {
        en: 'Where that CSV file is imported as a table (here PsmintRuns), devices by verdict. An empty verdict: no answer, not a pass.',
        ja: 'CSV をテーブル (例: PsmintRuns) に取り込んだ場合の、判定ごとのデバイス数。判定が空のデバイスは結果がなく、適合ではありません。',
      },
      language: 'kusto',
      text: [
        'PsmintRuns',
        '| extend Line = iff(isempty(PostRemediationDetectionScriptOutput), PreRemediationDetectionScriptOutput, PostRemediationDetectionScriptOutput)',
        '| extend Verdict = extract(@"PSMINT check (\\w+) pack=", 1, Line)',
        '| summarize Devices = dcount(DeviceId) by Verdict',
      ].join('\n'),
    },
  ],
  traps: [
    {
      en: 'Intune knows two answers. Exit 1 also stands for "could not tell" and "restart pending"; the line names the state. The fix reads again and changes nothing unless it can tell.',
      ja: 'Intune の結果は 2 種類だけです。終了コード 1 には「判定不可」「再起動待ち」も含まれ、状態は出力行に表示されます。修復スクリプトは再判定し、確実な場合にのみ変更します。',
      withoutFix: {
        en: 'Intune knows two answers. Exit 1 also stands for "could not tell" and "restart pending"; the line names the state.',
        ja: 'Intune の結果は 2 種類だけです。終了コード 1 には「判定不可」「再起動待ち」も含まれ、状態は出力行に表示されます。',
      },
    },
    {
      en: 'fix-cert repairs certificates only. A device that lacks a Windows update stays at exit 1 and shows as failed or recurred until it is updated.',
      ja: 'fix-cert が修復するのは証明書だけです。Windows 更新プログラムが不足しているデバイスは、更新されるまで終了コード 1 のまま「失敗」または「再発」と表示されます。',
      withoutFix: null,
    },
    {
      en: 'A result that stays the same is sent again only every seven days: the time shown is that of the last change.',
      ja: '結果が変わらない場合、再送信は 7 日ごとです。表示される日時は最後に変化した時刻です。',
    },
  ],
  unconfirmed: [
    {
      en: 'The names of the two columns with the output are those of the portal as users show it; the pages of Microsoft do not name them.',
      ja: '出力の 2 つの列の名前は Microsoft の資料では確認できず、ポータルの表示と異なることがあります。',
      withoutFix: {
        en: 'The name of the column with the output is that of the portal as users show it; the pages of Microsoft do not name it.',
        ja: '出力の列の名前は Microsoft の資料では確認できず、ポータルの表示と異なることがあります。',
      },
    },
    {
      en: 'Microsoft says that only exit 1 starts the remediation; devices were seen to start it on every code but 0. No script of this target uses another code.',
      ja: 'Microsoft の説明では終了コード 1 の場合にのみ修復が実行されますが、0 以外のすべてのコードで実行された例があります。このターゲットのスクリプトは 0 と 1 だけを使用します。',
      withoutFix: null,
    },
    sentences.japaneseNames,
  ],
  sources: [
    'https://learn.microsoft.com/en-us/intune/device-management/tools/deploy-remediations',
    'https://learn.microsoft.com/en-us/graph/api/intune-devices-devicehealthscript-create',
  ],
  settings,
  exitCodes: yesNoCodes,
  channel: { launch: 'file', keeps: 'last-line', codes: 'zero-or-not', state: { in: 'line' }, seesFix: 'next-check' },
  answerCommand: 'Write-IntuneRemediationAnswer',
  signedFile: 'C:\\Windows\\IMECache\\HealthScripts\\<policy>_<version>\\detect.ps1',
  showsTexts: false,
  // Microsoft documents 200 KB for a script.
  limits: { scriptCharacters: 200_000, answerCharacters: lineCharacters, seconds: 3600 },
  scripts: scriptNames,
  companions: deviceHealthScript,
};

/** Body for POST /beta/deviceManagement/deviceHealthScripts (Microsoft Graph, resource deviceHealthScript). */
function deviceHealthScript(pack: ResolvedPack, scripts: readonly VerifiedScript[]): readonly BundleFile[] {
  const contentOf = (name: ScriptName): string | undefined =>
    scripts.find(({ plan }) => plan.script === name)?.bytes.toString('base64');
  const [detection, remediation] = [contentOf('check'), contentOf('fix-cert')];
  if (detection === undefined) throw new Error('This is a bug in the compiler: no check for Intune');
  const { id, version, title } = pack.pack;
  const body: GraphBody<'deviceHealthScripts'> = {
    '@odata.type': '#microsoft.graph.deviceHealthScript',
    publisher: 'psmint',
    version,
    displayName: `${title.en} (${id} ${version})`,
    description: `Detection: check.ps1. ${remediation === undefined ? 'It only detects' : 'Remediation: fix-cert.ps1, which adds missing certificates only'}. ${title.ja}`,
    detectionScriptContent: detection,
    // A package without it only detects.
    ...(remediation === undefined ? {} : { remediationScriptContent: remediation }),
    ...startSettings,
  };
  return graphFiles(pack, 'intune-remediation', 'deviceHealthScripts', { 'device-health-script.json': body });
}
