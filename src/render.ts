import Handlebars from 'handlebars';
import { createCallFinders } from './call-finder.ts';
import { factId } from './machine-reads.ts';
import { commentText, literal, scriptText } from './powershell.ts';
import { toolTable } from './repair-tools.ts';
import type { LocalizedText } from './rule-pack.ts';
import type {
  LoweredMember,
  LoweredRule,
  PsTable,
  PsValue,
  RuleRead,
  ScriptPlan,
  SignedScriptName,
  UnsignedScript,
} from './script-plan.ts';
import { purposeOf } from './script-purpose.ts';
import type { FunctionFile, Templates } from './templates.ts';

/** Turns plans into scripts. Handlebars is only the shell: it inserts function files and literals, and holds no logic. */
export function createRenderer(templates: Templates, toolVersion: string): (plan: ScriptPlan) => UnsignedScript {
  const handlebars = Handlebars.create();
  const literals = createLiterals();
  handlebars.registerHelper('ps', (value: unknown) => literals(asPsValue(value)));
  for (const [name, text] of Object.entries(templates.partials)) handlebars.registerPartial(name, text);
  const options = { noEscape: true, strict: true, knownHelpersOnly: true, knownHelpers: { ps: true } };
  const shells = mapScripts((script) => handlebars.compile(templates.shells[script], options));
  const callFinder = createCallFinders(templates.functions);
  const data = createDataTables();
  return (plan) => {
    const view = viewOf(plan, data(plan), templates, toolVersion);
    const shell = shells[plan.script];
    const functions = callFinder(plan.rules)(shell(strictView(codeAlone(view))));
    const text = shell(strictView({ ...view, parts: partsOf(functions) }));
    return { plan, path: plan.path, bytes: Buffer.from(text.replaceAll('\n', '\r\n'), 'latin1') };
  };
}

function mapScripts<T>(make: (script: SignedScriptName) => T): { readonly [script in SignedScriptName]: T } {
  const [check, report] = [make('check'), make('report')];
  return { check, 'fix-cert': make('fix-cert'), report, 'install-trust': make('install-trust') };
}

// Scripts for many targets share their data: the same object is written out once.
function createLiterals(): (value: PsValue) => string {
  const known = new WeakMap<object, string>();
  return (value) => {
    if (typeof value !== 'object' || value === null) return literal(value);
    const text = known.get(value) ?? literal(value);
    known.set(value, text);
    return text;
  };
}

// An undefined value is a misspelt name in a template; PowerShell would get an empty string for it.
function asPsValue(value: unknown): PsValue {
  if (value === undefined)
    throw new Error('This is a bug in the compiler: a template names a value that does not exist');
  return value as PsValue;
}

// Handlebars renders nothing for unknown names in blocks, even when strict (handlebars.js issue 1063).
function strictView<T extends object>(view: T): T {
  return new Proxy(view, {
    get(target, name, receiver) {
      if (typeof name === 'string' && !(name in target)) {
        throw new Error(`This is a bug in the compiler: a template names "${name}", which does not exist`);
      }
      return Reflect.get(target, name, receiver) as unknown;
    },
  });
}

interface DataTables {
  readonly rules: PsTable;
  readonly certificates: PsTable;
  readonly messages: PsTable;
}

/** The tables of a script that do not depend on its target, the same object for the same content of plans. */
function createDataTables(): (plan: ScriptPlan) => DataTables {
  const known = new WeakMap<object, Map<string, DataTables>>();
  return (plan) => {
    const ofTexts = known.get(plan.messages) ?? new Map<string, DataTables>();
    known.set(plan.messages, ofTexts);
    const key = `${plan.packId} ${plan.script} ${plan.showsTexts}`;
    const tables = ofTexts.get(key) ?? dataTables(plan);
    ofTexts.set(key, tables);
    return tables;
  };
}

function dataTables(plan: ScriptPlan): DataTables {
  return {
    rules: Object.fromEntries(plan.rules.map((rule) => [rule.id, ruleTable(rule, plan)])),
    certificates: Object.fromEntries(
      plan.certificates.map(({ id, name, store, sha1, pem }) => [
        id,
        { Name: name, Store: store, Sha1: sha1, Pem: pem },
      ]),
    ),
    messages: Object.fromEntries(Object.entries(plan.messages).map(([key, text]) => [key, scriptText(text)])),
  };
}

function viewOf(
  plan: ScriptPlan,
  data: DataTables,
  templates: Templates,
  toolVersion: string,
): Record<string, unknown> {
  const commands = plan.showsTexts && plan.script !== 'report' ? ['Write-ConsoleTable'] : [];
  return {
    fileName: `${plan.script}.ps1`,
    title: commentText(plan.title.en),
    packId: plan.packId,
    packVersion: plan.packVersion,
    target: plan.target,
    toolVersion,
    purpose: purposeOf(plan),
    exitCodes: Object.entries(plan.exitCodes)
      .map(([verdict, code]) => `${code} = ${verdict}`)
      .join(', '),
    // Where a report goes, its own line of the output says.
    tools: plan.tools.map(({ id, parameter }) => strictView({ id, parameter })),
    records: Object.keys(plan.events).length === 0 ? [] : [strictView({ command: 'Write-RunRecord' })],
    runs: plan.tools.length === 0 ? [] : [strictView({ table: toolTable(plan.tools) })],
    told: plan.script === 'report' ? [] : [strictView({ answerText: commentText(plan.answerText) })],
    answerHead: `PSMINT ${plan.script} unknown pack=${plan.packId}@${plan.packVersion} | script error: `,
    answerCommand: plan.answerCommand,
    console: commands.map((command) => strictView({ command })),
    plan: planTable(plan, toolVersion),
    ...data,
    packTexts: plan.packTexts,
    reportStyle: templates.reportStyle,
    parts: [],
    calls: plan.rules.map(({ command, id, members = [] }) =>
      strictView({ command, id, members: memberCalls(members, `$Rules[${literal(id)}]`, '\t') }),
    ),
  };
}

