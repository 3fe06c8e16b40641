import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readAnswer } from '../../src/machine-test/compare.ts';
import { readPacks } from '../../src/build.ts';
import { coverageOf } from '../../src/machine-test/coverage.ts';
import { load } from '../../src/load.ts';
import { readMachineTests, type PlacedMachineTest } from '../../src/machine-test/machine-file.ts';
import { runMachineTests, type MachineResult, type MachineTestOptions } from '../../src/machine-test/machine-test.ts';
import { loadMessages } from '../../src/messages.ts';
import { simulatedScripts } from '../../src/machine-test/scripts.ts';
import { parseSource } from '../../src/source.ts';
import { runTool } from '../../src/tools.ts';
import { faultyMachines, strongerStates } from '../support/faults.ts';
import { announceSkip, findShell } from '../support/pester.ts';
import { expectOk, renderTestedPacks, schemaFolder, templatesFolder } from '../support/simulated.ts';
import { createValidator } from '../../src/validate.ts';

const folder = fileURLToPath(new URL('../machines/', import.meta.url));
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.json'))
  .sort();
const fileOf = ({ path }: MachineResult): string => relative(folder, path).replaceAll('\\', '/');
const tests = expectOk(
  readMachineTests(
    expectOk(await load(files.map((name) => `${folder}${name}`))),
    createValidator(schemaFolder).validateAs,
  ),
);

/** All faults of all machines take long; the short run takes one for each read and set of messages of a file. */
const allFaults = process.env['PSMINT_ALL_FAULTS'] === '1';
const faultsLimit = allFaults ? 10_800_000 : 600_000;

const shell = await findShell();
if (shell === undefined)
  announceSkip(`${tests.length} simulated machines`, 'no PowerShell (pwsh or powershell) on the path');
const scripts = simulatedScripts(await renderTestedPacks());
const packs = expectOk(
  await readPacks(
    // Test packs have machines for their kind alone.
    [...new Set(tests.map(({ test }) => test.pack))]
      .map((id) => join(schemaFolder, '..', `${id}.json`))
      .filter(existsSync),
    schemaFolder,
  ),
).map(({ pack }) => pack);

const { validateAs } = createValidator(schemaFolder);
const reportProblems = (report: unknown): readonly string[] => {
  const checked = validateAs('report.schema.json', parseSource('report', JSON.stringify(report)));
  return checked.ok ? [] : checked.diagnostics.map(({ message }) => message);
};

async function run(
  placed: readonly PlacedMachineTest[],
  language: MachineTestOptions['language'],
): Promise<readonly MachineResult[]> {
  const simulatedFolder = join(templatesFolder, 'simulated');
  const fixed = {
    reportProblems,
    runShell: runTool,
    shell: shell ?? '',
    simulatedFolder,
    temporaryFolder: tmpdir(),
    limitSeconds: 30,
    slots: 2,
  };
  const answer = await runMachineTests(placed, { ...fixed, scripts, language });
  if (!answer.ok) throw new Error(answer.reason);
  return answer.results;
}

const results = shell === undefined ? [] : await run(tests, 'both');

describe('the machine files', () => {
  it('are what their tables make of them', async () => {
    const answer = await runTool('node', [`${folder}generate.mjs`, '--check'], { timeoutMs: 60_000 });
    expect(answer.stderr).toBe('');
    expect(answer.exitCode).toBe(0);
  });

  it('are at least 400, and no two of a file have one name', () => {
    expect(tests.length).toBeGreaterThanOrEqual(400);
    const names = tests.map(({ path, test }) => `${path}: ${test.name}`);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});

describe.skipIf(shell === undefined)('simulated machines', () => {
  it.each(files)('%s: every script answers as expected in both language modes', (path) => {
    const failed = results.filter((result) => fileOf(result) === path && result.failures.length > 0);
    expect(failed.map(({ name, language, failures }) => ({ name, language, failures }))).toEqual([]);
  });

  it('gives every machine the same answer in both language modes', () => {
    const answers = new Map<string, string>();
    const different = results.filter((result) => {
      const key = `${result.path} ${result.name}`;
      // Every run has a folder of its own, which report names.
      const linesOf = (output: readonly string[]): string[] =>
        output.map((line) => line.replace(/^Report: .*[\\/]/, 'Report: '));
      const said = JSON.stringify(result.answers.map(({ exitCode, output }) => [exitCode, linesOf(output)]));
      if (!answers.has(key)) answers.set(key, said);
      return answers.get(key) !== said;
    });
    expect(different.map(({ name }) => name)).toEqual([]);
  });

  it('show every state, message, row and threshold of the shipped packs', async () => {
    const { texts } = await loadMessages(templatesFolder);
    expect(coverageOf(packs, results, Object.keys(texts.en)).flatMap(({ missing }) => missing)).toEqual([]);
  });

  it(
    'never gives another definite state when one read fails',
    async () => {
      // Packs with a folder of their own have the same functions and the same table as the first one: other data, no other reads.
      const full = results.filter(
        (result) => result.language === 'FullLanguage' && (allFaults || !fileOf(result).includes('/')),
      );
      const faulty = full.flatMap((before) => {
        const placed = tests.find(({ path, test }) => path === before.path && test.name === before.name);
        return placed === undefined ? [] : faultyMachines(placed, before).map((test) => ({ before, test }));
      });
      const chosen = allFaults ? faulty : onePerKind(faulty);
      const after = await run(
        chosen.map(({ test }) => test),
        'FullLanguage',
      );
      expect(chosen.length).toBeGreaterThan(300);
      expect(chosen.flatMap(({ before }, index) => strongerStates(before, after[index]!))).toEqual([]);
      expect(after.flatMap(({ name, failures }) => failures.map((failure) => `${name}: ${failure}`))).toEqual([]);
    },
    faultsLimit,
  );
});

interface Faulty {
  readonly before: MachineResult;
  readonly test: PlacedMachineTest;
}

function onePerKind(faulty: readonly Faulty[]): readonly Faulty[] {
  const kinds = new Map(
    faulty.map((one) => {
      const messages = one.before.answers[0] === undefined ? {} : readAnswer(one.before.answers[0]).messages;
      return [
        JSON.stringify([one.before.path, messages, one.test.test.machine.deny?.at(-1)?.replaceAll(/[0-9]+/g, '0')]),
        one,
      ];
    }),
  );
  return [...kinds.values()];
}
