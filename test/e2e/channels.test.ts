import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { languageModes, type Machine } from '../../src/machine-test/machine-file.ts';
import { runJobs, type StepAnswer } from '../../src/machine-test/runner.ts';
import type { Step } from '../../src/machine-test/steps.ts';
import type { ScriptName, UnsignedScript, Verdict } from '../../src/script-plan.ts';
import { targets } from '../../src/targets/index.ts';
import type { Target } from '../../src/targets/target.ts';
import { runTool } from '../../src/tools.ts';
import { acceptUnsigned } from '../../src/verify.ts';
import { throughChannel } from '../support/channel.ts';
import { hostilePack } from '../support/hostile-pack.ts';
import { announceSkip, findShell } from '../support/pester.ts';
import { renderRealPacks } from '../support/real-pack.ts';
import { renderSimulated, schemaFolder, templatesFolder } from '../support/simulated.ts';

/**
 * Each target's scripts on simulated machines, with what its channel does to the answer: does an admin see the right state?
 */
const shell = await findShell();
if (shell === undefined) announceSkip('the channels of all targets', 'no PowerShell (pwsh or powershell) on the path');

const root = 'F40042E2E5F7E8EF8189FED15519AECE42C3BFA2';
const windows = 'HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion';
const packages = 'HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\Packages';
const windows10 = {
  [windows]: { CurrentBuildNumber: '19045', UBR: 4000, EditionID: 'Professional', InstallationType: 'Client' },
};
const waiting = {
  [windows]: { CurrentBuildNumber: '9600', UBR: 20045, EditionID: 'ServerStandard', InstallationType: 'Server' },
  [`${packages}\\Package_for_KB5006729~31bf3856ad364e35~amd64~~6.3.1.2`]: { CurrentState: 96 },
};

interface Case {
  readonly name: string;
  readonly machine: Machine;
  readonly script: 'check' | 'fix-cert';
  readonly verdict: Verdict;
  /** What a fix says about the certificate. */
  readonly rule?: string;
}

const present = { Root: [root] };
const silent = ['change:certificates:silent'];
const cases: readonly Case[] = [
  { name: 'pass', machine: { registry: windows10, certificates: present }, script: 'check', verdict: 'pass' },
  { name: 'fail', machine: { registry: windows10 }, script: 'check', verdict: 'fail' },
  {
    name: 'pendingReboot',
    machine: { registry: waiting, certificates: present },
    script: 'check',
    verdict: 'pendingReboot',
  },
  { name: 'unknown', machine: { registry: windows10, deny: ['store:Root'] }, script: 'check', verdict: 'unknown' },
  { name: 'fixed', machine: { registry: windows10 }, script: 'fix-cert', verdict: 'pass', rule: 'fixed' },
  {
    name: 'fixFailed',
    machine: { registry: windows10, faults: silent },
    script: 'fix-cert',
    verdict: 'fail',
    rule: 'fixFailed',
  },
];

