import type { Check, LocalizedText } from '../rule-pack.ts';
import type { CertificateContent, LoweredCheck } from '../script-plan.ts';

export type RuleKind = Check['kind'];
export type CheckOf<K extends RuleKind> = Extract<Check, { kind: K }>;

/** Writes a text of the pack in the languages that the script carries. */
export type TextWriter = (text: LocalizedText) => string;

/** What a kind may ask for. */
export interface LoweringTools {
  /** Lowers a check inside of a group. */
  readonly lowerCheck: (check: Check) => LoweredCheck;
  /** Undefined where nobody is told about the rule: what only makes a finding read well stays out then. */
  readonly textOf: TextWriter | undefined;
}

/** One rule kind: how its check is read and judged on a machine. */
export interface Kind<K extends RuleKind> {
  /** What the kind looks at, one sentence for `psmint rules`. */
  readonly summary: string;
  /** Prefixes of the message keys that its findings use. */
  readonly messagePrefixes: readonly string[];
  /** Whether every bad finding says itself what to do: then the steps of the pack are for the guide alone. */
  readonly advises: boolean;
  readonly lower: (
    check: CheckOf<K>,
    certificates: readonly CertificateContent[],
    tools: LoweringTools,
  ) => LoweredCheck;
}
