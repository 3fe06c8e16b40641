import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readPacks } from '../../src/build.ts';
import { createAsker } from '../../src/cli/ask.ts';
import { idFrom } from '../../src/new-pack.ts';
import type { RulePack } from '../../src/rule-pack.ts';
import { contentsOf, type Answer } from '../support/cli.ts';
import { psmint } from '../support/in-process.ts';
import { announceSkip, findShell } from '../support/pester.ts';
import { schemaFolder } from '../support/simulated.ts';
import { issue, pem } from '../support/test-ca.ts';

const shipped = fileURLToPath(new URL('../../rules/certificates/ms-idv-root-2020.pem', import.meta.url));
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'psmint-new-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

type Ask = (question: string) => Promise<string>;

function newPack(args: readonly string[], ask?: Ask): Promise<Answer> {
  const places = ['--out', join(folder, 'rules'), '--machines', join(folder, 'machines')];
  const someone = ask ? { ask, isTerminal: true } : {};
  return psmint(['new', 'pack', ...args, ...places], { home: folder, ...someone });
}

const value = 'HKLM:\\SOFTWARE\\Acme\\Agent\\Version';
const known = ['--product', 'Agent', '--source', 'https://acme.example/acs', '--effective', '2026-12-01'];
const versioned = ['Acme', ...known, '--registry', value, '--minimum', '5.2.0'];
const written = async (file: string): Promise<unknown> => JSON.parse(await readFile(join(folder, file), 'utf8'));
const codesIn = ({ err }: Answer): string[] => [...err.matchAll(/ - error ([a-z-]+): /g)].map((match) => match[1]!);

describe('psmint new pack', () => {
  it('writes a pack that builds, its certificate, and machines', async () => {
    const answer = await newPack([...versioned, '--certificate', shipped, '--product-ja', 'エージェント']);
    expect(answer.code, answer.err).toBe(0);
    const files = Object.keys(contentsOf(folder));
    const certificate = 'microsoft-identity-verification-root-certificate-authority';
    expect(files.sort()).toEqual([
      'machines/acme-agent.json',
      'rules/acme-agent.json',
      `rules/certificates/${certificate}.pem`,
    ]);
    expect(answer.out.trim().split('\n').sort()).toEqual(files.map((file) => join(folder, file)));
    const packs = await readPacks([join(folder, 'rules/acme-agent.json')], schemaFolder);
    expect(packs.ok).toBe(true);
    const pack = (await written('rules/acme-agent.json')) as RulePack;
    expect(pack.product).toEqual({ en: 'Agent', ja: 'エージェント' });
    expect(pack.rules.map(({ id, check }) => [id, check.kind])).toEqual([
      ['ACME-CERTIFICATE', 'certificate'],
      ['ACME-VERSION', 'registry-value'],
    ]);
    expect(pack.rules[1]?.check).toMatchObject({
      value: { key: 'HKLM:\\SOFTWARE\\Acme\\Agent', name: 'Version' },
      condition: { version: '5.2.0' },
    });
  });

  it('gives machines at the version, one below, with nothing and with nothing readable', async () => {
    await newPack([...versioned, '--certificate', shipped]);
    const machines = (await written('machines/acme-agent.json')) as { name: string; machine: object; expect: object }[];
    const both = (first: string, second: string): object => ({
      'ACME-CERTIFICATE': first,
      'ACME-VERSION': second,
    });
    expect(machines.map(({ name, expect: wanted }) => [name, wanted])).toEqual([
      ['everything as required', { check: { verdict: 'pass', rules: both('pass', 'pass') } }],
      ['nothing is there', { check: { verdict: 'fail', rules: both('fail', 'notApplicable') } }],
      ['one version too old', { check: { verdict: 'fail', rules: both('pass', 'fail') } }],
      ['nothing can be read', { check: { verdict: 'unknown', rules: both('unknown', 'unknown') } }],
    ]);
    expect(machines[2]?.machine).toMatchObject({ registry: { 'HKLM:\\SOFTWARE\\Acme\\Agent': { Version: '5.1.0' } } });
  });

  it('asks on a terminal for what no option says, and for nothing else', async () => {
    const asked: string[] = [];
    const answers = ['Agent', '', 'https://acme.example/acs', '', value, '5.2'];
    const answer = await newPack(['Acme', '--effective', '2026-12-01'], (question) => {
      asked.push(question);
      return Promise.resolve(answers[asked.length - 1] ?? '');
    });
    expect(answer.code, answer.err).toBe(0);
    expect(asked.map((question) => question.split(' ')[0])).toEqual([
      'Product',
      'The',
      'Page',
      'Certificate',
      'Registry',
      'Lowest',
    ]);
    expect(await written('rules/acme-agent.json')).toMatchObject({ product: { en: 'Agent', ja: 'Agent' } });
  });

  it('says everything that is missing where nobody can be asked, and writes nothing', async () => {
    const answer = await newPack(['Acme']);
    expect(answer.code).toBe(1);
    expect(codesIn(answer)).toEqual(Array.from({ length: 4 }, () => 'missing-property'));
    for (const option of ['--product', '--source', '--effective', '--certificate or --registry'])
      expect(answer.err).toContain(`Name it with ${option}.`);
    expect(contentsOf(folder)).toEqual({});
  });

  it.each<[string, readonly string[], readonly string[]]>([
    ['an address that is none', ['--source', 'ftp://acme'], ['invalid-value']],
    ['a day that does not exist', ['--effective', '2026-02-30'], ['invalid-value']],
    ['a version that is none', ['--minimum', '5.x'], ['invalid-value']],
    ['a value without a key', ['--registry', 'Version'], ['invalid-value']],
    ['a key that is not of the machine', ['--registry', 'HKCU:\\SOFTWARE\\Acme\\Version'], ['invalid-value']],
    ['an id in another form', ['--id', 'Acme Agent'], ['invalid-value']],
    ['a certificate that is not there', ['--certificate', 'none.pem'], ['file-not-found']],
  ])('refuses %s, and writes nothing', async (_, args, codes) => {
    const answer = await newPack([...versioned, ...args]);
    expect(answer.code).toBe(1);
    expect([...new Set(codesIn(answer))]).toEqual(codes);
    expect(contentsOf(folder)).toEqual({});
  });

  it('asks for an id where the names give none', async () => {
    const answer = await newPack(['製造元', ...known, '--product', '製品', '--registry', value, '--minimum', '1']);
    expect(codesIn(answer)).toEqual(['missing-property']);
    expect(answer.err).toContain('--id');
  });

  it('refuses a certificate that no rule can ask for', async () => {
    const file = join(folder, 'leaf.pem');
    await writeFile(file, pem(issue('Acme leaf')));
    expect(codesIn(await newPack(['Acme', ...known, '--certificate', file]))).toContain('certificate-mismatch');
  });

  it('writes over nothing, but takes the same certificate of another pack', async () => {
    await newPack([...versioned, '--certificate', shipped]);
    const before = contentsOf(folder);
    const again = await newPack([...versioned, '--certificate', shipped]);
    expect([again.code, codesIn(again)]).toEqual([2, ['output-foreign-files', 'output-foreign-files']]);
    expect(contentsOf(folder)).toEqual(before);
    const other = await newPack([...versioned, '--certificate', shipped, '--id', 'acme-other']);
    expect(other.code, other.err).toBe(0);
    expect(other.out.trim().split('\n')).toHaveLength(2);
  });

  it('leaves nothing where the second folder cannot be written', async () => {
    await mkdir(join(folder, 'rules'));
    await cp(shipped, join(folder, 'machines'));
    const answer = await newPack(versioned);
    expect([answer.code, codesIn(answer)]).toEqual([2, ['output-unwritable']]);
    expect(Object.keys(contentsOf(folder))).toEqual(['machines']);
  });
});

