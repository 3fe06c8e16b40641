import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { compareStep } from '../../src/machine-test/compare.ts';
import { formatJson, formatTable } from '../../src/machine-test/format.ts';
import { machineDescription, type MachineTest } from '../../src/machine-test/machine-file.ts';
import { runMachineTests, type MachineTestOptions } from '../../src/machine-test/machine-test.ts';
import type { StepAnswer } from '../../src/machine-test/runner.ts';

const line = 'PSMINT check fail pack=some-pack@1.0.0 A-B=fail C-D=pass | A-B: something is missing';
const report = {
  verdict: 'fail',
  findings: [
    { id: 'A-B', state: 'fail', messageKey: 'X' },
    { id: 'C-D', state: 'pass', messageKey: 'Y' },
  ],
};
const good: StepAnswer = {
  step: 'check',
  exitCode: 10,
  output: [line],
  errors: [],
  warnings: [],
  timedOut: false,
  durationMs: 5,
  report,
};

describe('comparing an answer', () => {
  it('finds nothing wrong with what is promised and expected', () => {
    const expected = { verdict: 'fail', exitCode: 10, rules: { 'A-B': 'fail' }, messages: { 'A-B': 'X' } };
    expect(compareStep('check', good, expected)).toEqual([]);
  });

  it.each<[string, Partial<StepAnswer>, string]>([
    ['a script that hangs', { timedOut: true }, 'did not end within the time limit'],
    ['an error', { errors: ['boom'] }, 'error stream: boom'],
    ['a warning', { warnings: ['careful'] }, 'other streams: careful'],
    ['text that is not ASCII', { output: ['é', line] }, 'output is not ASCII'],
    ['a tab', { output: ['a\tb', line] }, 'output is not ASCII'],
    ['no report', { report: undefined }, 'no report file, or not the JSON that is promised'],
    [
      'a report of another verdict',
      { report: { ...report, verdict: 'pass' } },
      'report and last line have different verdicts',
    ],
    [
      'a report of other states',
      { report: { ...report, findings: [] } },
      'report and last line disagree: A-B,fail C-D,pass',
    ],
  ])('finds %s', (_, change, failure) => {
    expect(compareStep('check', { ...good, ...change }, {})).toContain(failure);
  });

  it.each([
    '',
    'PSMINT check fail pack=some-pack@1.0.0 A-B=fail',
    'PSMINT check fail pack=some-pack@1.0.0 A-B=fail | ',
    'PSMINT fix-cert fail pack=some-pack@1.0.0 A-B=fail | reason',
    `${line} `.repeat(1) + 'x'.repeat(2048),
  ])('finds a last line that is not the promised one: %s', (last) => {
    expect(compareStep('check', { ...good, output: [last] }, {})).not.toEqual([]);
  });

  it('names each expectation that is not met', () => {
    const expected = {
      verdict: 'pass',
      exitCode: 0,
      rules: { 'A-B': 'pass', 'E-F': 'pass' },
      messages: { 'C-D': 'Z' },
    };
    expect(compareStep('check', good, expected)).toEqual([
      'verdict: expected pass, got fail',
      'exit code: expected 0, got 10',
      'A-B: expected pass, got fail',
      'E-F: expected pass, got nothing',
      'C-D message: expected Z, got Y',
      `last line: ${line}`,
    ]);
  });
});

describe('describing a machine', () => {
  it('keeps names that differ in case alone, and fills in the host', () => {
    expect(
      machineDescription({ registry: { 'HKLM:\\A': { x: 1, X: 'two' } }, certificates: { CA: ['AB'] } }),
    ).toMatchObject({
      registry: [
        {
          key: 'HKLM:\\A',
          values: [
            { name: 'x', value: 1 },
            { name: 'X', value: 'two' },
          ],
        },
      ],
      certificates: [{ store: 'CA', thumbprint: 'AB' }],
      host: { powershell: '5.1', bits: 64, windowsBits: 64, elevated: true, culture: 'en-US' },
    });
  });
});

interface Jobs {
  readonly jobs: readonly {
    readonly id: number;
    readonly language: string;
    readonly runs: readonly { readonly step: string; readonly parameters: { readonly ReportPath: string } }[];
  }[];
}

