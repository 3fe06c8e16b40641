import { runnerFile, scriptFolder } from './runner.ts';
import { namesUnknown, sentences } from './sentences.ts';
import { freeCodes, lineCharacters, namesOf, type Target } from './target.ts';

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
      en: 'Save the line of runner.txt as a PowerShell script. Add a run script monitor with it to a monitor policy whose targets are tags of the devices, and set the values of the list below.',
      ja: 'runner.txt の行を PowerShell スクリプトとして保存します。デバイスのタグを対象とするモニター ポリシーに、そのスクリプトを使うスクリプト モニターを追加し、下記の値を設定します。',
    },
    sentences.pilot,
  ],
  settings: [
    {
      name: 'Script output',
      value: 'does not contain "PSMINT check pass"',
      why: {
        en: 'Everything that is not surely fine, a script that did not run too.',
        ja: '適合を確認できない場合すべて (スクリプトが実行されない場合も含む)。',
      },
    },
    {
      name: 'Trigger count',
      value: '1',
      why: {
        en: 'The number of runs in a row that have to meet the condition.',
        ja: '通知までに連続して条件を満たす必要のある回数。',
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
  unconfirmed: [sentences.bitnessUnknown, sentences.outputUnknown, namesUnknown('does not contain')],
  sources: [
    'https://docs.level.io/en/articles/11476720-run-script-monitor',
    'https://docs.level.io/en/articles/9927222-getting-started-with-monitors',
  ],
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
  signedFile: `${scriptFolder('<pack>')}\\check.ps1`,
  showsTexts: false,
  limits: { answerCharacters: lineCharacters, seconds: 100 },
  scripts: ['check', 'fix-cert'],
  byRunner: ['check', 'fix-cert'],
  companions: (pack, scripts) => [runnerFile(pack, 'level', namesOf(scripts))],
};
