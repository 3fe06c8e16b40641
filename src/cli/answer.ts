import type { Diagnostic } from '../diagnostic.ts';
import { diagnosticsToJson, formatDiagnostics } from '../format-diagnostic.ts';
import type { CliEnvironment } from './environment.ts';
import { exitCodeOf, type ExitCode } from './exit-code.ts';

/** Tells diagnostics to a person on stderr or, with --json, to a program on stdout. */
export function reportDiagnostics(
  diagnostics: readonly Diagnostic[],
  json: boolean,
  environment: CliEnvironment,
): ExitCode {
  const colour = environment.isTerminal && !environment.env['NO_COLOR'];
  if (json) environment.out(`${JSON.stringify({ ok: false, diagnostics: diagnosticsToJson(diagnostics) }, null, 2)}\n`);
  else environment.err(`${formatDiagnostics(diagnostics, colour)}\n`);
  return exitCodeOf(diagnostics);
}

/** Tells of a mistake of psmint itself, with where it happened. */
export function reportBug(error: unknown, environment: CliEnvironment): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  environment.err(`This is a bug in psmint: ${text}\n`);
}
