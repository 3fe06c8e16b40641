import type { ProductVersionCheck } from '../rule-pack.ts';
import { assessment, textOf, type Assessment, type Fact, type ReadFact } from './facts.ts';

/** An installed product and its version, each registry value judged by its shape. */
export function assessProductVersion(check: ProductVersionCheck, read: ReadFact): Assessment {
  const key = (path: string): Fact => read({ read: 'RegistryKey', key: path });
  const keys = check.keys.map(key);
  if (!keys.some(isFound)) {
    return keys.some(isError) ? unknown('UNREADABLE') : assessment('notApplicable', 'PRODUCT_NOT_INSTALLED');
  }
  const other = assessName(check, read, key);
  if (other !== undefined) return other;
  const versions = check.versions.map((place) => read({ read: 'RegistryValue', ...place }));
  if (versions.some(isError)) return unknown('UNREADABLE');
  const texts = versions.map(textOf).filter((text) => text !== '');
  if (texts.length === 0) return unknown('NO_VERSION');
  const outcomes = new Set(texts.flatMap((text) => text.split(' / ')).map((text) => outcomeOf(text, check)));
  if (outcomes.has('pass') && outcomes.has('fail')) return unknown('CONTRADICTION');
  if (outcomes.has('shape')) return unknown('SHAPE');
  if (outcomes.has('pass')) return assessment('pass', 'PRODUCT_REACHED');
  return outcomes.has('fail') ? assessment('fail', 'PRODUCT_BELOW') : unknown('SHAPE');
}

// What the product calls itself; undefined when the version decides.
function assessName(check: ProductVersionCheck, read: ReadFact, key: (path: string) => Fact): Assessment | undefined {
  const facts = (check.productName?.values ?? []).map((place) => read({ read: 'RegistryValue', ...place }));
  if (facts.some(isError)) return unknown('UNREADABLE');
  const same = (list: readonly string[], text: string): boolean =>
    list.some((entry) => entry.toLowerCase() === text.toLowerCase());
  const names = facts.map(textOf).filter((text) => text !== '');
  const isAccepted = (name: string): boolean => same(check.productName?.accepted ?? [], name);
  const isOther = (name: string): boolean => same(check.productName?.other ?? [], name);
  if (names.some((name) => !isAccepted(name) && !isOther(name))) return unknown('SHAPE');
  if (!names.some(isOther)) return undefined;
  const own = (check.ownKeys ?? []).map(key);
  if (names.some(isAccepted) || own.some(isFound)) return unknown('CONTRADICTION');
  if (own.some(isError)) return unknown('UNREADABLE');
  return assessment('notApplicable', 'PRODUCT_OTHER');
}

function outcomeOf(text: string, { lines }: ProductVersionCheck): 'pass' | 'fail' | 'unknown' | 'shape' {
  const parts = partsOf(text);
  const line = parts && lines.find(({ minimum }) => partsOf(minimum)?.[0] === parts[0]);
  if (parts === undefined || line === undefined) return 'shape';
  const isBelow = (limit: string): boolean => compare(parts, partsOf(limit) ?? []) < 0;
  if (line.comparableFrom !== undefined && isBelow(line.comparableFrom)) return 'shape';
  return isBelow(line.minimum) ? line.below : 'pass';
}

function partsOf(text: string): number[] | undefined {
  return /^(?:0|[1-9][0-9]{0,8})(?:\.(?:0|[1-9][0-9]{0,8})){2}$/.test(text) ? text.split('.').map(Number) : undefined;
}

function compare(a: readonly number[], b: readonly number[]): number {
  const index = a.findIndex((part, at) => part !== b[at]);
  return index < 0 ? 0 : (a[index] ?? 0) - (b[index] ?? 0);
}

function isFound({ status }: Fact): boolean {
  return status === 'found';
}

function isError({ status }: Fact): boolean {
  return status === 'error';
}

function unknown(reason: string): Assessment {
  return assessment('unknown', `PRODUCT_${reason}`);
}
