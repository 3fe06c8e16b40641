import { X509Certificate } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { Diagnostic, Result } from '../../src/diagnostic.ts';
import { diagnosticsToJson, formatDiagnostics } from '../../src/format-diagnostic.ts';
import { readPacks } from '../../src/build.ts';
import { loadSource } from '../../src/load.ts';
import { resolve } from '../../src/resolve.ts';
import type { ResolvedPack } from '../../src/script-plan.ts';
import { nodeAt, parseSource, positionOf } from '../../src/source.ts';
import { createValidator } from '../../src/validate.ts';
import { readFileSync } from 'node:fs';
import { expectOk, schemaFolder } from '../support/simulated.ts';

const shipped = fileURLToPath(new URL('../../rules/trendmicro-vbbss-acs.json', import.meta.url));
const [{ pack: shippedPack }] = expectOk(await readPacks([shipped], schemaFolder)) as [ResolvedPack];
// With its build table inside, so that mistakes in the rows are made too.
const realPack = JSON.stringify(shippedPack, (name, value: unknown) => (name === 'table' ? undefined : value), 2);
const root = readFileSync(new URL('../../rules/certificates/ms-idv-root-2020.pem', import.meta.url));
const { validate } = createValidator(schemaFolder);
const folder = await mkdtemp(join(tmpdir(), 'psmint-hostile-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

async function front(content: string | Uint8Array): Promise<readonly Diagnostic[]> {
  const path = join(folder, 'pack.json');
  await writeFile(path, content);
  const source = await loadSource(path);
  if (!source.ok) return source.diagnostics;
  const valid = validate(source.value);
  if (!valid.ok) return valid.diagnostics;
  return found(resolve(valid.value, new Map(valid.value.pack.certificates.map(({ file }) => [file, root]))));
}

const found = (result: Result<unknown>): readonly Diagnostic[] => (result.ok ? [] : result.diagnostics);
const codes = (diagnostics: readonly Diagnostic[]): string[] => diagnostics.map(({ code }) => code);

/** Sentences, a place inside of the text, and both ways to print it. */
function expectReadable(diagnostics: readonly Diagnostic[]): void {
  for (const { message, at } of diagnostics) {
    expect(message).toMatch(/\S[.?!]$/);
    expect(message.length).toBeLessThan(400);
    if (at === undefined) continue;
    const { source } = at;
    const node = 'path' in at ? nodeAt(source, at.path, at.target) : undefined;
    const offset = 'offset' in at ? at.offset : (node?.offset ?? 0);
    if ('path' in at) expect(node, `${message} ${at.path.join('/')}`).toBeDefined();
    expect(offset).toBeLessThanOrEqual(source.text.length);
    const { line, column, length, lineText } = positionOf(source, offset, 1);
    expect(source.text.split(/\r\n|\r|\n/)[line - 1]).toBe(lineText);
    expect(column + length - 1).toBeLessThanOrEqual(lineText.length + 1);
  }
  formatDiagnostics(diagnostics, true);
  expect(diagnosticsToJson(diagnostics)).toHaveLength(diagnostics.length);
}

describe('a position', () => {
  it.each(['{"a":1\r\n}', '{"a":\r', 'a\r\r\nb', '\r\n\r\n', '{\n\n"a"', 'x\r\n', ''])(
    'stays inside of its line at every offset of %j',
    (text) => {
      const source = parseSource('pack.json', text);
      for (let offset = 0; offset <= text.length; offset += 1) {
        const { line, column, lineText } = positionOf(source, offset, 1);
        expect(text.split(/\r\n|\r|\n/)[line - 1]).toBe(lineText);
        expect(column, `offset ${offset}`).toBeLessThanOrEqual(lineText.length + 1);
      }
    },
  );
});

type Tree = Record<string, unknown> | unknown[];
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null;

function placesIn(value: unknown, path: readonly string[] = []): string[][] {
  if (!isTree(value)) return [[...path]];
  return [[...path], ...Object.entries(value).flatMap(([key, item]) => placesIn(item, [...path, key]))];
}

const places = placesIn(JSON.parse(realPack)).filter((path) => path.length > 0);
const nastyValue = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom(null, '', 0, -1, 1e308, [], {}, '\u0000', '\ud800', '\u2028', '__proto__', 'x'.repeat(5000)),
);
interface Mutation {
  readonly do: 'replace' | 'remove' | 'rename' | 'double';
  readonly value: unknown;
  readonly key: string;
}

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.record({ do: fc.constant('replace' as const), value: nastyValue, key: fc.constant('') }),
  fc.record({ do: fc.constant('remove' as const), value: fc.constant(null), key: fc.constant('') }),
  fc.record({
    do: fc.constant('rename' as const),
    value: nastyValue,
    key: fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString', '$ref', '\u001b[2J', '/~')),
  }),
  fc.record({ do: fc.constant('double' as const), value: fc.constant(null), key: fc.constant('') }),
);

function mutate(tree: unknown, path: readonly string[], change: Mutation): void {
  let parent = tree;
  for (const part of path.slice(0, -1)) parent = isTree(parent) ? Reflect.get(parent, part) : undefined;
  const last = path.at(-1) ?? '';
  if (!isTree(parent) || !Object.hasOwn(parent, last)) return;
  const old: unknown = Reflect.get(parent, last);
  const put = (key: string, value: unknown): void => {
    Object.defineProperty(parent, key, { value, enumerable: true, configurable: true, writable: true });
  };
  if (change.do === 'replace') put(last, change.value);
  else if (Array.isArray(parent)) {
    if (change.do === 'remove') parent.splice(Number(last), 1);
    else parent.splice(Number(last), 0, structuredClone(old));
  } else {
    if (change.do !== 'double') Reflect.deleteProperty(parent, last);
    if (change.do === 'rename') put(change.key, old);
    if (change.do === 'double') put(`${last} `, old);
  }
}

describe('the real pack with mistakes', () => {
  it('one to four changes of its tree: right, or diagnostics that point into the text', async () => {
    const changes = fc.array(fc.tuple(fc.constantFrom(...places), mutation), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(changes, fc.boolean(), async (list, isMinified) => {
        const tree: unknown = JSON.parse(realPack);
        for (const [path, change] of list) mutate(tree, path, change);
        expectReadable(await front(JSON.stringify(tree, null, isMinified ? 0 : 2)));
      }),
      { numRuns: 250 },
    );
  });

  it('any change of its text', async () => {
    const change = fc.tuple(
      fc.nat(realPack.length),
      fc.nat(60),
      fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.constantFrom('"', '{', '}', ',', '[', '\\', '\r', '')),
    );
    await fc.assert(
      fc.asyncProperty(change, async ([at, length, insert]) => {
        expectReadable(await front(realPack.slice(0, at) + insert + realPack.slice(at + length)));
      }),
      { numRuns: 250 },
    );
  });

  it('any change of its bytes', async () => {
    const bytes = Buffer.from(realPack);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.uint8Array({ minLength: 1, maxLength: 8 }), async (at, insert) => {
        const changed = Buffer.from(bytes);
        changed.set(insert.subarray(0, changed.length - at), at);
        expectReadable(await front(changed));
      }),
      { numRuns: 150 },
    );
  });

  it('the same mistake is told once', async () => {
    const tree = JSON.parse(realPack) as { rules: { check: { kind?: unknown } }[] };
    for (const kind of [undefined, null, 5, '', 'os-bild', 'toString']) {
      tree.rules[0]!.check.kind = kind;
      const diagnostics = await front(JSON.stringify(tree));
      expect(codes(diagnostics)).toEqual([kind === undefined ? 'missing-property' : 'unknown-kind']);
    }
  });
});

