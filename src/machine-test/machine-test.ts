import type { ScriptName } from '../script-plan.ts';
import { compareStep } from './compare.ts';
import { languageModes, steps, type LanguageMode, type PlacedMachineTest, type Step } from './machine-file.ts';
import { runJobs, scriptOf, type Job, type RunnerOptions, type StepAnswer } from './runner.ts';

/** The scripts of one pack for one target, rendered with the simulated functions; undefined when there is no such pack or target. */
export type SimulatedScripts = (
  pack: string,
  target: string,
) => Readonly<Partial<Record<ScriptName, Buffer>>> | undefined;

export interface MachineTestOptions extends RunnerOptions {
  readonly scripts: SimulatedScripts;
  /** 'both' runs machines that name no language mode in each one. */
  readonly language: 'both' | LanguageMode;
}

export interface MachineResult {
  readonly path: string;
  readonly name: string;
  readonly pack: string;
  readonly target: string;
  readonly language: LanguageMode;
  readonly answers: readonly StepAnswer[];
  /** What is wrong, one sentence each with the step in front; none when the machine passes. */
  readonly failures: readonly string[];
  readonly durationMs: number;
}

export type MachineTestRun =
  | { readonly ok: true; readonly shell: string; readonly results: readonly MachineResult[] }
  | { readonly ok: false; readonly reason: string };

/** Runs machine tests in a real PowerShell; not ok only when the shell itself could not do its work. */
export async function runMachineTests(
  tests: readonly PlacedMachineTest[],
  options: MachineTestOptions,
): Promise<MachineTestRun> {
  const planned = tests.flatMap((placed) =>
    languagesOf(placed, options.language).map((language) => ({ placed, language })),
  );
  const runnable = planned.flatMap(({ placed, language }) => {
    const job = jobOf(placed, language, options.scripts);
    return job === undefined ? [] : [{ placed, language, job }];
  });
  const run = await runJobs(
    runnable.map(({ job }) => job),
    options,
  );
  if (!run.ok) return run;
  const answersOf = new Map(
    runnable.map(({ placed, language }, index) => [key(placed, language, tests), run.jobs[index] ?? []]),
  );
  const results = planned.map(({ placed, language }) =>
    resultOf(placed, language, answersOf.get(key(placed, language, tests))),
  );
  return { ok: true, shell: run.shell, results };
}

function key(placed: PlacedMachineTest, language: LanguageMode, tests: readonly PlacedMachineTest[]): string {
  return `${tests.indexOf(placed)} ${language}`;
}

function languagesOf({ test }: PlacedMachineTest, wanted: 'both' | LanguageMode): readonly LanguageMode[] {
  const fixed = test.machine.host?.language;
  if (fixed !== undefined) return [fixed];
  return wanted === 'both' ? languageModes : [wanted];
}

function jobOf({ test }: PlacedMachineTest, language: LanguageMode, scripts: SimulatedScripts): Job | undefined {
  const found = scripts(test.pack, test.target ?? 'manual');
  if (found === undefined) return undefined;
  const steps = stepsOf(test.expect);
  const isComplete = steps.every((step) => found[scriptOf(step)] !== undefined);
  return isComplete ? { machine: test.machine, language, steps, scripts: found } : undefined;
}

/** Steps up to the last one with an expectation; report runs only where it is named, because it changes nothing for the others. */
function stepsOf(expect: Readonly<Partial<Record<Step, unknown>>>): readonly Step[] {
  const last = steps.findLastIndex((step) => step !== 'report' && expect[step] !== undefined);
  return steps.filter(
    (step, index) => index <= Math.max(last, 0) || (step === 'report' && expect.report !== undefined),
  );
}

function resultOf(
  { path, test }: PlacedMachineTest,
  language: LanguageMode,
  answers: readonly StepAnswer[] | undefined,
): MachineResult {
  const target = test.target ?? 'manual';
  const failures =
    answers === undefined
      ? [`there is no pack ${test.pack} for target ${target}`]
      : stepsOf(test.expect).flatMap((step) => stepFailures(step, answers, test.expect[step] ?? {}));
  const durationMs = (answers ?? []).reduce((sum, { durationMs: ms }) => sum + ms, 0);
  return { path, name: test.name, pack: test.pack, target, language, answers: answers ?? [], failures, durationMs };
}

function stepFailures(
  step: Step,
  answers: readonly StepAnswer[],
  expected: Parameters<typeof compareStep>[2],
): string[] {
  const answer = answers.find((candidate) => candidate.step === step);
  const failures = answer === undefined ? ['did not run'] : compareStep(step, answer, expected);
  return failures.map((failure) => `${step}: ${failure}`);
}
