import {
  findNodeAtLocation,
  getNodeValue,
  parseTree,
  printParseErrorCode,
  type Node,
  type ParseError,
} from 'jsonc-parser';

/** A text file as the user wrote it, and what is needed to point at any place in it. */
export interface Source {
  /** Path as the user named it, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly root: Node | undefined;
  readonly syntaxErrors: readonly SyntaxError[];
}

export interface SyntaxError {
  readonly offset: number;
  readonly length: number;
  /** Name of the mistake, for example `CommaExpected`. */
  readonly name: string;
}

/** One-based line and column; `end` is exclusive and on the same line. */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly length: number;
  readonly lineText: string;
}

/** Way to a value: property names and array indexes from the root. */
export type JsonPath = readonly (string | number)[];

// JSON as RFC 8259 has it: no comments, no trailing comma, one value.
const strictJson = { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false };

export function parseSource(path: string, text: string): Source {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, strictJson);
  return {
    path,
    text,
    root,
    syntaxErrors: errors.map((e) => ({ offset: e.offset, length: e.length, name: printParseErrorCode(e.error) })),
  };
}

export function valueOf(source: Source): unknown {
  return source.root === undefined ? undefined : getNodeValue(source.root);
}

/** The node of a value or, with `target: 'key'`, of the property name before it; undefined if there is none. */
export function nodeAt(source: Source, path: JsonPath, target: 'key' | 'value'): Node | undefined {
  if (source.root === undefined) return undefined;
  const value = findNodeAtLocation(source.root, [...path]);
  const property = value?.parent;
  return target === 'key' && property?.type === 'property' ? property.children?.[0] : value;
}

export function positionOf(source: Source, offset: number, length: number): Position {
  const starts = lineStartsOf(source);
  let [line, after] = [0, starts.length];
  while (after - line > 1) {
    const middle = (line + after) >> 1;
    if ((starts[middle] ?? 0) <= offset) line = middle;
    else after = middle;
  }
  const start = starts[line] ?? 0;
  const lineText = source.text.slice(start, starts[line + 1]).replace(/[\r\n]+$/, '');
  // An offset on the LF of a CRLF is still the end of its line.
  const column = Math.min(offset - start, lineText.length) + 1;
  return { line: line + 1, column, length: Math.max(1, Math.min(length, lineText.length - column + 1)), lineText };
}

// A text with thousands of mistakes is cut into lines once, not once for each of them.
const lineStarts = new WeakMap<Source, readonly number[]>();

function lineStartsOf(source: Source): readonly number[] {
  const known = lineStarts.get(source);
  if (known !== undefined) return known;
  const ends = source.text.matchAll(/\r\n|\r|\n/g);
  const starts = [0, ...Array.from(ends, (end) => end.index + end[0].length)];
  lineStarts.set(source, starts);
  return starts;
}

/** JSON pointer (RFC 6901) of a path. */
export function jsonPointer(path: JsonPath): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