// Who shows no texts to a person keeps the English ones for the JSON report.
function shownText(text: LocalizedText, showsTexts: boolean): string {
  return scriptText(showsTexts ? text : { en: text.en });
}

function planTable(plan: ScriptPlan, toolVersion: string): PsTable {
  return {
    Script: plan.script,
    Target: plan.target,
    PackId: plan.packId,
    PackVersion: plan.packVersion,
    Title: shownText(plan.title, plan.showsTexts),
    ToolVersion: toolVersion,
    ExitCodes: plan.exitCodes,
    ...eventTable(plan),
  };
}

function eventTable({ events }: ScriptPlan): PsTable {
  const entries = Object.entries(events).map(([of, { id, type }]) => [of, { Id: id, Type: type }] as const);
  return entries.length === 0 ? {} : { Events: Object.fromEntries(entries) };
}

function ruleTable(rule: LoweredRule, plan: ScriptPlan): PsTable {
  // fix-cert tells a person only about what it repairs.
  const isTold = plan.showsTexts && (plan.script !== 'fix-cert' || rule.installs.length > 0);
  return {
    Id: rule.id,
    Kind: rule.kind,
    Severity: rule.severity,
    Title: shownText(rule.title, plan.showsTexts),
    ...(plan.script === 'report' ? { Why: scriptText(rule.why) } : {}),
    Remediation: rule.remediation.map((text) => shownText(text, isTold)),
    ...(rule.installs.length > 0 ? { Installs: rule.installs } : {}),
    ...(plan.tools.length > 0 && rule.tool !== undefined ? { Tool: rule.tool } : {}),
    ...readTables(rule.reads),
    Parameters: rule.parameters,
    ...memberTables(rule.members),
  };
}

// A group in a group shows no evidence of its own: the places stand with the rule, and with the checks that look at them.
function memberTable({ id, reads, parameters, members }: LoweredMember): PsTable {
  const own = readTables(members === undefined ? reads : []);
  return { Id: id, Severity: '', ...own, Parameters: parameters, ...memberTables(members) };
}

function memberTables(members: readonly LoweredMember[] = []): PsTable {
  return members.length > 0 ? { Checks: members.map(memberTable) } : {};
}

/** The calls for the checks of a group, as an argument of the call for the group; empty for every other rule. */
function memberCalls(members: readonly LoweredMember[], rule: string, indent: string): string {
  if (members.length === 0) return '';
  const calls = members.map(({ command, members: inner = [] }, index) => {
    const own = `${rule}.Checks[${index}]`;
    return `${indent}\t${command} -Rule ${own} -Facts $Facts${memberCalls(inner, own, `${indent}\t`)}\n`;
  });
  return ` -Findings @(\n${calls.join('')}${indent})`;
}

// The id says where a fact is read; the functions take everything from it, so nothing stands twice.
function readTables(reads: readonly RuleRead[]): PsTable {
  // In this order a finding lists its evidence.
  const roles = [...new Set(reads.map(({ role }) => role))];
  const idsOf = (name: string): string[] =>
    reads.flatMap(({ role, request }) => (role === name ? [factId(request)] : []));
  const isSlow = (name: string): boolean => reads.some(({ role, slow }) => role === name && slow);
  const slow = roles.filter(isSlow);
  const placesOf = (role: string): PsValue => {
    const [only = '', ...others] = bothViews(idsOf(role));
    return others.length > 0 ? [only, ...others] : only;
  };
  return {
    Reads: new Map(roles.map((role) => [role, placesOf(role)])),
    ...(slow.length > 0 ? { Slow: slow } : {}),
  };
}

// A key below WOW6432Node and its twin stand once; the function Get-Place makes both of it.
function bothViews(ids: readonly string[]): string[] {
  const node = 'WOW6432Node\\';
  const twins = ids.filter((id) => id.includes(node) && ids.includes(id.replace(node, '')));
  const seconds = new Set(twins.map((id) => id.replace(node, '')));
  return ids.filter((id) => !seconds.has(id)).map((id) => (twins.includes(id) ? id.replace(node, `{${node}}`) : id));
}

// Commands are code, everything else is data or comment: a text of the pack that names a function must not bring it in.
function codeAlone(view: Record<string, unknown>): Record<string, unknown> {
  const isCode = (name: string): boolean =>
    ['answerCommand', 'calls', 'console', 'parts', 'records', 'tools'].includes(name);
  return Object.fromEntries(Object.entries(view).map(([name, value]) => [name, isCode(name) ? value : '']));
}

function partsOf(files: readonly FunctionFile[]): object[] {
  const titles = [...new Set(files.map(({ part }) => part))];
  return titles.map((title) => {
    const functions = files.filter(({ part }) => part === title);
    return strictView({ title, functions: functions.map(({ text }) => strictView({ text })) });
  });
}
