import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tableOf } from '../../src/checks.ts';
import { kinds, lowerCheck as lowerFor } from '../../src/kinds/index.ts';
import { conditionText } from '../../src/kinds/registry-value.ts';
import type { Check, HotfixCheck, RegistryCondition } from '../../src/rule-pack.ts';
import { scriptText } from '../../src/powershell.ts';
import { languages, type CertificateContent, type LoweredCheck } from '../../src/script-plan.ts';
import { loadMessages } from '../../src/messages.ts';
import { schemaFolder, templatesFolder } from '../support/simulated.ts';
import { parseSource } from '../../src/source.ts';
import { createValidator } from '../../src/validate.ts';
import { hostilePack, moreKindsPack, otherKindsPack } from '../support/hostile-pack.ts';

const docs = readFileSync(new URL('../../docs/rule-kinds.md', import.meta.url), 'utf8');
const messages = await loadMessages(templatesFolder);
const names = Object.keys(kinds).sort();
const rules = [hostilePack, otherKindsPack, moreKindsPack].flatMap(({ pack }) => pack.rules);

function lowerCheck(check: Check, certificates: readonly CertificateContent[]): LoweredCheck {
  return lowerFor(check, certificates, scriptText);
}

function lowered(id: string): LoweredCheck {
  const rule = rules.find((candidate) => candidate.id === id);
  if (rule === undefined) throw new Error(`no rule ${id}`);
  return lowerCheck(rule.check, hostilePack.certificates);
}

const requests = (check: LoweredCheck): string[] =>
  check.reads.map(({ role, request, slow }) => {
    const { read, ...place } = request;
    return `${role} ${read} ${Object.values(place).join(' ')}${slow ? ' slow' : ''}`.replace(/ +/g, ' ').trim();
  });

/** Everything that a new kind needs besides its entry in src/kinds/index.ts, which the type checker asks for. */
describe.each(names)('the kind %s', (kind) => {
  it('has a schema, listed in check.schema.json', () => {
    const schema = `kinds/${kind}.schema.json`;
    expect(existsSync(join(schemaFolder, schema)), `rules/schema/${schema} is missing`).toBe(true);
    const check = JSON.parse(readFileSync(join(schemaFolder, 'check.schema.json'), 'utf8')) as { oneOf: unknown[] };
    expect(check.oneOf).toContainEqual({ $ref: schema });
  });

  it('has a file of its own and a rule in a hostile pack', () => {
    expect(existsSync(new URL(`../../src/kinds/${kind}.ts`, import.meta.url)), `src/kinds/${kind}.ts`).toBe(true);
    const used = rules.map(({ check }) => check.kind);
    expect(used, `test/support/hostile-pack.ts has no rule of the kind ${kind}`).toContain(kind);
  });

  it('has the function that judges it in its folder', () => {
    const rule = rules.find(({ check }) => check.kind === kind);
    const { command } = lowerCheck(rule!.check, hostilePack.certificates);
    const file = `functions/kinds/${kind}/${command}.ps1`;
    expect(existsSync(join(templatesFolder, file)), `templates/${file} is missing`).toBe(true);
  });

  it('has a section in docs/rule-kinds.md', () => {
    expect(docs).toContain(`\n## ${kind}\n`);
  });

  it('has messages in every language', () => {
    for (const prefix of kinds[kind as keyof typeof kinds].messagePrefixes) {
      for (const language of languages) {
        const found = Object.keys(messages.texts[language]).filter((key) => key.startsWith(prefix));
        expect(found, `no ${prefix} messages in templates/messages/${language}.json`).not.toEqual([]);
      }
    }
  });
});

describe('the page about the kinds', () => {
  const examples = [...docs.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text]) => text!);
  const { validateAs } = createValidator(schemaFolder);

  it.each(examples)('has an example that follows the format: %s', (text) => {
    const result = validateAs('check.schema.json', parseSource('example.json', text));
    expect(result.ok ? [] : result.diagnostics.map(({ message }) => message)).toEqual([]);
  });

  it('has one of every kind', () => {
    const shown = examples.map((text) => /"kind": "([a-z-]+)"/.exec(text)![1]!);
    expect([...new Set(shown)].sort()).toEqual(names);
  });
});

