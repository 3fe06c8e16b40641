import { beforeAll, describe, expect, it } from 'vitest';
import { createLinter, type Linter } from '../../src/lint.ts';
import { lower } from '../../src/lower.ts';
import { loadMessages } from '../../src/messages.ts';
import { factId, readerOf, withReaders } from '../../src/machine-reads.ts';
import { createRenderer } from '../../src/render.ts';
import { loadTemplates } from '../../src/templates.ts';
import type { MachineRead, ScriptName, UnsignedScript } from '../../src/script-plan.ts';
import { targets } from '../../src/targets/index.ts';
import { templatesFolder, withFunction } from '../support/simulated.ts';
import { hostilePack, moreKindsPack, otherKindsPack } from '../support/hostile-pack.ts';

const templates = await loadTemplates(templatesFolder);
const messages = await loadMessages(templatesFolder);
const plans = lower(hostilePack, targets, messages);
const scripts = plans.map(createRenderer(templates, '9.9.9'));
const otherScripts = [otherKindsPack, moreKindsPack].flatMap((pack) =>
  lower(pack, targets, messages).map(createRenderer(templates, '9.9.9')),
);
const allScripts = [...scripts, ...otherScripts];

function textOf(target: string, script: ScriptName, from: readonly UnsignedScript[] = scripts): string {
  const found = from.find(({ plan }) => plan.target === target && plan.script === script);
  if (found === undefined) throw new Error(`no script for ${target} ${script}`);
  return found.bytes.toString('latin1');
}

