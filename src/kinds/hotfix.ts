import type { HotfixCheck } from '../rule-pack.ts';
import type { PsTable, RuleRead } from '../script-plan.ts';
import type { Kind } from './kind.ts';
import { sharedPrefix, versionValue } from './os-build.ts';

/** One of some updates of Windows is installed, or one that supersedes it. */
export const hotfix: Kind<'hotfix'> = {
  summary: 'One of some updates of Windows is installed, or one that supersedes it, by number or by revision.',
  messagePrefixes: ['HOTFIX_'],
  advises: false,
  lower: (check) => ({
    command: 'Test-Hotfix',
    reads: hotfixReads(check),
    parameters: {
      Expected: check.updates.map(({ kb }) => `KB${kb}`).join(' / '),
      Proof: kbNames(check),
      Missing: check.missing,
      ...(check.builds === undefined ? {} : { Builds: buildRows(check.builds) }),
    },
  }),
};

/** Every update that proves the rule, as Windows writes it: `KB4474419`. */
function kbNames({ updates }: HotfixCheck): string[] {
  return updates.flatMap(({ kb, supersededBy = [] }) => [kb, ...supersededBy].map((number) => `KB${number}`));
}

/** Patterns of so many numbers are shorter by what the numbers have in common; what else matches is ignored then. */
const longList = 8;

/** The build, where it decides; then packages; then the list of hot fixes. */
export function hotfixReads(check: HotfixCheck): RuleRead[] {
  const { builds = [] } = check;
  const names = kbNames(check);
  const cumulative = builds.some(({ minRevision }) => minRevision !== undefined);
  const numbers = names.length > longList ? [`${sharedPrefix(names)}[0-9]+`] : names;
  const pattern = `^Package_for_(${[...(cumulative ? ['RollupFix'] : []), ...numbers].join('|')})~`;
  return [
    ...(builds.length > 0 ? [versionValue('Build', 'CurrentBuildNumber')] : []),
    ...(cumulative ? [versionValue('Revision', 'UBR')] : []),
    { role: 'Package', request: { read: 'ServicingPackage', pattern }, slow: true },
    { role: 'HotFix', request: { read: 'HotFix' }, slow: true },
  ];
}

function buildRows(builds: NonNullable<HotfixCheck['builds']>): PsTable {
  return Object.fromEntries(builds.map(({ build, minRevision = null }) => [build, { MinRevision: minRevision }]));
}
