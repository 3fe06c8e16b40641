import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { machineDescription } from '../../src/machine-test/machine-file.ts';
import { ansible } from '../../src/targets/ansible.ts';
import { runTool } from '../../src/tools.ts';
import { acceptUnsigned } from '../../src/verify.ts';
import { channelCases, channelPack, insideChannel, type ChannelCase } from '../support/channel-cases.ts';
import { machineMaker } from '../support/channel-start.ts';
import { hostilePack } from '../support/hostile-pack.ts';
import { announceSkip, findShell } from '../support/pester.ts';
import { renderSimulated, schemaFolder } from '../support/simulated.ts';

/**
 * The role run by Ansible itself: its engine reads the YAML, fills the templates, keeps conditions and check mode. The four
 * modules that need a Windows host are stood in for; they start the scripts of the role on simulated machines.
 */
const shell = await findShell();
const version = await runTool('ansible-playbook', ['--version'], { timeoutMs: 60_000 });
const missing =
  shell === undefined
    ? 'no PowerShell (pwsh or powershell)'
    : version.exitCode !== 0
      ? 'no ansible-playbook'
      : undefined;
if (missing !== undefined) announceSkip('the Ansible role, run by Ansible', `${missing} on the path`);

const folder = await mkdtemp(join(tmpdir(), 'psmint-role-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const machineOf = (one: ChannelCase): string => join(folder, 'machines', one.name);

async function writeFileAt(path: string, content: string | Buffer): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}

async function writeRole(): Promise<void> {
  const scripts = (await renderSimulated([join(schemaFolder, '..', `${channelPack}.json`)])).filter(
    ({ plan }) => plan.target === ansible.id,
  );
  const head = `${hostilePack.pack.id}/${ansible.id}/`;
  for (const { path, content } of ansible.companions(hostilePack, acceptUnsigned(scripts)))
    await writeFileAt(join(folder, 'roles/psmint', path.replace(head, '')), content);
  for (const script of scripts) {
    // Each script has its own picture of the machine: the check after a repair meets what the repair left.
    const before = machineMaker(`$env:PSMINT_MACHINE-${script.plan.script}.json`);
    const text = insideChannel(ansible, script, { agentLog: '', before });
    await writeFileAt(join(folder, `roles/psmint/${script.plan.script}.ps1`), Buffer.from(text, 'latin1'));
  }
}

async function writeModules(): Promise<void> {
  const source = fileURLToPath(new URL('../support/ansible-module.cjs', import.meta.url));
  for (const name of ['win_tempfile', 'win_copy', 'win_command', 'win_file']) {
    const path = join(folder, 'collections/ansible_collections/ansible/windows/plugins/modules', name);
    await mkdir(dirname(path), { recursive: true });
    await copyFile(source, path);
    await chmod(path, 0o755);
  }
}

async function writeProject(): Promise<void> {
  const hosts = channelCases.map((one) => [
    one.name,
    { psmint_fix: one.script === 'fix-cert', psmint_machine: machineOf(one) },
  ]);
  const inventory = { all: { vars: { ansible_connection: 'local' }, hosts: Object.fromEntries(hosts) as object } };
  await writeFileAt(join(folder, 'hosts.json'), JSON.stringify(inventory));
  const environment = { PSMINT_MACHINE: '{{ psmint_machine }}', PSMINT_SHELL: shell };
  const play = { hosts: 'all', gather_facts: false, environment, roles: ['psmint'] };
  await writeFileAt(join(folder, 'site.yml'), JSON.stringify([play]));
  for (const one of channelCases) {
    await writeFileAt(`${machineOf(one)}-fix-cert.json`, JSON.stringify(machineDescription(one.machine)));
    await writeFileAt(`${machineOf(one)}-check.json`, JSON.stringify(machineDescription(one.after ?? one.machine)));
  }
}

interface HostAnswer {
  readonly changed?: boolean;
  readonly failed?: boolean;
  readonly skipped?: boolean;
  readonly msg?: string;
}

type TaskAnswers = readonly { readonly name: string; readonly hosts: Readonly<Record<string, HostAnswer>> }[];

/** What Ansible says of each task; its code is that of the play. */
async function play(...options: readonly string[]): Promise<{ readonly code: number; readonly tasks: TaskAnswers }> {
  const env = {
    ANSIBLE_COLLECTIONS_PATH: join(folder, 'collections'),
    ANSIBLE_STDOUT_CALLBACK: 'json',
    ANSIBLE_RETRY_FILES_ENABLED: 'False',
    ANSIBLE_LOCAL_TEMP: join(folder, 'tmp'),
    ANSIBLE_REMOTE_TEMP: join(folder, 'tmp'),
    ANSIBLE_ROLES_PATH: join(folder, 'roles'),
  };
  const args = ['-i', join(folder, 'hosts.json'), '--forks', '2', ...options, join(folder, 'site.yml')];
  const { exitCode, stdout, stderr } = await runTool('ansible-playbook', args, { timeoutMs: 600_000, env });
  const start = stdout.indexOf('{');
  if (start === -1) throw new Error(`no answer of Ansible: ${stderr}${stdout}`);
  const { plays } = JSON.parse(stdout.slice(start)) as {
    readonly plays: readonly {
      readonly tasks: readonly {
        readonly task: { readonly name: string };
        readonly hosts: TaskAnswers[number]['hosts'];
      }[];
    }[];
  };
  return {
    code: exitCode,
    tasks: plays.flatMap(({ tasks }) => tasks.map(({ task, hosts }) => ({ name: task.name, hosts }))),
  };
}

const answerOf = (tasks: TaskAnswers, task: string, host: string): HostAnswer | undefined =>
  tasks.find(({ name }) => name.endsWith(task))?.hosts[host];

const commandsOf = (one: ChannelCase): Promise<string> => readFile(`${machineOf(one)}.log`, 'utf8');

/** What an admin reads in the end, and whether the play fails there: by default for 10 and 12. */
const said = [
  { host: 'pass', failed: false, line: /^PSMINT check pass / },
  { host: 'fail', failed: true, line: /^PSMINT check fail .* VBBSS-ROOT=fail / },
  { host: 'pendingReboot', failed: false, line: /^PSMINT check pendingReboot / },
  { host: 'unknown', failed: true, line: /^PSMINT check unknown .* VBBSS-ROOT=unknown / },
  { host: 'fixed', failed: false, line: /^PSMINT check pass / },
  { host: 'fixFailed', failed: true, line: /^PSMINT check fail .* VBBSS-ROOT=fail / },
];
const repaired = [
  { host: 'fixed', changed: true, line: /^PSMINT fix-cert pass .* VBBSS-ROOT=fixed / },
  { host: 'fixFailed', changed: false, line: /^PSMINT fix-cert fail .* VBBSS-ROOT=fixFailed / },
];

describe.skipIf(missing !== undefined)('the role', async () => {
  if (missing !== undefined) return;
  await Promise.all([writeRole(), writeModules(), writeProject()]);
  const run = await play();
  const commands = new Map(
    await Promise.all(channelCases.map(async (one) => [one.name, await commandsOf(one)] as const)),
  );

  it('fails the play when a machine does', () => {
    expect(run.code).toBe(2);
  });

  it.each(said)('says the state: $host', ({ host, failed, line }) => {
    const answer = answerOf(run.tasks, 'Say what was found', host);
    expect(answer?.msg).toMatch(line);
    expect(answer?.failed ?? false).toBe(failed);
  });

  it.each(repaired)('says what a repair did: $host', ({ host, changed, line }) => {
    expect(answerOf(run.tasks, 'Say what the repair did', host)?.msg).toMatch(line);
    expect(answerOf(run.tasks, 'Repair certificates', host)?.changed).toBe(changed);
  });

  it.each(['pass', 'fail', 'pendingReboot', 'unknown'])('starts no repair where none was asked for: %s', (host) => {
    expect(answerOf(run.tasks, 'Repair certificates', host)?.skipped).toBe(true);
    expect(commands.get(host)).not.toContain('fix-cert');
    expect(run.tasks.filter(({ hosts }) => hosts[host]?.changed === true)).toEqual([]);
  });

  it('leaves no folder behind', async () => {
    const { path } = answerOf(run.tasks, 'Make a temporary folder', 'pass') as { readonly path: string };
    await expect(readFile(join(path, 'check.ps1'))).rejects.toThrow();
  });

  it('rehearses in check mode, and says what it would change', async () => {
    const rehearsal = await play('--check', '--limit', 'fixed');
    const repair = channelCases.find(({ name }) => name === 'fixed')!;
    expect((await commandsOf(repair)).slice(commands.get('fixed')!.length)).toMatch(/fix-cert\.ps1" -WhatIf\n/);
    expect(answerOf(rehearsal.tasks, 'Repair certificates', 'fixed')?.changed).toBe(true);
    expect(answerOf(rehearsal.tasks, 'Say what the repair did', 'fixed')?.msg).toMatch(/ VBBSS-ROOT=skipped /);
  });
});
