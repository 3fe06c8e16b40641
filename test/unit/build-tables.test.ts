import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { readPacks } from '../../src/build.ts';
import { tableOf } from '../../src/checks.ts';
import { formatDiagnostics } from '../../src/format-diagnostic.ts';
import type { OsBuildCheck, RulePack } from '../../src/rule-pack.ts';
import { expectOk, schemaFolder } from '../support/simulated.ts';

// The small pack with its builds in a table file beside it; each test spoils one of the two.
const support = fileURLToPath(new URL('../support/', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'psmint-tables-'));
const packPath = join(folder, 'pack.json');
const tablePath = join(folder, 'tables/builds.json');
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const small = JSON.parse(readFileSync(`${support}small-pack.json`, 'utf8')) as RulePack;
const inline = small.rules.find(({ check }) => check.kind === 'os-build')!.check as OsBuildCheck;
const table = tableOf(inline);
const [first, second] = table.builds;

function packText(check: object, id = small.id): string {
  const rules = small.rules.map((rule) =>
    rule.check.kind === 'os-build' ? { ...rule, check: { kind: 'os-build', ...check } } : rule,
  );
  return JSON.stringify({ ...small, id, rules }, null, 2);
}

function put(path: string, content: string | Buffer): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

beforeEach(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  cpSync(new URL('../../rules/certificates', import.meta.url), join(folder, 'certificates'), { recursive: true });
  put(packPath, packText({ table: 'tables/builds.json' }));
  put(tablePath, JSON.stringify(table, null, 2));
});

/** Diagnostics as a user reads them, without the folder and the source lines. */
async function problems(paths: readonly string[] = [packPath]): Promise<string[]> {
  const result = await readPacks(paths, schemaFolder);
  const text = result.ok ? '' : formatDiagnostics(result.diagnostics, false);
  return text
    .replaceAll(`${folder.replaceAll('\\', '/')}/`, '')
    .split('\n')
    .filter((line) => line.includes(' - error '));
}

describe('a build table in a file', () => {
  it('gives the same pack as its rows in the check', async () => {
    put(join(folder, 'inline.json'), packText(table, 'inline'));
    const [shared, own] = expectOk(await readPacks([packPath, join(folder, 'inline.json')], schemaFolder));
    const withoutName = (pack: RulePack): unknown => {
      const text = JSON.stringify({ ...pack, id: 'same' });
      return JSON.parse(text, (name, value: unknown) => (name === 'table' ? undefined : value));
    };
    expect(withoutName(shared!.pack)).toEqual(withoutName(own!.pack));
  });

  it('is found in a check inside of a group', async () => {
    const group = {
      kind: 'any-of',
      checks: [{ kind: 'os-build', table: 'tables/builds.json' }, { kind: 'pending-reboot' }],
    };
    put(packPath, packText(group));
    const [{ pack } = { pack: small }] = expectOk(await readPacks([packPath], schemaFolder));
    const [rule] = pack.rules;
    expect(rule!.check.kind === 'any-of' && tableOf(rule!.check.checks[0] as OsBuildCheck)).toEqual(table);
  });

  it('is read once for all packs that share it, and so are its mistakes', async () => {
    put(join(folder, 'second.json'), packText({ table: 'tables/builds.json' }, 'second'));
    put(tablePath, JSON.stringify({ ...table, nativeFrom: '22000' }));
    expect(await problems([packPath, join(folder, 'second.json')])).toEqual([
      expect.stringMatching(/^tables\/builds\.json:1:\d+ - error wrong-type: "nativeFrom" must be an integer\.$/),
    ]);
  });
});

