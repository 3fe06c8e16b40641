import { kinds, lowerCheck } from './kinds/index.ts';
import type { MessageCatalog } from './messages.ts';
import type { LocalizedText, Rule } from './rule-pack.ts';
import {
  languages,
  type CertificateContent,
  type LoweredRule,
  type PsTable,
  type PsValue,
  type ResolvedPack,
  type ScriptName,
  type ScriptPlan,
} from './script-plan.ts';
import type { Target } from './targets/target.ts';

/** Plans of all scripts of a pack for some targets. Pure: the same input gives the same plans, in the same order. */
export function lower(resolved: ResolvedPack, targets: readonly Target[], messages: MessageCatalog): ScriptPlan[] {
  return targets.flatMap((target) => target.scripts.map((script) => planOf(resolved, target, script, messages)));
}

function planOf(resolved: ResolvedPack, target: Target, script: ScriptName, messages: MessageCatalog): ScriptPlan {
  const { pack } = resolved;
  const rules = pack.rules.map((rule) => lowerRule(rule, resolved.certificates));
  const installs = new Set(rules.flatMap((rule) => rule.installs));
  const keys = messageKeys(pack.rules, script, target);
  return {
    packId: pack.id,
    packVersion: pack.version,
    title: pack.title,
    target: target.id,
    script,
    path: `${pack.id}/${target.id}/${script}.ps1`,
    answerCommand: target.answerCommand,
    exitCodes: target.exitCodes,
    showsTexts: target.showsTexts || script === 'report',
    limits: target.limits,
    rules,
    certificates: script === 'fix-cert' ? resolved.certificates.filter(({ id }) => installs.has(id)) : [],
    messages: {
      en: picked(messages.texts.en, keys),
      ja: picked(messages.texts.ja, keys),
    },
    reasons: picked(messages.reasons, reasonKeys(pack.rules, script)),
    packTexts: script === 'report' ? packTexts(resolved) : {},
  };
}

function lowerRule(rule: Rule, certificates: readonly CertificateContent[]): LoweredRule {
  const { command, reads, parameters } = lowerCheck(rule.check, certificates);
  return {
    id: rule.id,
    kind: rule.check.kind,
    command,
    severity: rule.severity,
    title: rule.title,
    why: rule.why,
    remediation: rule.remediation.map((step) => step.text),
    reads,
    parameters,
    installs: rule.remediation.flatMap((step) => (step.step === 'install-certificate' ? [step.certificate] : [])),
  };
}

// A script carries the texts that it shows and no others: Japanese takes six characters each.
function messageKeys(rules: readonly Rule[], script: ScriptName, target: Target): (key: string) => boolean {
  if (!target.showsTexts && script !== 'report') return () => false;
  const prefixes = new Set(rules.flatMap(({ check }) => kinds[check.kind].messagePrefixes));
  for (const prefix of ['STATE_', 'VERDICT_', 'LABEL_']) prefixes.add(prefix);
  if (script === 'report') for (const prefix of ['REPORT_', 'SEVERITY_', 'FACT_']) prefixes.add(prefix);
  if (script !== 'fix-cert') prefixes.delete('FIX_');
  return (key) => [...prefixes].some((prefix) => key.startsWith(prefix));
}

function reasonKeys(rules: readonly Rule[], script: ScriptName): (key: string) => boolean {
  const prefixes = rules.flatMap(({ check }) => kinds[check.kind].messagePrefixes);
  return (key) =>
    prefixes.some((prefix) => key.startsWith(prefix)) && (script === 'fix-cert' || !key.startsWith('FIX_'));
}

function picked(texts: Readonly<Record<string, string>>, isWanted: (key: string) => boolean): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).filter(([key]) => isWanted(key)));
}

function packTexts({ pack }: ResolvedPack): PsTable {
  const { contact } = pack;
  return {
    Vendor: localized(pack.vendor),
    Product: localized(pack.product),
    Effective: pack.effective,
    Impact: pack.impact.map(localized),
    Support: localized(pack.support),
    Contact:
      contact === undefined
        ? null
        : { Name: localized(contact.name), Details: (contact.details ?? []).map(localized), Url: contact.url ?? '' },
    Sources: pack.sources.map(({ title, url, date }) => ({ Title: localized(title), Url: url, Date: date ?? '' })),
  };
}

function localized(text: LocalizedText): { readonly [language: string]: PsValue } {
  return Object.fromEntries(languages.map((language) => [language, text[language]]));
}
