import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { createLinter } from '../../src/lint.ts';
import { lower } from '../../src/lower.ts';
import { loadMessages } from '../../src/messages.ts';
import { createRenderer } from '../../src/render.ts';
import { loadTemplates, withoutComments } from '../../src/templates.ts';
import type { VerifiedScript } from '../../src/script-plan.ts';
import { targets } from '../../src/targets/index.ts';
import { runEvents } from '../../src/targets/run-events.ts';
import type { Target } from '../../src/targets/target.ts';
import { acceptUnsigned } from '../../src/verify.ts';
import { hostilePack } from '../support/hostile-pack.ts';
import { pretend } from '../support/pretend-target/pretend.ts';
import { templatesFolder, withFunction } from '../support/simulated.ts';
import { itHasItsFiles, itKeepsTheContract } from '../support/target-contract.ts';

const messages = await loadMessages(templatesFolder);
const templates = await loadTemplates(templatesFolder);
const render = createRenderer(templates, '0.0.0');
const find = (id: string): Target => targets.find((target) => target.id === id)!;

function scriptsFor(target: Target): readonly VerifiedScript[] {
  return acceptUnsigned(lower(hostilePack, [target], messages).map(render));
}

function companionsOf(id: string): ReadonlyMap<string, string> {
  const files = find(id).companions(hostilePack, scriptsFor(find(id)));
  return new Map(files.map(({ path, content }) => [path.replace(`hostile-pack/${id}/`, ''), content.toString('utf8')]));
}

const jsonOf = (id: string, name: string): unknown => JSON.parse(companionsOf(id).get(name) ?? '');

describe.each(targets.map((target) => [target.id, target] as const))('the target %s', (_, target) => {
  itHasItsFiles(target);
  itKeepsTheContract(target, templates);
});

describe('a target that somebody adds', () => {
  const text = readFileSync(new URL('../support/pretend-target/Write-PretendAnswer.ps1', import.meta.url), 'utf8');
  const own = withFunction(templates, pretend.answerCommand, withoutComments(text));
  itKeepsTheContract(pretend, own);

  it('may call the commands of its agent in its output function, and nowhere else', async () => {
    const lint = await createLinter();
    const scripts = lower(hostilePack, [{ ...pretend, agentCommands: {} }], messages).map(createRenderer(own, '0.0.0'));
    expect(scripts.flatMap((script) => lint(script, { signatureReserve: 0 })).map(({ code }) => code)).toEqual([
      'script-unknown-command',
      'script-unknown-command',
    ]);
    const stray = withFunction(
      own,
      'Get-Verdict',
      "function Get-Verdict {\n\tparam($Findings)\n\tSet-PretendField -Name 'a' -Value 'b'\n}",
    );
    const elsewhere = lower(hostilePack, [pretend], messages).map(createRenderer(stray, '0.0.0'));
    expect(elsewhere.flatMap((script) => lint(script, { signatureReserve: 0 })).map(({ code }) => code)).toEqual([
      'script-unknown-command',
      'script-unknown-command',
    ]);
  });
});

