import { readdir, stat } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { simulate } from '../build.ts';
import { diagnostic, failed, ok, type Result } from '../diagnostic.ts';
import { load } from '../load.ts';
import { formatJson, formatTable } from '../machine-test/format.ts';
import { readMachineTests, type PlacedMachineTest } from '../machine-test/machine-file.ts';
import { runMachineTests } from '../machine-test/machine-test.ts';
import { simulatedScripts } from '../machine-test/scripts.ts';
import { targets } from '../targets/index.ts';
import { runTool } from '../tools.ts';
import { createValidator } from '../validate.ts';
import { reportDiagnostics } from './answer.ts';
import { schemaFolder, templatesFolder, toolVersion, type CliEnvironment } from './environment.ts';
import { exitCodes, type ExitCode } from './exit-code.ts';
import { loadPacks } from './packs.ts';

export interface TestFlags {
  readonly machines: readonly string[];
  readonly shell?: string;
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
  const packs = await loadPacks(names, join('test', 'packs'));
  if (!packs.ok) return reportDiagnostics(packs.diagnostics, flags.json, environment);
  const tests = await readTests(flags.machines.length > 0 ? flags.machines : [join('test', 'machines')]);
  if (!tests.ok) return reportDiagnostics(tests.diagnostics, flags.json, environment);
  const ids = packs.value.map(({ pack }) => pack.id);
  const wanted = names.length === 0 ? tests.value : tests.value.filter(({ test }) => ids.includes(test.pack));
  const shell = await findShell(flags.shell);
  if (!shell.ok) return reportDiagnostics(shell.diagnostics, flags.json, environment);
  const scripts = await simulate({ packs: packs.value, targets, templatesFolder, toolVersion: toolVersion() });
  const run = await runMachineTests(wanted, {
    scripts: simulatedScripts(scripts),
    language: 'FullLanguage',
    runShell: runTool,
    shell: shell.value,
    simulatedFolder: join(templatesFolder, 'simulated'),
    temporaryFolder: tmpdir(),
    limitSeconds,
    slots: availableParallelism(),
  });
  if (!run.ok) {
    const message = `${shell.value} could not run the machine tests: ${run.reason}`;
    return reportDiagnostics([diagnostic('shell-missing', { message })], flags.json, environment);
  }
  environment.out(flags.json ? formatJson(run.results) : formatTable(run.results));
  return run.results.some(({ failures }) => failures.length > 0) ? exitCodes.inputWrong : exitCodes.done;
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
  return (await readdir(path))
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
