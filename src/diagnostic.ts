import { diagnosticTexts, type DiagnosticCode } from './diagnostic-texts.ts';
import type { JsonPath, Source } from './source.ts';

export type { DiagnosticCode };

/** A place in a source: a JSON path, or a range of characters where there is no path (syntax). */
export type Place =
  | { readonly source: Source; readonly path: JsonPath; readonly target: 'key' | 'value' }
  | { readonly source: Source; readonly offset: number; readonly length: number };

/** A mistake of the user's, or something outside that refused: data, never an exception. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  /** One sentence that says what is wrong. */
  readonly message: string;
  /** What to do, one sentence. */
  readonly help?: string;
  readonly at?: Place;
  /** A file without positions, for example a script or a key. */
  readonly file?: string;
  readonly related?: readonly { readonly message: string; readonly at: Place }[];
}

/** What a phase gives: its result, or all mistakes it found. */
export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

export function diagnostic(code: DiagnosticCode, content: Omit<Diagnostic, 'code'>): Diagnostic {
  return { code, ...content };
}

export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function failed<T = never>(diagnostics: readonly Diagnostic[]): Result<T> {
  if (diagnostics.length === 0) throw new Error('This is a bug in the compiler: a failure without a diagnostic');
  return { ok: false, diagnostics };
}

/** All values, or all diagnostics of all results. */
export function collectResults<T>(results: readonly Result<T>[]): Result<T[]> {
  const diagnostics = results.flatMap((result) => (result.ok ? [] : result.diagnostics));
  if (diagnostics.length > 0) return failed(diagnostics);
  return ok(results.flatMap((result) => (result.ok ? [result.value] : [])));
}

/** The code that a text names, if it is one. */
export function asDiagnosticCode(code: string): DiagnosticCode | undefined {
  return diagnosticCodes.find((known) => known === code);
}

export const diagnosticCodes: readonly DiagnosticCode[] = Object.keys(diagnosticTexts).filter(isCode);

function isCode(code: string): code is DiagnosticCode {
  return Object.hasOwn(diagnosticTexts, code);
}

/** `Did you mean "title"?` when a known word is near the given one, otherwise undefined. */
export function didYouMean(given: string, known: readonly string[]): string | undefined {
  const nearest = known
    .map((word) => ({ word, distance: editDistance(given.toLowerCase(), word.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)[0];
  if (nearest === undefined || nearest.distance > Math.max(1, Math.floor(given.length * 0.4))) return undefined;
  return `Did you mean "${nearest.word}"?`;
}

// Optimal string alignment distance with a limit on length: a name is short, a pasted megabyte is not a typing slip.
function editDistance(a: string, b: string): number {
  if (a.length > 100) return Number.POSITIVE_INFINITY;
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(substitution, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
