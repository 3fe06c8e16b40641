import { hotfixReads } from '../kinds/hotfix.ts';
import type { HotfixCheck } from '../rule-pack.ts';
import { assessment, numberOf, versionRead, type Assessment, type Fact, type ReadFact } from './facts.ts';
import { listsOne, packagesOf, standingOf } from './packages.ts';

/** One of some updates, or one that supersedes it, on a build that needs it. */
export function assessHotfix(check: HotfixCheck, read: ReadFact): Assessment {
  if (check.builds === undefined) return assessUpdates(check, 0, undefined, read);
  const build = numberOf(read(versionRead('CurrentBuildNumber')));
  if (build === undefined) return assessment('unknown', 'HOTFIX_BUILD_UNREADABLE');
  const row = check.builds.find((candidate) => candidate.build === build);
  if (row === undefined) return assessment('notApplicable', 'HOTFIX_OTHER_BUILD');
  return assessUpdates(check, build, row.minRevision, read);
}

function assessUpdates(check: HotfixCheck, build: number, minRevision: number | undefined, read: ReadFact): Assessment {
  const ubr: Fact = minRevision === undefined ? { status: 'missing' } : read(versionRead('UBR'));
  const revision = numberOf(ubr);
  if (minRevision !== undefined && (revision ?? -1) >= minRevision) return assessment('pass', 'HOTFIX_BY_REVISION');
  // Security-only updates leave the revision away or as it is; one that is there and cannot be read speaks for nothing.
  const isUnclear = ubr.status !== 'missing' && revision === undefined;
  const proof = check.updates.flatMap(({ kb, supersededBy = [] }) => [kb, ...supersededBy]);
  const packages = factOf(check, 'Package', read);
  const updates = { build, minRevision: minRevision ?? Infinity, proof, later: [] };
  const standings = packagesOf(packages).map((entry) => standingOf(entry, updates));
  if (standings.includes('installed')) return assessment('pass', 'HOTFIX_BY_PACKAGE');
  const isPending = standings.includes('pending');
  if (packages.status === 'error' || standings.includes('unclear') || (isPending && isUnclear)) {
    return assessment('unknown', 'HOTFIX_UNREADABLE');
  }
  if (isPending) return assessment('pendingReboot', 'HOTFIX_PENDING');
  const list = factOf(check, 'HotFix', read);
  if (listsOne(list, proof)) return assessment('pass', 'HOTFIX_BY_LIST');
  if (list.status === 'error' || isUnclear) return assessment('unknown', 'HOTFIX_UNREADABLE');
  return check.missing === 'fail' ? assessment('fail', 'HOTFIX_MISSING') : assessment('unknown', 'HOTFIX_NOT_FOUND');
}

function factOf(check: HotfixCheck, role: string, read: ReadFact): Fact {
  const found = hotfixReads(check).find((entry) => entry.role === role);
  return found === undefined ? { status: 'error', error: 'not asked for' } : read(found.request);
}
