import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { machineDescription, type Machine } from '../../src/machine-test/machine-file.ts';
import { verdicts, type ScriptName } from '../../src/script-plan.ts';
import { exitCodesOf, type Target } from '../../src/targets/target.ts';
import { runTool } from '../../src/tools.ts';
import { acceptUnsigned } from '../../src/verify.ts';
import {
  asJson,
  casesOf,
  insideChannel,
  isSeenLate,
  problemsOf,
  stateScript,
  type ChannelCase,
} from '../support/channel-cases.ts';
import type { RawAnswer } from '../support/channel.ts';
import { consoleTexts, machineMaker, startsOf, type ChannelStart } from '../support/channel-start.ts';
import { announceSkip, findShell } from '../support/pester.ts';
import { channelTargets, renderChannelScripts } from '../support/channel-targets.ts';

/**
 * Each script in a PowerShell of its own, started as its channel starts it, on a simulated machine: what arrives at the
 * admin is what the process gave back, cut and mapped as the channel does it.
 */
const shell = await findShell();
if (shell === undefined) announceSkip('the starts of all channels', 'no PowerShell (pwsh or powershell) on the path');

const folder = await mkdtemp(join(tmpdir(), 'psmint-starts-'));
afterAll(() => rm(folder, { recursive: true, force: true }));
const rendered = await renderChannelScripts();

interface Played {
  readonly target: Target;
  readonly one: ChannelCase;
  readonly script: ScriptName;
  readonly machine: Machine;
  readonly start: ChannelStart;
  /** Folder of this script on this machine: all its starts find the same there. */
  readonly place: string;
  /** The state is in this answer: not in that of a fix whose channel shows the next check. */
  readonly isAnswer: boolean;
}

/** The script that leaves the state where the admin looks: a report file, or what it says itself. */
const seenScript = (target: Target): ScriptName =>
  target.channel.state.in === 'report' ? 'report' : stateScript(target);

/** What runs on the machines of a case, in order. */
function runsOf(target: Target, one: ChannelCase): readonly Pick<Played, 'script' | 'machine' | 'isAnswer'>[] {
  if (one.script === 'check') return [{ script: seenScript(target), machine: one.machine, isAnswer: true }];
  const isLate = isSeenLate(target, one);
  const fix = { script: one.script, machine: one.machine, isAnswer: !isLate };
  return isLate ? [fix, { script: seenScript(target), machine: one.after ?? one.machine, isAnswer: true }] : [fix];
}

const played: readonly Played[] = channelTargets.flatMap((target) => {
  const own = rendered.filter(({ plan }) => plan.target === target.id);
  const lines = consoleTexts(target, acceptUnsigned(own));
  return casesOf(target).flatMap((one) =>
    runsOf(target, one).flatMap((run) => {
      const base = join(folder, target.id, `${one.name}-${run.script}`);
      const parameters = run.script === 'report' ? ['-OutDir', join(base, 'out')] : [];
      const context = { file: join(base, `${run.script}.ps1`), parameters, lines, shell: shell ?? '' };
      return startsOf(target, run.script, context).map((start) => ({ target, one, ...run, start, place: base }));
    }),
  );
});

async function writePlace({ target, script, machine, place }: Played): Promise<void> {
  await mkdir(place, { recursive: true });
  const machineFile = join(place, 'machine.json');
  await writeFile(machineFile, JSON.stringify(machineDescription(machine)));
  const found = rendered.find(({ plan }) => plan.target === target.id && plan.script === script)!;
  const before = machineMaker(machineFile);
  const text = insideChannel(target, found, { agentLog: join(place, 'agent.log'), before });
  // What a channel replaces in what it gets is gone before the script runs.
  const isHandedOver = target.channel.replaces !== undefined && target.byRunner?.includes(script) !== true;
  const kept = isHandedOver ? text.replaceAll(new RegExp(target.channel.replaces, 'g'), '') : text;
  const started = join(place, `${script}.ps1`);
  if (target.channel.keeps !== 'objects') return writeFile(started, kept, 'latin1');
  const own = join(place, 'script.ps1');
  await writeFile(own, kept, 'latin1');
  await writeFile(started, asJson(`'${own}'`));
}

type Answer = RawAnswer & { readonly stderr: string };

