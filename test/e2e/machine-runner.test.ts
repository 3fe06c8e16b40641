import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runJobs, type Job, type RunShell, type StepAnswer } from '../../src/machine-test/runner.ts';
import { runTool } from '../../src/tools.ts';
import { runCli, type Answer } from '../support/cli.ts';
import { announceSkip, findShell } from '../support/pester.ts';

const shell = await findShell();
if (shell === undefined)
  announceSkip('the runner of simulated machines', 'no PowerShell (pwsh or powershell) on the path');

function job(text: string, change: Partial<Job> = {}): Job {
  const bytes = Buffer.from(`param([string]$ReportPath, [switch]$Rollback)\r\n${text}`);
  return {
    machine: {},
    language: 'FullLanguage',
    steps: ['check'],
    parameters: {},
    scripts: { check: bytes, 'fix-cert': bytes, report: bytes },
    ...change,
  };
}

async function run(jobs: readonly Job[], limitSeconds = 30): Promise<readonly (readonly StepAnswer[])[]> {
  const simulatedFolder = fileURLToPath(new URL('../../templates/simulated', import.meta.url));
  const options = {
    runShell: runTool,
    shell: shell ?? '',
    simulatedFolder,
    temporaryFolder: tmpdir(),
    limitSeconds,
    slots: 2,
  };
  const answer = await runJobs(jobs, options);
  if (!answer.ok) throw new Error(answer.reason);
  return answer.jobs;
}

describe('reports of simulated machines', () => {
  /** Reports of three machines, of a shell that writes what it is told to where reports are expected. */
  async function reportsOf(write: (paths: readonly string[]) => void): Promise<readonly unknown[]> {
    const runShell: RunShell = (_, args) => {
      const [jobs, results] = [args.at(-3) ?? '', args.at(-1) ?? ''];
      const plan = JSON.parse(readFileSync(jobs, 'utf8')) as {
        readonly jobs: readonly {
          readonly id: number;
          readonly runs: readonly [{ readonly parameters: { readonly ReportPath: string } }];
        }[];
      };
      write(plan.jobs.map(({ runs }) => runs[0].parameters.ReportPath));
      const answers = plan.jobs.map(({ id }) => ({ id, runs: [{ step: 'check' }] })).reverse();
      writeFileSync(results, JSON.stringify({ shell: 'none', jobs: answers }));
      return Promise.resolve({ exitCode: 0, stdout: '', stderr: '' });
    };
    const fixed = { shell: 'none', simulatedFolder: 'none', temporaryFolder: tmpdir(), limitSeconds: 1, slots: 1 };
    const answer = await runJobs([job(''), job(''), job('')], { ...fixed, runShell });
    return answer.ok ? answer.jobs.map(([step]) => step?.report) : [answer.reason];
  }

  it('are none where the script wrote none, or no JSON', async () => {
    const reports = await reportsOf(([first = '', second = '']) => {
      writeFileSync(first, '{"verdict":"pass"}');
      writeFileSync(second, '{"verdict":');
    });
    expect(reports).toEqual([{ verdict: 'pass' }, undefined, undefined]);
  });

  it('that cannot be read are no answer of a script', async () => {
    const write = ([first = '']: readonly string[]): void => {
      mkdirSync(first);
    };
    await expect(reportsOf(write)).rejects.toThrow('EISDIR');
  });
});

