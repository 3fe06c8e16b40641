import { kinds, lowerCheck } from './kinds/index.ts';
import type { TextWriter } from './kinds/kind.ts';
import type { MessageCatalog } from './messages.ts';
import { scriptText } from './powershell.ts';
import type { Rule } from './rule-pack.ts';
import {
  languages,
  type CertificateContent,
  type LoweredRule,
  type PsTable,
  type ResolvedPack,
  type ScriptName,
  type ScriptPlan,
  type ScriptText,
} from './script-plan.ts';
import { targetFor } from './targets/for-pack.ts';
import { runEvents, runLeaves } from './targets/run-events.ts';
import { exitCodesOf, type Target } from './targets/target.ts';

/** Plans of all scripts of a pack for some targets. Pure: the same input gives the same plans, in the same order. */
export function lower(resolved: ResolvedPack, targets: readonly Target[], messages: MessageCatalog): ScriptPlan[] {
  const rules = createRules(resolved);
  const textsOf = sharedTexts(messages, resolved.pack.rules);
  const shared: SharedParts = { rules, textsOf, packTexts: packTexts(resolved) };
  return targets
    .map((target) => targetFor(target, resolved.pack))
    .flatMap((target) => target.scripts.map((script) => planOf(resolved, target, script, shared)));
}

/** What the scripts of a pack have in common: the same objects, so that later phases do the same work once. */
interface SharedParts {
  readonly rules: (script: ScriptName, showsTexts: boolean) => readonly LoweredRule[];
  readonly textsOf: (script: ScriptName, showsTexts: boolean) => ScriptPlan['messages'];
  readonly packTexts: PsTable;
}

function createRules({ pack, certificates }: ResolvedPack): SharedParts['rules'] {
  const rulesWith = (textOf: TextWriter | undefined): LoweredRule[] =>
    pack.rules.map((rule) => lowerRule(rule, certificates, textOf));
  const untold = rulesWith(undefined);
  // fix-cert tells only about what it repairs.
  const formsOf = (told: readonly LoweredRule[]): Record<'told' | 'repaired', readonly LoweredRule[]> => ({
    told,
    repaired: told.map((rule, index) => (rule.installs.length > 0 ? rule : (untold[index] ?? rule))),
  });
  const shown = formsOf(rulesWith(scriptText));
  // Who shows no texts to a person carries the English ones alone, for the JSON report.
  const english = formsOf(rulesWith(({ en }) => scriptText({ en })));
  return (script, showsTexts) => {
    const { told, repaired } = showsTexts ? shown : english;
    return script === 'fix-cert' ? repaired : told;
  };
}

function sharedTexts(messages: MessageCatalog, rules: readonly Rule[]): SharedParts['textsOf'] {
  const known = new Map<string, ScriptPlan['messages']>();
  return (script, showsTexts) => {
    const key = `${script} ${showsTexts}`;
    const texts = known.get(key) ?? scriptTexts(messages, rules, script, showsTexts);
    known.set(key, texts);
    return texts;
  };
}

function planOf(resolved: ResolvedPack, target: Target, script: ScriptName, shared: SharedParts): ScriptPlan {
  const { pack } = resolved;
  const showsTexts = target.showsTexts || script === 'report';
  const rules = shared.rules(script, showsTexts);
  const installs = new Set(rules.flatMap((rule) => rule.installs));
  const runs = new Set(rules.map((rule) => rule.tool));
  // report has its own files.
  const records = target.records === true && script !== 'report';
  return {
    packId: pack.id,
    packVersion: pack.version,
    title: pack.title,
    ...(pack.contact?.url === undefined ? {} : { moreInfo: pack.contact.url }),
    target: target.id,
    script,
    path: `${pack.id}/${target.id}/${script}.ps1`,
    answerText: target.answer.en,
    answerLeaves: (records ? runLeaves : target.leaves) ?? '',
    events: records ? runEvents : {},
    answerCommand: target.answerCommand,
    agentCommands: target.agentCommands ?? {},
    exitCodes: exitCodesOf(target, script),
    showsTexts,
    limits: { answerCharacters: target.limits.answerCharacters, scriptCharacters: scriptLimit(target, script) },
    rules,
    certificates: script === 'fix-cert' ? resolved.certificates.filter(({ id }) => installs.has(id)) : [],
    // Whoever runs a program of the vendor has unpacked it and watches.
    tools: script === 'fix-cert' && target.showsTexts ? (pack.tools ?? []).filter(({ id }) => runs.has(id)) : [],
    messages: shared.textsOf(script, showsTexts),
    packTexts: script === 'report' ? shared.packTexts : {},
  };
}

