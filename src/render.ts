import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import Handlebars from 'handlebars';
import { commentText, literal } from './powershell.ts';
import type {
  LoweredRule,
  MachineRead,
  PsTable,
  PsValue,
  RuleRead,
  ScriptPlan,
  SignedScriptName,
  UnsignedScript,
} from './script-plan.ts';

/** Everything that scripts are put together from, read once. Line ends are LF here. */
export interface Templates {
  /** Shell of each script. */
  readonly shells: { readonly [script in SignedScriptName]: string };
  readonly partials: Readonly<Record<string, string>>;
  /** Function files by function name, in the order in which scripts embed them. */
  readonly functions: ReadonlyMap<string, string>;
  readonly reportStyle: string;
}

/** Folders of function files, in the order in which an auditor reads them. */
const functionFolders = ['machine', 'collect', 'kinds', 'evaluate', 'change', 'repair', 'trust', 'output'];

/** Reads the templates. `simulated`: machine and change functions come from `simulated/`, for machine tests. */
export async function loadTemplates(folder: string, options: { simulated?: boolean } = {}): Promise<Templates> {
  const text = async (...path: string[]): Promise<string> => withLf(await readFile(join(folder, ...path), 'utf8'));
  const shellOf = (script: SignedScriptName): Promise<string> => text(`${script}.ps1.hbs`);
  const [check, fix, report, trust, style] = await Promise.all([
    shellOf('check'),
    shellOf('fix-cert'),
    shellOf('report'),
    shellOf('install-trust'),
    text('report.css'),
  ]);
  const partialNames = (await readdir(join(folder, 'partials'))).filter((name) => name.endsWith('.hbs')).sort();
  const partials = await Promise.all(
    partialNames.map(async (name) => [basename(name, '.hbs'), await text('partials', name)] as const),
  );
  return {
    shells: { check, 'fix-cert': fix, report, 'install-trust': trust },
    partials: Object.fromEntries(partials),
    functions: await loadFunctions(folder, options.simulated === true),
    reportStyle: style.replaceAll(/\s+/g, ' ').trim(),
  };
}

async function loadFunctions(folder: string, isSimulated: boolean): Promise<ReadonlyMap<string, string>> {
  const functions = new Map<string, string>();
  for (const name of functionFolders) await addFunctions(functions, join(folder, 'functions', name));
  if (isSimulated) await addFunctions(functions, join(folder, 'simulated'));
  return functions;
}

// A later file of the same name takes the place of an earlier one: that is the exchange for machine tests.
async function addFunctions(functions: Map<string, string>, folder: string): Promise<void> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ps1')).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  names.forEach((name, index) => functions.set(basename(name, '.ps1'), withoutHelp(withLf(texts[index] ?? ''))));
}

