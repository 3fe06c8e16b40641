import { posix } from 'node:path';
import type { BuildTable, Check, OsBuildCheck, RulePack } from './rule-pack.ts';
import type { JsonPath } from './source.ts';

/** A check that looks at a machine itself: no group. */
export type LeafCheck = Exclude<Check, { checks: unknown }>;

/** The checks that a check is made of, with their places in the pack: itself, or those inside of a group, however deep. */
export function leafChecks(check: Check, path: JsonPath): { readonly check: LeafCheck; readonly path: JsonPath }[] {
  if (!('checks' in check)) return [{ check, path }];
  return check.checks.flatMap((inner, index) => leafChecks(inner, [...path, 'checks', index]));
}

/** Files of build tables that a pack names, each once. */
export function tableNames({ rules }: RulePack): string[] {
  const checks = rules.flatMap(({ check }) => leafChecks(check, []).map((leaf) => leaf.check));
  return [...new Set(checks.flatMap((check) => (check.kind === 'os-build' ? (check.table ?? []) : [])))];
}

/** Path of the file of a build table; `pack` is that of the pack that names it, with forward slashes. */
export function tablePath(pack: string, table: string): string {
  return posix.join(posix.dirname(pack), table);
}

/** The build table of a check; `resolve` has put that of a file into the check. */
export function tableOf({ capability, article, nativeFrom, builds }: OsBuildCheck): BuildTable {
  if (capability === undefined || article === undefined || nativeFrom === undefined || builds === undefined)
    throw new Error('This is a bug in the compiler: a check has no build table');
  return { capability, article, nativeFrom, builds };
}
