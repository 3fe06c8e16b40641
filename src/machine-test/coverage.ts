import type { Rule } from '../rule-pack.ts';
import { findingsOf, type ReportFinding } from './compare.ts';
import { pointsOf } from './coverage-points.ts';
import type { MachineResult } from './machine-test.ts';

/** The rules of a pack, for coverage. */
export interface CoveredPack {
  readonly id: string;
  readonly rules: readonly Rule[];
}

export interface CoveragePoint {
  readonly rule: string;
  /** For example `state pass`, or `build 9600: message OS_ROLLUP_PENDING`. */
  readonly point: string;
}

export interface PackCoverage {
  readonly pack: string;
  readonly points: number;
  /** Points that no machine shows: no test would notice a mistake there. */
  readonly missing: readonly CoveragePoint[];
}

/** What the machines show of each pack, by the reports of those steps that a machine file says something about. */
export function coverageOf(
  packs: readonly CoveredPack[],
  results: readonly MachineResult[],
  messageKeys: readonly string[],
): readonly PackCoverage[] {
  // A note stands beside a message and decides nothing.
  const keys = messageKeys.filter((key) => !key.includes('NOTE_') && key !== 'FIX_NOTHING_TO_ROLL_BACK');
  return packs.map(({ id, rules }) => {
    const own = results.filter(({ pack }) => pack === id);
    const all = rules.map((rule) => ruleCoverage(rule, own, keys));
    return { pack: id, points: all.reduce((sum, { points }) => sum + points, 0), missing: all.flatMap(missingOf) };
  });
}

interface RuleCoverage {
  readonly points: number;
  readonly missing: readonly CoveragePoint[];
}

const missingOf = ({ missing }: RuleCoverage): readonly CoveragePoint[] => missing;

function ruleCoverage(rule: Rule, results: readonly MachineResult[], messageKeys: readonly string[]): RuleCoverage {
  const { points, shownBy } = pointsOf(rule, messageKeys);
  const shown = new Set(results.flatMap((result) => findingsFor(rule.id, result)).flatMap(shownBy));
  const missing = points.filter((point) => !shown.has(point)).map((point) => ({ rule: rule.id, point }));
  return { points: points.length, missing };
}

function findingsFor(id: string, { answers, expected }: MachineResult): readonly ReportFinding[] {
  return answers.filter(({ step }) => expected.includes(step)).flatMap(({ report }) => findingsOf(report)?.[id] ?? []);
}
