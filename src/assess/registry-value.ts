import type { RegistryCondition, RegistryValueCheck } from '../rule-pack.ts';
import { assessment, textOf, versionReaches, wholeNumber, type Assessment, type Fact, type ReadFact } from './facts.ts';

/** A registry value fulfils a condition; a value of another form than the condition asks for is unknown. */
export function assessRegistryValue({ value, condition, missing }: RegistryValueCheck, read: ReadFact): Assessment {
  const fact = read({ read: 'RegistryValue', ...value });
  if (fact.status === 'error') return assessment('unknown', 'REGISTRY_UNREADABLE');
  if (fact.status === 'missing') return assessment(missing, 'REGISTRY_MISSING');
  const isMet = fulfils(condition, fact);
  if (isMet === undefined) return assessment('unknown', 'REGISTRY_SHAPE');
  return isMet ? assessment('pass', 'REGISTRY_MET') : assessment('fail', 'REGISTRY_NOT_MET');
}

type FoundFact = Extract<Fact, { status: 'found' }>;

function fulfils(condition: RegistryCondition, fact: FoundFact): boolean | undefined {
  const number = wholeNumber(fact.value);
  const text = typeof fact.value === 'number' ? number?.toString() : textOf(fact);
  switch (condition.is) {
    case 'present':
      return true;
    case 'one-of':
      if (typeof fact.value === 'object' || text === undefined) return undefined;
      return condition.values.some((value) => String(value).toLowerCase() === text.toLowerCase());
    case 'at-least':
      return number === undefined ? undefined : number >= condition.number;
    case 'at-most':
      return number === undefined ? undefined : number <= condition.number;
    case 'version-at-least':
      return versionReaches(text ?? '', condition.version);
  }
}
