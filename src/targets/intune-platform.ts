import type { BundleFile, ResolvedPack, VerifiedScript } from '../script-plan.ts';
import { graphFiles, startSettings, type GraphBody } from './intune-upload.ts';
import { sentences } from './sentences.ts';
import { lineCharacters, yesNoCodes, type Target } from './target.ts';

/** Intune platform script: runs once. */
export const intunePlatform: Target = {
  id: 'intune-platform',
  title: { en: 'Intune platform script', ja: 'Intune プラットフォーム スクリプト' },
  when: {
    en: 'Intune, and the certificate shall get onto every device once; nobody needs the state afterwards.',
    ja: 'Intune で証明書を一度だけ全デバイスに追加し、その後の状態の監視は不要な場合。',
    withoutFix: {
      en: 'Intune without a licence for remediations: every device shall be looked at once.',
      ja: '修復のライセンスがない Intune で、全デバイスを一度だけ確認する場合。',
    },
  },
  start: '',
  bitness: {
    en: '32-bit in the portal unless changed, 64-bit through Graph',
    ja: 'ポータルの既定は 32 ビット、Graph では 64 ビット',
  },
  executionPolicy: { en: 'Bypass', ja: 'Bypass' },
  timeout: { en: '30 minutes', ja: '30 分' },
  answer: {
    en: 'Succeeded or failed a device; the lines are in resultMessage of deviceManagementScripts run states (Graph).',
    ja: 'デバイスごとの成功 / 失敗。出力行は Graph の実行状態の resultMessage にあります。',
  },
  steps: [
    sentences.trustFirst,
    {
      en: 'Send device-management-script-fix-cert.json with upload.sh (below). Or Devices, Scripts and remediations, Platform scripts, Add, Windows 10 and later: upload fix-cert.ps1, logged-on credentials no, signature check no, 64-bit yes.',
      ja: 'upload.sh で device-management-script-fix-cert.json を送信します (下記)。または「デバイス」「スクリプトと修復」「プラットフォーム スクリプト」「追加」「Windows 10 以降」で fix-cert.ps1 をアップロードし、「ログオンした資格情報」を「いいえ」、「署名チェック」を「いいえ」、「64 ビット」を「はい」にします。',
      withoutFix: {
        en: 'Send device-management-script-check.json with upload.sh (below). Or Devices, Scripts and remediations, Platform scripts, Add, Windows 10 and later: upload check.ps1, logged-on credentials no, signature check no, 64-bit yes.',
        ja: 'upload.sh で device-management-script-check.json を送信します (下記)。または「デバイス」「スクリプトと修復」「プラットフォーム スクリプト」「追加」「Windows 10 以降」で check.ps1 をアップロードし、「ログオンした資格情報」を「いいえ」、「署名チェック」を「いいえ」、「64 ビット」を「はい」にします。',
      },
    },
    sentences.graphUpload,
    {
      en: 'Assign it to a pilot group. check.ps1 in the same way reads only.',
      ja: 'パイロット グループに割り当てます。check.ps1 (読み取りのみ) も同じ方法で登録できます。',
      withoutFix: { en: 'Assign it to a pilot group.', ja: 'パイロット グループに割り当てます。' },
    },
  ],
  queries: [
    {
      title: {
        en: 'What every device said. ID: what upload.sh printed.',
        ja: 'デバイスごとの出力。ID は upload.sh が表示した値です。',
      },
      language: 'http',
      text: 'GET https://graph.microsoft.com/beta/deviceManagement/deviceManagementScripts/ID/deviceRunStates?$expand=managedDevice($select=deviceName)',
    },
  ],
  traps: [
    {
      en: 'It runs once, again for each new user who signs in, and up to three times more when it fails. A device that loses the certificate later is not seen: take intune-remediation for that.',
      ja: '実行は 1 回だけです (新しいユーザーのサインイン時に再実行、失敗時は最大 3 回再試行)。後で証明書が失われても検出されません。監視には intune-remediation を使用してください。',
      withoutFix: {
        en: 'It runs once, again for each new user who signs in, and up to three times more when it fails. What changes later is not seen: take intune-remediation for that.',
        ja: '実行は 1 回だけです (新しいユーザーのサインイン時に再実行、失敗時は最大 3 回再試行)。その後の変化は検出されません。監視には intune-remediation を使用してください。',
      },
    },
    {
      en: 'The defaults of the portal are logged-on credentials yes, signature check yes, 64-bit no. As the logged-on user fix-cert says fixFailed, because it may not add to the machine store.',
      ja: 'ポータルの既定は、ログオンした資格情報「はい」、署名チェック「はい」、64 ビット「いいえ」です。ログオン ユーザーではコンピューターの証明書ストアに追加できないため fixFailed になります。',
      withoutFix: {
        en: 'The defaults of the portal are logged-on credentials yes, signature check yes, 64-bit no. As the logged-on user, what a user may not read becomes "could not tell".',
        ja: 'ポータルの既定は、ログオンした資格情報「はい」、署名チェック「はい」、64 ビット「いいえ」です。ログオン ユーザーでは、ユーザー権限で読み取れない項目は「判定不可」になります。',
      },
    },
    sentences.yesNo,
    sentences.fixIsCertificatesOnly,
  ],
  unconfirmed: [
    sentences.startUnknown,
    {
      en: 'What the signature check does here in detail is not documented. Leave it off unless a pilot shows that the scripts run.',
      ja: '署名チェックの詳しい動作は資料で確認できません。パイロットで実行を確認するまでは「いいえ」のままにしてください。',
    },
    sentences.japaneseNames,
  ],
  sources: [
    'https://learn.microsoft.com/en-us/mem/intune/apps/intune-management-extension',
    'https://learn.microsoft.com/en-us/graph/api/intune-shared-devicemanagementscript-create',
  ],
  exitCodes: yesNoCodes,
  channel: { launch: 'unconfirmed', keeps: 'all', codes: 'zero-or-not', state: { in: 'line' }, seesFix: 'answer' },
  answerCommand: 'Write-IntunePlatformAnswer',
  signedFile: 'C:\\Program Files (x86)\\Microsoft Intune Management Extension\\Policies\\Scripts\\<user>_<policy>.ps1',
  showsTexts: false,
  limits: { answerCharacters: lineCharacters, seconds: 1800 },
  scripts: ['check', 'fix-cert'],
  companions: managementScripts,
};

/** Bodies for POST /beta/deviceManagement/deviceManagementScripts (Microsoft Graph, resource deviceManagementScript). */
function managementScripts(pack: ResolvedPack, scripts: readonly VerifiedScript[]): readonly BundleFile[] {
  const { id, version, title } = pack.pack;
  const bodies = scripts.map(({ plan, bytes }) => {
    const body: GraphBody<'deviceManagementScripts'> = {
      '@odata.type': '#microsoft.graph.deviceManagementScript',
      displayName: `${title.en}: ${plan.script} (${id} ${version})`,
      description: title.ja,
      fileName: `${plan.script}.ps1`,
      scriptContent: bytes.toString('base64'),
      ...startSettings,
    };
    return [`device-management-script-${plan.script}.json`, body] as const;
  });
  return graphFiles(pack, 'intune-platform', 'deviceManagementScripts', Object.fromEntries(bodies));
}
