import { sentences } from './sentences.ts';
import { lineCharacters, ranCodes, yesNoCodes, type Target } from './target.ts';

/** PDQ Connect: a PowerShell scanner takes flat objects. */
export const pdqConnect: Target = {
  id: 'pdq-connect',
  title: { en: 'PDQ Connect', ja: 'PDQ Connect' },
  when: {
    en: 'PDQ Connect manages the machines: the scanner makes a table of rules that groups and reports can filter.',
    ja: 'PDQ Connect で管理している場合。スキャナーが規則の表を作り、グループやレポートで絞り込めます。',
  },
  start: '',
  bitness: sentences.anyView,
  executionPolicy: sentences.anyPolicy,
  timeout: sentences.noTimeout,
  answer: {
    en: 'A row a rule: Pack, Version, Verdict, Rule, State, Message. Verdict is the state of the machine in every row.',
    ja: '規則ごとの行 (Pack、Version、Verdict、Rule、State、Message)。Verdict は全行共通でコンピューターの状態です。',
  },
  steps: [
    sentences.trustFirst,
    {
      en: 'Scanners, Create Scanner, Type PowerShell: import check.ps1. Scans run every 12 to 14 hours; Devices, Actions, Scan starts one by hand.',
      ja: '「Scanners」「Create Scanner」で Type を PowerShell にし、check.ps1 をインポートします。スキャンは 12 ～ 14 時間ごとに実行され、「Devices」「Actions」「Scan」で手動でも開始できます。',
    },
    {
      en: 'Make a package with fix-cert.ps1 as a PowerShell step that uses the file, and deploy it to the group with Verdict fail.',
      ja: 'fix-cert.ps1 のファイルを使う PowerShell ステップのパッケージを作成し、Verdict が fail のグループに配布します。',
      withoutFix: null,
    },
  ],
  settings: [
    {
      name: 'Group filter',
      value: 'Verdict is not equal to pass',
      why: {
        en: 'Everything that is not surely fine. A machine without rows has not said anything: make a second group of those.',
        ja: '適合を確認できないコンピューターすべて。行のないコンピューターは未報告のため、別のグループで確認します。',
      },
    },
  ],
  traps: [
    {
      en: 'The scanner takes objects alone: a line of text would be an error. When a scan fails there are no rows, and that is not a pass.',
      ja: 'スキャナーはオブジェクトだけを受け取ります。スキャンに失敗すると行がありませんが、適合という意味ではありません。',
    },
    {
      en: 'It keeps 100 rows of 36 columns and drops the rest without a word. Verdict stands in every row.',
      ja: '保存されるのは 100 行 36 列までで、残りは通知なしに破棄されます。Verdict はすべての行にあります。',
    },
    sentences.fixIsCertificatesOnly,
    sentences.policyWins,
  ],
  unconfirmed: [
    sentences.startUnknown,
    sentences.bitnessUnknown,
    sentences.policyUnknown,
    sentences.timeoutUnknown,
    sentences.bytesUnknown,
    {
      en: 'What a code of a scanner means is not published: check always exits with 0 once it ran. fix-cert exits with 0 or 1.',
      ja: 'スキャナーの終了コードの意味は公開されていないため、check は実行できれば常に 0、fix-cert は 0 または 1 で終了します。',
      withoutFix: {
        en: 'What a code of a scanner means is not published: check always exits with 0 once it ran.',
        ja: 'スキャナーの終了コードの意味は公開されていないため、check は実行できれば常に 0 で終了します。',
      },
    },
  ],
  sources: [
    'https://connect.pdq.com/hc/en-us/articles/49040216754203-PowerShell-Scanner',
    'https://connect.pdq.com/hc/en-us/articles/48667380813723-Scan-Triggers-and-Timing',
  ],
  exitCodes: ranCodes,
  scriptExitCodes: { 'fix-cert': yesNoCodes },
  channel: {
    launch: 'unconfirmed',
    keeps: 'objects',
    codes: 'ignored',
    state: { in: 'json', field: 'Verdict' },
    seesFix: 'next-check',
  },
  answerCommand: 'Write-PdqConnectAnswer',
  showsTexts: false,
  limits: { answerCharacters: lineCharacters },
  scripts: ['check', 'fix-cert'],
  companions: () => [],
};
