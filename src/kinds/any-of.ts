import { lowerGroup } from './group.ts';
import type { Kind } from './kind.ts';

/** At least one of some checks is met. */
export const anyOf: Kind<'any-of'> = {
  summary: 'At least one of some checks is met; what could not be told counts unless another check is met.',
  messagePrefixes: ['GROUP_'],
  advises: false,
  lower: ({ checks }, _, { lowerCheck }) => lowerGroup('Test-AnyOf', checks, lowerCheck),
};
