import { tableOf } from '../checks.ts';
import type { Build, OsBuildCheck, RevisionBuild, WindowsVersion } from '../rule-pack.ts';
import type { PsTable, RuleRead } from '../script-plan.ts';
import type { Kind, TextWriter } from './kind.ts';

type EndOfSupport = WindowsVersion['endOfSupport'][number];

const versionKey = 'HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion';

/** The Windows build has a capability that came with an update. */
export const osBuild: Kind<'os-build'> = {
  summary:
    'The Windows build has a capability that came with an update: at a revision, with a rollup, natively, or never.',
  messagePrefixes: ['OS_'],
  advises: true,
  lower: (check, _, { textOf }) => {
    const { nativeFrom, builds } = tableOf(check);
    const prefix = sharedPrefix(kbNumbers(check));
    return {
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
        NativeFrom: nativeFrom,
        KbPrefix: prefix,
        Builds: Object.fromEntries(
          builds.map((row) => [row.build, { ...buildRow(row, prefix), ...(textOf && told(check, row, textOf)) }]),
        ),
        ...(textOf && check.unlisted ? { Unlisted: check.unlisted } : {}),
      },
    };
  },
};

/** Reads one value that describes the Windows version. */
export function versionValue(role: string, name: string): RuleRead {
  return { role, request: { read: 'RegistryValue', key: versionKey, name }, slow: false };
}

/** Reads that only a rollup row asks for: Windows 10 and later never pay for them. */
export function rollupReads(check: OsBuildCheck): RuleRead[] {
  const numbers = kbNumbers(check);
  if (numbers.length === 0) return [];
  // What else matches is ignored by the row, and the list need not stand twice.
  const pattern = `^Package_for_(RollupFix|${sharedPrefix(numbers)}[0-9]+)~`;
  return [
    { role: 'Package', request: { read: 'ServicingPackage', pattern }, slow: true },
    { role: 'HotFix', request: { read: 'HotFix' }, slow: true },
    { role: 'CodeIntegrity', request: { read: 'FileVersion', path: '%SystemRoot%\\System32\\ci.dll' }, slow: true },
  ];
}

/** KB names of all rollup rows, as Windows writes them: `KB5006714`. */
function kbNumbers(check: OsBuildCheck): string[] {
  return tableOf(check).builds.flatMap((row) => (row.support === 'rollup' ? [...proofOf(row), ...laterOf(row)] : []));
}

type RollupBuild = Extract<Build, { support: 'rollup' }>;

// The first two are those of the month itself, which a finding names.
function proofOf({ update, securityOnly, rollups }: RollupBuild): string[] {
  return [update.kb, securityOnly, ...rollups.filter((number) => number !== update.kb)].map((number) => `KB${number}`);
}

function laterOf({ laterSecurityOnly }: RollupBuild): string[] {
  return laterSecurityOnly.map((number) => `KB${number}`);
}

/** What all texts begin with; some digits of every number are left, so that a table reads as one of numbers. */
export function sharedPrefix(texts: readonly string[]): string {
  const [first = '', ...others] = texts;
  const length = Array.from(first).findIndex((digit, index) => others.some((text) => text[index] !== digit));
  return first.slice(0, length < 0 ? 2 : length);
}

function buildRow(row: Build, prefix: string): PsTable {
  return {
    ...(row.support === 'native' || row.support === 'never' ? { Support: row.support } : {}),
    ...(row.support === 'revision' || row.support === 'rollup' ? { MinRevision: row.minRevision } : {}),
    ...(row.support === 'revision' ? editionLists(row) : {}),
    ...(row.support === 'rollup' ? rollupFields(row, prefix) : {}),
  };
}

// No verdict comes from these.
function told({ advisories }: OsBuildCheck, { build, client, server }: Build, textOf: TextWriter): PsTable {
  const advisory = advisories?.find((note) => note.build === build);
  return {
    ...(client === undefined ? {} : { Client: client.name }),
    ...(server === undefined ? {} : { Server: server.name }),
    ...(advisory === undefined ? {} : { AdvisoryBelow: advisory.belowRevision, Advisory: textOf(advisory.text) }),
  };
}

function rollupFields(row: RollupBuild, prefix: string): PsTable {
  const rest = (kb: string): string => kb.slice(prefix.length);
  return {
    ...(row.appliesTo === undefined ? {} : { AppliesTo: row.appliesTo }),
    Proof: proofOf(row).map(rest),
    LaterSecurityOnly: laterOf(row).map(rest),
  };
}

/**
 * Classes of editions whose support had ended when the update came, so that they never got it, and the others. Paid
 * extensions do not count: whether somebody paid cannot be read. Nothing when all editions got it.
 */
function editionLists(row: RevisionBuild): PsTable {
  const ends = [row.client, row.server].flatMap((version) => version?.endOfSupport ?? []);
  const isLate = ({ date }: EndOfSupport): boolean => date < row.update.date;
  if (!ends.some(isLate)) return {};
  const classes = (list: readonly EndOfSupport[]): string[] => list.map(({ editions }) => editions);
  return { OutOfSupport: classes(ends.filter(isLate)), InSupport: classes(ends.filter((end) => !isLate(end))) };
}