const functionsIn = (text: string): string[] => [...text.matchAll(/^function ([A-Za-z0-9-]+) \{/gm)].map(([, n]) => n!);

describe('a rendered script', () => {
  let lint: Linter;
  beforeAll(async () => {
    lint = await createLinter();
  });

  it.each(allScripts.map((script) => [script.path, script] as const))('%s keeps every law of lint', (_, script) => {
    expect(lint(script, { signatureReserve: 0 })).toEqual([]);
  });

  it.each(allScripts.map((script) => [script.path, script.bytes] as const))(
    '%s is ASCII with CRLF, no BOM',
    (_, bytes) => {
      const text = bytes.toString('latin1');
      expect(text).toMatch(/^[\t\r\n -~]*$/);
      expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
      expect(text.endsWith('\r\n')).toBe(true);
    },
  );

  it('is the same again', async () => {
    const again = plans.map(createRenderer(await loadTemplates(templatesFolder), '9.9.9'));
    expect(again.map(({ bytes }) => bytes.toString('latin1'))).toEqual(
      scripts.map(({ bytes }) => bytes.toString('latin1')),
    );
  });

  it('has its parts in the order in which an auditor reads them', () => {
    const marks = [
      '# fix-cert.ps1 - ',
      '#Requires -Version 3.0',
      'param(',
      'Set-StrictMode -Version 2.0',
      'trap {',
      '$env:PSModulePath =',
      '$Plan = @{',
      '$Rules = @{',
      '$Messages = ',
      '$Certificates = @{',
      'function Invoke-Native {',
      'function Get-Finding {',
      '$environment = Read-HostEnvironment',
      'exit $Plan.ExitCodes[',
    ];
    const places = marks.map((mark) => textOf('manual', 'fix-cert').indexOf(mark));
    expect(places).not.toContain(-1);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
  });

  it('has one call a rule, with the rule id as a literal', () => {
    const calls = [...textOf('manual', 'check').matchAll(/^\tTest-\w+ -Rule (.*) -Facts \$Facts\r$/gm)];
    expect(calls.map(([, rule]) => rule)).toEqual(hostilePack.pack.rules.map(({ id }) => `$Rules['${id}']`));
  });

  it('judges the checks of a group before the group, each with its own data', () => {
    const text = textOf('manual', 'check', otherScripts);
    const call = text.slice(text.indexOf('\tTest-AnyOf'), text.indexOf("\tTest-AllOf -Rule $Rules['SMALL-OTHER"));
    expect(call.replaceAll('\r', '')).toBe(
      [
        "\tTest-AnyOf -Rule $Rules['SMALL-GROUP'] -Facts $Facts -Findings @(",
        "\t\tTest-DiskSpace -Rule $Rules['SMALL-GROUP'].Checks[0] -Facts $Facts",
        "\t\tTest-AllOf -Rule $Rules['SMALL-GROUP'].Checks[1] -Facts $Facts -Findings @(",
        "\t\t\tTest-PendingReboot -Rule $Rules['SMALL-GROUP'].Checks[1].Checks[0] -Facts $Facts",
        "\t\t\tTest-RegistryValue -Rule $Rules['SMALL-GROUP'].Checks[1].Checks[1] -Facts $Facts",
        "\t\t\tTest-DiskSpace -Rule $Rules['SMALL-GROUP'].Checks[1].Checks[2] -Facts $Facts",
        '\t\t)',
        '\t)',
        '',
      ].join('\n'),
    );
  });

  it('ends with an explicit exit', () => {
    for (const { bytes } of scripts)
      expect(bytes.toString('latin1')).toMatch(/\r\nexit \$Plan\.ExitCodes\[\$verdict\]\r\n$/);
  });
});

describe('the functions of a script', () => {
  it('are those that are called, each once', () => {
    for (const { bytes } of allScripts) {
      const text = bytes.toString('latin1');
      const names = functionsIn(text);
      expect(new Set(names).size).toBe(names.length);
      // Called somewhere besides its own definition, or the function is dead weight.
      const idle = names.filter((name) => text.split(new RegExp(`\\b${name}\\b`)).length <= 2);
      expect(idle).toEqual([]);
    }
  });

  it('change nothing in check and report', () => {
    const changing =
      /^(?:Add|Remove)-MachineCertificate|^Write-ChangeRecord|^Invoke-Re|^Invoke-Rollback|^Undo-|^Repair-/;
    for (const { plan, bytes } of allScripts) {
      const found = functionsIn(bytes.toString('latin1')).filter((name) => changing.test(name));
      expect(found.length > 0, `${plan.path}: ${found.join(' ')}`).toBe(plan.script === 'fix-cert');
    }
  });

  it('write report files only where a report is asked for', () => {
    expect(functionsIn(textOf('manual', 'check'))).not.toContain('New-ProtectedFolder');
    expect(functionsIn(textOf('manual', 'report'))).toContain('New-ProtectedFolder');
  });

  it('are those of the own target', () => {
    expect(functionsIn(textOf('manual', 'check'))).not.toContain('Write-IntuneRemediationAnswer');
    expect(functionsIn(textOf('intune-remediation', 'check'))).not.toContain('Write-ManualAnswer');
  });

  it('are not pulled in by a comment', () => {
    const own = templates.functions.get('Get-Verdict')!.text;
    const commented = own.replace('{\n', '{\n    # Not Get-Stray.\n    <# nor Get-Stray #>\n');
    const stray = withFunction(templates, 'Get-Stray', 'function Get-Stray {\n    1\n}');
    const [script] = plans.slice(0, 1).map(createRenderer(withFunction(stray, 'Get-Verdict', commented), '9.9.9'));
    expect(functionsIn(script!.bytes.toString('latin1'))).not.toContain('Get-Stray');
  });

  it('are exchanged for simulated ones of the same names, and nothing else changes', async () => {
    const simulated = plans.map(createRenderer(await loadTemplates(templatesFolder, { simulated: true }), '9.9.9'));
    const [real, other] = [scripts, simulated].map((from) => textOf('manual', 'fix-cert', from));
    expect(functionsIn(other!)).toContain('Add-MachineCertificate');
    expect(other).not.toContain('X509Store');
    expect(other!.slice(0, other!.indexOf('\nfunction '))).toBe(real!.slice(0, real!.indexOf('\nfunction ')));
    const main = (text: string): string => text.slice(text.indexOf('function Get-Finding {'));
    expect(main(other!)).toBe(main(real!));
  });
});

describe('the readers of facts', () => {
  const getFact = templates.functions.get('Get-Fact')!.text;
  const pattern = 'x';
  const requests: readonly MachineRead[] = [
    { read: 'Certificate', store: 'Root', thumbprint: 'AB' },
    { read: 'ServicingPackage', pattern },
    { read: 'RegistryValue', key: 'HKLM:\\A', name: 'B' },
    { read: 'HotFix' },
    { read: 'Service', name: 'Spooler' },
    { read: 'FreeSpace' },
    { read: 'FirmwareVariable', name: 'KEK' },
    { read: 'Event', log: 'System', provider: 'Example', ids: [1801, 1808] },
    { read: 'FileVersion', path: '%ProgramFiles%\\a.dll' },
  ];
  const readersIn = (text: string): string[] => [...text.matchAll(/\$read = ([A-Za-z-]+)/g)].map(([, name]) => name!);
  const otherwise = 'Read-FileVersion';

  it('are one branch each, with the files of Windows for what is left', () => {
    expect(readersIn(getFact)).toEqual([...requests.map(readerOf), otherwise]);
    for (const reader of readersIn(getFact)) expect([...templates.functions.keys()]).toContain(reader);
  });

  it('stay as they are in a script that uses all of them', () => {
    expect(withReaders(getFact, new Set(requests.map(readerOf)))).toBe(getFact);
  });

  it.each(requests)('leave only what a script uses: $read', (request) => {
    const text = withReaders(getFact, new Set([readerOf(request)]));
    expect(readersIn(text)).toEqual([readerOf(request), otherwise]);
    expect(text).toMatch(/\ttry \{\n\t\tif \(.*\) \{\n\t\t\t\$read = .*\n\t\t\} else \{\n/);
  });

  it('come along in no script without a read of theirs', () => {
    const osOnly = plans.map((plan) => ({ ...plan, rules: plan.rules.filter(({ kind }) => kind === 'os-build') }));
    const names = functionsIn(createRenderer(templates, '9.9.9')(osOnly[0]!).bytes.toString('latin1'));
    expect(names).toEqual(expect.arrayContaining(['Read-Registry', 'Read-HotFix', 'Read-FileVersion']));
    for (const reader of ['Read-Certificate', 'Read-Service', 'Read-FreeSpace', 'Read-ProgramFileVersion'])
      expect(names).not.toContain(reader);
  });
});

describe('a fact', () => {
  it('is named after the place where it is read', () => {
    const reads: readonly (readonly [MachineRead, string])[] = [
      [{ read: 'RegistryValue', key: 'HKLM:\\A', name: 'B' }, 'HKLM:\\A\\B'],
      [{ read: 'RegistryKey', key: 'HKLM32:\\A' }, 'HKLM32:\\A\\'],
      [{ read: 'Certificate', store: 'Root', thumbprint: 'AB' }, 'Cert:\\LocalMachine\\Root\\AB'],
      [{ read: 'HotFix' }, 'HotFix'],
      [{ read: 'FileVersion', path: '%SystemRoot%\\a.dll' }, '%SystemRoot%\\a.dll'],
      [{ read: 'Service', name: 'Spooler' }, 'Service:Spooler'],
      [{ read: 'FreeSpace' }, 'FreeSpace'],
      [{ read: 'FirmwareVariable', name: 'db' }, 'Firmware:db'],
      [{ read: 'Event', log: 'System', provider: 'P', ids: [1, 2] }, 'Event:System/P/1,2'],
    ];
    for (const [request, id] of reads) expect(factId(request)).toBe(id);
  });

  it('of servicing packages keeps two patterns apart', () => {
    const id = (pattern: string): string => factId({ read: 'ServicingPackage', pattern });
    expect(id('a')).toBe(id('a'));
    expect(id('a')).not.toBe(id('b'));
  });
});