describe('the kinds', () => {
  it('are those that have a schema and those that have functions', () => {
    const schemas = readdirSync(join(schemaFolder, 'kinds')).map((name) => name.replace('.schema.json', ''));
    expect(schemas.sort()).toEqual(names);
    expect(readdirSync(join(templatesFolder, 'functions/kinds')).sort()).toEqual(names);
  });

  it('have a message in ja for every message in en', () => {
    expect(Object.keys(messages.texts.ja).sort()).toEqual(Object.keys(messages.texts.en).sort());
  });
});

describe('os-build', () => {
  it('reads five registry values, and asks for updates only where a rollup decides', () => {
    const key = 'HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion';
    expect(requests(lowered('SMALL-OS'))).toEqual([
      `Build RegistryValue ${key} CurrentBuildNumber`,
      `Revision RegistryValue ${key} UBR`,
      `InstallationType RegistryValue ${key} InstallationType`,
      `EditionID RegistryValue ${key} EditionID`,
      `BuildLab RegistryValue ${key} BuildLabEx`,
      'Package ServicingPackage ^Package_for_(RollupFix|KB5[0-9]+)~ slow',
      'HotFix HotFix slow',
      'CodeIntegrity FileVersion %SystemRoot%\\System32\\ci.dll slow',
    ]);
  });

  it('pays for nothing slow without a rollup row', () => {
    const rule = hostilePack.pack.rules[0]!;
    if (rule.check.kind !== 'os-build') throw new Error('the first rule is no os-build');
    const builds = tableOf(rule.check).builds.filter(({ support }) => support !== 'rollup');
    expect(lowerCheck({ ...rule.check, builds }, []).reads.some(({ slow }) => slow)).toBe(false);
  });

  it('finds every update of its rows with the pattern of servicing packages', () => {
    const read = lowered('SMALL-OS').reads.find(({ role }) => role === 'Package')!;
    if (read.request.read !== 'ServicingPackage') throw new Error('no servicing package');
    const pattern = new RegExp(read.request.pattern);
    for (const kb of [5_006_714, 5_007_247, 5_106_729, 5_007_255]) {
      expect(`Package_for_KB${kb}~31bf3856ad364e35~amd64~~6.3.1.2`).toMatch(pattern);
    }
    expect('Package_for_RollupFix~31bf3856ad364e35~amd64~~9600.20144.1.6').toMatch(pattern);
    expect('Package_for_KB2919355~31bf3856ad364e35~amd64~~6.3.1.14').not.toMatch(pattern);
  });

  it('leaves out what no verdict comes from where nobody is told about the rule', () => {
    const { check } = rules.find(({ id }) => id === 'SMALL-OS')!;
    const { Builds: builds, Unlisted: unlisted } = lowerFor(check, [], undefined).parameters;
    expect(Object.values(builds as object).map((row: object) => Object.keys(row))).toEqual([
      ['MinRevision', 'Proof', 'LaterSecurityOnly'],
      ['Support'],
      ['MinRevision'],
      ['Support'],
    ]);
    expect(unlisted).toBeUndefined();
  });

  it('gives each row what its sort of support needs', () => {
    const builds = lowered('SMALL-OS').parameters['Builds'] as Record<string, Record<string, unknown>>;
    const rows = Object.values(builds);
    expect(rows.map((row) => Object.keys(row))).toEqual([
      ['MinRevision', 'Proof', 'LaterSecurityOnly', 'Server'],
      ['Support'],
      ['MinRevision', 'Client'],
      ['Support', 'AdvisoryBelow', 'Advisory'],
    ]);
    expect(lowered('SMALL-OS').parameters['Unlisted']).toEqual([10_586]);
    // The update of the month, its security-only twin, then the later rollups; without what all numbers begin with.
    expect(lowered('SMALL-OS').parameters['KbPrefix']).toBe('KB5');
    expect(rows[0]).toMatchObject({ Proof: ['006714', '106729', '007247'], LaterSecurityOnly: ['007255'] });
  });
});

