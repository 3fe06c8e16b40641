import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../error-code.ts';
import type { ScriptName } from '../script-plan.ts';
import { machineDescription, type LanguageMode, type Machine } from './machine-file.ts';
import { stepForms, type Step } from './steps.ts';

/** Starts PowerShell; never throws. */
export type RunShell = (
  shell: string,
  args: readonly string[],
  options: { readonly timeoutMs: number },
) => Promise<{ readonly exitCode: number; readonly stdout: string; readonly stderr: string }>;

export interface RunnerOptions {
  readonly runShell: RunShell;
  /** `pwsh`, `powershell`, or a path. */
  readonly shell: string;
  /** Folder with `Invoke-SimulatedRun.ps1`. */
  readonly simulatedFolder: string;
  /** Where a folder of its own is made, and removed at the end. */
  readonly temporaryFolder: string;
  /** Limit of one script, in seconds. */
  readonly limitSeconds: number;
  /** Scripts that run at the same time. */
  readonly slots: number;
}

/** One machine in one language mode. */
export interface Job {
  readonly machine: Machine;
  readonly language: LanguageMode;
  readonly steps: readonly Step[];
  /** Values of parameters of fix-cert. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Script bytes, rendered with the simulated functions; those of the steps are there. */
  readonly scripts: Readonly<Partial<Record<ScriptName, Buffer>>>;
}

export interface StepAnswer {
  readonly step: Step;
  readonly exitCode: number;
  /** Lines of stdout. */
  readonly output: readonly string[];
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
  readonly timedOut: boolean;
  readonly durationMs: number;
  /** IDs of the events that it wrote. */
  readonly events: readonly number[];
  /** What it added to the local record: script and verdict. */
  readonly history: readonly string[];
  /** Last line of a second run, of a step that only reads and whose line no machine gave before. */
  readonly again?: string;
  /** Content of the report file; undefined when there is none or it is no JSON. */
  readonly report: unknown;
}

export type RunnerAnswer =
  | { readonly ok: true; readonly shell: string; readonly jobs: readonly (readonly StepAnswer[])[] }
  | { readonly ok: false; readonly reason: string };

/** Runs all jobs in one start of PowerShell and gives the answers in the order of the jobs. */
export async function runJobs(jobs: readonly Job[], options: RunnerOptions): Promise<RunnerAnswer> {
  await mkdir(options.temporaryFolder, { recursive: true });
  const folder = await mkdtemp(join(options.temporaryFolder, 'psmint-machines-'));
  try {
    const paths = await writeScripts(jobs, folder);
    for (const [index, { steps }] of jobs.entries()) {
      if (steps.includes('report')) await mkdir(reportFolder(folder, index));
    }
    const plan = {
      limitSeconds: options.limitSeconds,
      slots: options.slots,
      jobs: jobs.map((job, index) => jobPlan(job, index, paths, folder)),
    };
    await writeFile(join(folder, 'jobs.json'), JSON.stringify(plan));
    return await runPlan(folder, jobs, options);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

// Machines share their scripts: each text is written once.
async function writeScripts(jobs: readonly Job[], folder: string): Promise<ReadonlyMap<Buffer, string>> {
  const unique = [...new Set(jobs.flatMap((job) => Object.values(job.scripts)))];
  const paths = new Map(unique.map((bytes, index) => [bytes, join(folder, `script-${index}.ps1`)]));
  for (const [bytes, path] of paths) await writeFile(path, bytes);
  return paths;
}

function jobPlan(job: Job, index: number, paths: ReadonlyMap<Buffer, string>, folder: string): object {
  return {
    id: index,
    language: job.language,
    machine: machineDescription(job.machine),
    runs: job.steps.map((step) => ({
      step,
      script: pathOf(job.scripts[stepForms[step].script], paths),
      readsOnly: stepForms[step].readsOnly,
      parameters: {
        ReportPath: reportPath(folder, index, step),
        ...Object.fromEntries(stepForms[step].switches.map((name) => [name, true])),
        ...(stepForms[step].script === 'fix-cert' && job.parameters),
        ...(step === 'report' && { OutDir: reportFolder(folder, index) }),
      },
    })),
  };
}

function pathOf(script: Buffer | undefined, paths: ReadonlyMap<Buffer, string>): string {
  const path = script === undefined ? undefined : paths.get(script);
  if (path === undefined) throw new Error('This is a bug in psmint: a step of a machine test has no script');
  return path;
}

function reportFolder(folder: string, index: number): string {
  return join(folder, `out-${index}`);
}

function reportPath(folder: string, index: number, step: Step): string {
  return join(folder, `report-${index}-${step}.json`);
}

async function runPlan(folder: string, jobs: readonly Job[], options: RunnerOptions): Promise<RunnerAnswer> {
  const results = join(folder, 'results.json');
  const script = join(options.simulatedFolder, 'Invoke-SimulatedRun.ps1');
  const args = ['-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass', '-File', script];
  // The runner keeps the limit of each script; this one is for a runner that hangs itself.
  const timeoutMs = 60_000 + options.limitSeconds * 1000 * jobs.reduce((sum, job) => sum + job.steps.length, 0);
  const files = ['-JobsPath', join(folder, 'jobs.json'), '-ResultsPath', results];
  const answer = await options.runShell(options.shell, [...args, ...files], { timeoutMs });
  const text = await readFile(results, 'utf8').catch(() => undefined);
  if (text === undefined || answer.stderr !== '') {
    return {
      ok: false,
      reason: `${options.shell} exit code ${answer.exitCode}: ${answer.stderr}${answer.stdout}`.trim(),
    };
  }
  const parsed = parseResults(text);
  const runsOf = new Map(parsed.jobs.map(({ id, runs }) => [id, runs]));
  const answers: (readonly StepAnswer[])[] = [];
  // One file after the other: a long run has more of them than a system lets a process open at once.
  for (const index of jobs.keys()) answers.push(await withReports(folder, index, runsOf.get(index) ?? []));
  return { ok: true, shell: parsed.shell, jobs: answers };
}

type Run = Omit<StepAnswer, 'report'>;

async function withReports(folder: string, index: number, runs: readonly Run[]): Promise<readonly StepAnswer[]> {
  const answers: StepAnswer[] = [];
  for (const run of runs) answers.push({ ...run, report: await readReport(reportPath(folder, index, run.step)) });
  return answers;
}

interface RunnerResults {
  readonly shell: string;
  readonly jobs: readonly { readonly id: number; readonly runs: readonly Run[] }[];
}

function parseResults(text: string): RunnerResults {
  // Written by our own runner a moment ago: the one boundary where its shape is taken on trust.
  return JSON.parse(text) as RunnerResults;
}

// A script that wrote no report, or a broken one, is an answer; a disk that cannot be read is none.
async function readReport(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  });
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
