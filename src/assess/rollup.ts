import { rollupReads } from '../kinds/os-build.ts';
import type { OsBuildCheck, RollupBuild } from '../rule-pack.ts';
import {
  assessment,
  numberOf,
  textOf,
  versionRead,
  type Assessment,
  type Fact,
  type ReadFact,
  type ServicingPackage,
} from './facts.ts';

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
  const standings = packagesOf(packages).map((entry) => standingOf(entry, row));
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
  const installed = hotFixes.status === 'found' && Array.isArray(hotFixes.value) ? hotFixes.value.map(String) : [];
  const has = (numbers: readonly number[]): boolean => numbers.some((number) => installed.includes(kbName(number)));
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

function packagesOf(fact: Fact): readonly ServicingPackage[] {
  if (fact.status !== 'found' || !Array.isArray(fact.value)) return [];
  return fact.value.filter((entry): entry is ServicingPackage => typeof entry === 'object');
}

type Standing = 'installed' | 'pending' | 'later' | 'unclear' | 'nothing';

/** What one servicing package says about a row. */
function standingOf({ name, state }: ServicingPackage, row: RollupBuild): Standing {
  const standing = stateStanding(state);
  const kb = /^Package_for_KB([0-9]+)~/i.exec(name)?.[1];
  if (kb !== undefined) {
    if (row.laterSecurityOnly.includes(Number(kb))) {
      return standing === 'installed' ? 'later' : standing === 'unclear' ? 'unclear' : 'nothing';
    }
    return [row.securityOnly, ...row.rollups].includes(Number(kb)) ? standing : 'nothing';
  }
  if (!/^Package_for_RollupFix~/i.test(name)) return 'nothing';
  const version = /^Package_for_RollupFix~31bf3856ad364e35~[^~]*~~([0-9]{1,7})\.([0-9]{1,7})\./i.exec(name);
  const build = Number(version?.[1] ?? 0);
  // No build at all, or a newer one: the name counts in a way that is not known.
  if (build < 6000 || build > row.build) return standing === 'nothing' ? 'nothing' : 'unclear';
  return build === row.build && Number(version?.[2]) >= row.minRevision ? standing : 'nothing';
}

// CurrentState: 112 installed, 80 superseded, 128 permanent; 96 install pending; 0, 5, 32, 64 not installed (CbsApi.h).
function stateStanding(state: number | null): Standing {
  if (state === 112 || state === 80 || state === 128) return 'installed';
  if (state === 96) return 'pending';
  return state === 0 || state === 5 || state === 32 || state === 64 ? 'nothing' : 'unclear';
}

function kbName(number: number): string {
  return `KB${number}`;
}