describe('certificate', () => {
  it('looks at the untrusted store first, and at the trust list and its policy for a root', () => {
    const { sha1 } = hostilePack.certificates[0]!;
    expect(requests(lowered('SMALL-ROOT'))).toEqual([
      `Disallowed Certificate Disallowed ${sha1}`,
      `Store Certificate Root ${sha1}`,
      `ThirdParty Certificate AuthRoot ${sha1}`,
      'AutoUpdate RegistryValue HKLM:\\SOFTWARE\\Policies\\Microsoft\\SystemCertificates\\AuthRoot DisableRootAutoUpdate',
    ]);
  });

  it('knows no trust list for an intermediate certificate', () => {
    const { reads } = lowerCheck({ kind: 'certificate', certificate: 'unused' }, hostilePack.certificates);
    expect(reads.map(({ role }) => role)).toEqual(['Disallowed', 'Store']);
  });

  it('takes a certificate that resolve should have found missing for a bug', () => {
    expect(() => lowerCheck({ kind: 'certificate', certificate: 'nothing' }, [])).toThrow('bug in the compiler');
  });
});

describe('product-version', () => {
  it('reads keys, names and versions, nothing slow', () => {
    expect(requests(lowered('SMALL-AGENT'))).toEqual([
      'Key RegistryKey HKLM:\\SOFTWARE\\Small',
      'OwnKey RegistryKey HKLM32:\\SOFTWARE\\Small\\Own',
      'ProductName RegistryValue HKLM:\\SOFTWARE\\Small Name',
      'Version RegistryValue HKLM:\\SOFTWARE\\Small Version',
    ]);
  });
});

describe('registry-value', () => {
  it('reads one value and says in signs what is asked for', () => {
    const { reads, parameters } = lowered('SMALL-VALUE');
    expect(reads.map(({ role, slow }) => [role, slow])).toEqual([['Value', false]]);
    expect(parameters).toMatchObject({ Is: 'one-of', Missing: 'fail' });
    expect(parameters['Values']).toHaveLength(2);
  });

  it.each<[RegistryCondition, string]>([
    [{ is: 'present' }, ''],
    [{ is: 'one-of', values: [0, 'Off'] }, '0 / Off'],
    [{ is: 'at-least', number: 5 }, '>= 5'],
    [{ is: 'at-most', number: 4_294_967_295 }, '<= 4294967295'],
    [{ is: 'version-at-least', version: '6.7.3237' }, '>= 6.7.3237'],
  ])('%o is %j', (condition, text) => {
    expect(conditionText(condition)).toBe(text);
  });
});

describe('file-version', () => {
  it('reads every place', () => {
    expect(requests(lowered('SMALL-FILE'))).toEqual([
      "File FileVersion %ProgramFiles(x86)%\\Small\\it's {{here}}.exe",
      'File FileVersion %SystemRoot%\\System32\\small.dll',
    ]);
  });
});

describe('service-state', () => {
  it('asks the service manager only where the status counts, and then late', () => {
    expect(requests(lowered('SMALL-SERVICE'))).toEqual([
      'Start RegistryValue HKLM:\\SYSTEM\\CurrentControlSet\\Services\\Small$Service Start',
      'Status Service Small$Service slow',
    ]);
    const check = { kind: 'service-state', service: 'Small', missing: 'fail' } as const;
    expect(lowerCheck(check, []).reads.map(({ role }) => role)).toEqual(['Start']);
    expect(lowerCheck(check, []).parameters['Expected']).toBe('');
    expect(lowered('SMALL-SERVICE').parameters['Expected']).toBe('automatic / manual, running');
  });
});

describe('powershell-version', () => {
  it('reads what Windows PowerShell says of itself, never the host', () => {
    expect(requests(lowered('SMALL-POWERSHELL'))).toEqual([
      'Version RegistryValue HKLM:\\SOFTWARE\\Microsoft\\PowerShell\\3\\PowerShellEngine PowerShellVersion',
      'OldVersion RegistryValue HKLM:\\SOFTWARE\\Microsoft\\PowerShell\\1\\PowerShellEngine PowerShellVersion',
    ]);
  });
});

describe('disk-space', () => {
  it('compares bytes and speaks of megabytes', () => {
    expect(lowered('SMALL-SPACE').parameters).toEqual({ MinimumBytes: 21_474_836_480, Expected: '20480 MB' });
    expect(requests(lowered('SMALL-SPACE'))).toEqual(['Free FreeSpace slow']);
  });
});

