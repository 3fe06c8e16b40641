import { namesUnknown, sentences } from './sentences.ts';
import { lineCharacters, yesNoCodes, type Target } from './target.ts';

/** NinjaOne: custom fields, and the output of the activity. */
export const ninjaone: Target = {
  id: 'ninjaone',
  title: { en: 'NinjaOne', ja: 'NinjaOne' },
  when: {
    en: 'NinjaOne manages the machines: the state becomes a custom field that lists and conditions can use.',
    ja: 'NinjaOne で管理している場合。状態がカスタム フィールドに入り、一覧や条件で使えます。',
  },
  start: '',
  bitness: sentences.anyView,
  executionPolicy: sentences.anyPolicy,
  timeout: sentences.noTimeout,
  answer: {
    en: 'Custom fields psmintVerdict (one word) and psmintSummary (the line); the same line ends the output of the activity.',
    ja: 'カスタム フィールド psmintVerdict (1 語) と psmintSummary (要約行)。アクティビティの出力の最後の行も同じです。',
  },
  steps: [
    sentences.trustFirst,
    {
      en: 'Administration, Devices, Global custom fields: add the two fields of the list below, with the permission Read/Write for Automation.',
      ja: '「Administration」「Devices」「Global custom fields」で下記の 2 つのフィールドを追加し、Automation の権限を Read/Write にします。',
    },
    {
      en: 'Library, Automation: add check.ps1 and fix-cert.ps1 by "Import from your computer" as PowerShell scripts that run as System. Define no script variables.',
      ja: '「Library」「Automation」で check.ps1 と fix-cert.ps1 を「Import from your computer」でインポートし、実行アカウントを System にします。スクリプト変数は定義しません。',
      withoutFix: {
        en: 'Library, Automation: add check.ps1 by "Import from your computer" as a PowerShell script that runs as System. Define no script variables.',
        ja: '「Library」「Automation」で check.ps1 を「Import from your computer」でインポートし、実行アカウントを System にします。スクリプト変数は定義しません。',
      },
    },
    {
      en: 'Schedule check.ps1 in a policy, daily, first for a pilot organization.',
      ja: 'ポリシーで check.ps1 を毎日実行します。まずパイロットの組織に適用します。',
    },
    sentences.runFix,
  ],
  settings: [
    {
      name: 'psmintVerdict',
      value: 'Text',
      why: {
        en: 'pass, fail, pendingReboot or unknown: the word for conditions and lists.',
        ja: 'pass、fail、pendingReboot、unknown のいずれか。条件や一覧に使用します。',
      },
    },
    {
      name: 'psmintSummary',
      value: 'Multi-line',
      why: { en: 'The summary line with the state of each rule.', ja: '規則ごとの状態を含む要約行です。' },
    },
    {
      name: 'Condition',
      value: 'psmintVerdict is not equal to pass',
      why: {
        en: 'An alert for everything that is not surely fine.',
        ja: '適合を確認できないコンピューターすべてを通知します。',
      },
    },
  ],
  traps: [
    sentences.oneFieldAPack,
    sentences.yesNo,
    {
      en: 'A field that could not be written is named in the output; the state is in the line all the same.',
      ja: '書き込めなかったフィールドは出力に表示されます。状態は要約行で確認できます。',
    },
    {
      en: 'A scheduled automation is cancelled on a device that is offline at that time; an activity says so, the fields keep their values.',
      ja: 'スケジュールの時刻にオフラインのデバイスでは実行がキャンセルされ (アクティビティに記録)、フィールドは以前の値のままです。',
    },
    sentences.noBraces,
    sentences.policyWins,
  ],
  unconfirmed: [
    sentences.startUnknown,
    sentences.bitnessUnknown,
    sentences.policyUnknown,
    sentences.timeoutUnknown,
    sentences.bytesUnknown,
    namesUnknown('Global custom fields', 'Library', 'Automation', 'Import from your computer'),
    {
      en: 'The length of a field is not published (users speak of about 10,000 characters). The summary has at most 2,048.',
      ja: 'フィールドの長さの上限は公開されていません (約 10,000 文字という報告があります)。要約は最大 2,048 文字です。',
    },
  ],
  sources: [
    'https://www.ninjaone.com/docs/endpoint-management/custom-fields/',
    'https://www.ninjaone.com/docs/endpoint-management/scripting-and-automation/automation-library-faq/',
    'https://www.ninjaone.com/docs/endpoint-management/scripting-and-automation/automation-script-variable-types',
  ],
  exitCodes: yesNoCodes,
  channel: { launch: 'unconfirmed', keeps: 'all', codes: 'zero-or-not', state: { in: 'line' }, seesFix: 'answer' },
  answerCommand: 'Write-NinjaoneAnswer',
  agentCommands: { 'Ninja-Property-Set': 'Name Value' },
  showsTexts: false,
  limits: { answerCharacters: lineCharacters },
  scripts: ['check', 'fix-cert'],
  companions: () => [],
};
