import type { ScriptName } from '../script-plan.ts';
import { compareStep, type ReportProblems } from './compare.ts';
import {
  languageModes,
  type Expectation,
  type LanguageMode,
  type MachineTest,
  type PlacedMachineTest,
} from './machine-file.ts';
import { runJobs, type Job, type RunnerOptions, type StepAnswer } from './runner.ts';
import { stepForms, stepsOf, type Step } from './steps.ts';

/** The scripts of one pack for one target, rendered with the simulated functions; undefined when there is no such pack or target. */
export type SimulatedScripts = (
  pack: string,
  target: string,
) => Readonly<Partial<Record<ScriptName, Buffer>>> | undefined;

export interface MachineTestOptions extends RunnerOptions {
  readonly scripts: SimulatedScripts;
  /** 'both' runs machines that name no language mode in each one. */
  readonly language: 'both' | LanguageMode;
  readonly reportProblems: ReportProblems;
}

export interface MachineResult {
  readonly path: string;
  readonly name: string;
  readonly pack: string;
  readonly target: string;
  readonly language: LanguageMode;
  readonly answers: readonly StepAnswer[];
  /** Steps that the machine file says something about. */
  readonly expected: readonly Step[];
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
    resultOf(placed, language, answersOf.get(key(placed, language, tests)), options),
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
  const isComplete = steps.every((step) => found[stepForms[step].script] !== undefined);
  const { machine, parameters = {} } = test;
  return isComplete ? { machine, language, steps, parameters, scripts: found } : undefined;
}

function resultOf(
  { path, test }: PlacedMachineTest,
  language: LanguageMode,
  answers: readonly StepAnswer[] | undefined,
  { scripts, reportProblems }: MachineTestOptions,
): MachineResult {
  const target = test.target ?? 'manual';
  const all = stepsOf(test.expect);
  const failures =
    answers === undefined
      ? [missingScript(test, target, all, scripts)]
      : all.flatMap((step) => stepFailures(step, answers, test.expect[step] ?? {}, reportProblems));
  const durationMs = (answers ?? []).reduce((sum, { durationMs: ms }) => sum + ms, 0);
  const expected = all.filter((step) => test.expect[step] !== undefined);
  const about = { path, name: test.name, pack: test.pack, target, language };
  return { ...about, answers: answers ?? [], expected, failures, durationMs };
}

function missingScript({ pack }: MachineTest, target: string, all: readonly Step[], scripts: SimulatedScripts): string {
  const found = scripts(pack, target);
  if (found === undefined) return `there is no pack ${pack} for target ${target}`;
  const step = all.find((one) => found[stepForms[one].script] === undefined) ?? 'check';
  return `${step}: pack ${pack} has no ${stepForms[step].script} for target ${target}`;
}

function stepFailures(
  step: Step,
  answers: readonly StepAnswer[],
  expected: Expectation,
  reportProblems: ReportProblems,
): string[] {
  const answer = answers.find((candidate) => candidate.step === step);
  const failures = answer === undefined ? ['did not run'] : compareStep(step, answer, expected, reportProblems);
  return failures.map((failure) => `${step}: ${failure}`);
}
