import type { Machine } from '../../src/machine-test/machine-file.ts';
import type { ScriptName, UnsignedScript, Verdict } from '../../src/script-plan.ts';
import { exitCodesOf, type Target } from '../../src/targets/target.ts';
import { throughChannel, type RawAnswer, type SeenState } from './channel.ts';

/** A state of a machine that an admin has to see through every channel. */
export interface ChannelCase {
  readonly name: string;
  readonly machine: Machine;
  readonly script: 'check' | 'fix-cert';
  readonly verdict: Verdict;
  /** What a fix says about the certificate. */
  readonly rule?: string;
  /** The machine as the fix leaves it: what the next check of a channel meets. */
  readonly after?: Machine;
}

/** The pack that every channel is played with: it has a rule of each state. */
export const channelPack = 'trendmicro-vbbss-acs';

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

const withRoot: Machine = { registry: windows10, certificates: { Root: [root] } };
const withoutRoot: Machine = { registry: windows10 };
const reading = (name: Verdict, machine: Machine): ChannelCase => ({ name, machine, script: 'check', verdict: name });

export const channelCases: readonly ChannelCase[] = [
  reading('pass', withRoot),
  reading('fail', withoutRoot),
  reading('pendingReboot', { registry: waiting, certificates: { Root: [root] } }),
  reading('unknown', { registry: windows10, deny: ['store:Root'] }),
  { name: 'fixed', machine: withoutRoot, script: 'fix-cert', verdict: 'pass', rule: 'fixed', after: withRoot },
  {
    name: 'fixFailed',
    machine: { registry: windows10, faults: ['change:certificates:silent'] },
    script: 'fix-cert',
    verdict: 'fail',
    rule: 'fixFailed',
    after: withoutRoot,
  },
];

/** The cases that a target has scripts for: one without fix-cert repairs nothing. */
export function casesOf(target: Target): readonly ChannelCase[] {
  return channelCases.filter(({ script }) => script === 'check' || target.scripts.includes(script));
}

/** The script whose answer is the state. */
export function stateScript(target: Target): ScriptName {
  return target.scripts.includes('check') ? 'check' : 'report';
}

/** A channel that loses what a fix says shows its state with the next check. */
export function isSeenLate(target: Target, { script }: ChannelCase): boolean {
  return script === 'fix-cert' && target.channel.seesFix === 'next-check';
}

/** The scripts of a target with what its channel puts around them: the commands of its agent, and what a test adds. */
export function insideChannel(
  target: Target,
  script: UnsignedScript,
  around: { readonly agentLog: string; readonly before?: string },
): string {
  const commands = Object.keys(target.agentCommands ?? {}).map(
    (name) => `function ${name} { Add-Content -LiteralPath '${around.agentLog}' -Value "$args" }\r\n`,
  );
  const variables = target.id === 'datto' ? [`$env:usrPsmintUdf = '17'\r\n`] : [];
  const before = [around.before ?? '', ...commands, ...variables].join('');
  // The parameters of a script have to stay its first statement.
  return script.bytes.toString('latin1').replace('Set-StrictMode', () => `${before}Set-StrictMode`);
}

/** What a channel does that makes JSON of objects; `call`: the script with its parameters. */
export function asJson(call: string): string {
  return `& ${call} | ConvertTo-Json -Compress\r\nexit $LASTEXITCODE\r\n`;
}

/** What is wrong with the state that an admin sees; `script` gave the answer. */
export function problemsOf(target: Target, one: ChannelCase, script: ScriptName, answer: RawAnswer): string[] {
  const seen = throughChannel(target, answer);
  const codes = exitCodesOf(target, script);
  const wanted = target.channel.state.in === 'code' && one.verdict !== 'pass' ? undefined : one.verdict;
  const facts: readonly (readonly [boolean, string])[] = [
    [seen.verdict !== wanted, `the admin sees ${String(seen.verdict)}: ${answer.output.join(' / ')}`],
    [answer.exitCode !== codes[one.verdict], `code ${answer.exitCode} for ${one.verdict}`],
    [
      seen.code !== undefined && (seen.code === 0) !== (codes[one.verdict] === 0),
      `the code becomes ${String(seen.code)}`,
    ],
    [isRuleLost(target, one, script, seen), `VBBSS-ROOT is ${String(seen.rules['VBBSS-ROOT'])}`],
  ];
  return facts.flatMap(([isWrong, text]) => (isWrong ? [text] : []));
}

function isRuleLost(target: Target, { rule }: ChannelCase, script: ScriptName, seen: SeenState): boolean {
  if (rule === undefined || script !== 'fix-cert' || target.channel.state.in !== 'line') return false;
  return seen.rules['VBBSS-ROOT'] !== rule;
}
