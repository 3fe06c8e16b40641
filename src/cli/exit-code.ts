import type { Diagnostic, DiagnosticCode } from '../diagnostic.ts';

/** Exit codes of the command line: a contract. */
export const exitCodes = { done: 0, inputWrong: 1, couldNotFinish: 2 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

// What stopped us was not the user's input but a signer, a service, the disk or a missing program.
const unfinished: ReadonlySet<DiagnosticCode> = new Set<DiagnosticCode>([
  'signer-unknown',
  'key-unreadable',
  'wrong-password',
  'unsupported-key',
  'certificate-key-mismatch',
  'certificate-not-yet-valid',
  'chain-incomplete',
  'timestamp-failed',
  'identity-unreadable',
  'identity-exists',
  'next-signer-exists',
  'next-signer-missing',
  'output-unwritable',
  'output-foreign-files',
  'shell-missing',
]);

/** 2 when anything could not be finished, 1 when only the input is wrong, 0 without diagnostics. */
export function exitCodeOf(diagnostics: readonly Diagnostic[]): ExitCode {
  if (diagnostics.length === 0) return exitCodes.done;
  return diagnostics.some((d) => unfinished.has(d.code)) ? exitCodes.couldNotFinish : exitCodes.inputWrong;
}
