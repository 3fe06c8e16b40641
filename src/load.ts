import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { leafChecks, tableNames, tablePath } from './checks.ts';
import { collectResults, diagnostic, failed, ok, type Diagnostic, type Result } from './diagnostic.ts';
import type { ValidPack } from './script-plan.ts';
import { nodeAt, parseSource, type JsonPath, type Source } from './source.ts';

const maximumBytes = 4 << 20;
// The parser is recursive: depth is limited before it sees the text.
const maximumDepth = 100;

/** Reads JSON files. Every file that is missing, unreadable, not JSON or has a key twice is a diagnostic of its own. */
export async function load(paths: readonly string[]): Promise<Result<Source[]>> {
  return collectResults(await Promise.all(paths.map(loadSource)));
}

/** Reads one JSON file. */
export async function loadSource(path: string): Promise<Result<Source>> {
  const bytes = await readBytes(path);
  if (!bytes.ok) return bytes;
  const text = decode(path, bytes.value);
  if (!text.ok) return text;
  const name = path.replaceAll('\\', '/');
  const tooDeep = depthProblem(name, text.value);
  if (tooDeep !== undefined) return failed([tooDeep]);
  const source = parseSource(name, text.value);
  const problems = [...syntaxProblems(source), ...duplicateKeys(source)];
  return problems.length > 0 ? failed(problems) : ok(source);
}

async function readBytes(path: string): Promise<Result<Buffer>> {
  try {
    const { size } = await stat(path);
    if (size > maximumBytes) {
      return failed([
        diagnostic('file-too-large', { message: `"${path}" has ${size} bytes; 4 MB is the limit.`, file: path }),
      ]);
    }
    return ok(await readFile(path));
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    if (reason === 'ENOENT')
      return failed([diagnostic('file-not-found', { message: `There is no file "${path}".`, file: path })]);
    const message = reason === 'EISDIR' ? `"${path}" is a folder.` : `"${path}" cannot be read (${reason}).`;
    return failed([diagnostic('file-unreadable', { message, file: path })]);
  }
}

function decode(path: string, bytes: Buffer): Result<string> {
  try {
    return ok(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
    return failed([
      diagnostic('invalid-encoding', {
        message: `"${path}" is not UTF-8 text${isUtf16 ? ', but UTF-16' : ''}.`,
        help: 'Save it as UTF-8.',
        file: path,
      }),
    ]);
  }
}

function depthProblem(path: string, text: string): Diagnostic | undefined {
  let depth = 0;
  for (const { 0: token, index: offset } of text.matchAll(/"(?:[^"\\\n]|\\.)*"?|[[\]{}]/g)) {
    if (token === '[' || token === '{') depth += 1;
    else if (token === ']' || token === '}') depth -= 1;
    if (depth <= maximumDepth) continue;
    return diagnostic('invalid-json', {
      message: `The JSON is nested deeper than ${maximumDepth} levels.`,
      at: { source: { path, text, root: undefined, syntaxErrors: [] }, offset, length: 1 },
    });
  }
  return undefined;
}

function syntaxProblems(source: Source): Diagnostic[] {
  // The first mistake is the real one; what follows is mostly its echo.
  const [first] = source.syntaxErrors;
  if (first === undefined) return [];
  const words = first.name.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return [
    diagnostic('invalid-json', {
      message: `This is not JSON: ${words}.`,
      at: { source, offset: Math.min(first.offset, Math.max(0, source.text.length - 1)), length: first.length },
    }),
  ];
}

function duplicateKeys(source: Source): Diagnostic[] {
  const found: Diagnostic[] = [];
  const visit = (node: Source['root']): void => {
    if (node?.type === 'object') found.push(...duplicatesIn(source, node));
    for (const child of node?.children ?? []) visit(child);
  };
  visit(source.root);
  return found;
}

function duplicatesIn(source: Source, object: NonNullable<Source['root']>): Diagnostic[] {
  const keys = new Map<unknown, { offset: number; length: number }>();
  return (object.children ?? []).flatMap((property) => {
    const key = property.children?.[0];
    const first = keys.get(key?.value);
    if (key === undefined) return [];
    if (first === undefined) {
      keys.set(key.value, key);
      return [];
    }
    const related = [{ message: 'It stands here first.', at: { source, offset: first.offset, length: first.length } }];
    const at = { source, offset: key.offset, length: key.length };
    return [diagnostic('duplicate-key', { message: `The property "${String(key.value)}" stands twice.`, at, related })];
  });
}

/** Reads the build tables that packs name, each file once: path -> source. */
export async function loadTables(packs: readonly ValidPack[]): Promise<Result<Map<string, Source>>> {
  const users = new Map(
    packs.flatMap((valid) =>
      tableNames(valid.pack).map((name) => [tablePath(valid.source.path, name), { valid, name }]),
    ),
  );
  const tables = await Promise.all(
    [...users].map(async ([path, { valid, name }]): Promise<Result<[string, Source]>> => {
      const table = await loadSource(path);
      if (table.ok) return ok([path, table.value]);
      // A mistake inside of the file has a place there; that there is no such file is a mistake of the pack.
      return table.diagnostics.some(({ at }) => at !== undefined) ? table : failed([unreadableTable(valid, name)]);
    }),
  );
  const all = collectResults(tables);
  return all.ok ? ok(new Map(all.value)) : all;
}

function unreadableTable({ source, pack }: ValidPack, name: string): Diagnostic {
  const places = pack.rules.flatMap(({ check }, rule) => leafChecks(check, ['rules', rule, 'check']));
  const user = places.find(({ check }) => check.kind === 'os-build' && check.table === name);
  return diagnostic('table-unreadable', {
    message: `The build table "${name}" cannot be read.`,
    help: 'The path is relative to the pack, and the file is JSON in UTF-8, at most 4 MB.',
    at: { source, path: [...(user?.path ?? []), 'table'], target: 'value' },
  });
}

/** Reads the certificate files of a pack: file name as the pack has it -> content. */
export async function loadCertificates({ source, pack }: ValidPack): Promise<Result<Map<string, Buffer>>> {
  const contents = await Promise.all(
    pack.certificates.map(async ({ file }, index): Promise<Result<[string, Buffer]>> => {
      const content = await readBytes(join(dirname(source.path), file));
      return content.ok ? ok([file, content.value]) : failed([unreadableCertificate(source, file, index)]);
    }),
  );
  const all = collectResults(contents);
  return all.ok ? ok(new Map(all.value)) : all;
}

function unreadableCertificate(source: Source, file: string, index: number): Diagnostic {
  const path: JsonPath = ['certificates', index, 'file'];
  const at = nodeAt(source, path, 'value') === undefined ? [] : path;
  return diagnostic('certificate-unreadable', {
    message: `The certificate file "${file}" cannot be read.`,
    help: 'The path is relative to the pack.',
    at: { source, path: at, target: 'value' },
  });
}
