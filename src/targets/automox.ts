import { sentences } from './sentences.ts';
import { runnerFile } from './runner.ts';
import { lineCharacters, namesOf, yesNoCodes, type Target } from './target.ts';

/** Automox worklet: evaluation and remediation. */
export const automox: Target = {
  id: 'automox',
  title: { en: 'Automox worklet', ja: 'Automox ワークレット' },
  when: {
    en: 'Automox manages the machines: check is the evaluation, fix-cert the remediation of a worklet.',
    ja: 'Automox で管理している場合。check を評価、fix-cert を修復とするワークレットです。',
    withoutFix: {
      en: 'Automox manages the machines: check is the evaluation of a worklet.',
      ja: 'Automox で管理している場合。check を評価とするワークレットです。',
    },
  },
  start: '',
  bitness: { en: '32-bit; every read uses the 64-bit view', ja: '32 ビット (読み取りは常に 64 ビット側)' },
  executionPolicy: sentences.anyPolicy,
  timeout: sentences.noTimeout,
  answer: {
    en: 'Compliant or not compliant; the line is in the activity log as far as Automox shows output.',
    ja: '準拠 / 非準拠。要約行は Automox が出力を表示する範囲でアクティビティ ログにあります。',
  },
  steps: [
    sentences.trustFirst,
    {
      en: 'Automate, Policies, Create Policy, Worklet, Windows: check.ps1 as evaluation code, fix-cert.ps1 as remediation code.',
      ja: '「Automate」「Policies」「Create Policy」「Worklet」「Windows」で check.ps1 を評価コード、fix-cert.ps1 を修復コードに登録します。',
      withoutFix: {
        en: 'Automate, Policies, Create Policy, Worklet, Windows: check.ps1 as evaluation code. As remediation code enter exit 0: there is nothing to repair.',
        ja: '「Automate」「Policies」「Create Policy」「Worklet」「Windows」で check.ps1 を評価コードに登録します。修復する項目はないため、修復コードには exit 0 だけを入力します。',
      },
    },
    {
      en: 'Assign it to a pilot group with a schedule.',
      ja: 'パイロットのグループにスケジュールを設定して割り当てます。',
    },
  ],
  settings: [
    {
      name: 'Schedule',
      value: 'daily',
      why: {
        en: "check runs with every scan of a device, fix-cert at the policy's time on devices that check found bad.",
        ja: 'check はデバイスのスキャンのたびに実行され、fix-cert は不適合と判定されたデバイスでポリシーの時刻に実行されます。',
        withoutFix: {
          en: "check runs with every scan of a device, the remediation code at the policy's time on devices that check found bad.",
          ja: 'check はデバイスのスキャンのたびに実行され、修復コードは不適合と判定されたデバイスでポリシーの時刻に実行されます。',
        },
      },
    },
  ],
  traps: [
    sentences.orRunner,
    {
      en: 'A manual run (Execute Now) starts the remediation alone, whatever the evaluation said. fix-cert reads again itself and changes nothing on a machine that is fine.',
      ja: '手動実行 (Execute Now) では評価の結果にかかわらず修復だけが実行されます。fix-cert は再判定し、問題のないコンピューターは変更しません。',
      withoutFix: {
        en: 'A manual run (Execute Now) starts the remediation code alone, whatever the evaluation said.',
        ja: '手動実行 (Execute Now) では評価の結果にかかわらず修復コードだけが実行されます。',
      },
    },
    sentences.yesNo,
    sentences.fixIsCertificatesOnly,
    sentences.policyWins,
  ],
  unconfirmed: [
    sentences.startUnknown,
    sentences.policyUnknown,
    sentences.timeoutUnknown,
    {
      en: 'The worklet takes text: whether it keeps the line ends is not published. Check the signature on one machine.',
      ja: 'ワークレットはテキストで登録します。改行が保持されるかどうかは公開されていないため、1 台で署名を確認してください。',
    },
    sentences.outputUnknown,
  ],
  sources: [
    'https://docs.automox.com/product/Product_Documentation/Policies/Managing_Policies.htm',
    'https://www.automox.com/blog/how-to-use-automox-custom-policies',
    'https://www.automox.com/resources/ebooks-and-guides/worklets-101-guide',
  ],
  exitCodes: yesNoCodes,
  channel: { launch: 'unconfirmed', keeps: 'all', codes: 'zero-or-not', state: { in: 'code' }, seesFix: 'next-check' },
  answerCommand: 'Write-AutomoxAnswer',
  showsTexts: false,
  limits: { answerCharacters: lineCharacters },
  scripts: ['check', 'fix-cert'],
  companions: (pack, scripts) => [runnerFile(pack, 'automox', namesOf(scripts))],
};
