import { diagnosticTexts } from './diagnostic-texts.ts';
import type { Diagnostic, Place } from './diagnostic.ts';
import { jsonPointer, nodeAt, positionOf, type Position } from './source.ts';

/** Longest part of a source line that is shown, in characters. */
const excerptLength = 120;

/** Beyond this many nobody reads on. */
const shownDiagnostics = 1000;

/** Diagnostics as people read them: `path:line:column - error code: sentence`, pointer, line with caret, help. */
export function formatDiagnostics(diagnostics: readonly Diagnostic[], colour: boolean): string {
  const texts = diagnostics.slice(0, shownDiagnostics).map((diagnostic) => formatDiagnostic(diagnostic, colour));
  const more = diagnostics.length - texts.length;
  return [...texts, ...(more > 0 ? [`psmint - and ${more} more mistakes.\n`] : [])].join('\n');
}

function formatDiagnostic(diagnostic: Diagnostic, colour: boolean): string {
  const { code, message, help, at, related = [] } = diagnostic;
  const place = at && placeOf(at);
  const where = place ? `${place.path}:${place.position.line}:${place.position.column}` : (diagnostic.file ?? 'psmint');
  // Names out of a pack stand in sentences too.
  const clean = (text: string): string => Array.from(text).map(printable).join('');
  const error = colour ? `\u001b[31merror\u001b[39m` : 'error';
  return [
    `${clean(where)} - ${error} ${code}: ${clean(message)}`,
    ...(place?.pointer ? [`  at ${clean(place.pointer)}`] : []),
    ...(place ? ['', ...excerpt(place.position), ''] : []),
    ...related.map((item) => clean(`  see ${relatedPlace(item.at)}: ${item.message}`)),
    ...(help === undefined ? [] : [`  help: ${clean(help)}`]),
    '',
  ].join('\n');
}

/** Diagnostics as programs read them. */
export function diagnosticsToJson(diagnostics: readonly Diagnostic[]): unknown[] {
  return diagnostics.map(({ code, message, help, at, file }) => {
    const place = at && placeOf(at);
    return {
      code,
      title: diagnosticTexts[code].title,
      message,
      help: help ?? null,
      file: place?.path ?? file ?? null,
      line: place?.position.line ?? null,
      column: place?.position.column ?? null,
      pointer: place?.pointer ?? null,
    };
  });
}

interface ShownPlace {
  readonly path: string;
  readonly pointer: string;
  readonly position: Position;
}

function placeOf(at: Place): ShownPlace {
  const { source } = at;
  if ('offset' in at) return { path: source.path, pointer: '', position: positionOf(source, at.offset, at.length) };
  const node = nodeAt(source, at.path, at.target) ?? source.root;
  const position = positionOf(source, node?.offset ?? 0, node?.length ?? 1);
  return { path: source.path, pointer: jsonPointer(at.path), position };
}

function relatedPlace(at: Place): string {
  const { path, position } = placeOf(at);
  return `${path}:${position.line}:${position.column}`;
}

// A minified pack is one line of a megabyte: show the part around the mistake.
function excerpt({ line, column, length, lineText }: Position): string[] {
  const start = lineText.length <= excerptLength ? 0 : Math.max(0, column - 1 - excerptLength / 2);
  const shown = Array.from(lineText.slice(start, start + excerptLength))
    .map(printable)
    .join('');
  const before = Array.from(lineText.slice(start, column - 1))
    .map(printable)
    .join('');
  const marked = lineText.slice(column - 1, Math.min(column - 1 + length, start + excerptLength));
  const gutter = `${line} | `;
  const carets = '^'.repeat(Math.max(1, displayWidth(Array.from(marked).map(printable).join(''))));
  return [`${gutter}${shown}`, `${' '.repeat(gutter.length - 2)}| ${' '.repeat(displayWidth(before))}${carets}`];
}

// Control characters would move the cursor of a terminal, or worse.
function printable(character: string): string {
  return /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ud800-\udfff]/.test(character) && character.length === 1
    ? ' '
    : character;
}

// Unicode Standard Annex #11: characters of East Asian width W and F take two columns.
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

function displayWidth(text: string): number {
  return Array.from(text).reduce((sum, character) => sum + (wide.test(character) ? 2 : 1), 0);
}