// The help of a function is for its maintainers; in a script it would take the room of a rule table.
function withoutHelp(text: string): string {
  return text.replace(/^ +<#\n[\s\S]*?\n +#>\n/m, '').trimEnd();
}

function withLf(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

/** Turns plans into scripts. Handlebars is only the shell: it inserts function files and literals, and holds no logic. */
export function createRenderer(templates: Templates, toolVersion: string): (plan: ScriptPlan) => UnsignedScript {
  const handlebars = Handlebars.create();
  handlebars.registerHelper('ps', (value: unknown) => literal(asPsValue(value)));
  for (const [name, text] of Object.entries(templates.partials)) handlebars.registerPartial(name, text);
  const options = { noEscape: true, strict: true, knownHelpersOnly: true, knownHelpers: { ps: true } };
  const shells = {
    check: handlebars.compile(templates.shells.check, options),
    'fix-cert': handlebars.compile(templates.shells['fix-cert'], options),
    report: handlebars.compile(templates.shells.report, options),
    'install-trust': handlebars.compile(templates.shells['install-trust'], options),
  };
  return (plan) => {
    const view = viewOf(plan, templates, toolVersion);
    const text = shells[plan.script](strictView(view));
    return { plan, path: plan.path, bytes: Buffer.from(text.replaceAll('\n', '\r\n'), 'latin1') };
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

function viewOf(plan: ScriptPlan, templates: Templates, toolVersion: string): Record<string, unknown> {
  const shell = `${templates.shells[plan.script]}\n${plan.answerCommand}\n${plan.rules.map((rule) => rule.command).join('\n')}`;
  return {
    fileName: `${plan.script}.ps1`,
    title: commentText(plan.title.en),
    packId: plan.packId,
    packVersion: plan.packVersion,
    target: plan.target,
    toolVersion,
    purpose: purposes[plan.script],
    exitCodes: Object.entries(plan.exitCodes)
      .map(([verdict, code]) => `${code} = ${verdict}`)
      .join(', '),
    answerHead: `PSMINT ${plan.script} unknown pack=${plan.packId}@${plan.packVersion} | script error: `,
    answerCommand: plan.answerCommand,
    plan: planTable(plan, toolVersion),
    rules: Object.fromEntries(plan.rules.map((rule) => [rule.id, ruleTable(rule, plan)])),
    certificates: Object.fromEntries(
      plan.certificates.map(({ id, name, store, sha1, sha256, pem }) => [
        id,
        { Id: id, Name: name, Store: store, Sha1: sha1, Sha256: sha256, Pem: pem },
      ]),
    ),
    messages: plan.messages,
    reasons: plan.reasons,
    packTexts: plan.packTexts,
    reportStyle: templates.reportStyle,
    functions: neededFunctions(shell, templates.functions).map((text) => strictView({ text })),
    calls: plan.rules.map(({ command, id }) => strictView({ command, id })),
  };
}

const purposes: { readonly [script in SignedScriptName]: string } = {
  check: 'Reads only: this script holds no code that could change the machine. It writes a file only with -ReportPath.',
  'fix-cert':
    'Adds missing certificates of the pack to their LocalMachine store, and nothing else. -WhatIf shows what it would do,\n# -Rollback removes exactly what it added.',
  report: 'Reads the machine and writes a report (JSON, HTML, CSV) into a folder; it changes nothing else.',
  'install-trust':
    'Adds the certificates of the signer to the LocalMachine stores named below, and nothing else. For use by hand, as\n# administrator; for many machines use Group Policy or Intune instead. -WhatIf changes nothing.',
};

function planTable(plan: ScriptPlan, toolVersion: string): PsTable {
  return {
    Script: plan.script,
    Target: plan.target,
    PackId: plan.packId,
    PackVersion: plan.packVersion,
    Title: { ...plan.title },
    ToolVersion: toolVersion,
    ExitCodes: plan.exitCodes,
  };
}

function ruleTable(rule: LoweredRule, plan: ScriptPlan): PsTable {
  return {
    Id: rule.id,
    Kind: rule.kind,
    Severity: rule.severity,
    Title: { ...rule.title },
    Why: plan.script === 'report' ? { ...rule.why } : null,
    Remediation: plan.showsTexts ? rule.remediation.map((text) => ({ ...text })) : [],
    Installs: rule.installs,
    Reads: rule.reads.map(readTable),
    Parameters: rule.parameters,
  };
}

// The id says where a fact is read; the functions take path and name from it, so nothing stands twice.
function readTable({ role, request, slow }: RuleRead): PsTable {
  return {
    Role: role,
    Read: request.read,
    Id: factId(request),
    ...(request.read === 'ServicingPackage' ? { Pattern: request.pattern } : {}),
    ...(slow ? { Slow: true } : {}),
  };
}

/** Name of a fact in evidence: where it was read. */
export function factId(request: MachineRead): string {
  switch (request.read) {
    case 'RegistryValue':
      return `${request.key}\\${request.name}`;
    case 'RegistryKey':
      return `${request.key}\\`;
    case 'Certificate':
      return `Cert:\\LocalMachine\\${request.store}\\${request.thumbprint}`;
    case 'FileVersion':
      return request.path;
    case 'ServicingPackage':
      return `HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\Packages#${patternMark(request.pattern)}`;
    case 'HotFix':
      return 'HotFix';
  }
}

// Two rules can ask for different packages; the mark keeps their facts apart without repeating a long pattern.
function patternMark(pattern: string): string {
  return createHash('sha256').update(pattern).digest('hex').slice(0, 8);
}

// The transitive closure of what the shell calls. Names in comments do not count.
function neededFunctions(shell: string, functions: ReadonlyMap<string, string>): string[] {
  const needed = new Set<string>();
  const visit = (text: string): void => {
    for (const [name] of withoutComments(text).matchAll(/\b[A-Z][A-Za-z]+-[A-Za-z0-9]+\b/g)) {
      const called = functions.get(name);
      if (called === undefined || needed.has(name)) continue;
      needed.add(name);
      visit(called);
    }
  };
  visit(shell);
  return [...functions].filter(([name]) => needed.has(name)).map(([, text]) => text);
}

function withoutComments(text: string): string {
  return text.replaceAll(/<#[\s\S]*?#>/g, '').replaceAll(/^\s*#.*$/gm, '');
}
