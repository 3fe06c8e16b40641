import type { MachineRead } from '../script-plan.ts';

/** What was read for one request; the shape is that of a fact inside the scripts. */
export type Fact =
  | { readonly status: 'found'; readonly value: FactValue }
  | { readonly status: 'missing' }
  | { readonly status: 'error'; readonly error: string };

export interface ServicingPackage {
  readonly name: string;
  /** CurrentState; null when it could not be read. */
  readonly state: number | null;
}

export type FactValue = string | number | readonly string[] | readonly ServicingPackage[];

/** Facts by request. A fact that nobody read is an error: nothing is known about it. */
export type ReadFact = (request: MachineRead) => Fact;

export type State = 'pass' | 'fail' | 'notApplicable' | 'unknown' | 'pendingReboot';

/** State of one rule, and the message key that says why. */
export interface Assessment {
  readonly state: State;
  readonly messageKey: string;
}

export function assessment(state: State, messageKey: string): Assessment {
  return { state, messageKey };
}

/** A registry value as text without the blanks around it; empty when it is missing or could not be read. */
export function textOf(fact: Fact): string {
  if (fact.status !== 'found' || typeof fact.value === 'object') return '';
  return String(fact.value).trim();
}

/** A number from 0 to 9999999; undefined for anything else. */
export function numberOf(fact: Fact): number | undefined {
  const text = textOf(fact);
  return /^[0-9]{1,7}$/.test(text) ? Number(text) : undefined;
}

const versionKey = 'HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion';

/** Read of one value that describes the Windows version. */
export function versionRead(name: string): MachineRead {
  return { read: 'RegistryValue', key: versionKey, name };
}
