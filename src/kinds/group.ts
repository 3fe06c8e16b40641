import { factId } from '../machine-reads.ts';
import type { Check } from '../rule-pack.ts';
import type { LoweredCheck, LoweredMember, RuleRead } from '../script-plan.ts';

/**
 * A group reads what its checks read, each place once. Its findings show the places under two roles alone; the checks keep
 * their own.
 */
export function lowerGroup(
  command: string,
  checks: readonly Check[],
  lower: (check: Check) => LoweredCheck,
): LoweredCheck {
  const members = checks.map((check, index): LoweredMember => ({ id: `${index + 1} ${check.kind}`, ...lower(check) }));
  return { command, reads: readsOf(members), parameters: {}, members };
}

function readsOf(members: readonly LoweredCheck[]): RuleRead[] {
  const all = members.flatMap(({ reads }) => reads);
  // What one check reads at once is there for another that would have read it late.
  const cheapFirst = [...all.filter(({ slow }) => !slow), ...all.filter(({ slow }) => slow)];
  const places = new Map<string, RuleRead>();
  for (const { request, slow } of cheapFirst) {
    const id = factId(request);
    if (!places.has(id)) places.set(id, { role: slow ? 'Slow' : 'Cheap', request, slow });
  }
  return [...places.values()];
}
