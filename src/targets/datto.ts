import { sentences } from './sentences.ts';
import { runnerFile } from './runner.ts';
import { lineCharacters, namesOf, yesNoCodes, type Target } from './target.ts';

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
    en: 'The value PSMINT of the result, one line a rule in the diagnostic, and the line in a user-defined field if you name one.',
    ja: '結果の値 PSMINT、診断の各行 (規則ごと)。指定した場合はユーザー定義フィールドにも要約行が入ります。',
  },
  steps: [
    sentences.trustFirst,
    {
      en: 'Automation, Components, Create Component, category Device Monitors, script PowerShell: check.ps1. Another one, category Scripts: fix-cert.ps1.',
      ja: '「Automation」「Components」「Create Component」でカテゴリ「Device Monitors」、スクリプト PowerShell に check.ps1、カテゴリ「Scripts」に fix-cert.ps1 を登録します。',
      withoutFix: {
        en: 'Automation, Components, Create Component, category Device Monitors, script PowerShell: check.ps1.',
        ja: '「Automation」「Components」「Create Component」でカテゴリ「Device Monitors」、スクリプト PowerShell に check.ps1 を登録します。',
      },
    },
    {
      en: 'Add a component monitor with check.ps1 to a policy of a pilot site; the monitor alerts on exit code 1.',
      ja: 'パイロット サイトのポリシーに check.ps1 のコンポーネント モニターを追加します。終了コード 1 で通知されます。',
    },
    {
      en: 'To see the state in lists and filters: give the component a variable usrPsmintUdf of type String with the number of a user-defined field that nobody uses, 2 to 30. Label the field at setup, "PSMINT" for example. Without the variable no field is written.',
      ja: '一覧やフィルターで状態を確認する場合は、コンポーネントに文字列型の変数 usrPsmintUdf を追加し、未使用のユーザー定義フィールドの番号 (2 ～ 30) を指定します。フィールドのラベルには「PSMINT」などを設定します。変数がなければフィールドには書き込みません。',
    },
    sentences.runFix,
  ],
  settings: [
    {
      name: 'usrPsmintUdf',
      value: '2-30',
      why: {
        en: 'The field gets the first 255 characters of the summary line. Filter: the field does not contain "PSMINT check pass" and is not empty; machines with an empty field have not run the script.',
        ja: 'フィールドには要約行の先頭 255 文字が入ります。フィルターの条件は「PSMINT check pass を含まない」かつ「空でない」とします。空のコンピューターではスクリプトがまだ実行されていません。',
      },
    },
  ],
  traps: [
    sentences.orRunner,
    sentences.yesNo,
    {
      en: 'Any number but 2 to 30 writes nothing, and the diagnostic says so. Field 1 is not taken: the isolation of a machine after ransomware overwrites it.',
      ja: '2 ～ 30 以外の番号を指定した場合は書き込まず、診断にその旨を出力します。フィールド 1 は、ランサムウェア対策の隔離時に上書きされるため使用できません。',
    },
    {
      en: 'A field keeps its value when a machine goes silent. Look at the time of the last job too.',
      ja: '応答のないコンピューターのフィールドは以前の値のままです。最後のジョブの実行日時も確認してください。',
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
    {
      en: 'Which registry view the agent reads its fields from is not published. The script writes as the PowerShell that the agent started sees HKLM:\\SOFTWARE\\CentraStage; look at the field of one machine.',
      ja: 'エージェントがフィールドを読み取るレジストリのビュー (32 / 64 ビット) は公開されていません。スクリプトは、エージェントが起動した PowerShell から見た HKLM:\\SOFTWARE\\CentraStage に書き込みます。1 台でフィールドの値を確認してください。',
    },
    sentences.bytesUnknown,
    sentences.outputUnknown,
    {
      en: 'The names of the categories are those of the help page for the older console.',
      ja: 'カテゴリの名前は旧コンソールのヘルプによるものです。',
    },
  ],
  sources: [
    'https://rmm.datto.com/help/de/Content/3NEWUI/Devices/UserDefinedFields.htm',
    'https://rmm.datto.com/help/de/Content/3NEWUI/Automation/Components/CreateAComponent.htm',
    'https://rmm.datto.com/help/de/Content/4WEBPORTAL/Components/CreateComponent.htm',
  ],
  exitCodes: yesNoCodes,
  channel: { launch: 'unconfirmed', keeps: 'all', codes: 'zero-or-not', state: { in: 'line' }, seesFix: 'answer' },
  answerCommand: 'Write-DattoAnswer',
  agentCommands: { 'New-ItemProperty': 'LiteralPath Name PropertyType Value Force' },
  leaves:
    'the summary line in the registry value HKLM:\\SOFTWARE\\CentraStage\\Custom<n>, where the component variable usrPsmintUdf names n',
  showsTexts: false,
  limits: { answerCharacters: lineCharacters, seconds: 3 },
  scripts: ['check', 'fix-cert'],
  companions: (pack, scripts) => [runnerFile(pack, 'datto', namesOf(scripts))],
};
