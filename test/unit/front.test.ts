import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { formatDiagnostics } from '../../src/format-diagnostic.ts';
import { keywordProblems } from '../../src/keyword-problems.ts';
import { loadSource } from '../../src/load.ts';
import { resolve } from '../../src/resolve.ts';
import { parseSource } from '../../src/source.ts';
import { runTool } from '../../src/tools.ts';
import { createValidator } from '../../src/validate.ts';
import { schemaFolder } from '../support/simulated.ts';

const text = readFileSync(new URL('../support/small-pack.json', import.meta.url), 'utf8');
const root = readFileSync(new URL('../../rules/certificates/ms-idv-root-2020.pem', import.meta.url));
const { validate } = createValidator(schemaFolder);
const folder = await mkdtemp(join(tmpdir(), 'psmint-front-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

/** load, validate and resolve one text; diagnostics are formatted, because that must never fail either. */
async function front(content: string): Promise<string> {
  const path = join(folder, 'pack.json');
  await writeFile(path, content);
  const source = await loadSource(path);
  if (!source.ok) return formatDiagnostics(source.diagnostics, false);
  const valid = validate(source.value);
  if (!valid.ok) return formatDiagnostics(valid.diagnostics, false);
  const files = new Map(valid.value.pack.certificates.map(({ file }) => [file, root]));
  const resolved = resolve(valid.value, files);
  return resolved.ok ? 'ok' : formatDiagnostics(resolved.diagnostics, false);
}

describe('bad packs', () => {
  it('never crash the compiler: any change of the text is right or has a diagnostic with a place', async () => {
    const change = fc.tuple(
      fc.nat(text.length),
      fc.nat(30),
      fc.oneof(fc.string(), fc.constantFrom('"', '{', '}', ',', '\\u0000', 'null')),
    );
    await fc.assert(
      fc.asyncProperty(change, async ([at, length, insert]) => {
        const answer = await front(text.slice(0, at) + insert + text.slice(at + length));
        expect(answer === 'ok' || /error [a-z-]+: ./.test(answer)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('never crash the compiler: any value in any place', async () => {
    const paths: string[][] = [];
    const collect = (value: unknown, path: string[]): void => {
      paths.push(path);
      if (typeof value === 'object' && value !== null)
        for (const [key, item] of Object.entries(value)) collect(item, [...path, key]);
    };
    collect(JSON.parse(text), []);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths.slice(1)), fc.jsonValue(), async (path, value) => {
        const pack: unknown = JSON.parse(text);
        const parent = path.slice(0, -1).reduce((at, key) => (at as Record<string, unknown>)[key], pack);
        (parent as Record<string, unknown>)[path.at(-1) ?? ''] = value;
        const answer = await front(JSON.stringify(pack));
        expect(answer === 'ok' || /error [a-z-]+: ./.test(answer)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('are judged in well under a second when they have 1,000 rules, all wrong', async () => {
    const pack = JSON.parse(text) as { rules: { id: string; titel?: string }[] };
    pack.rules = Array.from({ length: 1000 }, (_, index) => ({ ...pack.rules[1]!, id: `R-${index}`, titel: 'x' }));
    const start = performance.now();
    expect((await front(JSON.stringify(pack, null, 1))).match(/unknown-property/g)).toHaveLength(1000);
    expect(performance.now() - start).toBeLessThan(3000);
  });

  it('show one line of a megabyte around the mistake only', async () => {
    const pack = JSON.parse(text) as { title: { en: string }; titel?: string };
    pack.title.en = 'x'.repeat(1_000_000);
    pack.titel = 'x';
    const answer = await front(JSON.stringify(pack));
    expect(answer).toContain('unknown-property');
    expect(answer).toContain('too-long');
    expect(Math.max(...answer.split('\n').map((line) => line.length))).toBeLessThan(200);
  });
});

describe('the caret', () => {
  it.each([
    ['wide characters', '{ "日本語": 1, "version": 2, "version": 3 }', 3],
    ['a tab', '{\t"version": 2, "version": 3 }', 1],
  ])('stands under the mistake after %s', async (_, content, extra) => {
    const lines = (await front(content)).split('\n');
    const shown = lines.find((line) => line.startsWith('1 | ')) ?? '';
    const caret = lines.find((line) => /^ +\| +\^/.test(line)) ?? '';
    const isTab = content.includes('\t');
    expect(caret.indexOf('^') - shown.lastIndexOf('"version"')).toBe(isTab ? 0 : extra);
  });
});

describe('the schemas', () => {
  it('use no keyword without a diagnostic', () => {
    const names = readdirSync(schemaFolder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.json'),
    );
    const annotations = /^(\$.*|title|description|definitions|properties|items|default|examples)$/;
    const keywords = new Set<string>();
    const visit = (schema: unknown): void => {
      if (Array.isArray(schema)) schema.forEach(visit);
      else if (typeof schema === 'object' && schema !== null) {
        for (const [key, value] of Object.entries(schema)) {
          if (['properties', 'definitions', 'patternProperties'].includes(key))
            Object.values(value as object).forEach(visit);
          else {
            if (!annotations.test(key)) keywords.add(key);
            if (!['enum', 'const', 'examples', 'default'].includes(key)) visit(value);
          }
        }
      }
    };
    for (const name of names) visit(JSON.parse(readFileSync(join(schemaFolder, name), 'utf8')));
    const silent = ['propertyName', 'patternProperties', 'uniqueItems', 'if', 'then', 'else'];
    const missing = [...keywords].filter((key) => !(key in keywordProblems) && !silent.includes(key));
    expect(missing).toEqual([]);
  });

  it.each([
    ['src/rule-pack.ts', 'generate-rule-pack-types.mjs'],
    ['docs/format-reference.md, with a text for every property,', 'generate-reference.mjs'],
  ])('are what %s was generated from', async (_, name) => {
    const script = fileURLToPath(new URL(`../../scripts/${name}`, import.meta.url));
    const { stderr, exitCode } = await runTool(process.execPath, [script, '--check'], { timeoutMs: 60_000 });
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
  });

  it.each(['\u202e', '\u2066', '\u2028', '\u0007', '\ud800'])('refuse %j in a text', (character) => {
    const pack = JSON.parse(text) as { title: { en: string } };
    pack.title.en = `a${character}b`;
    const result = validate(parseSource('pack.json', JSON.stringify(pack)));
    expect(result.ok ? [] : result.diagnostics.map(({ code }) => code)).toEqual(['control-character']);
  });

  it('let every quote and escape through: they are texts, not mistakes', () => {
    const pack = JSON.parse(text) as { title: { en: string } };
    pack.title.en = `' " \u2018\u2019\u201a\u201b \`n $(x) '@ {{x}} </script> %TEMP%\nnext line`;
    expect(validate(parseSource('pack.json', JSON.stringify(pack))).ok).toBe(true);
  });
});