const folder = await mkdtemp(join(tmpdir(), 'psmint-channels-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The pack that every channel is played with: it has a rule of each state. */
const packId = 'trendmicro-vbbss-acs';
const simulated = await renderSimulated([join(schemaFolder, '..', `${packId}.json`)]);
const delivered = await renderRealPacks(packId);
const scriptOf = (from: readonly UnsignedScript[], target: Target, script: ScriptName): UnsignedScript | undefined =>
  from.find(({ plan }) => plan.packId === packId && plan.target === target.id && plan.script === script);

/** What the channel puts around a script: the commands of its agent, and what makes JSON of objects. */
async function prepared(target: Target, script: ScriptName): Promise<Buffer> {
  const found = scriptOf(simulated, target, script);
  if (found === undefined) return Buffer.from("throw 'not a script of this target'\r\n");
  const commands = Object.keys(target.agentCommands ?? {}).map(
    (name) => `function ${name} { Add-Content -LiteralPath '${agentLog(target)}' -Value "$args" }\r\n`,
  );
  const before = [...commands, ...(target.id === 'datto' ? [`$env:usrPsmintUdf = '17'\r\n`] : [])].join('');
  const text = found.bytes.toString('latin1').replace('Set-StrictMode', () => `${before}Set-StrictMode`);
  if (target.channel.keeps !== 'objects') return Buffer.from(text, 'latin1');
  const file = join(folder, `${target.id}-${script}.ps1`);
  await writeFile(file, text, 'latin1');
  return Buffer.from(
    `param($ReportPath)\r\n& '${file}' -ReportPath $ReportPath | ConvertTo-Json -Compress\r\nexit $LASTEXITCODE\r\n`,
  );
}

const agentLog = (target: Target): string => join(folder, `${target.id}.log`);

const stateScript = (target: Target): ScriptName => (target.scripts.includes('check') ? 'check' : 'report');

function stepsOf(target: Target, { script }: Case): readonly Step[] {
  const last = target.scripts.includes('check') ? 'check-after-fix' : 'report';
  return script === 'check' ? [stateScript(target) === 'check' ? 'check' : 'report'] : ['fix-cert', last];
}

const played = targets.flatMap((target) =>
  cases
    .filter(({ script }) => script === 'check' || target.scripts.includes(script))
    .flatMap((one) => languageModes.map((language) => ({ target, one, language }))),
);

async function play(): Promise<readonly (readonly StepAnswer[])[]> {
  const scripts = new Map<string, Readonly<Record<ScriptName, Buffer>>>();
  for (const target of targets) {
    scripts.set(target.id, {
      check: await prepared(target, 'check'),
      'fix-cert': await prepared(target, 'fix-cert'),
      report: await prepared(target, 'report'),
    });
  }
  const jobs = played.map(({ target, one, language }) => ({
    machine: one.machine,
    language,
    steps: stepsOf(target, one),
    parameters: {},
    scripts: scripts.get(target.id)!,
  }));
  await mkdir(folder, { recursive: true });
  const run = await runJobs(jobs, {
    runShell: runTool,
    shell: shell ?? '',
    simulatedFolder: join(templatesFolder, 'simulated'),
    temporaryFolder: folder,
    limitSeconds: 60,
    slots: 2,
  });
  if (!run.ok) throw new Error(run.reason);
  return run.jobs;
}

const answers = shell === undefined ? [] : await play();

describe.skipIf(shell === undefined)('the channel of', () => {
  it.each(targets.map((target) => [target.id, target] as const))('%s shows the right state', (_, target) => {
    const wrong = played.flatMap(({ target: own, one, language }, index) => {
      if (own !== target) return [];
      const problems = problemsOf(target, one, answers[index] ?? []);
      return problems.map((problem) => `${one.name} in ${language}: ${problem}`);
    });
    expect(wrong).toEqual([]);
  });

  it.each(
    targets.filter(({ agentCommands }) => agentCommands !== undefined).map((target) => [target.id, target] as const),
  )('%s gets the verdict through the commands of its agent', async (_, target) => {
    const said = await readFile(agentLog(target), 'utf8');
    for (const { verdict } of cases) expect(said).toMatch(new RegExp(`\\b${verdict}\\b`));
  });
});

function problemsOf(target: Target, one: Case, steps: readonly StepAnswer[]): string[] {
  const isLate = one.script === 'fix-cert' && target.channel.seesFix === 'next-check';
  const answer = one.script === 'fix-cert' && !isLate ? steps[0] : steps.at(-1);
  if (answer === undefined) return ['no answer'];
  const script = one.script === 'check' || isLate ? stateScript(target) : one.script;
  const seen = throughChannel(target, answer);
  const codes = target.scriptExitCodes?.[script] ?? target.exitCodes;
  const wanted = target.channel.state.in === 'code' && one.verdict !== 'pass' ? undefined : one.verdict;
  const facts: readonly (readonly [boolean, string])[] = [
    [steps.some(({ errors }) => errors.length > 0), `errors: ${steps.flatMap(({ errors }) => errors).join(' ')}`],
    [seen.verdict !== wanted, `the admin sees ${String(seen.verdict)}: ${answer.output.join(' / ')}`],
    [answer.exitCode !== codes[one.verdict], `code ${answer.exitCode} for ${one.verdict}`],
    [
      seen.code !== undefined && (seen.code === 0) !== (codes[one.verdict] === 0),
      `the code becomes ${String(seen.code)}`,
    ],
    [
      one.rule !== undefined && !isLate && target.channel.state.in === 'line' && seen.rules['VBBSS-ROOT'] !== one.rule,
      `VBBSS-ROOT is ${String(seen.rules['VBBSS-ROOT'])}`,
    ],
  ];
  return facts.flatMap(([isWrong, text]) => (isWrong ? [text] : []));
}

/** The delivered scripts as the channel starts them: where there is no Windows they have to say that they could not tell. */
describe.skipIf(shell === undefined || process.platform === 'win32')(
  'a script that is started as its channel does',
  () => {
    const starts = targets.flatMap((target) =>
      (['file', 'command'] as const)
        // The harder of two where the vendor does not say which: with -File every code arrives.
        .filter((launch) => launch === (target.channel.launch === 'file' ? 'file' : 'command'))
        .map((launch) => [target.id, launch, target] as const),
    );

    it.each(starts)('%s (%s) gives its code and its answer', async (_, launch, target) => {
      const script = scriptOf(delivered, target, stateScript(target))!;
      const file = join(folder, `start-${target.id}-${launch}.ps1`);
      await writeFile(file, script.bytes);
      const how = launch === 'file' ? ['-File', file] : ['-Command', `& '${file}'`];
      const args = ['-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass', ...how];
      const { exitCode, stdout, stderr } = await runTool(shell ?? '', args, { timeoutMs: 60_000 });
      expect({ exitCode, stderr }).toEqual({ exitCode: script.plan.exitCodes.unknown & 0xff, stderr: '' });
      if (target.channel.state.in !== 'line') return;
      // An answer that is made of objects is played above; here the line is looked at.
      expect(
        throughChannel(target, { exitCode, output: stdout.trimEnd().split(/\r?\n/), report: undefined }).verdict,
      ).toBe('unknown');
    });
  },
);

describe.skipIf(shell === undefined)('a start without -File', () => {
  it('turns a code into 1 when the script does not tell its host', async () => {
    const file = join(folder, 'start-plain.ps1');
    await writeFile(
      file,
      scriptOf(
        delivered,
        targets.find(({ id }) => id === 'manual')!,
        'check',
      )!.bytes,
    );
    const args = ['-NoProfile', '-NonInteractive', '-Command', `& '${file}'`];
    expect((await runTool(shell ?? '', args, { timeoutMs: 60_000 })).exitCode).toBe(1);
  });
});

describe('what a channel puts in place of text', () => {
  const replacing = targets.filter(({ channel }) => channel.replaces !== undefined);

  it.each(replacing.map((target) => [target.id, target] as const))('%s finds nothing in what it gets', (_, target) => {
    const pattern = new RegExp(target.channel.replaces!, 'g');
    const own = delivered.filter(({ plan }) => plan.target === target.id);
    const files = target.companions(hostilePack, acceptUnsigned(own)).filter(({ path }) => path.endsWith('runner.txt'));
    const given = [
      ...own
        .filter(({ plan }) => target.byRunner?.some((name) => name === plan.script) !== true)
        .map(({ bytes }) => bytes),
      ...files.map(({ content }) => content),
    ];
    expect(given.length).toBeGreaterThan(0);
    for (const content of given) {
      const text = content.toString('latin1');
      expect(text.replaceAll(pattern, '')).toBe(text);
    }
  });

  it('would break the scripts that Level does not get', () => {
    const [script] = delivered.filter(({ plan }) => plan.target === 'level');
    const pattern = new RegExp(targets.find(({ id }) => id === 'level')!.channel.replaces!, 'g');
    expect(script!.bytes.toString('latin1')).toMatch(pattern);
  });
});