describe('pending-reboot', () => {
  it('leaves the weak sign out unless it is asked for', () => {
    const roles = (check: LoweredCheck): string[] => check.reads.map(({ role }) => role);
    expect(roles(lowered('SMALL-RESTART'))).toEqual(['Key', 'Key', 'Renames']);
    expect(roles(lowerCheck({ kind: 'pending-reboot' }, []))).toEqual(['Key', 'Key']);
  });
});

describe('secure-boot-certificates', () => {
  it('reads what Windows says at once, firmware and events late', () => {
    const key = 'HKLM:\\SYSTEM\\CurrentControlSet\\Control\\SecureBoot';
    expect(requests(lowered('SMALL-BOOT'))).toEqual([
      `Enabled RegistryValue ${key}\\State UEFISecureBootEnabled`,
      `Status RegistryValue ${key}\\Servicing UEFICA2023Status`,
      `Error RegistryValue ${key}\\Servicing UEFICA2023Error`,
      `Capable RegistryValue ${key}\\Servicing WindowsUEFICA2023Capable`,
      'Db FirmwareVariable db slow',
      'Kek FirmwareVariable KEK slow',
      'Event Event System Microsoft-Windows-TPM-WMI 1795,1796,1797,1798,1800,1801,1802,1803,1808 slow',
    ]);
  });
});

describe('hotfix', () => {
  const lowerHotfix = (change: Partial<HotfixCheck>): LoweredCheck =>
    lowerCheck({ kind: 'hotfix', updates: [{ kb: 4_474_419 }], missing: 'fail', ...change }, []);

  it('reads packages and the list late, and the build only where it decides', () => {
    const key = 'HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion';
    expect(requests(lowered('SMALL-HOTFIX'))).toEqual([
      `Build RegistryValue ${key} CurrentBuildNumber`,
      `Revision RegistryValue ${key} UBR`,
      'Package ServicingPackage ^Package_for_(RollupFix|KB4474419|KB4536952|KB4490628)~ slow',
      'HotFix HotFix slow',
    ]);
    expect(requests(lowerHotfix({ builds: [{ build: 7601 }] }))).toEqual([
      `Build RegistryValue ${key} CurrentBuildNumber`,
      'Package ServicingPackage ^Package_for_(KB4474419)~ slow',
      'HotFix HotFix slow',
    ]);
  });

  it('takes what supersedes an update as proof, and names the update itself', () => {
    const { parameters } = lowered('SMALL-HOTFIX');
    expect(parameters['Proof']).toEqual(['KB4474419', 'KB4536952', 'KB4490628']);
    expect(parameters['Expected']).toBe('KB4474419 / KB4490628');
  });

  it('finds a long list of updates by what their numbers have in common', () => {
    const supersededBy = Array.from({ length: 20 }, (_, index) => 4_474_420 + index);
    const [read] = lowerHotfix({ updates: [{ kb: 4_474_419, supersededBy }] }).reads;
    expect(read?.request).toEqual({ read: 'ServicingPackage', pattern: '^Package_for_(KB44744[0-9]+)~' });
  });
});

describe('groups', () => {
  it('read each place once, what any check reads at once before the rest', () => {
    expect(lowered('SMALL-GROUP').reads.map(({ role, slow }) => `${role} ${slow}`)).toEqual([
      'Cheap false',
      'Cheap false',
      'Cheap false',
      'Slow true',
    ]);
    expect(lowered('SMALL-OTHER-GROUP').reads).toHaveLength(2);
  });

  it('keep their checks with reads of their own, numbered, however deep', () => {
    const { members = [] } = lowered('SMALL-GROUP');
    expect(members.map(({ id }) => id)).toEqual(['1 disk-space', '2 all-of']);
    expect(members[1]?.members?.map(({ id, command }) => `${id} ${command}`)).toEqual([
      '1 pending-reboot Test-PendingReboot',
      '2 registry-value Test-RegistryValue',
      '3 disk-space Test-DiskSpace',
    ]);
    expect(members[0]?.reads.map(({ role }) => role)).toEqual(['Free']);
  });
});
