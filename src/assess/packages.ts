import type { Fact, ServicingPackage } from './facts.ts';

/** Updates that a rule looks for on one build. */
export interface Updates {
  readonly build: number;
  /** Revision of the first cumulative update that has what is asked for; Infinity when no revision proves it. */
  readonly minRevision: number;
  /** Numbers that prove it. */
  readonly proof: readonly number[];
  /** Numbers of later updates that are not cumulative, and so prove nothing. */
  readonly later: readonly number[];
}

export type Standing = 'installed' | 'pending' | 'later' | 'unclear' | 'nothing';

/** What one servicing package says about the updates. */
export function standingOf({ name, state }: ServicingPackage, updates: Updates): Standing {
  const standing = stateStanding(state);
  const kb = /^Package_for_KB([0-9]+)~/i.exec(name)?.[1];
  if (kb !== undefined) {
    if (updates.later.includes(Number(kb))) {
      return standing === 'installed' ? 'later' : standing === 'unclear' ? 'unclear' : 'nothing';
    }
    return updates.proof.includes(Number(kb)) ? standing : 'nothing';
  }
  if (!/^Package_for_RollupFix~/i.test(name)) return 'nothing';
  const version = /^Package_for_RollupFix~31bf3856ad364e35~[^~]*~~([0-9]{1,7})\.([0-9]{1,7})\./i.exec(name);
  const build = Number(version?.[1] ?? 0);
  // No build at all, or a newer one: the name counts in a way that is not known.
  if (build < 6000 || build > updates.build) return standing === 'nothing' ? 'nothing' : 'unclear';
  return build === updates.build && Number(version?.[2]) >= updates.minRevision ? standing : 'nothing';
}

// CurrentState: 112 installed, 80 superseded, 128 permanent; 96 install pending; 0, 5, 32, 64 not installed (CbsApi.h).
function stateStanding(state: number | null): Standing {
  if (state === 112 || state === 80 || state === 128) return 'installed';
  if (state === 96) return 'pending';
  return state === 0 || state === 5 || state === 32 || state === 64 ? 'nothing' : 'unclear';
}

/** The servicing packages that were read; none when they are missing or could not be read. */
export function packagesOf(fact: Fact): readonly ServicingPackage[] {
  if (fact.status !== 'found' || !Array.isArray(fact.value)) return [];
  return fact.value.filter((entry): entry is ServicingPackage => typeof entry === 'object');
}

/** Whether the list of hot fixes has one of some numbers. */
export function listsOne(hotFixes: Fact, numbers: readonly number[]): boolean {
  const installed = hotFixes.status === 'found' && Array.isArray(hotFixes.value) ? hotFixes.value.map(String) : [];
  return numbers.some((number) => installed.includes(`KB${number}`));
}
