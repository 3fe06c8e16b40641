import { namesUnknown, sentences } from './sentences.ts';
import { runnerFile } from './runner.ts';
import { namesOf, type Target } from './target.ts';

/**
 * N-able N-sight: codes of 1 to 999 are its own, and without a code above them the text is not shown properly.
 * https://documentation.n-able.com/remote-management/userguide/Content/script_guide_return.htm
 */
export const nSight: Target = {
  id: 'n-sight',
  title: { en: 'N-able N-sight', ja: 'N-able N-sight' },
  when: {
    en: 'N-sight manages the machines: a script check shows the summary line in the view All Devices.',
    ja: 'N-sight で管理している場合。スクリプト チェックの結果として All Devices に要約行が表示されます。',
  },
  start: '',
  bitness: sentences.anyView,
  executionPolicy: sentences.anyPolicy,
  timeout: sentences.noTimeout,
  answer: {
    en: 'The output of the script check, as more information of the check.',
    ja: 'スクリプト チェックの出力 (チェックの詳細情報)。',
  },
  steps: [
    sentences.trustFirst,
    {
      en: 'Settings, Script Manager: upload check.ps1 as a script check.',
      ja: '「Settings」「Script Manager」で check.ps1 をスクリプト チェックとしてアップロードします。',
    },
    {
      en: 'Add the script check to a pilot device as a Daily Safety Check.',
      ja: 'パイロットのデバイスに、Daily Safety Check としてスクリプト チェックを追加します。',
    },
    {
      en: 'To repair, copy fix-cert.ps1 to the folder that runner.txt names, and run its line as an Automated Task. With a timestamp fix-cert.ps1 is longer than what N-sight takes.',
      ja: '修復するには、fix-cert.ps1 を runner.txt に記載のフォルダーにコピーし、その行を Automated Task として実行します。タイムスタンプ付きの fix-cert.ps1 は N-sight の上限を超えます。',
      withoutFix: null,
    },
  ],
  settings: [
    {
      name: 'Alert',
      value: 'on every failed check',
      why: {
        en: '1001 fail, 1002 restart pending, 1003 could not tell: the check shows the code and the line.',
        ja: '1001 (不適合)、1002 (再起動待ち)、1003 (判定不可) のいずれも失敗として通知され、コードと要約行が表示されます。',
      },
    },
  ],
  traps: [
    {
      en: 'Codes 1 to 999 are reserved by N-sight, so fail is 1001, restart pending 1002, could not tell 1003. Code 1 means that the script did not run.',
      ja: 'コード 1 ～ 999 は N-sight が予約しているため、fail は 1001、再起動待ちは 1002、判定不可は 1003 です。コード 1 はスクリプトが実行されなかったことを示します。',
    },
    {
      en: 'Do not wrap the scripts into an automation policy (AMP): codes of PowerShell inside one do not reach the console.',
      ja: 'オートメーション ポリシー (AMP) に組み込まないでください。内部の PowerShell の終了コードはコンソールに反映されません。',
    },
    {
      en: 'A script has at most 65,535 characters. The timestamp of a public service adds 6,000 to 9,000: psmint build says when a script becomes too long.',
      ja: 'スクリプトの上限は 65,535 文字です。公開タイムスタンプ サービスを使うと 6,000 ～ 9,000 文字増え、上限を超える場合は psmint build がエラーを表示します。',
    },
    sentences.policyWins,
  ],
  unconfirmed: [
    sentences.startUnknown,
    sentences.bitnessUnknown,
    sentences.policyUnknown,
    sentences.timeoutUnknown,
    sentences.bytesUnknown,
    namesUnknown('Settings', 'Script Manager'),
  ],
  sources: [
    'https://documentation.n-able.com/remote-management/userguide/Content/script_guide_return.htm',
    'https://documentation.n-able.com/remote-management/userguide/Content/script_guide.htm',
    'https://documentation.n-able.com/remote-management/userguide/Content/add_a_check.htm',
  ],
  exitCodes: { pass: 0, fail: 1001, pendingReboot: 1002, unknown: 1003 },
  channel: {
    launch: 'unconfirmed',
    keeps: 'first-characters',
    codes: 'exact',
    state: { in: 'line' },
    seesFix: 'answer',
  },
  answerCommand: 'Write-NSightAnswer',
  showsTexts: false,
  limits: { scriptCharacters: 65_535, answerCharacters: 10_000 },
  scripts: ['check', 'fix-cert'],
  byRunner: ['fix-cert'],
  // check.ps1 is uploaded; only fix-cert.ps1 needs the line.
  companions: (pack, scripts) =>
    namesOf(scripts).includes('fix-cert') ? [runnerFile(pack, 'n-sight', ['fix-cert'])] : [],
};
