import type { Build, OsBuildCheck, WindowsVersion } from '../rule-pack.ts';
import type { PsTable, PsValue, RuleRead } from '../script-plan.ts';
import type { Kind } from './kind.ts';

const versionKey = 'HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion';

/** The Windows build has a capability that came with an update. */
export const osBuild: Kind<'os-build'> = {
  summary:
    'The Windows build has a capability that came with an update: at a revision, with a rollup, natively, or never.',
  messagePrefixes: ['OS_'],
  lower: (check) => ({
    command: 'Test-OsBuild',
    reads: [
      versionValue('Build', 'CurrentBuildNumber'),
      versionValue('Revision', 'UBR'),
      versionValue('InstallationType', 'InstallationType'),
      versionValue('EditionID', 'EditionID'),
      versionValue('BuildLab', 'BuildLabEx'),
      ...rollupReads(check),
    ],
    parameters: {
      Capability: { ...check.capability },
      NativeFrom: check.nativeFrom,
      Builds: check.builds.map(buildRow),
    },
  }),
};

function versionValue(role: string, name: string): RuleRead {
  return { role, request: { read: 'RegistryValue', key: versionKey, name }, slow: false };
}

/** Reads that only a rollup row asks for: Windows 10 and later never pay for them. */
export function rollupReads(check: OsBuildCheck): RuleRead[] {
  const numbers = check.builds.flatMap((row) =>
    row.support === 'rollup' ? [...row.rollups, row.securityOnly, ...row.laterSecurityOnly] : [],
  );
  if (numbers.length === 0) return [];
  return [
    {
      role: 'Package',
      request: { read: 'ServicingPackage', pattern: `^Package_for_(RollupFix|${kbPattern(numbers)})~` },
      slow: true,
    },
    { role: 'HotFix', request: { read: 'HotFix' }, slow: true },
    { role: 'CodeIntegrity', request: { read: 'FileVersion', path: '%SystemRoot%\\System32\\ci.dll' }, slow: true },
  ];
}

// The digits that all numbers share: what else matches is ignored by the row, and the list need not stand twice.
function kbPattern(numbers: readonly number[]): string {
  const texts = numbers.map(String);
  const first = texts[0] ?? '';
  const shared = Array.from(first).findIndex((digit, index) => texts.some((text) => text[index] !== digit));
  const isSameLength = texts.every((text) => text.length === first.length);
  const rest = isSameLength && shared >= 0 ? `[0-9]{${first.length - shared}}` : '[0-9]+';
  return `KB${shared < 0 ? first : first.slice(0, shared)}${shared < 0 ? '' : rest}`;
}

/** `KB5006714`, as Windows writes it. */
export function kbName(number: number): string {
  return `KB${number}`;
}

function buildRow(row: Build): PsTable {
  return {
    Build: row.build,
    Support: row.support,
    ...(row.support === 'revision' || row.support === 'rollup'
      ? { MinRevision: row.minRevision, Kb: kbName(row.update.kb), KbDate: row.update.date }
      : {}),
    ...(row.support === 'rollup' ? rollupFields(row) : {}),
    ...(row.client === undefined ? {} : { Client: windowsVersion(row.client) }),
    ...(row.server === undefined ? {} : { Server: windowsVersion(row.server) }),
    ...(row.vendorListed === false ? { VendorListed: false } : {}),
    ...(row.support === 'native' && row.advisory !== undefined
      ? { Advisory: { BelowRevision: row.advisory.belowRevision, Text: { ...row.advisory.text } } }
      : {}),
  };
}

function rollupFields(row: Extract<Build, { support: 'rollup' }>): { readonly [name: string]: PsValue } {
  return {
    ...(row.appliesTo === undefined ? {} : { AppliesTo: row.appliesTo }),
    SecurityOnly: kbName(row.securityOnly),
    Rollups: row.rollups.map(kbName),
    LaterSecurityOnly: row.laterSecurityOnly.map(kbName),
  };
}

// Last day of service by class of editions, without paid extensions: whether somebody paid cannot be read.
function windowsVersion(version: WindowsVersion): PsTable {
  const ends = version.endOfSupport.map(({ editions, date }) => [editions, date] as const);
  return { Name: version.name, Ends: Object.fromEntries(ends) };
}