/** Where a vendor names no limit: that of Intune, the lowest of the others. */
const usualLimit = 200_000;

function scriptLimit({ limits, byRunner = [] }: Target, script: ScriptName): number {
  return byRunner.includes(script) ? usualLimit : (limits.scriptCharacters ?? usualLimit);
}

function lowerRule(
  rule: Rule,
  certificates: readonly CertificateContent[],
  textOf: TextWriter | undefined,
): LoweredRule {
  return {
    ...lowerCheck(rule.check, certificates, textOf),
    id: rule.id,
    kind: rule.check.kind,
    severity: rule.severity,
    title: rule.title,
    why: rule.why,
    remediation: kinds[rule.check.kind].advises ? [] : rule.remediation.map((step) => step.text),
    installs: rule.remediation.flatMap((step) => (isInstall(step) ? [step.certificate] : [])),
    ...toolOf(rule),
  };
}

function toolOf({ remediation }: Rule): { readonly tool?: string } {
  const [tool] = remediation.flatMap((step) => (step.step === 'run-tool' ? [step.tool] : []));
  return tool === undefined ? {} : { tool };
}

type Step = Rule['remediation'][number];

function isInstall(step: Step): step is Extract<Step, { step: 'install-certificate' }> {
  return step.step === 'install-certificate';
}

const shownPrefixes = ['STATE_', 'VERDICT_', 'LABEL_'];
const reportPrefixes = ['REPORT_', 'FACT_'];

/**
 * The texts that a script needs, and no others. Only who shows texts to a person carries them in every language: a
 * Japanese character takes six. fix-cert shows the outcome of what it repairs alone, check and report tell the rest.
 */
function scriptTexts(
  { texts, advice }: MessageCatalog,
  rules: readonly Rule[],
  script: ScriptName,
  showsTexts: boolean,
): ScriptPlan['messages'] {
  const prefixesOf = (some: readonly Rule[]): string[] =>
    some
      .flatMap(({ check }) => kinds[check.kind].messagePrefixes)
      .filter((prefix) => script === 'fix-cert' || prefix !== 'FIX_');
  const shared = [...(showsTexts ? shownPrefixes : []), ...(script === 'report' ? reportPrefixes : []), 'DO_', 'NOTE_'];
  const told = script === 'fix-cert' ? rules.filter(({ remediation }) => remediation.some(isInstall)) : rules;
  const others = languages.filter((language) => language !== 'en' && showsTexts);
  const textOf = (key: string): ScriptText => ({
    en: texts.en[key] ?? '',
    ...Object.fromEntries(
      others.flatMap((language) =>
        startsWithOne(key, [...shared, ...prefixesOf(told)]) ? [[language, texts[language][key] ?? '']] : [],
      ),
    ),
    ...(advice[key] === undefined ? {} : { do: advice[key] }),
  });
  const keys = Object.keys(texts.en).filter((key) => startsWithOne(key, [...shared, ...prefixesOf(rules)]));
  return Object.fromEntries(keys.map((key) => [key, textOf(key)]));
}

function startsWithOne(key: string, prefixes: readonly string[]): boolean {
  return prefixes.some((prefix) => key.startsWith(prefix));
}

// Sources are links: their titles are on the guide page.
function packTexts({ pack }: ResolvedPack): PsTable {
  const { contact } = pack;
  const contactTexts = contact === undefined ? [] : [contact.name, ...(contact.details ?? [])];
  const link = contact?.url === undefined ? [] : [{ en: contact.url, ja: contact.url }];
  return {
    Product: scriptText(pack.product),
    Effective: pack.effective,
    IMPACT: pack.impact.map(scriptText),
    SUPPORT: [pack.support, ...contactTexts, ...link].map(scriptText),
    SOURCES: pack.sources.map(({ url }) => url),
  };
}
