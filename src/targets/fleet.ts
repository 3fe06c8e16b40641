import type { BundleFile, ResolvedPack, ScriptName } from '../script-plan.ts';
import { eventList, passEvent, recordSettings, verdictEvents } from './run-events.ts';
import { sentences } from './sentences.ts';
import { freeCodes, lineCharacters, namesOf, type Target } from './target.ts';

/** Verdicts in the event log, as the table windows_eventlog of osquery shows them; the newest first. */
// Columns: https://fleetdm.com/tables/windows_eventlog
const verdictsInLog = `FROM windows_eventlog WHERE channel = 'Application' AND provider_name = 'psmint' AND eventid IN (${verdictEvents.join(', ')})`;

/** Fleet (fleetdm): scripts of fleetd; a policy and a query read the events that they write. */
export const fleet: Target = {
  id: 'fleet',
  title: { en: 'Fleet', ja: 'Fleet' },
  when: {
    en: 'Fleet manages the machines and fleetd runs scripts.',
    ja: 'Fleet で管理し、fleetd でスクリプトを実行する場合。',
  },
  start: '',
  bitness: { en: '64-bit', ja: '64 ビット' },
  executionPolicy: { en: 'Bypass (source of fleetd)', ja: 'Bypass (fleetd のソースによる)' },
  timeout: { en: 'agent option script_execution_timeout', ja: 'エージェント オプション script_execution_timeout' },
  answer: {
    en: 'Output and exit code of the script in the activity of the host; for all hosts the policy of psmint.policies.yml, which reads the event of the last check.',
    ja: 'ホストのアクティビティにあるスクリプトの出力と終了コード。全ホストの状態は、最後の check のイベントを読み取るポリシー (psmint.policies.yml) で確認します。',
  },
  steps: [
    sentences.trustFirst,
    {
      en: 'fleetd must be a package made with fleetctl package --enable-scripts.',
      ja: 'fleetctl package に --enable-scripts を付けて作成した fleetd のパッケージを導入します。',
    },
    {
      en: 'Controls, Scripts, Upload: check.ps1 and fix-cert.ps1.',
      ja: '「Controls」「Scripts」「Upload」で check.ps1 と fix-cert.ps1 をアップロードします。',
      withoutFix: {
        en: 'Controls, Scripts, Upload: check.ps1.',
        ja: '「Controls」「Scripts」「Upload」で check.ps1 をアップロードします。',
      },
    },
    {
      en: 'Hosts, a host, Actions, Run script, then Actions, Run beside the script.',
      ja: '「Hosts」でホストを選び、「Actions」「Run script」を開いて、スクリプトの「Actions」「Run」で実行します。',
    },
    {
      en: 'Add the policy of psmint.policies.yml: as a file in lib of your GitOps repository, named under policies; or Policies, Add policy, with its query, and platform Windows.',
      ja: 'psmint.policies.yml のポリシーを追加します。GitOps リポジトリの lib に置いて policies に記載するか、「Policies」「Add policy」でクエリを入力し、プラットフォームを Windows にします。',
    },
    sentences.runFix,
  ],
  settings: recordSettings,
  events: eventList,
  queries: [
    {
      title: {
        en: 'The last verdicts of each host, as a query on all Windows hosts; column data holds the summary line.',
        ja: '各ホストの最近の判定 (すべての Windows ホストに対するクエリ)。列 data に要約行が入ります。',
      },
      language: 'sql',
      text: `SELECT datetime, eventid, data ${verdictsInLog} ORDER BY datetime DESC LIMIT 10;`,
    },
  ],
  traps: [
    {
      en: 'Upload the scripts: text that is run without being saved has at most 10,000 characters.',
      ja: 'スクリプトは必ずアップロードしてください。保存せずに実行するテキストの上限は 10,000 文字です。',
    },
    {
      en: 'The policy knows the last check and nothing newer: run check.ps1 again after updates and repairs. A host on which no check has run fails it, and so does "restart pending" and "could not tell".',
      ja: 'ポリシーが示すのは最後に実行した check の結果です。更新や修復の後は check.ps1 を再度実行してください。check が未実行のホストや、「再起動待ち」「判定不可」のホストも不合格になります。',
      withoutFix: {
        en: 'The policy knows the last check and nothing newer: run check.ps1 again after updates. A host on which no check has run fails it, and so does "restart pending" and "could not tell".',
        ja: 'ポリシーが示すのは最後に実行した check の結果です。更新の後は check.ps1 を再度実行してください。check が未実行のホストや、「再起動待ち」「判定不可」のホストも不合格になります。',
      },
    },
    sentences.fixIsCertificatesOnly,
    sentences.policyWins,
  ],
  unconfirmed: [
    {
      en: 'The documentation does not say how scripts are started; the source of fleetd does (-MTA -ExecutionPolicy Bypass -File), and older agents did it another way. The scripts give their exit code with and without -File.',
      ja: 'スクリプトの起動方法は資料に記載がなく、fleetd のソースで確認したものです (-MTA -ExecutionPolicy Bypass -File)。古いエージェントでは異なりますが、スクリプトは -File の有無にかかわらず終了コードを返します。',
    },
    sentences.bytesUnknown,
    sentences.outputUnknown,
    {
      en: 'Whether codes above 1 are told apart is not confirmed: the line names the state.',
      ja: '1 より大きいコードが区別されるかどうかは確認できません。状態は要約行に表示されます。',
    },
    {
      en: 'psmint.policies.yml has the documented keys; no server has taken it yet. How long a query of the event log takes on a host is not known: it asks for one log and few IDs.',
      ja: 'psmint.policies.yml は公開されているキーだけを使用していますが、実際のサーバーでは未確認です。イベント ログのクエリにかかる時間も不明なため、1 つのログと少数の ID に絞っています。',
    },
  ],
  sources: [
    'https://fleetdm.com/guides/scripts',
    'https://fleetdm.com/docs/rest-api/rest-api',
    'https://fleetdm.com/docs/configuration/yaml-files',
    'https://fleetdm.com/tables/windows_eventlog',
  ],
  exitCodes: freeCodes,
  channel: { launch: 'unconfirmed', keeps: 'all', codes: 'zero-or-not', state: { in: 'line' }, seesFix: 'answer' },
  answerCommand: 'Write-FleetAnswer',
  showsTexts: false,
  limits: { answerCharacters: lineCharacters },
  records: true,
  scripts: ['check', 'fix-cert'],
  companions: (pack, scripts) => [policies(pack, namesOf(scripts))],
};

/** Policies of a GitOps repository: rows mean pass. The newest verdict of this pack has to be one. */
function policies({ pack }: ResolvedPack, scripts: readonly ScriptName[]): BundleFile {
  const newest = `SELECT eventid ${verdictsInLog} AND data LIKE '%pack=${pack.id}@%' ORDER BY datetime DESC LIMIT 1`;
  const repair = scripts.includes('fix-cert') ? ' If a certificate is missing, run fix-cert.ps1.' : '';
  const values = {
    name: `${pack.title.en} (${pack.id})`,
    description: `The last run of psmint on the host said pass. ${pack.title.ja}`,
    resolution: `Read the output of check.ps1 in the activity of the host.${repair} Then run check.ps1 again.`,
    query: `SELECT 1 FROM (${newest}) WHERE eventid = ${passEvent};`,
    platform: 'windows',
  };
  const lines = Object.entries(values).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  return {
    path: `${pack.id}/fleet/psmint.policies.yml`,
    content: Buffer.from(`- ${lines.join('\n  ')}\n`),
  };
}
