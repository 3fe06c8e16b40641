import { namesUnknown, nothingPublished, sentences } from './sentences.ts';
import { lineCharacters, yesNoCodes, type Target } from './target.ts';

/** Syncro: alerts and the activity log. */
export const syncro: Target = {
  id: 'syncro',
  title: { en: 'Syncro', ja: 'Syncro' },
  when: {
    en: 'Syncro manages the machines: what is not pass becomes an alert.',
    ja: 'Syncro で管理している場合。pass 以外はアラートになります。',
  },
  start: '',
  bitness: sentences.anyView,
  executionPolicy: sentences.anyPolicy,
  timeout: sentences.noTimeout,
  answer: {
    en: 'An alert of category PSMINT with the line (for pass an entry in the activity log), and the output of the script.',
    ja: 'カテゴリ PSMINT のアラート (pass の場合はアクティビティ ログ) に要約行が入ります。スクリプトの出力も同じです。',
  },
  steps: [
    sentences.trustFirst,
    {
      en: 'Scripts, New Script, PowerShell, run as System: check.ps1 and fix-cert.ps1. Define no script variables.',
      ja: '「Scripts」「New Script」で PowerShell、System 実行として check.ps1 と fix-cert.ps1 を登録します。スクリプト変数は定義しません。',
      withoutFix: {
        en: 'Scripts, New Script, PowerShell, run as System: check.ps1. Define no script variables.',
        ja: '「Scripts」「New Script」で PowerShell、System 実行として check.ps1 を登録します。スクリプト変数は定義しません。',
      },
    },
    {
      en: 'Add check.ps1 to a policy of a pilot customer, daily.',
      ja: 'パイロットの顧客のポリシーに check.ps1 を毎日のスケジュールで追加します。',
    },
    sentences.runFix,
  ],
  settings: [
    {
      name: 'Alert category',
      value: 'PSMINT',
      why: {
        en: 'One alert for everything that is not pass; the text is the summary line. Route it to a ticket where you need one.',
        ja: 'pass 以外はすべてこのカテゴリのアラートになります (本文は要約行)。必要に応じてチケットに連携します。',
      },
    },
    {
      name: 'Activity event',
      value: 'PSMINT',
      why: {
        en: 'For pass. A machine without it has not said anything.',
        ja: 'pass の場合の記録です。記録のないコンピューターではまだ実行されていません。',
      },
    },
  ],
  traps: [
    sentences.yesNo,
    {
      en: 'An alert is not closed by itself when the machine is fine again: close it, or automate that in Syncro.',
      ja: '問題が解消してもアラートは自動では閉じません。Syncro で閉じるか、自動化してください。',
    },
    sentences.policyWins,
  ],
  unconfirmed: [
    {
      en: 'The agent seems to put the values of script variables into the text, which would break the signature. Define none.',
      ja: 'エージェントがスクリプト変数の値を本文に挿入し、署名が無効になる可能性があります。変数は定義しないでください。',
    },
    {
      en: 'No page of the vendor was found that describes the commands of his module; they are called as public scripts call them, and a failed call is named in the output.',
      ja: '提供元のモジュールのコマンドを説明する資料は確認できませんでした。公開スクリプトの用例に従って呼び出し、失敗した場合は出力に表示します。',
    },
    ...nothingPublished,
    namesUnknown('Scripts', 'New Script'),
  ],
  sources: ['https://docs.syncromsp.com/policies/policy-builder'],
  exitCodes: yesNoCodes,
  channel: { launch: 'unconfirmed', keeps: 'all', codes: 'zero-or-not', state: { in: 'line' }, seesFix: 'answer' },
  answerCommand: 'Write-SyncroAnswer',
  agentCommands: {
    'Import-Module': 'DisableNameChecking',
    'Log-Activity': 'Message EventName',
    'Rmm-Alert': 'Category Body',
  },
  showsTexts: false,
  limits: { answerCharacters: lineCharacters },
  scripts: ['check', 'fix-cert'],
  companions: () => [],
};