const shell = await findShell();
if (shell === undefined) announceSkip('the machines of a new pack', 'no PowerShell (pwsh or powershell) on the path');

describe.skipIf(shell === undefined)('the machines of a new pack', () => {
  it('are as the scripts see them', { timeout: 60_000 }, async () => {
    await newPack([...versioned, '--certificate', shipped]);
    const pack = join(folder, 'rules/acme-agent.json');
    const args = ['test', pack, '--machines', join(folder, 'machines'), '--language', 'both'];
    const answer = await psmint(args, { home: folder, env: { PATH: process.env['PATH'] ?? '' } });
    expect(answer.code, answer.out + answer.err).toBe(0);
    expect(answer.out).toContain('8 of 8 runs as expected');
  });
});

describe('questions', () => {
  it.each([
    ['answered one by one', ['a\n', 'b\n']],
    ['answered before they were asked', ['a\nb\n']],
    ['answered with Windows line ends', ['a\r\nb\r\n']],
  ])('are %s', async (_, parts) => {
    const [input, output] = [new PassThrough(), new PassThrough()];
    const { ask, close } = createAsker(input, output);
    for (const part of parts) input.write(part);
    expect([await ask('1? '), await ask('2? ')]).toEqual(['a', 'b']);
    close();
    expect(String(output.read())).toBe('1? 2? ');
  });

  it('have empty answers after the end of the input', async () => {
    const input = new PassThrough();
    const { ask } = createAsker(input, new PassThrough());
    const first = ask('1? ');
    input.end();
    expect([await first, await ask('2? ')]).toEqual(['', '']);
  });

  it('read nothing until there is one', () => {
    const input = new PassThrough();
    createAsker(input, new PassThrough()).close();
    expect(input.listenerCount('data')).toBe(0);
  });
});

describe('an id from a name', () => {
  it.each([
    ['Acme Endpoint Agent', 'acme-endpoint-agent'],
    ['  3M: Défense+ 2.0 ', 'defense-2-0'],
    ['製品', undefined],
    ['long '.repeat(20), Array.from({ length: 12 }, () => 'long').join('-')],
    ['x'.repeat(70), undefined],
  ])('%s: %s', (name, id) => {
    expect(idFrom(name)).toBe(id);
  });
});
