import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runTool, type ToolAnswer } from '../../src/tools.ts';
import { issue, pem } from '../support/test-ca.ts';
import { templatesFolder } from '../support/simulated.ts';

/** Outcome of one case of test/windows/cases. */
export interface WindowsCase {
  readonly name: string;
  readonly needs: readonly string[];
  readonly state: 'passed' | 'failed' | 'skipped';
  /** What went wrong, or what the host lacks. */
  readonly message: string;
}

export interface WindowsAnswer {
  /** For example `Windows, PowerShell 5.1.19041.1`. */
  readonly host: string;
  /** What it has, by the names that cases need. */
  readonly has: Readonly<Record<string, boolean>>;
  readonly cases: readonly WindowsCase[];
}

/** A Windows PowerShell and a folder that it sees; with a root certificate that was made for this run alone. */
export interface WindowsSuite {
  readonly folder: string;
  /** PEM file of the root, and its SHA-1 as Windows writes it. */
  readonly certificate: string;
  readonly run: (args: readonly string[]) => Promise<ToolAnswer>;
  readonly runCases: (file: string) => Promise<WindowsAnswer>;
  /** Ends what the suite started and removes its folder. */
  readonly close: () => Promise<void>;
}

const own = fileURLToPath(new URL('.', import.meta.url));
const day = 86_400_000;

/** Copies what the cases need to where the shell sees it: it may be a Windows beside this system. */
export async function openSuite(shell: string): Promise<WindowsSuite> {
  const folder = await mkdtemp(join(tmpdir(), 'psmint-windows-'));
  await cp(join(templatesFolder, 'functions'), join(folder, 'functions'), { recursive: true });
  await cp(own, join(folder, 'suite'), { recursive: true });
  const certificate = join(folder, 'root.pem');
  const now = Date.now();
  const validity = { notBefore: new Date(now - day), notAfter: new Date(now + 2 * day) };
  const root = issue(`psmint test ${folder.slice(-6)}`, { ca: true, purposes: null, ...validity });
  await writeFile(certificate, pem(root));
  const run = (args: readonly string[]): Promise<ToolAnswer> =>
    runTool(shell, ['-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass', ...args], { timeoutMs: 900_000 });
  const runCases = async (file: string): Promise<WindowsAnswer> => {
    const out = join(folder, `${file}.json`);
    const scratch = join(folder, `scratch-${file}`);
    await mkdir(scratch);
    const parameters = {
      Functions: join(folder, 'functions'),
      Cases: join(folder, 'suite', 'cases', file),
      Scratch: scratch,
      Certificate: certificate,
      Out: out,
    };
    const args = Object.entries(parameters).flatMap(([name, value]) => [`-${name}`, value]);
    const answer = await run(['-File', join(folder, 'suite', 'Invoke-WindowsSuite.ps1'), ...args]);
    const text = await readFile(out, 'utf8').catch(() => undefined);
    if (text === undefined) throw new Error(`${file}: exit code ${answer.exitCode}: ${answer.stderr}${answer.stdout}`);
    return JSON.parse(text) as WindowsAnswer;
  };
  const close = await stayAwake(folder, run);
  return { folder, certificate, run, runCases, close };
}

/** A Windows beside this system may stop, and forget, when its last program ends: one program stays until the end. */
async function stayAwake(folder: string, run: WindowsSuite['run']): Promise<() => Promise<void>> {
  const [ready, stop] = [join(folder, 'ready'), join(folder, 'stop')];
  const commands = [
    `Set-Content -LiteralPath '${ready}' -Value ready`,
    `while (-not (Test-Path -LiteralPath '${stop}')) { Start-Sleep -Milliseconds 500 }`,
  ];
  const waiting = run(['-Command', commands.join('; ')]);
  // Whatever the first program of such a Windows starts beside it may keep its output open: no other is to be the first.
  for (let tries = 0; tries < 600 && !existsSync(ready); tries++) await setTimeout(100);
  return async () => {
    await writeFile(stop, '');
    await waiting;
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  };
}
