import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runJobs, type Job, type StepAnswer } from '../../src/machine-test/runner.ts';
import { runTool } from '../../src/tools.ts';
import { announceSkip, findShell } from '../support/pester.ts';

const shell = await findShell();
if (shell === undefined)
  announceSkip('the runner of simulated machines', 'no PowerShell (pwsh or powershell) on the path');

function job(text: string, change: Partial<Job> = {}): Job {
  const bytes = Buffer.from(`param([string]$ReportPath)\r\n${text}`);
  return {
    machine: {},
    language: 'FullLanguage',
    steps: ['check'],
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
    const steps = ['check', 'fix-cert', 'check-after-fix'] as const;
    const answers = await run([job(text, { steps }), job(text, { steps })]);
    const expected = [['1 1'], ['2 1'], ['3 1']];
    expect(answers.map((steps) => steps.map((answer) => answer.output))).toEqual([expected, expected]);
  });

  it('gives up on a script that hangs and goes on with the others', async () => {
    const hanging = job('while ($true) { Start-Sleep -Seconds 1 }', { steps: ['check', 'fix-cert'] });
    const answers = await run([hanging, job("'fine'"), job("'fine too'")], 2);
    expect(answers.map((steps) => steps.map(({ timedOut }) => timedOut))).toEqual([[true], [false], [false]]);
  });
});
