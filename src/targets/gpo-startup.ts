import { eventList, eventQueries, recordSettings } from './run-events.ts';
import { sentences } from './sentences.ts';
import { freeCodes, lineCharacters, type Target } from './target.ts';

/** Group Policy, computer start-up script: nothing is shown, so the report file on a share is the answer. */
export const gpoStartup: Target = {
  id: 'gpo-startup',
  title: { en: 'Group Policy start-up script', ja: 'グループ ポリシーのスタートアップ スクリプト' },
  when: {
    en: 'Active Directory and nothing else: every computer reports to a share when it starts.',
    ja: 'Active Directory 以外の管理ツールがない場合。起動時に各コンピューターが共有フォルダーに結果を書き込みます。',
  },
  start: '',
  bitness: sentences.anyView,
  executionPolicy: { en: 'that of Group Policy', ja: 'グループ ポリシーの設定' },
  timeout: { en: '600 seconds for all scripts together unless changed', ja: '既定では全スクリプト合計 600 秒' },
  answer: {
    en: 'Events of the source psmint; a file <computer>.json on the share, and the page below %ProgramData%\\psmint on the computer.',
    ja: 'イベント ログ (ソース psmint)、共有フォルダーの <コンピューター名>.json と、コンピューターの %ProgramData%\\psmint 以下のページ。',
  },
  steps: [
    sentences.trustFirst,
    {
      en: 'Make a share, for example \\\\server\\psmint, with Change for Domain Computers. In the folder: Domain Computers List folder / read data, Read attributes and Create files / write data (this folder only), CREATOR OWNER Modify (files only), Administrators Full control, nothing inherited and no Deny. So no computer can change the file of another one.',
      ja: '共有フォルダー (例: \\\\server\\psmint) を作成し、共有のアクセス許可で Domain Computers に「変更」を付けます。フォルダーのアクセス許可は、継承を無効にして Domain Computers に「フォルダーの一覧/データの読み取り」「属性の読み取り」「ファイルの作成/データの書き込み」(このフォルダーのみ)、CREATOR OWNER に「変更」(ファイルのみ)、Administrators に「フル コントロール」だけを付けます (「拒否」は使いません)。これで、ほかのコンピューターのファイルは変更できません。',
    },
    {
      en: 'New group policy, Computer Configuration, Policies, Windows Settings, Scripts (Startup/Shutdown), Startup, PowerShell Scripts, Show Files: copy check.ps1, fix-cert.ps1 and report.ps1 there.',
      ja: '新しいグループ ポリシーの「コンピューターの構成」「ポリシー」「Windows の設定」「スクリプト (スタートアップ/シャットダウン)」「スタートアップ」「PowerShell スクリプト」「ファイルの表示」で check.ps1、fix-cert.ps1、report.ps1 をコピーします。',
      withoutFix: {
        en: 'New group policy, Computer Configuration, Policies, Windows Settings, Scripts (Startup/Shutdown), Startup, PowerShell Scripts, Show Files: copy check.ps1 and report.ps1 there.',
        ja: '新しいグループ ポリシーの「コンピューターの構成」「ポリシー」「Windows の設定」「スクリプト (スタートアップ/シャットダウン)」「スタートアップ」「PowerShell スクリプト」「ファイルの表示」で check.ps1 と report.ps1 をコピーします。',
      },
    },
    {
      en: 'Add fix-cert.ps1 (if it shall repair), check.ps1, then report.ps1 with the parameters -Share \\\\server\\psmint.',
      ja: '修復する場合は fix-cert.ps1、続いて check.ps1、report.ps1 をパラメーター -Share \\\\server\\psmint で追加します。',
      withoutFix: {
        en: 'Add check.ps1, then report.ps1 with the parameters -Share \\\\server\\psmint.',
        ja: 'check.ps1 を追加し、続いて report.ps1 をパラメーター -Share \\\\server\\psmint で追加します。',
      },
    },
    {
      en: 'Link it to a pilot organizational unit and restart a computer.',
      ja: 'パイロットの OU にリンクし、コンピューターを再起動します。',
    },
  ],
  settings: recordSettings,
  events: eventList,
  queries: [
    ...eventQueries,
    {
      title: {
        en: 'Verdicts on the share, counted; then the computers without a pass, and when they answered:',
        ja: '共有フォルダーの判定の集計と、適合していないコンピューターの一覧 (日時付き):',
      },
      language: 'powershell',
      text: [
        "$reports = Get-ChildItem -LiteralPath '\\\\server\\psmint' -Filter *.json | ForEach-Object { Get-Content -Raw -LiteralPath $_.FullName | ConvertFrom-Json }",
        '$reports | Group-Object -Property verdict -NoElement',
        "$reports | Where-Object { $_.verdict -ne 'pass' } | ForEach-Object { '{0} {1} {2}' -f $_.device.name, $_.verdict, $_.endedAt }",
      ].join('\n'),
    },
  ],
  traps: [
    {
      en: 'A computer without a file has not said anything: it is not a pass. Compare the share with the list of computers, and look at endedAt in the file.',
      ja: 'ファイルのないコンピューターは未報告であり、適合ではありません。コンピューターの一覧と照合し、ファイルの endedAt も確認してください。',
    },
    {
      en: 'Scripts run before the sign-in and hold it up; a check takes seconds.',
      ja: 'スクリプトはサインインの前に実行され、終わるまで待たされます (check は数秒)。',
    },
    sentences.fixIsCertificatesOnly,
  ],
  unconfirmed: [
    sentences.startUnknown,
    sentences.bitnessUnknown,
    {
      en: 'These rights of the folder were not tried on a real share. Where they are too few, report.ps1 says "PSMINT report not written" and no file appears: look at the first computers.',
      ja: 'フォルダーのアクセス許可は実際の共有フォルダーでは未確認です。不足していると report.ps1 が "PSMINT report not written" と出力し、ファイルは作成されません。最初の数台で確認してください。',
    },
    {
      en: 'The execution policy of start-up scripts is not documented. Plan for AllSigned and trust the signer first.',
      ja: 'スタートアップ スクリプトの実行ポリシーは資料で確認できません。AllSigned を想定し、先に署名者を信頼させてください。',
    },
    sentences.japaneseNames,
  ],
  sources: [
    'https://learn.microsoft.com/en-us/previous-versions/windows/it-pro/windows-server-2012-r2-and-2012/dn789196(v=ws.11)',
    'https://learn.microsoft.com/en-us/windows/client-management/mdm/policy-csp-admx-scripts',
  ],
  exitCodes: freeCodes,
  channel: {
    launch: 'unconfirmed',
    keeps: 'nothing',
    codes: 'ignored',
    state: { in: 'report' },
    seesFix: 'next-check',
  },
  answerCommand: 'Write-GpoStartupAnswer',
  showsTexts: false,
  limits: { answerCharacters: lineCharacters, seconds: 600 },
  records: true,
  scripts: ['check', 'fix-cert', 'report'],
  companions: () => [],
};
