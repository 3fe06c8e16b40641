import type { Diagnostic, Result } from '../diagnostic.ts';
import { failed, ok } from '../diagnostic.ts';

/** `unsupported`: right, but of a kind that psmint does not take; `locked`: the password does not fit. */
export type FormatErrorKind = 'malformed' | 'unsupported' | 'locked';

/** Bytes from outside do not have the form they must have. The message is one sentence about the bytes, without secrets. */
export class FormatError extends Error {
  readonly kind: FormatErrorKind;

  constructor(message: string, kind: FormatErrorKind = 'malformed') {
    super(message);
    this.kind = kind;
  }
}

/** Runs a reader; a FormatError becomes the diagnostic that `refused` makes of it, any other error is a bug. */
export function attempt<T>(read: () => T, refused: (error: FormatError) => Diagnostic): Result<T> {
  try {
    return ok(read());
  } catch (error) {
    if (error instanceof FormatError) return failed([refused(error)]);
    throw error;
  }
}
