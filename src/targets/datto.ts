import { sentences } from './sentences.ts';
import { lineCharacters, yesNoCodes, type Target } from './target.ts';

/** Datto RMM: result and diagnostic markers. */
export const datto: Target = {
  id: 'datto',
  title: { en: 'Datto RMM', ja: 'Datto RMM' },
  when: {
    en: 'Datto RMM manages the machines: a component monitor shows the summary, the diagnostic the reason of each rule.',
    ja: 'Datto RMM で管理している場合。コンポーネント モニターに要約、診断に規則ごとの理由が表示されます。',
  },
  start: '',
  bitness: sentences.anyView,
  executionPolicy: sentences.anyPolicy,
  timeout: {
    en: 'monitors: 60 or 3 seconds, sources differ; plan for 3',
    ja: 'モニター: 60 秒または 3 秒 (資料により異なるため 3 秒を想定)',
  },
  answer: {
    en: 'The value PSMINT of the result, and one line a rule in the diagnostic.',
    ja: '結果の値 PSMINT、および診断の各行 (規則ごと)。',
  },
  steps: [
    sentences.trustFirst,
    {
      en: 'Components, Create Component, category Device Monitor, script PowerShell: check.ps1. Another one, category Scripts: fix-cert.ps1.',
      ja: '「コンポーネント」「コンポーネントの作成」でカテゴリ「デバイス モニター」、スクリプト PowerShell に check.ps1、カテゴリ「スクリプト」に fix-cert.ps1 を登録します。',
      withoutFix: {
        en: 'Components, Create Component, category Device Monitor, script PowerShell: check.ps1.',
        ja: '「コンポーネント」「コンポーネントの作成」でカテゴリ「デバイス モニター」、スクリプト PowerShell に check.ps1 を登録します。',
      },
    },
    {
      en: 'Add a component monitor with check.ps1 to a policy of a pilot site; the monitor alerts on exit code 1.',
      ja: 'パイロット サイトのポリシーに check.ps1 のコンポーネント モニターを追加します。終了コード 1 で通知されます。',
    },
    sentences.runFix,
  ],
  traps: [
    sentences.yesNo,
    {
      en: 'Write nothing into user-defined field 1: the isolation of a machine after ransomware overwrites it.',
      ja: 'ユーザー定義フィールド 1 は、ランサムウェア対策の隔離時に上書きされるため使用しないでください。',
    },
    sentences.policyWins,
  ],
  unconfirmed: [
    sentences.startUnknown,
    sentences.bitnessUnknown,
    sentences.policyUnknown,
    {
      en: 'Where a monitor ends after 3 seconds, run check.ps1 as a scheduled job instead: Get-HotFix alone may take longer on Windows 8.1 and Server 2012.',
      ja: 'モニターが 3 秒で打ち切られる場合は、check.ps1 をスケジュール ジョブで実行してください。Windows 8.1 や Server 2012 では Get-HotFix だけで 3 秒を超えることがあります。',
    },
    sentences.bytesUnknown,
    sentences.outputUnknown,
  ],
  sources: ['https://rmm.datto.com/help/de/Content/3NEWUI/Devices/UserDefinedFields.htm'],
  exitCodes: yesNoCodes,
  channel: { launch: 'unconfirmed', keeps: 'all', codes: 'zero-or-not', state: { in: 'line' }, seesFix: 'answer' },
  answerCommand: 'Write-DattoAnswer',
  showsTexts: false,
  limits: { answerCharacters: lineCharacters, seconds: 3 },
  scripts: ['check', 'fix-cert'],
  companions: () => [],
};
