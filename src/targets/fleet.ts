import { sentences } from './sentences.ts';
import { freeCodes, lineCharacters, type Target } from './target.ts';

/** Fleet (fleetdm): scripts of fleetd. */
export const fleet: Target = {
  id: 'fleet',
  title: { en: 'Fleet', ja: 'Fleet' },
  when: {
    en: 'Fleet manages the machines and fleetd runs scripts.',
    ja: 'Fleet で管理し、fleetd でスクリプトを実行する場合。',
  },
  start: '',
  bitness: { en: '64-bit', ja: '64 ビット' },
  executionPolicy: sentences.anyPolicy,
  timeout: sentences.noTimeout,
  answer: {
    en: 'Output and exit code of the script in the activity of the host.',
    ja: 'ホストのアクティビティにあるスクリプトの出力と終了コード。',
  },
  steps: [
    sentences.trustFirst,
    { en: 'fleetd must be installed with --enable-scripts.', ja: 'fleetd を --enable-scripts 付きで導入します。' },
    {
      en: 'Controls, Scripts, Upload: check.ps1 and fix-cert.ps1.',
      ja: '「Controls」「Scripts」「Upload」で check.ps1 と fix-cert.ps1 をアップロードします。',
      withoutFix: {
        en: 'Controls, Scripts, Upload: check.ps1.',
        ja: '「Controls」「Scripts」「Upload」で check.ps1 をアップロードします。',
      },
    },
    {
      en: 'Hosts, a host, Actions, Run script.',
      ja: '「Hosts」でホストを選び、「Actions」「Run script」で実行します。',
    },
    sentences.runFix,
  ],
  traps: [
    {
      en: 'Upload the scripts: text that is run without being saved has at most 10,000 characters.',
      ja: 'スクリプトは必ずアップロードしてください。保存せずに実行するテキストの上限は 10,000 文字です。',
    },
    {
      en: 'A policy of Fleet is SQL: rows mean pass. A script answers a person or the API, not a policy.',
      ja: 'Fleet のポリシーは SQL で、行があれば pass です。スクリプトの結果はポリシーには反映されません。',
    },
    sentences.fixIsCertificatesOnly,
    sentences.policyWins,
  ],
  unconfirmed: [
    sentences.startUnknown,
    sentences.policyUnknown,
    sentences.timeoutUnknown,
    sentences.bytesUnknown,
    sentences.outputUnknown,
    {
      en: 'Whether codes above 1 are told apart is not confirmed: the line names the state.',
      ja: '1 より大きいコードが区別されるかどうかは確認できません。状態は要約行に表示されます。',
    },
  ],
  sources: ['https://fleetdm.com/docs/rest-api/rest-api'],
  exitCodes: freeCodes,
  channel: { launch: 'unconfirmed', keeps: 'all', codes: 'zero-or-not', state: { in: 'line' }, seesFix: 'answer' },
  answerCommand: 'Write-FleetAnswer',
  showsTexts: false,
  limits: { answerCharacters: lineCharacters },
  scripts: ['check', 'fix-cert'],
  companions: () => [],
};
