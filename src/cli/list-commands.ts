import { diagnosticTexts } from '../diagnostic-texts.ts';
import { asDiagnosticCode, diagnostic, diagnosticCodes, didYouMean } from '../diagnostic.ts';
import { kinds } from '../kinds/index.ts';
import { targets } from '../targets/index.ts';
import { verdicts } from '../script-plan.ts';
import { codeSentences, startText } from '../target-page.ts';
import type { Setting, Target } from '../targets/target.ts';
import { reportDiagnostics } from './answer.ts';
import type { CliEnvironment } from './environment.ts';
import { exitCodes, type ExitCode } from './exit-code.ts';
import { loadPacks } from './packs.ts';

interface JsonFlag {
  readonly json: boolean;
}

/** `psmint targets [id]`: one line a target, or everything about one. */
export function runTargets(id: string | undefined, { json }: JsonFlag, environment: CliEnvironment): Promise<ExitCode> {
  const chosen = id === undefined ? targets : targets.filter((target) => target.id === id);
  if (chosen.length === 0) return Promise.resolve(unknownTarget(id ?? '', json, environment));
  const text = id === undefined ? [heading, ...chosen.map(targetLine)].join('') : chosen.map(targetText).join('');
  environment.out(json ? `${JSON.stringify(chosen.map(targetJson), null, 2)}\n` : text);
  return Promise.resolve(exitCodes.done);
}

function unknownTarget(id: string, json: boolean, environment: CliEnvironment): ExitCode {
  const ids = targets.map((target) => target.id);
  const help = didYouMean(id, ids) ?? `The targets are ${ids.join(', ')}.`;
  return reportDiagnostics(
    [diagnostic('unknown-target', { message: `There is no target "${id}".`, help })],
    json,
    environment,
  );
}

const heading = `${'TARGET'.padEnd(22)} ${'CODES'.padEnd(16)} ${'SCRIPTS'.padEnd(22)} (codes: ${verdicts.join('/')})\n`;

// Codes are the shortest way to tell channels apart.
function targetLine({ id, title, exitCodes: codes, scripts }: Target): string {
  const numbers = verdicts.map((verdict) => codes[verdict]).join('/');
  return `${id.padEnd(22)} ${numbers.padEnd(16)} ${scripts.join(' ').padEnd(22)} ${title.en}\n`;
}

function targetText(target: Target): string {
  const { scriptCharacters, answerCharacters, seconds } = target.limits;
  const limits = [
    ...(scriptCharacters === undefined ? [] : [`${scriptCharacters} characters a script`]),
    `${answerCharacters} an answer`,
    ...(seconds === undefined ? [] : [`${seconds} seconds`]),
  ];
  return [
    `${target.id}: ${target.title.en}`,
    target.when.en,
    '',
    `  scripts     ${target.scripts.join(', ')}`,
    `  start       ${startText(target, 'en')}`,
    `  bitness     ${target.bitness.en}`,
    `  policy      ${target.executionPolicy.en}`,
    `  time-out    ${target.timeout.en}`,
    `  answer      ${target.answer.en}`,
    `  exit codes  ${codeSentences(target, 'en').join('; ')}`,
    `  limits      ${limits.join(', ')}`,
    ...list('Steps:', target.steps, true),
    ...list('Settings:', settingTexts(target.settings), false),
    ...list('Events (log Application, source psmint):', settingTexts(target.events), false),
    ...queryTexts(target),
    ...list('Traps:', target.traps, false),
    ...list('Not documented by the vendor:', target.unconfirmed, false),
    ...list('Sources:', sourceTexts(target), false),
    '',
  ].join('\n');
}

function settingTexts(settings: readonly Setting[] = []): { en: string }[] {
  return settings.map(({ name, value, why }) => ({ en: `${name}: ${value}. ${why.en}` }));
}

function queryTexts({ queries = [] }: Target): string[] {
  const blocks = queries.flatMap(({ title, text }) => [
    `  - ${title.en}`,
    ...text.split('\n').map((line) => `      ${line}`),
  ]);
  return blocks.length === 0 ? [] : ['', 'Reports (not run on a real system yet):', ...blocks];
}

function sourceTexts({ sources }: Target): { en: string }[] {
  return sources.map((source) => ({ en: source }));
}

function list(title: string, texts: readonly { readonly en: string }[], isNumbered: boolean): string[] {
  const lines = texts.map(({ en }, index) => `  ${isNumbered ? `${index + 1}.` : '-'} ${en}`);
  return lines.length === 0 ? [] : ['', title, ...lines];
}

// JSON has no functions, so the companions fall away by themselves.
function targetJson(target: Target): unknown {
  return target;
}

/** `psmint rules`: the packs that a build would take, their rules, and the rule kinds. */
export async function runRules({ json }: JsonFlag, environment: CliEnvironment): Promise<ExitCode> {
  const packs = await loadPacks([]);
  if (!packs.ok) return reportDiagnostics(packs.diagnostics, json, environment);
  const list = packs.value.map(({ pack }) => ({
    id: pack.id,
    version: pack.version,
    title: pack.title,
    rules: pack.rules.map(({ id, severity, title, check }) => ({ id, kind: check.kind, severity, title })),
  }));
  const text = list.flatMap((pack) => [
    `${pack.id} ${pack.version}  ${pack.title.en}`,
    ...pack.rules.map(
      (rule) => `  ${rule.id.padEnd(16)} ${rule.kind.padEnd(16)} ${rule.severity.padEnd(12)} ${rule.title.en}`,
    ),
    '',
  ]);
  const kindLines = Object.entries(kinds).map(([kind, { summary }]) => `  ${kind.padEnd(16)} ${summary}`);
  environment.out(json ? `${JSON.stringify(list, null, 2)}\n` : [...text, 'Rule kinds:', ...kindLines, ''].join('\n'));
  return exitCodes.done;
}

/** `psmint explain <code>`. */
export function runExplain(code: string, environment: CliEnvironment): Promise<ExitCode> {
  const known = asDiagnosticCode(code);
  if (known !== undefined) {
    const { title, explanation } = diagnosticTexts[known];
    environment.out(`${known}: ${title}\n\n${explanation}\n`);
    return Promise.resolve(exitCodes.done);
  }
  const help = didYouMean(code, diagnosticCodes) ?? `The codes are ${diagnosticCodes.join(', ')}.`;
  const problem = diagnostic('unknown-code', { message: `There is no diagnostic "${code}".`, help });
  return Promise.resolve(reportDiagnostics([problem], false, environment));
}
