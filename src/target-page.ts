import type { LocalizedText } from './rule-pack.ts';
import { verdicts, type Language } from './script-plan.ts';
import { codeGroups, type ExitCodes, type Setting, type Target, type TargetText } from './targets/target.ts';

/** How a channel starts a script, or that its vendor does not say. */
export function startText({ start }: Target, language: Language): string {
  return start === '' ? labels.notPublished[language] : start;
}

/** `0 pass, 10 fail …` of each script, told apart only where they differ. */
export function codeTexts(target: Target): string[] {
  return codesOf(target).map(({ text }) => text);
}

/** The same, with what the code is when the script did not run. */
export function codeSentences(target: Target, language: Language): string[] {
  return codesOf(target).map(({ text, codes }) => `${text} (${notRunText(codes)[language]})`);
}

function codesOf(target: Target): { readonly text: string; readonly codes: ExitCodes }[] {
  return codeGroups(target).map(({ script, codes }) => {
    const text = verdicts.map((verdict) => `${codes[verdict]} ${verdict}`).join(', ');
    return { codes, text: script === undefined ? text : `${script}: ${text}` };
  });
}

/** What the code is when PowerShell did not run the script: 1, which some channels use for verdicts too. */
function notRunText(codes: ExitCodes): LocalizedText {
  const used = Object.values(codes);
  if (used.every((code) => code === 0)) return labels.codeOther;
  return used.includes(1) ? labels.codeOneToo : labels.codeOne;
}

