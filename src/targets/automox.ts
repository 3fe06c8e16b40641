import { sentences } from './sentences.ts';
import { lineCharacters, yesNoCodes, type Target } from './target.ts';

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
      en: 'Manage, Policies, Create Policy, Worklet, Windows: check.ps1 as evaluation code, fix-cert.ps1 as remediation code.',
      ja: '「Manage」「Policies」「Create Policy」「Worklet」「Windows」で check.ps1 を評価コード、fix-cert.ps1 を修復コードに登録します。',
      withoutFix: {
        en: 'Manage, Policies, Create Policy, Worklet, Windows: check.ps1 as evaluation code. As remediation code enter exit 0: there is nothing to repair.',
        ja: '「Manage」「Policies」「Create Policy」「Worklet」「Windows」で check.ps1 を評価コードに登録します。修復する項目はないため、修復コードには exit 0 だけを入力します。',
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
        en: "The evaluation runs at the policy's time alone; between two runs the state is that of the last one.",
        ja: '評価はポリシーの時刻にのみ実行されます。表示される状態は前回の実行時のものです。',
      },
    },
  ],
  traps: [
    {
      en: 'A manual run starts the remediation whatever the evaluation says. fix-cert reads again itself and changes nothing on a machine that is fine.',
      ja: '手動実行では評価の結果にかかわらず修復が実行されます。fix-cert は再判定し、問題のないコンピューターは変更しません。',
      withoutFix: {
        en: 'A manual run starts the remediation code whatever the evaluation says.',
        ja: '手動実行では評価の結果にかかわらず修復コードが実行されます。',
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
  sources: ['https://support.automox.com/en/articles/2684090-how-to-use-custom-policies'],
  exitCodes: yesNoCodes,
  channel: { launch: 'unconfirmed', keeps: 'all', codes: 'zero-or-not', state: { in: 'code' }, seesFix: 'next-check' },
  answerCommand: 'Write-AutomoxAnswer',
  showsTexts: false,
  limits: { answerCharacters: lineCharacters },
  scripts: ['check', 'fix-cert'],
  companions: () => [],
};
