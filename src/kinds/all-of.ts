import { lowerGroup } from './group.ts';
import type { Kind } from './kind.ts';

/** Every one of some checks is met. */
export const allOf: Kind<'all-of'> = {
  summary: 'Every one of some checks is met; what could not be told counts unless another check is not met.',
  messagePrefixes: ['GROUP_'],
  advises: false,
  lower: ({ checks }, _, { lowerCheck }) => lowerGroup('Test-AllOf', checks, lowerCheck),
};
