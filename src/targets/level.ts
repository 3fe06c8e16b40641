import { runnerFile } from './runner.ts';
import { sentences } from './sentences.ts';
import { freeCodes, lineCharacters, type Target } from './target.ts';

/** Level: a monitor matches the whole output; the console takes text, so a runner starts the signed file. */
export const level: Target = {
  id: 'level',
  title: { en: 'Level', ja: 'Level' },
  when: {
    en: 'Level manages the machines: a run script monitor alerts on the words of the line.',
    ja: 'Level で管理している場合。スクリプト モニターが要約行の文字列で通知します。',
  },
  start: 'powershell.exe -NoProfile -NonInteractive -ExecutionPolicy AllSigned -File check.ps1',
  bitness: sentences.anyView,
  executionPolicy: { en: 'AllSigned, by the runner', ja: 'AllSigned (ランナーで指定)' },
  timeout: { en: '100 seconds', ja: '100 秒' },
  answer: { en: 'The output of the monitor.', ja: 'モニターの出力。' },
  steps: [
    sentences.trustFirst,
    {
      en: 'Copy check.ps1 and fix-cert.ps1 to the folder that runner.txt names, for example with an automation that downloads files.',
      ja: 'check.ps1 と fix-cert.ps1 を runner.txt に記載のフォルダーに配布します (ファイルをダウンロードする自動化など)。',
      withoutFix: {
        en: 'Copy check.ps1 to the folder that runner.txt names, for example with an automation that downloads files.',
        ja: 'check.ps1 を runner.txt に記載のフォルダーに配布します (ファイルをダウンロードする自動化など)。',
      },
    },
    {
      en: 'Paste the line of runner.txt into a run script monitor, shell PowerShell, and set the condition of the list below.',
      ja: 'runner.txt の行をスクリプト モニター (シェルは PowerShell) に貼り付け、下記の条件を設定します。',
    },
    sentences.pilot,
  ],
  settings: [
    {
      name: 'Condition',
      value: 'output does not contain "PSMINT check pass"',
      why: {
        en: 'Everything that is not surely fine, a script that did not run too.',
        ja: '適合を確認できない場合すべて (スクリプトが実行されない場合も含む)。',
      },
    },
  ],
  traps: [
    {
      en: 'Level inserts values for {names} in a script, and script blocks look like that: the signed text must not pass through the console. The runner is the only text in it.',
      ja: 'Level はスクリプト内の {名前} を値に置換します。スクリプト ブロックと区別できないため、署名済みのスクリプト本文をコンソールに登録しないでください (登録するのはランナーの行だけです)。',
    },
    {
      en: 'The code is ignored: a monitor without a condition never alerts.',
      ja: '終了コードは無視されます。条件のないモニターは通知しません。',
    },
    {
      en: 'Take "PSMINT check pass" does not occur, not "fail": a recommended rule may fail on a machine that passes, and a script that did not run says nothing at all.',
      ja: '条件は「fail を含む」ではなく「PSMINT check pass を含まない」にしてください。推奨規則だけが fail の場合や、スクリプトが実行されず出力がない場合があります。',
    },
  ],
  unconfirmed: [sentences.bitnessUnknown, sentences.outputUnknown],
  sources: ['https://docs.level.io/en/articles/11476720-run-script-monitor'],
  exitCodes: freeCodes,
  channel: {
    launch: 'file',
    keeps: 'all',
    codes: 'ignored',
    state: { in: 'line' },
    seesFix: 'answer',
    replaces: '\\{[^{}]*\\}',
  },
  answerCommand: 'Write-LevelAnswer',
  showsTexts: false,
  limits: { answerCharacters: lineCharacters, seconds: 100 },
  scripts: ['check', 'fix-cert'],
  byRunner: ['check', 'fix-cert'],
  companions: (pack, scripts) => [runnerFile(pack, 'level', scripts)],
};
