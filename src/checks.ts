import type { Check } from './rule-pack.ts';
import type { JsonPath } from './source.ts';

/** A check that looks at a machine itself: no group. */
export type LeafCheck = Exclude<Check, { checks: unknown }>;

/** The checks that a check is made of, with their places in the pack: itself, or those inside of a group, however deep. */
export function leafChecks(check: Check, path: JsonPath): { readonly check: LeafCheck; readonly path: JsonPath }[] {
  if (!('checks' in check)) return [{ check, path }];
  return check.checks.flatMap((inner, index) => leafChecks(inner, [...path, 'checks', index]));
}
