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

/** The whole number that a value holds. A DWORD has 32 bits and no sign; .NET shows the upper half of them as negative. */
export function wholeNumber(value: FactValue): number | undefined {
  if (typeof value === 'object') return undefined;
  if (typeof value === 'number' && value < 0) return value >= -(2 ** 31) ? value + 2 ** 32 : undefined;
  const text = String(value).trim();
  return /^[0-9]{1,15}$/.test(text) ? Number(text) : undefined;
}

/** Whether a version of one to four numbers is at least the minimum; undefined when the text is no version. */
export function versionReaches(text: string, minimum: string): boolean | undefined {
  if (!/^[0-9]{1,9}(?:\.[0-9]{1,9}){0,3}$/.test(text)) return undefined;
  const [found, wanted] = [text, minimum].map((version) => version.split('.').map(Number));
  const difference = [0, 1, 2, 3]
    .map((part) => (found?.[part] ?? 0) - (wanted?.[part] ?? 0))
    .find((part) => part !== 0);
  return (difference ?? 0) >= 0;
}

const versionKey = 'HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion';

/** Read of one value that describes the Windows version. */
export function versionRead(name: string): MachineRead {
  return { read: 'RegistryValue', key: versionKey, name };
}
