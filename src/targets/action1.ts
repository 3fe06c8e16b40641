import { namesUnknown, nothingPublished, sentences } from './sentences.ts';
import { lineCharacters, yesNoCodes, type Target } from './target.ts';

/** Action1: custom attributes. */
export const action1: Target = {
  id: 'action1',
  title: { en: 'Action1', ja: 'Action1' },
  when: {
    en: 'Action1 manages the machines: the state becomes a custom attribute.',
    ja: 'Action1 で管理している場合。状態がカスタム属性に入ります。',
  },
  start: '',
  bitness: sentences.anyView,
  executionPolicy: sentences.anyPolicy,
  timeout: sentences.noTimeout,
  answer: {
    en: 'Custom attributes "PSMINT verdict" (one word) and "PSMINT summary" (the line), and the output of the script.',
    ja: 'カスタム属性「PSMINT verdict」(1 語) と「PSMINT summary」(要約行)。スクリプトの出力も同じです。',
  },
  steps: [
    sentences.trustFirst,
    {
      en: 'Advanced, Custom Attributes: name two of them PSMINT verdict and PSMINT summary.',
      ja: '「Advanced」「Custom Attributes」で 2 つの属性に PSMINT verdict と PSMINT summary の名前を付けます。',
    },
    {
      en: 'Script Library, New Script, PowerShell: check.ps1 and fix-cert.ps1.',
      ja: '「Script Library」「New Script」で PowerShell として check.ps1 と fix-cert.ps1 を登録します。',
      withoutFix: {
        en: 'Script Library, New Script, PowerShell: check.ps1.',
        ja: '「Script Library」「New Script」で PowerShell として check.ps1 を登録します。',
      },
    },
    {
      en: 'Schedule check.ps1 for a pilot group; filter endpoints by the attribute.',
      ja: 'パイロットのグループで check.ps1 をスケジュールし、属性でエンドポイントを絞り込みます。',
    },
    sentences.runFix,
  ],
  settings: [
    {
      name: 'PSMINT verdict',
      value: 'custom attribute',
      why: {
        en: 'pass, fail, pendingReboot or unknown. Filter: not pass; an empty one has not run the script.',
        ja: 'pass、fail、pendingReboot、unknown のいずれか。絞り込みは「pass 以外」とします。空のエンドポイントではスクリプトがまだ実行されていません。',
      },
    },
    {
      name: 'PSMINT summary',
      value: 'custom attribute',
      why: { en: 'The summary line with the state of each rule.', ja: '規則ごとの状態を含む要約行です。' },
    },
  ],
  traps: [
    sentences.oneFieldAPack,
    sentences.yesNo,
    {
      en: 'An attribute keeps its value when a machine goes silent. Look at the time of the last run too.',
      ja: '応答のないコンピューターの属性は以前の値のままです。最終実行日時も確認してください。',
    },
    sentences.policyWins,
  ],
  unconfirmed: [
    ...nothingPublished,
    namesUnknown('Advanced', 'Custom Attributes', 'Script Library', 'New Script'),
    {
      en: 'The length of an attribute is not published. The word stands in an attribute of its own.',
      ja: '属性の長さの上限は公開されていないため、状態の 1 語は独立した属性に入れます。',
    },
  ],
  sources: ['https://www.action1.com/documentation/custom-attributes/'],
  exitCodes: yesNoCodes,
  channel: { launch: 'unconfirmed', keeps: 'all', codes: 'zero-or-not', state: { in: 'line' }, seesFix: 'answer' },
  answerCommand: 'Write-Action1Answer',
  agentCommands: { 'Action1-Set-CustomAttribute': '' },
  showsTexts: false,
  limits: { answerCharacters: lineCharacters },
  scripts: ['check', 'fix-cert'],
  companions: () => [],
};
