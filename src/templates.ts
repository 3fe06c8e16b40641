import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { SignedScriptName } from './script-plan.ts';

/** Everything that scripts are put together from, read once. Line ends are LF here. */
export interface Templates {
  /** Shell of each script. */
  readonly shells: { readonly [script in SignedScriptName]: string };
  readonly partials: Readonly<Record<string, string>>;
  /** Function files by function name, in the order in which scripts embed them. */
  readonly functions: ReadonlyMap<string, FunctionFile>;
  readonly reportStyle: string;
}

export interface FunctionFile {
  /** Heading of the part of a script that it belongs to. */
  readonly part: string;
  readonly synopsis: string;
  /** Code alone. */
  readonly text: string;
}

/** Folders of function files, in the order in which an auditor reads them, with the heading that scripts give them. */
const functionParts = {
  machine: 'Machine: the only functions that touch Windows',
  collect: 'Collect: reads what the rules ask for',
  kinds: 'Kinds: judge one rule, from facts alone',
  evaluate: 'Evaluate: facts to findings to one verdict',
  change: 'Change: the only functions that change Windows',
  repair: 'Repair: what is changed, and when',
  trust: 'Trust: the certificates of the signer',
  output: 'Output',
};

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

async function loadFunctions(folder: string, isSimulated: boolean): Promise<ReadonlyMap<string, FunctionFile>> {
  const functions = new Map<string, FunctionFile>();
  for (const [name, part] of Object.entries(functionParts))
    await addFunctions(functions, join(folder, 'functions', name), part);
  if (isSimulated) await addFunctions(functions, join(folder, 'simulated'), functionParts.machine);
  return functions;
}

// A later file of the same name takes the place of an earlier one: that is the exchange for machine tests.
async function addFunctions(functions: Map<string, FunctionFile>, folder: string, part: string): Promise<void> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ps1')).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  names.forEach((name, index) => {
    const text = withLf(texts[index] ?? '');
    functions.set(basename(name, '.ps1'), { part, synopsis: synopsisOf(text), text: withoutComments(text) });
  });
}

function synopsisOf(text: string): string {
  const lines = /\.SYNOPSIS\n([\s\S]*?)(?=\s*(?:\.[A-Z]+\n|#>))/.exec(text)?.[1] ?? '';
  return lines.replaceAll(/\s+/g, ' ').trim();
}

/** Help and comments of a function stay in its file, and its synopsis goes into review.md: scripts have a limit. */
export function withoutComments(text: string): string {
  return text
    .replaceAll(/^\s*<#[\s\S]*?#>\n/gm, '')
    .replaceAll(/^[ \t]*(?:#.*)?\n/gm, '')
    .trimEnd();
}

function withLf(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