describe('files that are no packs', () => {
  it.each([
    ['an empty file', '', 'invalid-json'],
    ['spaces alone', ' \n ', 'invalid-json'],
    ['100,000 open brackets', '['.repeat(100_000), 'invalid-json'],
    ['100,000 closed brackets', ']'.repeat(100_000), 'invalid-json'],
    ['100,000 quotes', '"'.repeat(100_001), 'invalid-json'],
    ['a string of a megabyte that does not end', `{"a":"${'x'.repeat(1 << 20)}`, 'invalid-json'],
    ['UTF-16 with a byte order mark', Buffer.from(`\ufeff${realPack}`, 'utf16le'), 'invalid-encoding'],
    ['UTF-16 without one', Buffer.from('{"a": 1}', 'utf16le'), 'invalid-json'],
    ['Shift JIS', Buffer.from([0x7b, 0x22, 0x93, 0xfa, 0x22, 0x7d]), 'invalid-encoding'],
    ['a NUL in a string', '{"id": "a\u0000b"}', 'invalid-json'],
    ['half a character as bytes', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), 'invalid-encoding'],
    ['single quotes', "{'id': 'a'}", 'invalid-json'],
    ['a number', '1', 'wrong-type'],
    ['null', 'null', 'wrong-type'],
    ['a list', '[]', 'wrong-type'],
  ])('%s', async (_, content, code) => {
    const start = performance.now();
    const diagnostics = await front(content);
    expectReadable(diagnostics);
    expect(codes(diagnostics)).toEqual([code]);
    expect(performance.now() - start).toBeLessThan(2000);
  });

  it('a folder is called one', async () => {
    await mkdir(join(folder, 'folder.json'));
    const [problem] = found(await loadSource(join(folder, 'folder.json')));
    expect(problem).toMatchObject({ code: 'file-unreadable' });
    expect(problem?.message).toMatch(/ is a folder\.$/);
  });

  it('deep nesting is shown where it becomes too deep', async () => {
    const text = formatDiagnostics(await front(`{"a":\n${'['.repeat(200)}`), false);
    expect(text).toMatch(/pack\.json:2:100 - error invalid-json: .*deeper than 100/);
  });

  it('a byte order mark and every sort of line end are no mistake', async () => {
    for (const text of [`\ufeff${realPack}`, realPack.replaceAll('\n', '\r\n'), realPack.replaceAll('\n', '\r')])
      expect(await front(text)).toEqual([]);
  });
});