describe.skipIf(shell === undefined)('the runner of simulated machines', () => {
  it('gives output and exit code as -File would', async () => {
    const scripts = ["'a'; 'b'; exit 3", "'no exit'", "throw 'boom'", 'function {', "Write-Error 'soft'; exit 4"];
    const answers = (await run(scripts.map((text) => job(text)))).map(([answer]) => answer);
    expect(answers.map((answer) => answer?.exitCode)).toEqual([3, 0, 1, 1, 4]);
    expect(answers.map((answer) => answer?.output)).toEqual([['a', 'b'], ['no exit'], [], [], []]);
    expect(answers.map((answer) => (answer?.errors.length ?? 0) > 0)).toEqual([false, false, true, true, true]);
  });

  it('really constrains a script, and only the one that asks for it', async () => {
    const text = '"$($ExecutionContext.SessionState.LanguageMode)"; [Math]::Abs(-1)';
    const [full, constrained] = await run([job(text), job(text, { language: 'ConstrainedLanguage' })]);
    expect(full?.[0]?.output).toEqual(['FullLanguage', '1']);
    expect(constrained?.[0]?.output.slice(0, 1)).toEqual(['ConstrainedLanguage']);
    expect(constrained?.[0]?.errors.length).toBe(1);
  });

  it('keeps one machine through its steps and shows it to no other', async () => {
    const text =
      '$global:SimulatedMachine.HotFixes += \'KB1\'; $global:seen += 1; "$($global:SimulatedMachine.HotFixes.Count) $global:seen"';
    const steps = ['fix-cert', 'rollback'] as const;
    const answers = await run([job(text, { steps }), job(text, { steps })]);
    const expected = [['1 1'], ['2 1']];
    expect(answers.map((steps) => steps.map((answer) => answer.output))).toEqual([expected, expected]);
  });

  it('asks a step that only reads once more when its line is new, and no other step', async () => {
    const count = '$global:SimulatedMachine.Deny += 1; "line $(@($global:SimulatedMachine.Deny).Count)"';
    const [same, other, changing] = await run([
      job("'line'"),
      job("'line'"),
      job(count, { steps: ['check', 'fix-cert'] }),
    ]);
    expect([same, other].map((answers) => answers?.[0]?.again).sort()).toEqual(['line', undefined]);
    expect(changing?.map(({ output, again }) => [output, again])).toEqual([
      [['line 1'], 'line 2'],
      [['line 3'], undefined],
    ]);
  });

  it('gives up on a script that hangs and goes on with the others', async () => {
    const hanging = job('while ($true) { Start-Sleep -Seconds 1 }', { steps: ['check', 'fix-cert'] });
    const answers = await run([hanging, job("'fine'"), job("'fine too'")], 2);
    expect(answers.map((steps) => steps.map(({ timedOut }) => timedOut))).toEqual([[true], [false], [false]]);
  });

  it('is what `psmint test` runs: table, JUnit, JSON and coverage', () => {
    const cwd = mkdtempSync(join(tmpdir(), 'psmint-test-'));
    const psmint = (...args: readonly string[]): Answer =>
      runCli(['test', '--machines', 'machine.json', '--shell', shell ?? '', ...args], { cwd, home: cwd });
    const expected = { check: { verdict: 'fail', exitCode: 10 } };
    const machine = {
      $schema: 'x',
      name: 'nothing known',
      pack: 'trendmicro-vbbss-acs',
      machine: {},
      expect: expected,
    };
    try {
      writeFileSync(join(cwd, 'machine.json'), JSON.stringify(machine));
      const table = psmint('--language', 'both', '--junit', 'junit.xml');
      expect(table).toMatchObject({ code: 0, err: '' });
      expect(table.out).toMatch(/^ok {4}full .*nothing known {2}\(check=fail\)\nok {4}constrained /);
      expect(table.out).toMatch(/\n2 of 2 runs as expected\n$/);
      expect(readFileSync(join(cwd, 'junit.xml'), 'utf8').match(/<testcase /g)).toHaveLength(2);
      const demanding = psmint('--require-coverage', '--json');
      expect(demanding).toMatchObject({ code: 1, err: '' });
      expect(JSON.parse(demanding.out)).toMatchObject({
        failed: 0,
        coverage: [
          {
            pack: machine.pack,
            missing: expect.arrayContaining([{ rule: 'VBBSS-OS', point: 'state pass' }]) as unknown,
          },
        ],
      });
      const unwritable = psmint('--junit', join('none', 'junit.xml'));
      expect(unwritable).toMatchObject({ code: 2, out: '' });
      expect(unwritable.err).toContain('output-unwritable');
    } finally {
      rmSync(cwd, { recursive: true });
    }
  });
});