/** Stands in for PowerShell: every script answers `good`. */
const options: MachineTestOptions = {
  shell: 'pwsh',
  simulatedFolder: '/simulated',
  temporaryFolder: tmpdir(),
  limitSeconds: 5,
  slots: 2,
  language: 'both',
  scripts: (pack) =>
    pack === 'some-pack'
      ? { check: Buffer.from('c'), 'fix-cert': Buffer.from('f'), report: Buffer.from('r') }
      : undefined,
  runShell: async (_, args) => {
    const at = (name: string): string => args[args.indexOf(name) + 1] ?? '';
    const plan = JSON.parse(await readFile(at('-JobsPath'), 'utf8')) as Jobs;
    const jobs = plan.jobs.map(({ id, runs }) => ({ id, runs: runs.map(({ step }) => ({ ...good, step })) }));
    for (const run of plan.jobs.flatMap((job) => job.runs))
      await writeFile(run.parameters.ReportPath, JSON.stringify(report));
    await writeFile(at('-ResultsPath'), JSON.stringify({ shell: '7.6', jobs: jobs.reverse() }));
    return { exitCode: 0, stdout: '', stderr: '' };
  },
};

const test: MachineTest = { name: 'one', pack: 'some-pack', machine: {}, expect: { check: { verdict: 'fail' } } };

describe('running machine tests', () => {
  it('runs each machine in both language modes, unless it names one', async () => {
    const fixed: MachineTest = { ...test, name: 'two', machine: { host: { language: 'ConstrainedLanguage' } } };
    const run = await runMachineTests(
      [
        { path: 'a.json', test },
        { path: 'a.json', test: fixed },
      ],
      options,
    );
    expect(run.ok && run.results.map(({ name, language, failures }) => [name, language, failures])).toEqual([
      ['one', 'FullLanguage', []],
      ['one', 'ConstrainedLanguage', []],
      ['two', 'ConstrainedLanguage', []],
    ]);
  });

  it.each([
    [{ check: {} }, ['check']],
    [{}, ['check']],
    [{ 'fix-cert': {} }, ['check', 'fix-cert']],
    [{ 'check-after-fix': {} }, ['check', 'fix-cert', 'check-after-fix']],
    [{ report: {} }, ['check', 'report']],
  ])('runs the steps that %o needs', async (expected, steps) => {
    const run = await runMachineTests([{ path: 'a.json', test: { ...test, expect: expected } }], {
      ...options,
      language: 'FullLanguage',
    });
    expect(run.ok && run.results[0]?.answers.map(({ step }) => step)).toEqual(steps);
  });

  it('fails a machine whose pack is not there', async () => {
    const run = await runMachineTests([{ path: 'a.json', test: { ...test, pack: 'other' } }], {
      ...options,
      language: 'FullLanguage',
    });
    expect(run.ok && run.results[0]?.failures).toEqual(['there is no pack other for target manual']);
  });

  it('says what the shell said when it left no results', async () => {
    const runShell = async (): Promise<{ exitCode: number; stdout: string; stderr: string }> =>
      Promise.resolve({ exitCode: 127, stdout: '', stderr: 'not found' });
    const run = await runMachineTests([{ path: 'a.json', test }], { ...options, runShell });
    expect(run).toEqual({ ok: false, reason: 'pwsh exit code 127: not found' });
  });

  it('formats results for people and for programs', async () => {
    const bad: MachineTest = { ...test, name: 'bad', expect: { check: { verdict: 'pass' } } };
    const run = await runMachineTests(
      [
        { path: 'a.json', test },
        { path: 'a.json', test: bad },
      ],
      { ...options, language: 'FullLanguage' },
    );
    const results = run.ok ? run.results : [];
    expect(formatTable(results)).toBe(
      [
        'ok    full         one  (check=fail)',
        'FAIL  full         bad  (check=fail)',
        '      check: verdict: expected pass, got fail',
        `      check: last line: ${line}`,
        '',
        '1 of 2 runs as expected, 1 not',
        '',
      ].join('\n'),
    );
    expect(JSON.parse(formatJson(results))).toMatchObject({
      passed: 1,
      failed: 1,
      machines: [{ name: 'one' }, { name: 'bad', steps: [{ verdict: 'fail' }] }],
    });
  });
});