describe('a mistake in a table stands in the table, at its line and column', () => {
  const at = (content: unknown): Promise<string[]> => {
    put(
      tablePath,
      typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content, null, 1),
    );
    return problems();
  };

  it.each([
    ['not JSON', '{\n "capability": nothing }', '2:16 - error invalid-json: This is not JSON: invalid symbol.'],
    ['nothing', '', '1:1 - error invalid-json: This is not JSON: value expected.'],
    [
      'a property twice',
      '{\n "builds": [],\n "builds": [] }',
      '3:2 - error duplicate-key: The property "builds" stands twice.',
    ],
    ['not an object', '[]', '1:1 - error wrong-type: The file must be an object.'],
  ])('%s', async (_, content, expected) => {
    expect(await at(content)).toEqual([`tables/builds.json:${expected}`]);
  });

  it('a row of a vendor, which belongs into the pack', async () => {
    const content = { ...table, builds: [{ ...first, vendorListed: false }, second] };
    expect(await at(content)).toEqual([
      expect.stringMatching(/^tables\/builds\.json:\d+:\d+ - error unknown-property: .*"vendorListed"/),
    ]);
  });

  it('a row twice, rows out of order, a day that does not exist', async () => {
    expect(await at({ ...table, builds: [first, first] })).toEqual([
      expect.stringMatching(/^tables\/builds\.json:\d+:\d+ - error duplicate-row: Build \d+ has two rows\.$/),
    ]);
    expect(await at({ ...table, builds: [...table.builds].reverse() })).toEqual(
      expect.arrayContaining([expect.stringMatching(/^tables\/builds\.json:\d+:\d+ - error contradicting-row: /)]),
    );
    expect(await at({ ...table, article: { ...table.article, date: '2024-02-31' } })).toEqual([
      expect.stringMatching(/^tables\/builds\.json:\d+:\d+ - error invalid-value: There is no day 2024-02-31\.$/),
    ]);
  });

  it('text that is not UTF-8, and a file that is too large: the pack is told', async () => {
    for (const content of [Buffer.from([0xff, 0xfe, 0x7b, 0]), Buffer.alloc((4 << 20) + 1, 0x20)])
      expect(await at(content)).toEqual([
        expect.stringMatching(/^pack\.json:\d+:\d+ - error table-unreadable: The build table "tables\/builds\.json" /),
      ]);
  });
});

describe('a mistake in the name of a table, or beside it, stands in the pack', () => {
  it.each([
    '/etc/passwd.json',
    'C:/tables/builds.json',
    'C:\\tables\\builds.json',
    'tables\\builds.json',
    '../tables/builds.json',
    'tables/../../builds.json',
    './tables/builds.json',
    '//server/share/builds.json',
    'https://example.com/builds.json',
    '%TEMP%/builds.json',
    '~/builds.json',
    '.builds.json',
    'tables//builds.json',
    'tables/builds.json\u0000',
    'tables/builds.txt',
    '',
  ])('%j: no file is looked for', async (name) => {
    put(packPath, packText({ table: name }));
    expect(await problems()).toEqual([expect.stringMatching(/^pack\.json:\d+:\d+ - error invalid-value: "table" /)]);
  });

  it.each(['tables/none.json', 'Builds.json/builds.json', 'certificates.json'])(
    '%s, which is not there',
    async (name) => {
      mkdirSync(join(folder, 'certificates.json'));
      put(packPath, packText({ table: name }));
      expect(await problems()).toEqual([
        expect.stringMatching(/^pack\.json:\d+:\d+ - error table-unreadable: The build table "/),
      ]);
    },
  );

  it('rows in the table and in the check: nobody could say which count', async () => {
    put(packPath, packText({ table: 'tables/builds.json', builds: table.builds, nativeFrom: 1 }));
    expect(await problems()).toEqual([
      expect.stringMatching(/contradicting-row: "nativeFrom" stands in the table already\.$/),
      expect.stringMatching(/contradicting-row: "builds" stands in the table already\.$/),
    ]);
  });

  it('neither a table nor rows', async () => {
    put(packPath, packText({}));
    expect((await problems()).map((line) => line.replace(/^.* error /, ''))).toEqual(
      ['capability', 'article', 'nativeFrom', 'builds'].map((name) => `missing-property: "check" has no "${name}".`),
    );
  });

  it('a build that the table does not have, and one that stands twice', async () => {
    const { build } = first!;
    const text = { en: 'x', ja: 'x' };
    const advisories = [{ build: 2, belowRevision: 1, text }];
    put(packPath, packText({ table: 'tables/builds.json', unlisted: [build, build, 1], advisories }));
    expect((await problems()).map((line) => line.replace(/^.* error /, ''))).toEqual([
      `duplicate-row: Build ${build} stands twice.`,
      'unknown-reference: The build table has no build 1.',
      'unknown-reference: The build table has no build 2.',
    ]);
  });
});
