import { assessment, type Assessment, type State } from './facts.ts';

const definite = ['pass', 'fail', 'pendingReboot', 'notApplicable'] as const;
type Definite = (typeof definite)[number];

/**
 * A group by the states of its checks. What could not be told is in truth one of the definite states: the group is
 * definite when it comes out the same whichever it is.
 */
export function assessGroup(kind: 'any-of' | 'all-of', states: readonly State[]): Assessment {
  const known = states.filter((state) => state !== 'unknown');
  const open = states.length - known.length;
  // In truth those that could not be told have one to so many different states; how often each of them does not count.
  const truths = subsets(definite).filter(({ length }) => length <= open && length >= Math.min(open, 1));
  const outcomes = new Set(truths.map((truth) => outcomeOf(kind, [...known, ...truth])));
  const [outcome, ...others] = outcomes;
  return outcome === undefined || others.length > 0 ? assessment('unknown', 'GROUP_UNKNOWN') : messages[kind][outcome];
}

function outcomeOf(kind: 'any-of' | 'all-of', states: readonly Definite[]): Definite {
  const applicable = states.filter((state) => state !== 'notApplicable');
  if (applicable.length === 0) return 'notApplicable';
  const isMet = (state: Definite): boolean => state === 'pass';
  const willBeMet = (state: Definite): boolean => state !== 'fail';
  const quantified = (test: (state: Definite) => boolean): boolean =>
    kind === 'any-of' ? applicable.some(test) : applicable.every(test);
  if (quantified(isMet)) return 'pass';
  return quantified(willBeMet) ? 'pendingReboot' : 'fail';
}

function subsets<T>([first, ...others]: readonly T[]): T[][] {
  if (first === undefined) return [[]];
  const rest = subsets(others);
  return [...rest, ...rest.map((subset) => [first, ...subset])];
}

const shared = {
  pendingReboot: assessment('pendingReboot', 'GROUP_PENDING'),
  notApplicable: assessment('notApplicable', 'GROUP_NOT_APPLICABLE'),
};
const messages = {
  'any-of': { ...shared, pass: assessment('pass', 'GROUP_ANY_MET'), fail: assessment('fail', 'GROUP_NONE_MET') },
  'all-of': { ...shared, pass: assessment('pass', 'GROUP_ALL_MET'), fail: assessment('fail', 'GROUP_NOT_ALL_MET') },
};