async function start(run: Played): Promise<Answer> {
  const { exitCode, stdout, stderr } = await runTool(shell ?? '', run.start.args, { timeoutMs: 120_000 });
  const code = codeOfScript(exitCodesOf(run.target, run.script), exitCode);
  return { exitCode: code, output: stdout.trimEnd().split(/\r?\n/), report: await reportIn(run.place), stderr };
}

// Windows hands over 32 bits of a code, other systems eight.
function codeOfScript(codes: Target['exitCodes'], code: number): number {
  if (process.platform === 'win32') return code;
  return verdicts.map((verdict) => codes[verdict]).find((known) => (known & 0xff) === code) ?? code;
}

async function reportIn(place: string): Promise<unknown> {
  const names = await readdir(join(place, 'out')).catch(() => []);
  const name = names.find((each) => each.endsWith('.json'));
  return name === undefined ? undefined : JSON.parse(await readFile(join(place, 'out', name), 'utf8'));
}

/** Starts them two at a time, those of one place one after the other. */
async function startAll(): Promise<ReadonlyMap<Played, Answer>> {
  const answers = new Map<Played, Answer>();
  const waiting = [...new Set(played.map(({ place }) => place))];
  const work = async (): Promise<void> => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const runs = played.filter(({ place }) => place === next);
      await writePlace(runs[0]!);
      for (const run of runs) answers.set(run, await start(run));
    }
  };
  await Promise.all([work(), work()]);
  return answers;
}

const answers = shell === undefined ? new Map<Played, Answer>() : await startAll();

function problemsIn(run: Played, answer: Answer): readonly string[] {
  const { target, one, script, isAnswer } = run;
  const own = isAnswer ? problemsOf(target, one, script, answer) : codeProblems(run, answer);
  return answer.stderr === '' ? own : [...own, `on the error stream: ${answer.stderr}`];
}

/** Of a fix whose words the channel loses, the code is all there is. */
function codeProblems({ target, one, script }: Played, { exitCode }: Answer): readonly string[] {
  const isRight = exitCode === exitCodesOf(target, script)[one.verdict];
  return isRight ? [] : [`code ${exitCode} for ${one.verdict}`];
}

const runsOfTarget = (id: string): readonly Played[] => played.filter(({ target }) => target.id === id);

describe.skipIf(shell === undefined)('started as its channel does, each script of', () => {
  it.each(channelTargets.map((target) => [target.id, target] as const))('%s shows the right state', (id, target) => {
    const runs = runsOfTarget(id);
    expect(new Set(runs.map(({ one }) => one.name))).toEqual(new Set(casesOf(target).map(({ name }) => name)));
    const wrong = runs.flatMap((run) =>
      problemsIn(run, answers.get(run)!).map((text) => `${run.one.name}, ${run.script} (${run.start.how}): ${text}`),
    );
    expect(wrong).toEqual([]);
  });

  it.each(channelTargets.map(({ id }) => [id] as const))(
    '%s would be noticed with another code or another state',
    (id) => {
      const unnoticed = runsOfTarget(id).flatMap((run) => {
        const answer = answers.get(run)!;
        const others = [{ ...answer, exitCode: answer.exitCode + 1 }, ...(run.isAnswer ? [ofAnotherState(run)] : [])];
        return others
          .filter((other) => problemsIn(run, other).length === 0)
          .map(() => `${run.one.name}, ${run.script}`);
      });
      expect(unnoticed).toEqual([]);
    },
  );
});

/** The answer to a machine in another state, in place of the own one. */
function ofAnotherState(run: Played): Answer {
  const isOther = ({ one, isAnswer, script }: Played): boolean =>
    isAnswer && script === run.script && (one.verdict === 'pass') !== (run.one.verdict === 'pass');
  return answers.get(runsOfTarget(run.target.id).find(isOther)!)!;
}

describe.skipIf(shell === undefined)('a start without -File', () => {
  it('turns a code into 1 when the script does not tell its host', () => {
    const run = played.find(({ target, one }) => target.id === 'manual' && one.name === 'fail')!;
    const file = run.start.args.at(-1) ?? '';
    return expect(
      runTool(shell ?? '', ['-NoProfile', '-NonInteractive', '-Command', `& '${file}'`], { timeoutMs: 60_000 }),
    ).resolves.toMatchObject({ exitCode: 1, stderr: '' });
  });
});
