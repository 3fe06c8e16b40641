import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { compareStep } from '../../src/machine-test/compare.ts';
import { coverageOf, type CoveredPack } from '../../src/machine-test/coverage.ts';
import { formatJson, formatTable } from '../../src/machine-test/format.ts';
import { formatJunit } from '../../src/machine-test/junit.ts';
import { machineDescription, type MachineTest } from '../../src/machine-test/machine-file.ts';
import { runMachineTests, type MachineResult, type MachineTestOptions } from '../../src/machine-test/machine-test.ts';
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
  events: [],
  history: [],
  report,
};

const valid = (): readonly string[] => [];

describe('comparing an answer', () => {
  it('finds nothing wrong with what is promised and expected', () => {
    const expected = { verdict: 'fail', exitCode: 10, rules: { 'A-B': 'fail' }, messages: { 'A-B': 'X' } };
    expect(compareStep('check', good, expected, valid)).toEqual([]);
  });

  it.each<[string, Partial<StepAnswer>, string]>([
    ['a script that hangs', { timedOut: true }, 'did not end within the time limit'],
    ['an error', { errors: ['boom'] }, 'error stream: boom'],
    ['a warning', { warnings: ['careful'] }, 'other streams: careful'],
    ['text that is not ASCII', { output: ['é', line] }, 'output is not ASCII'],
    ['a tab', { output: ['a\tb', line] }, 'output is not ASCII'],
    ['no report', { report: undefined }, 'no report file, or not the JSON that is promised'],
    ['a line that is another the second time', { again: `${line}!` }, `asked again, another last line: ${line}!`],
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
    expect(compareStep('check', { ...good, ...change }, {}, valid)).toContain(failure);
  });

  it('finds a report that does not follow its schema', () => {
    expect(compareStep('check', good, {}, () => ['no verdict'])).toContain('report: no verdict');
  });

  it('has nothing against the same line again', () => {
    expect(compareStep('check', { ...good, again: line }, {}, valid)).toEqual([]);
  });

  it.each([
    '',
    'PSMINT check fail pack=some-pack@1.0.0 A-B=fail',
    'PSMINT check fail pack=some-pack@1.0.0 A-B=fail | ',
    'PSMINT fix-cert fail pack=some-pack@1.0.0 A-B=fail | reason',
    `${line} `.repeat(1) + 'x'.repeat(2048),
  ])('finds a last line that is not the promised one: %s', (last) => {
    expect(compareStep('check', { ...good, output: [last] }, {}, valid)).not.toEqual([]);
  });

  it('names each expectation that is not met', () => {
    const expected = {
      verdict: 'pass',
      exitCode: 0,
      rules: { 'A-B': 'pass', 'E-F': 'pass' },
      messages: { 'C-D': 'Z' },
    };
    expect(compareStep('check', good, expected, valid)).toEqual([
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
    readonly runs: readonly {
      readonly step: string;
      readonly readsOnly: boolean;
      readonly parameters: { readonly ReportPath: string; readonly WhatIf?: boolean; readonly Rollback?: boolean };
    }[];
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
  reportProblems: valid,
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
    [{ report: {} }, ['report']],
    [{ check: {}, report: {} }, ['check', 'report']],
    [{ 'fix-cert-what-if': {} }, ['check', 'fix-cert-what-if']],
    [{ rollback: {} }, ['check', 'fix-cert', 'check-after-fix', 'rollback']],
    [{ 'rollback-what-if': {} }, ['check', 'fix-cert', 'check-after-fix', 'rollback-what-if']],
    [
      { 'check-after-rollback': {}, report: {} },
      ['check', 'fix-cert', 'check-after-fix', 'rollback', 'check-after-rollback', 'report'],
    ],
  ])('runs the steps that %o needs', async (expected, steps) => {
    const run = await runMachineTests([{ path: 'a.json', test: { ...test, expect: expected } }], {
      ...options,
      language: 'FullLanguage',
    });
    expect(run.ok && run.results[0]?.answers.map(({ step }) => step)).toEqual(steps);
  });

  it('runs report alone where a target takes no other script', async () => {
    const only: MachineTest = { ...test, expect: { report: { verdict: 'fail' } } };
    const scripts = (): ReturnType<MachineTestOptions['scripts']> => ({ report: Buffer.from('r') });
    const run = await runMachineTests([{ path: 'a.json', test: only }], {
      ...options,
      scripts,
      language: 'FullLanguage',
    });
    // The stand-in speaks as check does; what counts is that no other script was missed.
    expect(run.ok && run.results.map(({ answers }) => answers.map(({ step }) => step))).toEqual([['report']]);
    expect(run.ok && run.results.flatMap(({ failures }) => failures).join(' ')).not.toMatch(
      /has no report|did not run/,
    );
  });

  it('fails a machine whose pack is not there', async () => {
    const run = await runMachineTests([{ path: 'a.json', test: { ...test, pack: 'other' } }], {
      ...options,
      language: 'FullLanguage',
    });
    expect(run.ok && run.results[0]?.failures).toEqual(['there is no pack other for target manual']);
  });

  it('fails a machine that expects something of a script that its pack has not', async () => {
    const run = await runMachineTests([{ path: 'a.json', test: { ...test, expect: { 'check-after-fix': {} } } }], {
      ...options,
      scripts: () => ({ check: Buffer.from('c'), report: Buffer.from('r') }),
      language: 'FullLanguage',
    });
    expect(run.ok && run.results[0]?.failures).toEqual(['fix-cert: pack some-pack has no fix-cert for target manual']);
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
    expect(formatTable(results, [])).toBe(
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
    expect(JSON.parse(formatJson(results, []))).toMatchObject({
      passed: 1,
      failed: 1,
      machines: [{ name: 'one' }, { name: 'bad', steps: [{ verdict: 'fail' }] }],
    });
  });

  it('gives fix-cert its switches, and runs nothing twice that changes the machine', async () => {
    const runs: Jobs['jobs'][number]['runs'][number][] = [];
    const runShell: MachineTestOptions['runShell'] = async (shell, args, limits) => {
      const plan = JSON.parse(await readFile(args[args.indexOf('-JobsPath') + 1] ?? '', 'utf8')) as Jobs;
      runs.push(...plan.jobs.flatMap((job) => job.runs));
      return options.runShell(shell, args, limits);
    };
    const expected = { 'fix-cert-what-if': {}, 'rollback-what-if': {}, rollback: {} };
    await runMachineTests([{ path: 'a.json', test: { ...test, expect: expected } }], {
      ...options,
      runShell,
      language: 'FullLanguage',
    });
    expect(
      runs.map(({ step, readsOnly, parameters: { WhatIf, Rollback } }) => [step, readsOnly, WhatIf, Rollback]),
    ).toEqual([
      ['check', true, undefined, undefined],
      ['fix-cert-what-if', true, true, undefined],
      ['fix-cert', false, undefined, undefined],
      ['check-after-fix', true, undefined, undefined],
      ['rollback-what-if', true, true, true],
      ['rollback', false, undefined, true],
    ]);
  });
});

const result: MachineResult = {
  path: 'a.json',
  name: 'one',
  pack: 'some-pack',
  target: 'manual',
  language: 'FullLanguage',
  answers: [good],
  expected: ['check'],
  failures: [],
  durationMs: 1234,
};

describe('JUnit', () => {
  it('has a suite a file, a case a machine, and what went wrong', () => {
    const bad = { ...result, name: 'two & "<three>"\u0001\ud800', failures: ['check: a < b', 'check: c'] };
    expect(
      formatJunit([result, bad], [{ pack: 'some-pack', points: 3, missing: [{ rule: 'A-B', point: 'state fail' }] }]),
    ).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="psmint test">
  <testsuite name="a.json" tests="2" failures="1" errors="0" skipped="0" time="2.468">
    <testcase classname="some-pack.manual.FullLanguage" name="one" time="1.234"/>
    <testcase classname="some-pack.manual.FullLanguage" name="two &amp; &quot;&lt;three&gt;&quot;??" time="1.234">
      <failure message="check: a &lt; b">check: a &lt; b
check: c</failure>
      <system-out>check: ${line}</system-out>
    </testcase>
  </testsuite>
  <testsuite name="coverage" tests="1" failures="1" errors="0" skipped="0" time="0.000">
    <testcase classname="some-pack" name="coverage" time="0.000">
      <failure message="no machine shows A-B  state fail">no machine shows A-B  state fail</failure>
      <system-out></system-out>
    </testcase>
  </testsuite>
</testsuites>
`);
  });
});

const versionKey = 'HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion';
const about = { en: '', ja: '' };

/** Two rows: one that has it from a revision on, where one edition was out of support, and one that never got it. */
const coveredPack = {
  id: 'some-pack',
  rules: [
    {
      id: 'A-B',
      severity: 'required',
      title: about,
      why: about,
      remediation: [],
      check: {
        kind: 'os-build',
        capability: about,
        article: { title: about, url: '' },
        nativeFrom: 22000,
        builds: [
          {
            support: 'revision',
            build: 19041,
            minRevision: 1266,
            update: { kb: 5005611, date: '2021-09-30' },
            client: {
              name: 'A',
              endOfSupport: [
                { editions: 'home-pro', date: '2021-05-11' },
                { editions: 'ltsc', date: '2029-01-09' },
              ],
            },
          },
          { support: 'never', build: 10586 },
        ],
      },
    },
  ],
} satisfies CoveredPack;

function machineWith(build: string, revision: string, state: string, messageKey: string): MachineResult {
  const evidence = [
    { source: `${versionKey}\\CurrentBuildNumber`, status: 'found', value: build },
    { source: `${versionKey}\\UBR`, status: 'found', value: revision },
  ];
  const findings = [{ id: 'A-B', state, messageKey, evidence }];
  return { ...result, answers: [{ ...good, report: { verdict: state, findings } }] };
}

describe('coverage', () => {
  const missing = (results: readonly MachineResult[]): readonly string[] =>
    coverageOf([coveredPack], results, []).flatMap((pack) => pack.missing.map(({ point }) => point));
  const all = [
    'state pass',
    'state unknown',
    'state fail',
    'no row: message OS_NATIVE',
    'no row: message OS_BUILD_UNKNOWN',
    'no row: message OS_BUILD_UNREADABLE',
    'build 19041: message OS_REVISION_REACHED',
    'build 19041: message OS_REVISION_UNREADABLE',
    'build 19041: message OS_REVISION_BELOW',
    'build 19041: message OS_REVISION_BELOW_UPGRADE',
    'build 19041: message OS_REVISION_BELOW_EDITION_UNKNOWN',
    'build 19041: revision 1265',
    'build 19041: revision 1266',
    'build 10586: message OS_NEVER',
  ];

  it('names every state, message, row and threshold that nothing shows', () => {
    expect(missing([])).toEqual(all);
    expect(coverageOf([coveredPack], [], [])).toMatchObject([{ pack: 'some-pack', points: all.length }]);
  });

  it.each<[Parameters<typeof machineWith>, readonly string[]]>([
    [
      ['19041', '1266', 'pass', 'OS_REVISION_REACHED'],
      ['state pass', 'build 19041: message OS_REVISION_REACHED', 'build 19041: revision 1266'],
    ],
    [
      ['19041', '1265', 'fail', 'OS_REVISION_BELOW'],
      ['state fail', 'build 19041: message OS_REVISION_BELOW', 'build 19041: revision 1265'],
    ],
    // Another row's number is no threshold of this one, and a row that is not there shows no row.
    [
      ['10586', '1266', 'fail', 'OS_NEVER'],
      ['state fail', 'build 10586: message OS_NEVER'],
    ],
    [
      ['30000', '1', 'pass', 'OS_NATIVE'],
      ['state pass', 'no row: message OS_NATIVE'],
    ],
  ])('%j shows %j', (machine, shown) => {
    const gone = all.filter((point) => !missing([machineWith(...machine)]).includes(point));
    expect(gone.sort()).toEqual([...shown].sort());
  });

  it('does not count a step that nothing is expected of, or a machine of another pack', () => {
    const machine = machineWith('30000', '1', 'pass', 'OS_NATIVE');
    expect(missing([{ ...machine, expected: [] }])).toEqual(all);
    expect(missing([{ ...machine, pack: 'other' }])).toEqual(all);
  });

  it('is told in the table, as long as it is short', () => {
    const gaps = Array.from({ length: 22 }, (_, index) => ({ rule: 'A-B', point: `state ${index}` }));
    expect(formatTable([], [{ pack: 'p', points: 3, missing: [] }])).toContain(
      'p: machines show 3 of 3 outcomes, rows and thresholds\n',
    );
    const text = formatTable([], [{ pack: 'p', points: 30, missing: gaps }]);
    expect(text).toContain('p: machines show 8 of 30 outcomes, rows and thresholds, none shows\n      A-B  state 0\n');
    expect(text).toContain('      A-B  state 19\n      and 2 more: --json names all\n');
  });
});
