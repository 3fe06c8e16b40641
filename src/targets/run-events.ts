import type { LocalizedText } from '../rule-pack.ts';
import type { RunEvent } from '../script-plan.ts';
import type { Query, Setting } from './target.ts';

interface DescribedEvent extends RunEvent {
  /** A verdict, or the message key of a repair. */
  readonly of: string;
  readonly means: LocalizedText;
}

/** ID of the event that says pass. */
export const passEvent = 100;

const described: readonly DescribedEvent[] = [
  { of: 'pass', id: passEvent, type: 'Information', means: { en: 'pass', ja: '適合' } },
  { of: 'fail', id: 101, type: 'Error', means: { en: 'fail', ja: '不適合' } },
  { of: 'pendingReboot', id: 102, type: 'Warning', means: { en: 'restart pending', ja: '再起動待ち' } },
  { of: 'unknown', id: 103, type: 'Warning', means: { en: 'could not tell', ja: '判定不可' } },
  {
    of: 'FIX_INSTALLED',
    id: 200,
    type: 'Information',
    means: { en: 'a certificate was installed', ja: '証明書を適用した' },
  },
  { of: 'FIX_FAILED', id: 201, type: 'Error', means: { en: 'it could not be installed', ja: '適用に失敗した' } },
  {
    of: 'FIX_NOT_FOUND_AFTER',
    id: 202,
    type: 'Error',
    means: { en: 'it was not found after it was installed', ja: '適用後に見つからない' },
  },
  {
    of: 'FIX_NOT_ELEVATED',
    id: 203,
    type: 'Warning',
    means: { en: 'it was not installed for lack of rights', ja: '権限不足のため適用しなかった' },
  },
  {
    of: 'FIX_ROLLED_BACK',
    id: 210,
    type: 'Information',
    means: { en: 'it was removed again', ja: '削除して元に戻した' },
  },
  {
    of: 'FIX_ROLLBACK_FAILED',
    id: 211,
    type: 'Error',
    means: { en: 'it could not be removed', ja: '元に戻せなかった' },
  },
];

/** Events of a run by verdict and by message key of a repair; IDs below 1000, all that eventcreate.exe knows. */
export const runEvents: Readonly<Record<string, RunEvent>> = Object.fromEntries(
  described.map(({ of, id, type }) => [of, { id, type }]),
);

/** What such a run leaves, as the end of a sentence. */
export const runLeaves =
  'events in the log Application (source psmint) and a line in %ProgramData%\\psmint\\<pack>\\record, where it may';

/** Events of a target's page; those of repairs fall away where nothing is repaired. */
export const eventList: readonly Setting[] = described.map(({ of, id, type, means }) => ({
  name: `${id}`,
  value: type,
  why: of.startsWith('FIX_') ? { ...means, withoutFix: null } : means,
}));

/** Where the last runs are kept, for a target's page. */
export const recordSettings: readonly Setting[] = [
  {
    name: '%ProgramData%\\psmint\\<pack>\\record\\<script>.ndjson',
    value: '50',
    why: {
      en: 'the last runs, one line of JSON each, the newest last; administrators alone can read it',
      ja: '直近の実行結果 (1 行 1 件の JSON、最終行が最新)。管理者のみ参照可能',
    },
  },
];

/** IDs of the events that tell a verdict. */
export const verdictEvents: readonly number[] = described
  .filter(({ of }) => !of.startsWith('FIX_'))
  .map(({ id }) => id);

const bad = described.filter(({ type }) => type !== 'Information').map(({ id }) => id);

/** How the answers are read again. */
export const eventQueries: readonly Query[] = [
  {
    title: { en: 'The events of one computer:', ja: '1 台のコンピューターのイベント:' },
    language: 'powershell',
    text: "Get-WinEvent -FilterHashtable @{ LogName = 'Application'; ProviderName = 'psmint' } -MaxEvents 20 | Format-Table TimeCreated, Id, Message -Wrap",
  },
  {
    title: {
      en: 'What needs a look, as the query of an event subscription (forwarding):',
      ja: '確認が必要なイベントを転送するサブスクリプションのクエリ:',
    },
    language: 'text',
    text: `<QueryList><Query Id="0" Path="Application"><Select Path="Application">*[System[Provider[@Name='psmint'] and (${bad.map((id) => `EventID=${id}`).join(' or ')})]]</Select></Query></QueryList>`,
  },
  {
    title: {
      en: 'The last state that a computer wrote down (as administrator):',
      ja: '最後に記録された状態 (管理者として実行):',
    },
    language: 'powershell',
    text: 'Get-ChildItem -Path "$env:ProgramData\\psmint\\*\\record\\*.ndjson" | ForEach-Object { Get-Content -LiteralPath $_.FullName | Select-Object -Last 1 | ConvertFrom-Json }',
  },
];
