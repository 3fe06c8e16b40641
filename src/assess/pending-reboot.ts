import { rebootReads } from '../kinds/pending-reboot.ts';
import type { PendingRebootCheck } from '../rule-pack.ts';
import { assessment, type Assessment, type Fact, type ReadFact } from './facts.ts';

/** One sign of a pending restart is enough; that there is none needs a look at all of them. */
export function assessPendingReboot(check: PendingRebootCheck, read: ReadFact): Assessment {
  const facts = rebootReads(check).map(({ request }) => ({ request, fact: read(request) }));
  const isSign = ({ request, fact }: (typeof facts)[number]): boolean =>
    fact.status === 'found' && (request.read === 'RegistryKey' || namesFiles(fact));
  if (facts.some(isSign)) return assessment('pendingReboot', 'REBOOT_PENDING');
  const isUnreadable = facts.some(({ fact }) => fact.status === 'error');
  return isUnreadable ? assessment('unknown', 'REBOOT_UNREADABLE') : assessment('pass', 'REBOOT_NONE');
}

function namesFiles({ value }: Extract<Fact, { status: 'found' }>): boolean {
  return [value].flat().some((entry) => typeof entry !== 'object' && String(entry).trim() !== '');
}
