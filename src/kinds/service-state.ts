import type { ServiceStateCheck } from '../rule-pack.ts';
import type { RuleRead } from '../script-plan.ts';
import type { Kind } from './kind.ts';

/** A Windows service is there, starts in one of some ways, and runs or does not run. */
export const serviceState: Kind<'service-state'> = {
  summary: 'A Windows service is there, has one of some startup types, and is running or stopped.',
  messagePrefixes: ['SERVICE_'],
  advises: false,
  lower: (check) => ({
    command: 'Test-ServiceState',
    reads: serviceReads(check),
    parameters: {
      StartTypes: check.startTypes ?? [],
      Status: check.status ?? '',
      Expected: serviceText(check),
      Missing: check.missing,
    },
  }),
};

/** A service is what has a start type in the registry; its status is known to the service manager alone. */
export function serviceReads({ service, status }: ServiceStateCheck): RuleRead[] {
  const key = `HKLM:\\SYSTEM\\CurrentControlSet\\Services\\${service}`;
  return [
    { role: 'Start', request: { read: 'RegistryValue', key, name: 'Start' }, slow: false },
    ...(status === undefined
      ? []
      : [{ role: 'Status', request: { read: 'Service', name: service }, slow: true } as const]),
  ];
}

/** What is asked for, for example `automatic / manual, running`; empty when the service only has to be there. */
export function serviceText({ startTypes = [], status }: ServiceStateCheck): string {
  return [startTypes.join(' / '), status ?? ''].filter((part) => part !== '').join(', ');
}
