import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { load } from '../../src/load.ts';
import { readAnswer } from '../../src/machine-test/compare.ts';
import { readMachineTests, type Expectation, type PlacedMachineTest } from '../../src/machine-test/machine-file.ts';
import { runMachineTests, type MachineResult } from '../../src/machine-test/machine-test.ts';
import type { StepAnswer } from '../../src/machine-test/runner.ts';
import { simulatedScripts } from '../../src/machine-test/scripts.ts';
import { stepForms, steps, stepsOf, type Step } from '../../src/machine-test/steps.ts';
import type { ScriptName, Verdict } from '../../src/script-plan.ts';
import { targets } from '../../src/targets/index.ts';
import { exitCodesOf, type Target } from '../../src/targets/target.ts';
import { runTool } from '../../src/tools.ts';
import { createValidator } from '../../src/validate.ts';
import { announceSkip, findShell } from '../support/pester.ts';
import { expectOk, renderTestedPacks, schemaFolder, templatesFolder } from '../support/simulated.ts';

/**
 * The machines are written for use by hand; here the scripts of every other target meet them. What a script found and decided
 * stands in its report file, whatever its channel is told; the code has to be the one that its target has for the verdict.
 */
const shell = await findShell();
if (shell === undefined)
  announceSkip('the machines for every target', 'no PowerShell (pwsh or powershell) on the path');

const folder = fileURLToPath(new URL('../machines/', import.meta.url));
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
const tests = expectOk(
  readMachineTests(
    expectOk(await load(files.sort().map((name) => join(folder, name)))),
    createValidator(schemaFolder).validateAs,
  ),
).filter(({ test }) => test.target === undefined && test.parameters === undefined);
const scripts = simulatedScripts(await renderTestedPacks());

/** A part of the machines for each target, another one for the next; all of them with PSMINT_ALL_TARGETS=1 (many minutes). */
const share = process.env['PSMINT_ALL_TARGETS'] === '1' ? tests.length : 8;

function machinesFor(target: Target, position: number): readonly PlacedMachineTest[] {
  const own = scriptsOf(target);
  const possible = tests.flatMap(({ path, test }) => {
    const expected = steps.filter((step) => test.expect[step] !== undefined);
    const known = expected.filter((step) => stepsOf({ [step]: {} }).every((each) => own.has(stepForms[each].script)));
    const expect = Object.fromEntries(known.map((step) => [step, test.expect[step]]));
    const found = scripts(test.pack, target.id);
    const isThere = stepsOf(expect).every((step) => found?.[stepForms[step].script] !== undefined);
    return known.length > 0 && isThere ? [{ path, test: { ...test, target: target.id, expect } }] : [];
  });
  const stride = Math.max(1, Math.floor(possible.length / share));
  return possible.filter((_, index) => index % stride === position % stride).slice(0, share);
}

const scriptsOf = ({ scripts: names }: Target): ReadonlySet<ScriptName> => new Set(names);

const others = targets.filter(({ id }) => id !== 'manual');
const chosen = others.flatMap((target, position) => machinesFor(target, position));

async function run(): Promise<readonly MachineResult[]> {
  const answer = await runMachineTests(chosen, {
    reportProblems: () => [],
    runShell: runTool,
    shell: shell ?? '',
    simulatedFolder: join(templatesFolder, 'simulated'),
    temporaryFolder: tmpdir(),
    limitSeconds: 60,
    slots: 2,
    scripts,
    language: 'both',
  });
  if (!answer.ok) throw new Error(answer.reason);
  return answer.results;
}

const results = shell === undefined ? [] : await run();

function problemsOf(target: Target, { path, name, language, answers }: MachineResult): string[] {
  const { test } = chosen.find((one) => one.path === path && one.test.name === name && one.test.target === target.id)!;
  return steps.flatMap((step) => {
    const expected = test.expect[step];
    const answer = answers.find((one) => one.step === step);
    const problems =
      expected === undefined
        ? []
        : answer === undefined
          ? ['did not run']
          : stepProblems(target, step, expected, answer);
    return problems.map((problem) => `${relative(folder, path)}: ${name} (${language}, ${step}): ${problem}`);
  });
}

function stepProblems(target: Target, step: Step, expected: Expectation, answer: StepAnswer): string[] {
  const { verdict } = (answer.report ?? {}) as { readonly verdict?: Verdict };
  const { states, messages } = readAnswer(answer);
  const codes = exitCodesOf(target, stepForms[step].script);
  const pairs = [
    ['verdict', expected.verdict ?? verdict, verdict],
    ['code', verdict === undefined ? undefined : codes[verdict], answer.exitCode],
    ...Object.entries(expected.rules ?? {}).map(([id, state]) => [id, state, states[id]]),
    ...Object.entries(expected.messages ?? {}).map(([id, key]) => [`${id} message`, key, messages[id]]),
  ];
  const wrong = pairs.filter(([, wanted, got]) => wanted !== got);
  return [
    ...wrong.map(([what, wanted, got]) => `${String(what)} is ${String(got)}, not ${String(wanted)}`),
    ...answer.errors.map((error) => `error: ${error}`),
    ...(verdict === undefined ? ['no report'] : []),
  ];
}

describe.skipIf(shell === undefined)('on simulated machines the scripts of', () => {
  it.each(others.map((target) => [target.id, target] as const))('%s find and decide what is expected', (id, target) => {
    const own = results.filter((result) => result.target === id);
    expect(new Set(own.map(({ language }) => language)).size).toBe(2);
    expect(own.length).toBeGreaterThanOrEqual(8);
    expect(own.flatMap((result) => problemsOf(target, result))).toEqual([]);
  });
});
