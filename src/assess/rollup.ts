import { rollupReads } from '../kinds/os-build.ts';
import type { OsBuildCheck, RollupBuild } from '../rule-pack.ts';
import { assessment, numberOf, textOf, versionRead, type Assessment, type Fact, type ReadFact } from './facts.ts';
import { listsOne, packagesOf, standingOf, type Updates } from './packages.ts';

/** Windows 6.x: the evidence ladder, from cheap and sure to slow; the first proof ends it. */
export function assessRollup(row: RollupBuild, check: OsBuildCheck, read: ReadFact): Assessment {
  const ubr = read(versionRead('UBR'));
  const revision = numberOf(ubr);
  if (revision !== undefined && revision >= row.minRevision) return assessment('pass', 'OS_ROLLUP_BY_REVISION');
  const isRevisionUnreadable = ubr.status !== 'missing' && revision === undefined;
  const requests = rollupReads(check);
  const fact = (role: string): Fact => {
    const found = requests.find((request) => request.role === role);
    return found === undefined ? { status: 'error', error: 'not asked for' } : read(found.request);
  };
  const packages = fact('Package');
  const standings = packagesOf(packages).map((entry) => standingOf(entry, updatesOf(row)));
  if (standings.includes('installed')) return assessment('pass', 'OS_ROLLUP_BY_PACKAGE');
  const isPending = standings.includes('pending');
  if (packages.status === 'error' || standings.includes('unclear') || (isPending && isRevisionUnreadable)) {
    return assessment('unknown', 'OS_ROLLUP_UNREADABLE');
  }
  if (isPending) return assessment('pendingReboot', 'OS_ROLLUP_PENDING');
  return assessSlowEvidence(
    row,
    fact,
    standings.includes('later'),
    isRevisionUnreadable || ubr.status === 'error',
    read,
  );
}

function assessSlowEvidence(
  row: RollupBuild,
  fact: (role: string) => Fact,
  hasLaterPackage: boolean,
  isRevisionUnreadable: boolean,
  read: ReadFact,
): Assessment {
  const hotFixes = fact('HotFix');
  const has = (numbers: readonly number[]): boolean => listsOne(hotFixes, numbers);
  if (has([row.securityOnly, ...row.rollups])) return assessment('pass', 'OS_ROLLUP_BY_HOTFIX');
  const kernel = read(versionRead('BuildLabEx'));
  const file = fact('CodeIntegrity');
  const lab = new RegExp(`^${row.build}\\.([0-9]{1,7})(\\.|$)`).exec(textOf(kernel))?.[1];
  const version = new RegExp(`^[0-9]+\\.[0-9]+\\.${row.build}\\.([0-9]{1,7})$`).exec(textOf(file))?.[1];
  // Newer than the last one without the update: likely, and no proof.
  if ([lab, version].some((text) => text !== undefined && Number(text) >= row.minRevision)) {
    return assessment('unknown', 'OS_ROLLUP_LIKELY');
  }
  if (hasLaterPackage || has(row.laterSecurityOnly)) return assessment('unknown', 'OS_ROLLUP_LATER_SECURITY_ONLY');
  const isUnreadable = isRevisionUnreadable || [hotFixes, kernel, file].some(({ status }) => status === 'error');
  return isUnreadable ? assessment('unknown', 'OS_ROLLUP_UNREADABLE') : assessment('fail', 'OS_ROLLUP_MISSING');
}

// The updates of a row: those that prove it, and later ones that are not cumulative.
function updatesOf({ build, minRevision, securityOnly, rollups, laterSecurityOnly }: RollupBuild): Updates {
  return { build, minRevision, proof: [securityOnly, ...rollups], later: laterSecurityOnly };
}
