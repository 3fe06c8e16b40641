import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { languageModes } from '../../src/machine-test/machine-file.ts';
import { runJobs, type StepAnswer } from '../../src/machine-test/runner.ts';
import type { Step } from '../../src/machine-test/steps.ts';
import type { ScriptName, UnsignedScript } from '../../src/script-plan.ts';
import type { Target } from '../../src/targets/target.ts';
import { runTool } from '../../src/tools.ts';
import { acceptUnsigned } from '../../src/verify.ts';
import {
  asJson,
  casesOf,
  channelCases,
  channelPack,
  insideChannel,
  isSeenLate,
  problemsOf,
  stateScript,
  type ChannelCase,
} from '../support/channel-cases.ts';
import { hostilePack } from '../support/hostile-pack.ts';
import { announceSkip, findShell } from '../support/pester.ts';
import { channelTargets, renderChannelScripts } from '../support/channel-targets.ts';
import { renderRealPacks } from '../support/real-pack.ts';
import { templatesFolder } from '../support/simulated.ts';

/**
 * Each target's scripts on simulated machines, with what its channel does to the answer: does an admin see the right state?
 */
const shell = await findShell();
if (shell === undefined) announceSkip('the channels of all targets', 'no PowerShell (pwsh or powershell) on the path');

const folder = await mkdtemp(join(tmpdir(), 'psmint-channels-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const simulated = await renderChannelScripts();
const delivered = await renderRealPacks(channelPack);
const scriptOf = (from: readonly UnsignedScript[], target: Target, script: ScriptName): UnsignedScript | undefined =>
  from.find(({ plan }) => plan.packId === channelPack && plan.target === target.id && plan.script === script);

/** What the channel puts around a script: the commands of its agent, and what makes JSON of objects. */
async function prepared(target: Target, script: ScriptName): Promise<Buffer> {
  const found = scriptOf(simulated, target, script);
  if (found === undefined) return Buffer.from("throw 'not a script of this target'\r\n");
  const text = insideChannel(target, found, { agentLog: agentLog(target) });
  if (target.channel.keeps !== 'objects') return Buffer.from(text, 'latin1');
  const file = join(folder, `${target.id}-${script}.ps1`);
  await writeFile(file, text, 'latin1');
  return Buffer.from(`param($ReportPath)\r\n${asJson(`'${file}' -ReportPath $ReportPath`)}`);
}

const agentLog = (target: Target): string => join(folder, `${target.id}.log`);

function stepsOf(target: Target, { script }: ChannelCase): readonly Step[] {
  const last = target.scripts.includes('check') ? 'check-after-fix' : 'report';
  return script === 'check' ? [stateScript(target) === 'check' ? 'check' : 'report'] : ['fix-cert', last];
}

const played = channelTargets.flatMap((target) =>
  casesOf(target).flatMap((one) => languageModes.map((language) => ({ target, one, language }))),
);

async function play(): Promise<readonly (readonly StepAnswer[])[]> {
  const scripts = new Map<string, Readonly<Record<ScriptName, Buffer>>>();
  for (const target of channelTargets) {
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
  it.each(channelTargets.map((target) => [target.id, target] as const))('%s shows the right state', (_, target) => {
    const wrong = played.flatMap(({ target: own, one, language }, index) => {
      if (own !== target) return [];
      const problems = problemsOfPlay(target, one, answers[index] ?? []);
      return problems.map((problem) => `${one.name} in ${language}: ${problem}`);
    });
    expect(wrong).toEqual([]);
  });

  it.each(
    channelTargets
      .filter(({ agentCommands }) => agentCommands !== undefined)
      .map((target) => [target.id, target] as const),
  )('%s gets the verdict through the commands of its agent', async (_, target) => {
    const said = await readFile(agentLog(target), 'utf8');
    for (const { verdict } of channelCases) expect(said).toMatch(new RegExp(`\\b${verdict}\\b`));
  });
});

function problemsOfPlay(target: Target, one: ChannelCase, steps: readonly StepAnswer[]): string[] {
  const isLate = isSeenLate(target, one);
  const answer = one.script === 'fix-cert' && !isLate ? steps[0] : steps.at(-1);
  if (answer === undefined) return ['no answer'];
  const script = one.script === 'check' || isLate ? stateScript(target) : one.script;
  const errors = steps.flatMap((step) => step.errors);
  return [...errors.map((error) => `error: ${error}`), ...problemsOf(target, one, script, answer)];
}

describe('what a channel puts in place of text', () => {
  const replacing = channelTargets.filter(({ channel }) => channel.replaces !== undefined);

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
    const pattern = new RegExp(channelTargets.find(({ id }) => id === 'level')!.channel.replaces!, 'g');
    expect(script!.bytes.toString('latin1')).toMatch(pattern);
  });
});
