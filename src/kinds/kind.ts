import type { Check, LocalizedText } from '../rule-pack.ts';
import type { CertificateContent, PsTable, RuleRead } from '../script-plan.ts';

export type RuleKind = Check['kind'];
export type CheckOf<K extends RuleKind> = Extract<Check, { kind: K }>;

/** What a kind makes of a rule's check. */
export interface LoweredCheck {
  /** PowerShell function that judges it. */
  readonly command: string;
  readonly reads: readonly RuleRead[];
  readonly parameters: PsTable;
}

/** Writes a text of the pack in the languages that the script carries. */
export type TextWriter = (text: LocalizedText) => string;

/** One rule kind: how its check is read and judged on a machine. */
export interface Kind<K extends RuleKind> {
  /** What the kind looks at, one sentence for `psmint rules`. */
  readonly summary: string;
  /** Prefixes of the message keys that its findings use. */
  readonly messagePrefixes: readonly string[];
  /** Whether every bad finding says itself what to do: then the steps of the pack are for the guide alone. */
  readonly advises: boolean;
  readonly lower: (check: CheckOf<K>, certificates: readonly CertificateContent[], textOf: TextWriter) => LoweredCheck;
}
