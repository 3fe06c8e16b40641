import type { RuleRead } from '../script-plan.ts';
import type { Kind } from './kind.ts';

/** An installed product has a minimum version, judged by the shape of each registry value. */
export const productVersion: Kind<'product-version'> = {
  summary: 'An installed product has a minimum version; a version of unknown shape is "could not tell", never "old".',
  messagePrefixes: ['PRODUCT_'],
  advises: false,
  lower: (check) => {
    const key =
      (role: string) =>
      (path: string): RuleRead => ({ role, request: { read: 'RegistryKey', key: path }, slow: false });
    const value =
      (role: string) =>
      (place: { key: string; name: string }): RuleRead => ({
        role,
        request: { read: 'RegistryValue', key: place.key, name: place.name },
        slow: false,
      });
    return {
      command: 'Test-ProductVersion',
      reads: [
        ...check.keys.map(key('Key')),
        ...(check.ownKeys ?? []).map(key('OwnKey')),
        ...(check.productName?.values ?? []).map(value('ProductName')),
        ...check.versions.map(value('Version')),
      ],
      parameters: {
        Minimum: check.product.minimum,
        Accepted: check.productName?.accepted ?? [],
        Other: check.productName?.other ?? [],
        Lines: check.lines.map(({ minimum, comparableFrom, below }) => ({
          Minimum: minimum,
          ...(comparableFrom === undefined ? {} : { ComparableFrom: comparableFrom }),
          Below: below,
        })),
      },
    };
  },
};