/** One page about one target, in Markdown. `subtitle` stands below its title. Pure. */
export function targetPage(target: Target, language: Language, subtitle: string): string {
  const list = (texts: readonly TargetText[]): string[] => texts.map((text) => `- ${text[language]}`);
  const section = (title: LocalizedText, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : [`## ${title[language]}`, '', ...lines, ''];
  const numbered = target.steps.map((step, index) => `${index + 1}. ${step[language]}`);
  const named = (settings: readonly Setting[] = []): string[] =>
    settings.map(({ name, value, why }) => `- \`${name}\`: \`${value}\`. ${why[language]}`);
  return [
    `# ${target.title[language]}`,
    '',
    subtitle,
    '',
    target.when[language],
    '',
    ...section(labels.steps, numbered),
    ...section(labels.settings, named(target.settings)),
    ...section(labels.events, eventLines(target, language)),
    ...section(labels.queries, queryLines(target, language)),
    ...section(labels.contract, contractTable(target, language)),
    ...section(labels.traps, list(target.traps)),
    ...section(labels.unconfirmed, list(target.unconfirmed)),
    ...section(labels.signature, signatureLines(target, language)),
    ...section(
      labels.sources,
      target.sources.map((source) => `- <${source}>`),
    ),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');
}

/** Number, level in the words of the event viewer, meaning. */
export function eventRows({ events = [] }: Target, language: Language): (readonly [string, string, string])[] {
  return events.map(({ name, value, why }) => [name, eventLevels[value]?.[language] ?? value, why[language]]);
}

function eventLines(target: Target, language: Language): string[] {
  const rows = eventRows(target, language).map((row) => `| ${row.join(' | ')} |`);
  if (rows.length === 0) return [];
  const [id, level, meaning] = [labels.eventId, labels.eventLevel, labels.eventMeaning].map((label) => label[language]);
  return [labels.eventsText[language], '', `| ${id} | ${level} | ${meaning} |`, '| --- | --- | --- |', ...rows];
}

const eventLevels: Readonly<Record<string, LocalizedText>> = {
  Information: { en: 'Information', ja: '情報' },
  Warning: { en: 'Warning', ja: '警告' },
  Error: { en: 'Error', ja: 'エラー' },
};

function queryLines({ queries = [] }: Target, language: Language): string[] {
  const blocks = queries.flatMap(({ title, language: code, text }) => [
    '',
    title[language],
    '',
    `\`\`\`${code}`,
    text,
    '```',
  ]);
  return blocks.length === 0 ? [] : [labels.queriesText[language], ...blocks];
}

function contractTable(target: Target, language: Language): string[] {
  const rows: readonly (readonly [LocalizedText, string])[] = [
    [labels.scripts, target.scripts.map((script) => `${script}.ps1`).join(', ')],
    [labels.start, target.start === '' ? labels.notPublished[language] : `\`${target.start}\``],
    [labels.bitness, target.bitness[language]],
    [labels.policy, target.executionPolicy[language]],
    [labels.timeout, target.timeout[language]],
    [labels.answer, target.answer[language]],
    [labels.codes, codeSentences(target, language).join('; ')],
    [labels.limits, limitText(target, language)],
  ];
  return ['| | |', '| --- | --- |', ...rows.map(([name, value]) => `| ${name[language]} | ${cell(value)} |`)];
}

function limitText({ limits }: Target, language: Language): string {
  const parts = [
    [limits.scriptCharacters, labels.scriptCharacters],
    [limits.answerCharacters, labels.answerCharacters],
    [limits.seconds, labels.seconds],
  ] as const;
  return parts
    .flatMap(([value, label]) => (value === undefined ? [] : [`${value.toLocaleString('en-US')} ${label[language]}`]))
    .join(', ');
}

function signatureLines({ scripts: [script = 'check'], signedFile }: Target, language: Language): string[] {
  const file = signedFile ?? `.\\${script}.ps1`;
  return [
    (signedFile === undefined ? labels.signatureText : labels.signatureKnown)[language],
    '',
    '```powershell',
    `Get-AuthenticodeSignature '${file}' | Format-List Status, StatusMessage, SignerCertificate`,
    '```',
    '',
    labels.signatureAnswer[language],
  ];
}

/** All targets side by side; `linkOf`: page of a target. */
export function comparisonPage(targets: readonly Target[], language: Language, linkOf: (id: string) => string): string {
  const link = ({ id }: Target): string => `[\`${id}\`](${linkOf(id)})`;
  return [
    `# ${labels.comparison[language]}`,
    '',
    labels.comparisonText[language],
    '',
    `## ${labels.which[language]}`,
    '',
    ...targets.map((target) => `- ${link(target)} ${target.title[language]}: ${target.when[language]}`),
    '',
    `## ${labels.sideBySide[language]}`,
    '',
    `| | ${[labels.start, labels.policy, labels.timeout, labels.answer, labels.codes, labels.scripts].map((label) => label[language]).join(' | ')} |`,
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...targets.map((target) =>
      [
        `| ${link(target)}`,
        cell(target.start === '' ? labels.notPublished[language] : `\`${target.start}\``),
        cell(target.executionPolicy[language]),
        cell(target.timeout[language]),
        cell(target.answer[language]),
        cell(codeTexts(target).join('; ')),
        `${target.scripts.join(', ')} |`,
      ].join(' | '),
    ),
    '',
  ].join('\n');
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** Headings and sentences of the pages. */
export const labels = {
  notPublished: { en: 'not published by the vendor', ja: '公開されていません' },
  steps: { en: 'Steps', ja: '手順' },
  settings: { en: 'Settings', ja: '設定' },
  events: { en: 'Events', ja: 'イベント' },
  eventsText: {
    en: 'In the log Application, source psmint. The text of an event is the summary line, or the rule and what was repaired.',
    ja: 'ログは Application、ソースは psmint です。本文は要約行、または規則と修復の内容です。',
  },
  eventId: { en: 'ID', ja: 'ID' },
  eventLevel: { en: 'Level', ja: 'レベル' },
  eventMeaning: { en: 'Meaning', ja: '意味' },
  queries: { en: 'Reports', ja: '集計' },
  queriesText: {
    en: 'Written after the documentation of the vendor and not run on a real system. Look at the result of a few machines before you rely on it.',
    ja: '提供元の資料に基づくもので、実際の環境では未確認です。数台の結果を確認してから使用してください。',
  },
  contract: { en: 'Contract', ja: '動作仕様' },
  traps: { en: 'What goes wrong', ja: '注意事項' },
  unconfirmed: {
    en: 'Not documented by the vendor',
    ja: '提供元の資料で確認できない事項',
  },
  signature: { en: 'Check the signature on a machine', ja: 'コンピューター上で署名を確認する' },
  signatureText: {
    en: 'In the folder to which the channel wrote the script, in PowerShell. A channel that takes the file away after the run leaves one way: a script that runs on a machine with the policy AllSigned is unchanged and trusted.',
    ja: 'スクリプトが書き込まれたフォルダーで、PowerShell から実行します。実行後にファイルが削除される場合は、実行ポリシーが AllSigned のコンピューターで実行できれば、変更がなく信頼されていると判断できます。',
  },
  signatureKnown: {
    en: 'The script lies there after a run; in PowerShell, as administrator:',
    ja: '実行後のスクリプトは次の場所にあります。PowerShell を管理者として起動して実行します。',
  },
  signatureAnswer: {
    en: '`Valid`: unchanged and trusted. `HashMismatch`: something changed the file on its way; deliver the file itself. `UnknownError` or `NotTrusted`: the root or the signer is missing on this machine (folder trust).',
    ja: '`Valid` は変更がなく信頼されていることを示します。`HashMismatch` は配布の途中でファイルが変更されたことを示すため、ファイルそのものを配布してください。`UnknownError` または `NotTrusted` は、このコンピューターにルート証明書または署名者が登録されていないことを示します (trust フォルダー)。',
  },
  sources: { en: 'Sources', ja: '出典' },
  scripts: { en: 'Scripts', ja: 'スクリプト' },
  start: { en: 'Start', ja: '起動方法' },
  bitness: { en: 'Bitness', ja: 'ビット数' },
  policy: { en: 'Execution policy', ja: '実行ポリシー' },
  timeout: { en: 'Time-out', ja: 'タイムアウト' },
  answer: { en: 'Answer', ja: '結果の表示先' },
  codes: { en: 'Exit codes', ja: '終了コード' },
  codeOne: { en: '1 when the script did not run', ja: 'スクリプトが実行されなかった場合は 1' },
  codeOneToo: { en: '1 also when the script did not run', ja: 'スクリプトが実行されなかった場合も 1' },
  codeOther: {
    en: 'any other code: the script did not run',
    ja: '0 以外はスクリプトが実行されなかったことを示す',
  },
  limits: { en: 'Limits', ja: '上限' },
  scriptCharacters: { en: 'characters a script', ja: '文字 (スクリプト)' },
  answerCharacters: { en: 'characters an answer', ja: '文字 (結果)' },
  seconds: { en: 'seconds', ja: '秒' },
  comparison: { en: 'Delivery targets', ja: '配布方法 (ターゲット)' },
  comparisonText: {
    en: 'A target is the way a script is delivered and its answer is read back. `psmint build --target <id>` builds for one; the folder of the target then holds `deploy.en.md`, the page of this list for your pack. A pack that repairs nothing has no `fix-cert`.',
    ja: 'ターゲットは、スクリプトの配布方法と結果の受け取り方を表します。`psmint build --target <id>` で 1 つを選んでビルドでき、そのフォルダーの `deploy.ja.md` に手順があります。自動修復のないパックには `fix-cert` は含まれません。',
  },
  which: { en: 'Which one do I take?', ja: 'どれを選べばよいか' },
  sideBySide: { en: 'Side by side', ja: '比較表' },
} as const satisfies Readonly<Record<string, LocalizedText>>;
