import type { ServiceStateCheck } from '../rule-pack.ts';
import { assessment, numberOf, textOf, type Assessment, type ReadFact } from './facts.ts';

const startTypes = ['boot', 'system', 'automatic', 'manual', 'disabled'] as const;

/** A service by its start type in the registry, and by its status where the rule asks for one. */
export function assessServiceState(check: ServiceStateCheck, read: ReadFact): Assessment {
  const key = `HKLM:\\SYSTEM\\CurrentControlSet\\Services\\${check.service}`;
  const start = read({ read: 'RegistryValue', key, name: 'Start' });
  if (start.status === 'missing') return assessment(check.missing, 'SERVICE_NOT_INSTALLED');
  const type = startTypes[numberOf(start) ?? -1];
  if (type === undefined) return assessment('unknown', 'SERVICE_UNREADABLE');
  if (check.startTypes !== undefined && !check.startTypes.includes(type)) {
    return assessment('fail', 'SERVICE_START_TYPE');
  }
  return check.status === undefined
    ? assessment('pass', 'SERVICE_MET')
    : assessStatus(check.service, check.status, read);
}

function assessStatus(name: string, wanted: 'running' | 'stopped', read: ReadFact): Assessment {
  const fact = read({ read: 'Service', name });
  if (fact.status === 'missing') return assessment('unknown', 'SERVICE_CONTRADICTION');
  const status = textOf(fact).toLowerCase();
  if (status === wanted) return assessment('pass', 'SERVICE_MET');
  if (['running', 'stopped', 'paused'].includes(status)) return assessment('fail', 'SERVICE_STATUS');
  return assessment('unknown', status.endsWith('pending') ? 'SERVICE_CHANGING' : 'SERVICE_UNREADABLE');
}