describe('a certificate file', () => {
  const der = new X509Certificate(root).raw;
  const pem = (bytes: Buffer): Buffer =>
    Buffer.from(
      `-----BEGIN CERTIFICATE-----\n${bytes.toString('base64').replaceAll(/.{1,64}/g, '$&\n')}-----END CERTIFICATE-----\n`,
    );
  const valid = validate(parseSource('pack.json', realPack));
  if (!valid.ok) throw new Error('the real pack is wrong');
  const codesWith = (file: Buffer): string[] => [
    ...new Set(codes(found(resolve(valid.value, new Map([['certificates/ms-idv-root-2020.pem', file]]))))),
  ];

  it('with any byte changed is a mistake, never a crash', () => {
    expect(codesWith(pem(der))).toEqual([]);
    fc.assert(
      fc.property(fc.nat(der.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const changed = Buffer.from(der);
        changed[at] = changed[at]! ^ flip;
        expect(['certificate-mismatch', 'certificate-unreadable']).toContain(codesWith(pem(changed))[0]);
      }),
      { numRuns: 1500 },
    );
  });

  it.each([
    ['empty', Buffer.from('')],
    ['of two certificates', Buffer.concat([root, root])],
    ['in DER', der],
    ['with text before it', Buffer.concat([Buffer.from('# script\n'), root])],
    ['that holds a key', Buffer.from(root.toString('latin1').replaceAll('CERTIFICATE', 'PRIVATE KEY'))],
    ['that is cut', root.subarray(0, 700)],
  ])('%s is unreadable', (_, file) => {
    expect(codesWith(file)).toEqual(['certificate-unreadable']);
  });

  it('with the line ends of Windows is the same one', () => {
    expect(codesWith(Buffer.from(root.toString('latin1').replaceAll('\n', '\r\n')))).toEqual([]);
  });
});

describe('very many mistakes', () => {
  it.each([
    ['unknown properties', `{${Array.from({ length: 60_000 }, (_, i) => `"k${i}":1`).join(',\n')}}`],
    ['the same property', `{${Array.from({ length: 60_000 }, () => `"k":1`).join(',')}}`],
    ['many unknown properties', `{${Array.from({ length: 20_000 }, (_, i) => `"k${i}":1`).join(',')}}`],
    ['wrong texts', `{"impact":[${Array.from({ length: 60_000 }, () => '{"en":1}').join(',\n')}]}`],
  ])('%s: told in a few seconds, and not more than a thousand of them', async (_, content) => {
    const start = performance.now();
    const diagnostics = await front(content);
    const text = formatDiagnostics(diagnostics, false);
    expect(performance.now() - start).toBeLessThan(5000);
    const shown = text.match(/ - error /g)?.length ?? 0;
    expect(shown).toBe(Math.min(1000, diagnostics.length));
    if (diagnostics.length > shown) expect(text).toMatch(/and \d+ more mistakes\.\n$/);
  });
});

describe('what is printed', () => {
  it('never moves the cursor of a terminal, whatever the names in a pack', async () => {
    const evil = '\\u001b[2J\\u0007\\u009b31m\\r\\n\\u202e';
    const packs = [
      `{"${evil}": 1}`,
      `{"a${evil}": 1, "a${evil}": 2}`,
      realPack.replace('"os-build"', `"${evil}"`),
      realPack.replace('"certificate": "ms-idv-root-2020"', `"certificate": "${evil}"`),
      realPack.replace('"severity": "required"', `"severity": "${evil}"`),
    ];
    for (const pack of packs) {
      const text = formatDiagnostics(await front(pack), false);
      expect(text).toMatch(/ - error /);
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    }
  });
});

describe('positionOf', () => {
  it('agrees with counting, in any text', () => {
    const text = fc.array(fc.constantFrom('a', '\n', '\r', '\r\n', '\u3042', '\u2028'), { maxLength: 30 });
    fc.assert(
      fc.property(text, fc.nat(40), (parts, at) => {
        const all = parts.join('');
        const offset = Math.min(at, all.length);
        // Between the two characters of a line end there is no place for a mistake.
        fc.pre(!(all[offset - 1] === '\r' && all[offset] === '\n'));
        const lines = all.slice(0, offset).split(/\r\n|\r|\n/);
        const position = positionOf(parseSource('x', all), offset, 1);
        expect(position).toMatchObject({ line: lines.length, column: lines.at(-1)!.length + 1 });
        expect(position.lineText).toBe(all.split(/\r\n|\r|\n/)[lines.length - 1]);
      }),
    );
  });
});
