import type { RegistryCondition } from '../rule-pack.ts';
import type { PsTable } from '../script-plan.ts';
import type { Kind } from './kind.ts';

/** A registry value fulfils a condition; a value of another form is "could not tell". */
export const registryValue: Kind<'registry-value'> = {
  summary: 'A registry value is there, is one of some values, or is a number or version that is not below a minimum.',
  messagePrefixes: ['REGISTRY_'],
  advises: false,
  lower: ({ value, condition, missing }) => ({
    command: 'Test-RegistryValue',
    reads: [{ role: 'Value', request: { read: 'RegistryValue', key: value.key, name: value.name }, slow: false }],
    parameters: {
      Missing: missing,
      Is: condition.is,
      Expected: conditionText(condition),
      ...limitOf(condition),
    },
  }),
};

function limitOf(condition: RegistryCondition): PsTable {
  switch (condition.is) {
    case 'present':
      return {};
    case 'one-of':
      return { Values: condition.values.map(String) };
    case 'at-least':
    case 'at-most':
      return { Number: condition.number };
    case 'version-at-least':
      return { Version: condition.version };
  }
}

/** A condition in signs that every language has: `0 / 1`, `>= 5`; empty when the value only has to be there. */
export function conditionText(condition: RegistryCondition): string {
  switch (condition.is) {
    case 'present':
      return '';
    case 'one-of':
      return condition.values.join(' / ');
    case 'at-least':
      return `>= ${condition.number}`;
    case 'at-most':
      return `<= ${condition.number}`;
    case 'version-at-least':
      return `>= ${condition.version}`;
  }
}
