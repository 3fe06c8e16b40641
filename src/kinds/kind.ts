import type { Check } from '../rule-pack.ts';
import type { CertificateContent, LoweredCheck } from '../script-plan.ts';

export type RuleKind = Check['kind'];
export type CheckOf<K extends RuleKind> = Extract<Check, { kind: K }>;

/** Lowers a check by its kind. */
export type LowerCheck = (check: Check, certificates: readonly CertificateContent[]) => LoweredCheck;

/** One rule kind: how its check is read and judged on a machine. */
export interface Kind<K extends RuleKind> {
  /** What the kind looks at, one sentence for `psmint rules`. */
  readonly summary: string;
  /** Prefixes of the message keys that its findings use. */
  readonly messagePrefixes: readonly string[];
  /** Whether every bad finding says itself what to do: then the steps of the pack are for the guide alone. */
  readonly advises: boolean;
  /** `lowerCheck` is for the checks inside of a group. */
  readonly lower: (
    check: CheckOf<K>,
    certificates: readonly CertificateContent[],
    lowerCheck: LowerCheck,
  ) => LoweredCheck;
}