describe('the targets', () => {
  it('have ids of their own', () => {
    const ids = targets.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('are those that have an output function', () => {
    const functions = readdirSync(join(templatesFolder, 'functions/output')).filter((name) =>
      /^Write-\w+Answer\.ps1$/.test(name),
    );
    expect(functions.sort()).toEqual(targets.map(({ answerCommand }) => `${answerCommand}.ps1`).sort());
  });

  it.each([
    ['manual', { pass: 0, fail: 10, pendingReboot: 11, unknown: 12 }],
    ['intune-remediation', { pass: 0, fail: 1, pendingReboot: 1, unknown: 1 }],
    ['n-sight', { pass: 0, fail: 1001, pendingReboot: 1002, unknown: 1003 }],
    ['configmgr-ci', { pass: 0, fail: 0, pendingReboot: 0, unknown: 0 }],
  ])('%s keeps the codes of its channel', (id, codes) => {
    expect(find(id).exitCodes).toEqual(codes);
  });
});

describe('intune-remediation', () => {
  it('has a body for Graph that carries the bytes of the scripts', () => {
    const bytesOf = (script: string): string =>
      scriptsFor(find('intune-remediation'))
        .find(({ plan }) => plan.script === script)!
        .bytes.toString('base64');
    expect(jsonOf('intune-remediation', 'device-health-script.json')).toMatchObject({
      '@odata.type': '#microsoft.graph.deviceHealthScript',
      version: '1.2.3',
      runAsAccount: 'system',
      runAs32Bit: false,
      enforceSignatureCheck: false,
      detectionScriptContent: bytesOf('check'),
      remediationScriptContent: bytesOf('fix-cert'),
    });
  });

  it('explains each setting with the value of that body', () => {
    const body = jsonOf('intune-remediation', 'device-health-script.json') as Record<string, unknown>;
    const { settings = [] } = find('intune-remediation');
    expect(settings.map(({ name, value }) => [name, value])).toEqual(
      ['runAsAccount', 'runAs32Bit', 'enforceSignatureCheck'].map((name) => [name, String(body[name])]),
    );
    expect(settings.at(-1)?.why.en).toContain('Restricted');
  });

  it('takes a missing script for a bug', () => {
    expect(() => find('intune-remediation').companions(hostilePack, [])).toThrow('bug in the compiler');
  });
});

/** Shapes that the owners of the formats publish; the sources are those of each target. */
describe('a companion follows the format of its owner:', () => {
  it('rules of custom compliance', () => {
    const { Rules: rules, ...others } = jsonOf('intune-compliance', 'compliance.json') as {
      Rules: Record<string, unknown>[];
    };
    expect(others).toEqual({});
    const required = hostilePack.pack.rules.filter(({ severity }) => severity === 'required');
    expect(rules.map((rule) => rule['SettingName'])).toEqual(['PSMINT-VERDICT', ...required.map(({ id }) => id)]);
    expect(rules.length).toBeLessThanOrEqual(100);
    for (const rule of rules) {
      expect(Object.keys(rule)).toEqual([
        ...['SettingName', 'Operator', 'DataType', 'Operand', 'MoreInfoUrl', 'RemediationStrings'],
      ]);
      expect(rule['Operator']).toBe('IsEquals');
      expect([typeof rule['Operand'], rule['DataType']]).toEqual(
        rule['DataType'] === 'Boolean' ? ['boolean', 'Boolean'] : ['string', 'String'],
      );
      expect(rule['MoreInfoUrl']).toMatch(/^https:\/\//);
      const strings = rule['RemediationStrings'] as Record<string, string>[];
      expect(strings.map(({ Language }) => Language)).toEqual(['en_US', 'ja_JP']);
      for (const entry of strings) {
        expect(Object.keys(entry)).toEqual(['Language', 'Title', 'Description']);
        expect(entry['Title']).toMatch(/^[^\n]+: \{ActualValue\}$/);
        expect(entry['Description']).toMatch(/\S/);
      }
    }
  });

  it('the verdict alone where the rules are more than Intune takes', () => {
    const [rule] = hostilePack.pack.rules.filter(({ severity }) => severity === 'required');
    const rules = Array.from({ length: 100 }, (_, index) => ({ ...rule!, id: `R-${index}` }));
    const many = { ...hostilePack, pack: { ...hostilePack.pack, rules } };
    const [file] = find('intune-compliance').companions(many, []);
    expect((JSON.parse(file!.content.toString()) as { Rules: unknown[] }).Rules).toHaveLength(1);
  });

  it('community scripts of Tactical RMM', () => {
    const entries = jsonOf('tactical', 'community_scripts.json') as Record<string, unknown>[];
    expect(entries.map(({ filename }) => filename)).toEqual(['check.ps1', 'fix-cert.ps1']);
    for (const entry of entries) {
      expect(entry['guid']).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(entry).toMatchObject({ shell: 'powershell', supported_platforms: ['windows'], default_timeout: '90' });
      for (const name of ['submittedBy', 'name', 'description', 'category']) expect(entry[name]).toMatch(/\S/);
    }
    expect(new Set(entries.map(({ guid }) => guid)).size).toBe(2);
  });

  it('a command document of Systems Manager', () => {
    const document = jsonOf('aws-ssm', 'ssm-document.json') as {
      schemaVersion: string;
      parameters: Record<string, { type: string; allowedValues?: string[]; allowedPattern?: string }>;
      mainSteps: { action: string; inputs: Record<string, unknown> }[];
    };
    expect(document.schemaVersion).toBe('2.2');
    expect(document.mainSteps.map(({ action }) => action)).toEqual(['aws:downloadContent', 'aws:runPowerShellScript']);
    const [download, run] = document.mainSteps.map(({ inputs }) => inputs);
    expect(JSON.parse(String(download!['sourceInfo']))).toEqual({ path: '{{ SourceUrl }}' });
    // The file of an earlier download must not run after a failed one.
    expect(download!['onFailure']).toBe('exit');
    const [line] = run!['runCommand'] as string[];
    expect(line).toContain(`-File "${String(download!['destinationPath'])}\\{{ Script }}.ps1"; exit $LASTEXITCODE`);
    // What a parameter may hold ends up in a command line.
    expect(document.parameters['Script']?.allowedValues).toEqual(['check', 'fix-cert']);
    expect('https://b.s3.eu-west-1.amazonaws.com/a/').toMatch(
      new RegExp(document.parameters['SourceUrl']!.allowedPattern!),
    );
    expect('https://x/"; evil').not.toMatch(new RegExp(document.parameters['SourceUrl']!.allowedPattern!));
    const used = [...JSON.stringify(document.mainSteps).matchAll(/\{\{ (\w+) \}\}/g)].map(([, name]) => name);
    expect([...new Set(used)].sort()).toEqual(Object.keys(document.parameters).sort());
  });

  it('bodies of a managed Run Command, with the script to the byte', () => {
    for (const { plan, bytes } of scriptsFor(find('azure-run-command'))) {
      const body = jsonOf('azure-run-command', `run-command-${plan.script}.json`) as {
        properties: { source: { script: string } };
      };
      expect(Buffer.from(body.properties.source.script, 'latin1').equals(bytes)).toBe(true);
      expect(Object.keys(body.properties)).toEqual(['source', 'timeoutInSeconds', 'treatFailureAsDeploymentFailure']);
    }
  });

  it('a policy of Fleet, which asks for the newest verdict of its pack', () => {
    const [policy, ...others] = parseYaml(companionsOf('fleet').get('psmint.policies.yml')!) as Record<
      string,
      string
    >[];
    expect(others).toEqual([]);
    const { pass, fail, pendingReboot, unknown } = runEvents;
    const ids = [pass, fail, pendingReboot, unknown].map((event) => event!.id);
    expect(policy!['query']).toMatch(
      /^SELECT 1 FROM \(SELECT eventid FROM windows_eventlog WHERE channel = 'Application'/,
    );
    expect(policy!['query']).toContain(`eventid IN (${ids.join(', ')})`);
    expect(policy!['query']).toContain("data LIKE '%pack=hostile-pack@%' ORDER BY datetime DESC LIMIT 1");
    expect(policy!['query']).toMatch(/\) WHERE eventid = 100;$/);
    expect(policy!['resolution']).toContain('fix-cert.ps1');
    expect(policy!['name']).toBe(`${hostilePack.pack.title.en} (hostile-pack)`);
    // What the scripts write is what the policy looks for.
    for (const { plan } of scriptsFor(find('fleet'))) expect(plan.events).toEqual(runEvents);
  });

  it('an Ansible role, in YAML', () => {
    const files = companionsOf('ansible');
    expect([...files.keys()].sort()).toEqual(['defaults/main.yml', 'meta/main.yml', 'tasks/main.yml']);
    const defaults = parseYaml(files.get('defaults/main.yml')!) as Record<string, unknown>;
    expect(defaults).toEqual({ psmint_fix: false, psmint_execution_policy: 'AllSigned', psmint_fail_on: [10, 12] });
    const { galaxy_info: info } = parseYaml(files.get('meta/main.yml')!) as { galaxy_info: Record<string, unknown> };
    expect(info).toMatchObject({ role_name: 'psmint', platforms: [{ name: 'Windows', versions: ['all'] }] });
    type Task = Record<string, unknown> & { name: string; block?: Task[]; always?: Task[] };
    const tasks = (parseYaml(files.get('tasks/main.yml')!) as Task[]).flatMap((task) => [
      task,
      ...(task.block ?? []),
      ...(task.always ?? []),
    ]);
    for (const task of tasks) {
      expect(task.name).toMatch(/^[A-Z]/);
      const modules = Object.keys(task).filter((key) => /^ansible\.(builtin|windows)\./.test(key));
      expect(modules.length, task.name).toBe(task.block === undefined ? 1 : 0);
    }
    const commands = tasks.flatMap((task) => task['ansible.windows.win_command'] ?? []).map(String);
    expect(commands.map((command) => /\\([\w-]+)\.ps1"/.exec(command)?.[1])).toEqual(['fix-cert', 'check']);
    expect(commands[0]).toContain('" -WhatIf" if ansible_check_mode');
    // Whatever runs in check mode changes nothing that stays.
    const known = new Set([...Object.keys(defaults), 'psmint_folder', 'psmint_repair', 'psmint_answer', 'psmint_line']);
    const names = JSON.stringify(tasks).match(/psmint_\w+/g) ?? [];
    expect(names.filter((name) => !known.has(name) && name !== 'psmint_code')).toEqual([]);
  });

  it('a task of the task scheduler', () => {
    const xml = companionsOf('scheduled-task').get('task.xml')!;
    const open: string[] = [];
    for (const [, close, name, empty] of xml.matchAll(/<(\/?)(\w+)[^<>]*?(\/?)>/g)) {
      if (close === '/') expect(open.pop()).toBe(name);
      else if (empty !== '/') open.push(name!);
    }
    expect(open).toEqual([]);
    expect(xml).toMatch(
      /^<Task version="1\.2" xmlns="http:\/\/schemas\.microsoft\.com\/windows\/2004\/02\/mit\/task">/,
    );
    for (const name of ['RegistrationInfo', 'Triggers', 'Principals', 'Settings', 'Actions'])
      expect(xml).toContain(`<${name}`);
    expect(xml).toContain('-File &quot;C:\\Program Files\\psmint\\hostile-pack\\report.ps1&quot;</Arguments>');
    expect(xml).toContain('\\System32\\WindowsPowerShell\\v1.0\\powershell.exe</Command>');
  });

  it('batch files that register the task and take it away', () => {
    const folder = 'C:\\Program Files\\psmint\\hostile-pack';
    const [register, unregister] = ['register-task.cmd', 'unregister-task.cmd'].map((name) => {
      const text = companionsOf('scheduled-task').get(name)!;
      expect(text).toMatch(/^@echo off\r\n(?:[ -~]+\r\n)+$/);
      return text.split('\r\n');
    });
    const schtasks = '"%SystemRoot%\\System32\\schtasks.exe"';
    // What fails ends the file with exit code 1, the last line gives its own.
    expect(register!.slice(3, -1)).toEqual([
      `if not exist "${folder}\\" mkdir "${folder}" || exit /b 1`,
      `copy /y /b "%~dp0*.ps1" "${folder}\\" >nul || exit /b 1`,
      `${schtasks} /create /tn "psmint-hostile-pack" /xml "%~dp0task.xml" /f || exit /b 1`,
      `${schtasks} /run /tn "psmint-hostile-pack"`,
    ]);
    expect(unregister!.slice(3, -1)).toEqual([
      `${schtasks} /delete /tn "psmint-hostile-pack" /f || exit /b 1`,
      `if exist "${folder}\\" rmdir /s /q "${folder}"`,
    ]);
  });

  it('lines that make a configuration item', () => {
    const lines = companionsOf('configmgr-ci').get('create-configuration-item.txt')!;
    expect(lines).toMatch(/^[\r\n -~]+$/);
    // Parameters of Add-CMComplianceSettingScript.
    for (const name of ['InputObject', 'Name', 'DataType', 'Is64Bit', 'DiscoveryScriptLanguage', 'DiscoveryScriptFile'])
      expect(lines).toContain(`${name} = `);
    expect(lines).toContain("ExpectedValue = 'Compliant'");
  });
});
