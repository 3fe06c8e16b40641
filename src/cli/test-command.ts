import { readdir, stat, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { simulate } from '../build.ts';
import { diagnostic, failed, ok, type Diagnostic, type Result } from '../diagnostic.ts';
import { load } from '../load.ts';
import { coverageOf, type PackCoverage } from '../machine-test/coverage.ts';
import { formatJson, formatTable } from '../machine-test/format.ts';
import { formatJunit } from '../machine-test/junit.ts';
import { readMachineTests, type PlacedMachineTest } from '../machine-test/machine-file.ts';
import { runMachineTests, type MachineResult, type MachineTestOptions } from '../machine-test/machine-test.ts';
import { simulatedScripts } from '../machine-test/scripts.ts';
import { loadMessages } from '../messages.ts';
import type { ResolvedPack } from '../script-plan.ts';
import { parseSource } from '../source.ts';
import { targets } from '../targets/index.ts';
import { runTool } from '../tools.ts';
import { createValidator } from '../validate.ts';
import { reportDiagnostics } from './answer.ts';
import { schemaFolder, templatesFolder, toolVersion, type CliEnvironment } from './environment.ts';
import { exitCodes, type ExitCode } from './exit-code.ts';
import { loadPacks } from './packs.ts';

export interface TestFlags {
  readonly machines: readonly string[];
  readonly language: MachineTestOptions['language'];
  readonly shell?: string;
  readonly junit?: string;
  readonly requireCoverage: boolean;
  readonly json: boolean;
}

/** Limit of one script on one machine, seconds. */
const limitSeconds = 60;

/** `psmint test`: the real scripts on simulated machines, in a real PowerShell. */
export async function runTest(
  names: readonly string[],
  flags: TestFlags,
  environment: CliEnvironment,
): Promise<ExitCode> {
  const run = await runAll(names, flags);
  if (!run.ok) return reportDiagnostics(run.diagnostics, flags.json, environment);
  const { results, coverage } = run.value;
  const problem = await writeJunit(flags, results, coverage);
  if (problem !== undefined) return reportDiagnostics([problem], flags.json, environment);
  environment.out(flags.json ? formatJson(results, coverage) : formatTable(results, coverage));
  const hasGap = flags.requireCoverage && coverage.some(({ missing }) => missing.length > 0);
  return hasGap || results.some(({ failures }) => failures.length > 0) ? exitCodes.inputWrong : exitCodes.done;
}

interface TestOutcome {
  readonly results: readonly MachineResult[];
  readonly coverage: readonly PackCoverage[];
}

async function runAll(names: readonly string[], flags: TestFlags): Promise<Result<TestOutcome>> {
  const packs = await loadPacks(names, join('test', 'packs'));
  if (!packs.ok) return packs;
  const tests = await testsOf(packs.value, names, flags);
  if (!tests.ok) return tests;
  const shell = await findShell(flags.shell);
  if (!shell.ok) return shell;
  const scripts = await simulate({ packs: packs.value, targets, templatesFolder, toolVersion: toolVersion() });
  const run = await runMachineTests(tests.value, {
    scripts: simulatedScripts(scripts),
    language: flags.language,
    reportProblems: reportProblems(),
    runShell: runTool,
    shell: shell.value,
    simulatedFolder: join(templatesFolder, 'simulated'),
    temporaryFolder: tmpdir(),
    limitSeconds,
    slots: availableParallelism(),
  });
  if (!run.ok) {
    const message = `${shell.value} could not run the machine tests: ${run.reason}`;
    return failed([diagnostic('shell-missing', { message })]);
  }
  const { texts } = await loadMessages(templatesFolder);
  const covered = packs.value.map(({ pack }) => pack).filter(({ id }) => run.results.some(({ pack }) => pack === id));
  return ok({ results: run.results, coverage: coverageOf(covered, run.results, Object.keys(texts.en)) });
}

function reportProblems(): MachineTestOptions['reportProblems'] {
  const { validateAs } = createValidator(schemaFolder);
  return (report) => {
    const checked = validateAs('report.schema.json', parseSource('report', JSON.stringify(report)));
    return checked.ok ? [] : checked.diagnostics.map(({ message }) => message);
  };
}

async function writeJunit(
  { junit, requireCoverage }: TestFlags,
  results: readonly MachineResult[],
  coverage: readonly PackCoverage[],
): Promise<Diagnostic | undefined> {
  if (junit === undefined) return undefined;
  try {
    await writeFile(junit, formatJunit(results, requireCoverage ? coverage : []));
    return undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return diagnostic('output-unwritable', { message: `"${junit}" cannot be written (${reason}).`, file: junit });
  }
}

/** The machines of the packs; a pack without any would pass without having been tested. */
async function testsOf(
  packs: readonly ResolvedPack[],
  names: readonly string[],
  flags: TestFlags,
): Promise<Result<readonly PlacedMachineTest[]>> {
  const folders = flags.machines.length > 0 ? flags.machines : [join('test', 'machines')];
  const tests = await readTests(folders);
  if (!tests.ok) return tests;
  const ids = packs.map(({ pack }) => pack.id);
  // Machine files that were named are for some of the packs.
  const isChoice = names.length === 0 && flags.machines.length > 0;
  const untested = isChoice ? [] : ids.filter((id) => !tests.value.some(({ test }) => test.pack === id));
  if (untested.length > 0) {
    const message = `No machine in ${folders.join(', ')} is for ${untested.join(', ')}.`;
    return failed([diagnostic('file-not-found', { message, help: 'Name files or folders with --machines.' })]);
  }
  return ok(names.length === 0 ? tests.value : tests.value.filter(({ test }) => ids.includes(test.pack)));
}

async function readTests(paths: readonly string[]): Promise<Result<readonly PlacedMachineTest[]>> {
  const files = (await Promise.all(paths.map(filesOf))).flat();
  if (files.length === 0) {
    const message = `There are no machine files in ${paths.join(', ')}.`;
    return failed([diagnostic('file-not-found', { message, help: 'Name files or folders with --machines.' })]);
  }
  const sources = await load(files);
  return sources.ok ? readMachineTests(sources.value, createValidator(schemaFolder).validateAs) : sources;
}

async function filesOf(path: string): Promise<string[]> {
  const info = await stat(path).catch(() => undefined);
  if (info?.isDirectory() !== true) return [path];
  return (await readdir(path, { recursive: true }))
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => join(path, name));
}

// PowerShell 7 first: it is what the tests of psmint itself run in.
async function findShell(named: string | undefined): Promise<Result<string>> {
  for (const shell of named === undefined ? ['pwsh', 'powershell'] : [named]) {
    const answer = await runTool(shell, ['-NoProfile', '-NonInteractive', '-Command', 'exit 0'], { timeoutMs: 60_000 });
    if (answer.exitCode === 0) return ok(shell);
  }
  return failed([
    diagnostic('shell-missing', {
      message:
        named === undefined ? 'There is no PowerShell (pwsh or powershell) on PATH.' : `"${named}" is no PowerShell.`,
      help: 'Install PowerShell 7 (https://aka.ms/powershell), or name one with --shell.',
    }),
  ]);
}
