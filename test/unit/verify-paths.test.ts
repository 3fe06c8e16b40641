import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseDays, parseMoment, parseThumbprint } from '../../src/cli/verify-values.ts';
import { verifyPaths, type PathOptions, type VerifiedFile } from '../../src/verify-paths.ts';
import { signDetached } from '../../src/sign.ts';
import { signForeign } from '../support/foreign-signing.ts';
import { signerOf, signText, smallScript, unwrap } from '../support/signing.ts';
import { days, issue, now, testPki } from '../support/test-ca.ts';
import { run } from '../support/tools.ts';
import { zipOf, type ZipEntry } from '../support/zip.ts';

const pki = testPki('paths');
const signed = await signText(pki);
const foreign = signForeign(smallScript, [pki.leaf, pki.intermediate], { signingTime: true });
const base = mkdtempSync(join(tmpdir(), 'psmint-paths-'));
afterAll(() => {
  rmSync(base, { recursive: true, force: true });
});

let count = 0;
/** A folder with these files. */
function folderOf(files: Readonly<Record<string, Buffer | string>>): string {
  const folder = join(base, `folder-${++count}`);
  mkdirSync(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

function zipFile(entries: readonly ZipEntry[], change: (bytes: Buffer) => Buffer = (bytes) => bytes): string {
  const path = join(base, `archive-${++count}.zip`);
  writeFileSync(path, change(zipOf(entries)));
  return path;
}

async function verify(path: string, options: Partial<PathOptions> = {}): Promise<VerifiedFile[]> {
  const found: VerifiedFile[] = [];
  const all = { trust: [pki.root.certificate], at: now, anyForm: false, ...options };
  for await (const result of verifyPaths([path], all)) found.push(result);
  return found;
}

/** Milliseconds of work; the clock would count other tests too. */
function cpuSince(begin: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(begin);
  return (user + system) / 1000;
}

const codes = (results: readonly VerifiedFile[]): string[] =>
  results.flatMap(({ problems }) => problems.map(({ code }) => code));
const verdict = async (path: string, options: Partial<PathOptions> = {}): Promise<string[]> =>
  codes(await verify(path, options));

function manifestFor(files: Readonly<Record<string, Buffer>>): string {
  const entries = Object.entries(files).map(([path, content]) => ({
    path,
    pack: 'p',
    packVersion: '1.0.0',
    size: content.length,
    sha256: createHash('sha256').update(content).digest('hex').toUpperCase(),
  }));
  return JSON.stringify({ schemaVersion: 1, tool: { name: 'psmint', version: '0' }, files: entries });
}

const text = Buffer.from('hello');
const bundle = { 'p/manual/check.ps1': signed, 'p/review.md': text };
const manifest = manifestFor(bundle);
const sealOf = async (content: string): Promise<Buffer> =>
  unwrap(await signDetached(Buffer.from(content), signerOf(pki).signer, { now }));
const sealed = { 'manifest.json': manifest, 'manifest.json.p7s': await sealOf(manifest) };
const entriesOf = (files: Readonly<Record<string, Buffer | string>>, top = ''): ZipEntry[] =>
  Object.entries(files).map(([name, content]) => ({ name: top + name, content: Buffer.from(content), deflated: true }));

describe('a bundle', () => {
  const forms: readonly (readonly [name: string, make: (files: Record<string, Buffer | string>) => string])[] = [
    ['as a folder', folderOf],
    ['as a zip archive', (files) => zipFile(entriesOf(files))],
    ['as a zip archive of its folder', (files) => zipFile(entriesOf(files, 'dist/'))],
  ];

  describe.each(forms)('%s', (_, make) => {
    it('verifies with its manifest', async () => {
      const results = await verify(make({ ...bundle, ...sealed }));
      expect(codes(results)).toEqual([]);
      expect(results.map(({ kind }) => kind)).toEqual(['script', 'manifest']);
    });

    it.each<readonly [string, Record<string, Buffer | string>, string[]]>([
      ['a file missing', { 'p/manual/check.ps1': signed }, ['manifest-mismatch']],
      ['a file added', { ...bundle, 'p/x.txt': text }, ['manifest-mismatch']],
      ['a file changed', { ...bundle, 'p/review.md': Buffer.from('jello') }, ['manifest-mismatch']],
      ['a file longer', { ...bundle, 'p/review.md': Buffer.from('hello!') }, ['manifest-mismatch']],
      ['a script added that is signed', { ...bundle, 'p/x.ps1': signed }, ['manifest-mismatch']],
      ['a script changed', { ...bundle, 'p/manual/check.ps1': text }, ['not-signed', 'manifest-mismatch']],
      ['no manifest of ours', { ...bundle, 'manifest.json': '{}' }, ['manifest-mismatch']],
      ['a manifest written again', { ...bundle, 'manifest.json': `${manifest} ` }, ['hash-mismatch']],
      ['a broken signature of the manifest', { ...bundle, 'manifest.json.p7s': text }, ['malformed-signature']],
    ])('with %s does not', async (__, files, expected) => {
      expect(await verdict(make({ ...sealed, ...files }))).toEqual(expected);
    });
  });

  it('does not verify when the signature of its manifest is missing, or that of somebody else', async () => {
    expect(await verdict(folderOf({ ...bundle, 'manifest.json': manifest }))).toEqual(['not-signed']);
    const leaves = ['0'.repeat(64)];
    expect(await verdict(folderOf({ ...bundle, ...sealed }), { leaves })).toEqual([
      'leaf-not-allowed',
      'leaf-not-allowed',
    ]);
  });

  it('is not listed twice in its manifest', async () => {
    const twice = JSON.parse(manifest) as { files: unknown[] };
    twice.files.push(twice.files[0]);
    const files = { ...bundle, 'manifest.json': JSON.stringify(twice) };
    const seal = await sealOf(files['manifest.json']);
    expect(await verdict(folderOf({ ...files, 'manifest.json.p7s': seal }))).toEqual(['manifest-mismatch']);
  });
});

describe('what is looked at in a folder', () => {
  it('is everything whose signature PowerShell checks, and archives', async () => {
    const folder = folderOf({
      'a.ps1': signed,
      'b.PSM1': text,
      'c.psd1': text,
      'd.ps1xml': text,
      'e.mof': text,
      'f.txt': text,
    });
    writeFileSync(join(folder, 'g.zip'), zipOf([{ name: 'g.ps1', content: text }]));
    expect(await verdict(folder)).toEqual(['not-signed', 'not-signed', 'not-signed', 'not-signed', 'not-signed']);
    expect(await verdict(folderOf({ 'f.txt': text }))).toEqual(['not-signed']);
    expect(await verdict(join(base, 'none'))).toEqual(['file-not-found']);
  });

  it('is never a link to a folder, a pipe or a device', async () => {
    const folder = folderOf({ 'a.ps1': signed });
    symlinkSync(base, join(folder, 'link'));
    expect(await verdict(folder)).toEqual(['file-unreadable']);
    if (process.platform === 'win32') return;
    expect(run('mkfifo', [join(folder, 'pipe.ps1')]).exitCode).toBe(0);
    expect(await verdict(join(folder, 'pipe.ps1'))).toEqual(['file-unreadable']);
    expect(await verdict(folder)).toEqual(['file-unreadable', 'file-unreadable']);
    expect(await verdict('/dev/zero')).toEqual(['file-unreadable']);
  });

  it('are scripts too whose name ends in dots and spaces, which Windows drops', async () => {
    const folder = folderOf({ 'a.ps1': signed });
    if (process.platform === 'win32') return;
    writeFileSync(join(folder, 'b.ps1. '), text);
    expect(await verdict(folder)).toEqual(['not-signed']);
  });

  it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
    'is not less because one may not look',
    async () => {
      const folder = folderOf({ 'a.ps1': signed, 'closed/b.ps1': signed });
      chmodSync(join(folder, 'closed'), 0);
      expect(await verdict(folder)).toEqual(['file-unreadable']);
      chmodSync(join(folder, 'closed'), 0o700);
    },
  );

  it('ends in time for hostile text of the size of a script', async () => {
    const size = 8 << 20;
    const filled = (part: string): Buffer => Buffer.alloc(size, part);
    const block = signed.subarray(smallScript.length);
    const hostile: readonly Buffer[] = [
      filled('a'),
      filled('#'),
      filled(' '),
      filled('\r\n'),
      filled('# SIG # Begin signature block\r\n'),
      filled('\r\n# SIG # End signature block'),
      Buffer.concat([Buffer.of(0xff, 0xfe), filled(' \0')]).subarray(0, size),
      Buffer.concat([Buffer.of(0xef, 0xbb, 0xbf), filled('\u3042')]).subarray(0, size),
      Buffer.concat([filled('\u3042').subarray(0, size - block.length), block]),
      Buffer.concat([filled('#\n').subarray(0, size - block.length), block]),
      Buffer.concat([filled('\t# SIG # \r').subarray(0, size - block.length), block]),
    ];
    for (const anyForm of [true, false]) {
      for (const [index, bytes] of hostile.entries()) {
        const folder = folderOf({ 'a.ps1': bytes });
        const begin = process.cpuUsage();
        expect(await verdict(folder, { anyForm }), `${index}`).toHaveLength(1);
        expect(cpuSince(begin), `${index}`).toBeLessThan(2000);
        rmSync(folder, { recursive: true });
      }
    }
  });

  it('ends in time for a hostile manifest', async () => {
    for (const part of ['[', '{"a":', '"', '1,']) {
      const folder = folderOf({ 'manifest.json': Buffer.alloc(4 << 20, part) });
      const begin = process.cpuUsage();
      expect(await verdict(folder)).toEqual(['manifest-mismatch']);
      expect(cpuSince(begin), part).toBeLessThan(2000);
    }
  });

  it('is not read when it has a gigabyte', async () => {
    const folder = folderOf({ 'a.ps1': '', 'manifest.json': '', 'b.zip': '' });
    for (const name of ['a.ps1', 'manifest.json', 'b.zip']) truncateSync(join(folder, name), 1 << 30);
    const [before, begin] = [process.memoryUsage().rss, performance.now()];
    expect(await verdict(folder)).toEqual(['file-too-large', 'archive-unreadable', 'file-too-large']);
    expect(performance.now() - begin).toBeLessThan(1000);
    expect(process.memoryUsage().rss - before).toBeLessThan(100 << 20);
  });
});

describe('signatures of other programs', () => {
  it('are told apart from damage, and accepted when the user says so', async () => {
    const folder = folderOf({ 'a.ps1': foreign });
    const [refused] = await verify(folder);
    expect(refused).toMatchObject({ signature: null, form: { hash: 'sha256', timestampKind: null } });
    expect(refused?.problems[0]).toMatchObject({ code: 'foreign-form' });
    expect(refused?.problems[0]?.message).toMatch(/^"CN=paths leaf" signed it .*intact, but not as psmint signs/);
    const [accepted] = await verify(folder, { anyForm: true });
    expect(accepted).toMatchObject({ signature: { signerSubject: 'CN=paths leaf' }, problems: [] });
    expect(await verdict(folder, { anyForm: true, trust: [] })).toEqual(['untrusted-signer']);
  });

  it('keep the code of what is wrong with them', async () => {
    const changed = Buffer.from(foreign.toString('latin1').replace('Hello', 'Howdy'), 'latin1');
    expect(await verdict(folderOf({ 'a.ps1': changed }))).toEqual(['malformed-signature']);
    expect(await verdict(folderOf({ 'a.ps1': changed }), { anyForm: true })).toEqual(['hash-mismatch']);
    const ansi = signForeign("'\u00e9'\r\n", [pki.leaf, pki.intermediate], {
      encoding: 'windows-1252',
      signingTime: true,
    });
    for (const anyForm of [true, false]) {
      expect(await verdict(folderOf({ 'a.ps1': ansi }), { anyForm })).toEqual(['machine-dependent-text']);
    }
  });

  it('do not matter to what psmint signed', async () => {
    for (const anyForm of [true, false]) {
      expect(await verify(folderOf({ 'a.ps1': signed }), { anyForm })).toMatchObject([
        { form: 'psmint', problems: [] },
      ]);
    }
  });
});

describe('an archive', () => {
  const script: ZipEntry = { name: 'a.ps1', content: signed, deflated: true };
  const named = (name: string): ZipEntry => ({ ...script, name });

  it('verifies, stored or deflated', async () => {
    expect(await verify(zipFile([script, { ...script, name: 'b/c.ps1', deflated: false }]))).toMatchObject([
      { problems: [], form: 'psmint' },
      { problems: [] },
    ]);
  });

  it.each<readonly [string, string, () => string]>([
    ['a name that leads out', 'archive-refused', () => zipFile([named('../a.ps1')])],
    ['a name that leads out with backslashes', 'archive-refused', () => zipFile([named('..\\a.ps1')])],
    ['an absolute name', 'archive-refused', () => zipFile([named('/a.ps1')])],
    ['a drive', 'archive-refused', () => zipFile([named('C:/a.ps1')])],
    ['a stream beside a file', 'archive-refused', () => zipFile([named('a.txt:b.ps1')])],
    ['a name twice', 'archive-refused', () => zipFile([script, script])],
    ['a name twice for Windows', 'archive-refused', () => zipFile([script, named('A.ps1')])],
    ['a dot at the end of a name', 'archive-refused', () => zipFile([named('a.ps1.')])],
    ['a space at the end of a folder', 'archive-refused', () => zipFile([named('b /a.ps1')])],
    ['another name in Unicode', 'archive-refused', () => zipFile([{ ...script, content: text, unicodeName: 'a.txt' }])],
    ['a link', 'archive-refused', () => zipFile([{ ...script, mode: 0o120777 }])],
    ['another name where the data begins', 'archive-refused', () => zipFile([{ ...script, localName: 'b.ps1' }])],
    ['an archive in it', 'archive-refused', () => zipFile([script, { name: 'b.zip', content: zipOf([script]) }])],
    [
      'too many entries',
      'archive-refused',
      () => zipFile(Array.from({ length: 10_001 }, (_, i) => ({ name: `${i}`, content: Buffer.alloc(0) }))),
    ],
    [
      'too much data',
      'archive-refused',
      () => zipFile([script, { name: 'big', content: text, size: 0x7fffffff, method: 8 }]),
    ],
    ['an encrypted entry', 'archive-encrypted', () => zipFile([{ ...script, flags: 1 }])],
    ['an unknown compression', 'archive-unreadable', () => zipFile([{ ...script, method: 99 }])],
    ['a wrong checksum', 'archive-unreadable', () => zipFile([{ ...script, crc: 1 }])],
    ['more data than it says', 'archive-unreadable', () => zipFile([{ ...script, size: 10 }])],
    ['less data than it says', 'archive-unreadable', () => zipFile([{ ...script, size: signed.length + 1 }])],
    ['data that is cut', 'archive-unreadable', () => zipFile([script], (bytes) => bytes.subarray(0, -30))],
    ['no archive', 'archive-unreadable', () => zipFile([], () => Buffer.from('no'))],
    [
      'a script of 9 MB',
      'file-too-large',
      () => zipFile([{ name: 'a.ps1', content: Buffer.alloc(9 << 20), deflated: true }]),
    ],
    ['no scripts', 'not-signed', () => zipFile([{ name: 'a.txt', content: text }])],
  ])('with %s: %s', async (_, code, make) => {
    const begin = performance.now();
    expect(await verdict(make())).toEqual([code]);
    expect(performance.now() - begin).toBeLessThan(3000);
  });

  it('with any byte changed never crashes', async () => {
    const bytes = zipOf([script]);
    for (let index = 0; index < bytes.length; index += 1 + Math.floor(bytes.length / 150)) {
      const path = zipFile([script], (all) => {
        all.writeUInt8(all.readUInt8(index) ^ 0xff, index);
        return all;
      });
      for (const { kind, problems } of await verify(path)) expect(kind === 'script' || problems.length > 0).toBe(true);
    }
  });
});

describe('policies', () => {
  const thumbprint = createHash('sha256').update(pki.leaf.certificate).digest('hex').toUpperCase();
  const company = issue('Example, Ltd', { issuer: pki.intermediate });
  const other = signForeign(smallScript, [company, pki.intermediate]);

  it.each<readonly [string, Partial<PathOptions>, string[]]>([
    ['the leaf', { leaves: ['00'.repeat(32), thumbprint] }, []],
    ['another leaf', { leaves: ['00'.repeat(32)] }, ['leaf-not-allowed']],
    ['the common name', { publishers: ['nobody', 'paths leaf'] }, []],
    ['the subject', { publishers: ['CN=paths leaf'] }, []],
    ['a part of the name', { publishers: ['paths', 'leaf', 'CN='] }, ['publisher-not-allowed']],
    ['both wrong', { leaves: [], publishers: [] }, ['leaf-not-allowed', 'publisher-not-allowed']],
    ['an end that is far', { expiresWithin: 299 * 86_400_000 }, []],
    ['an end that is near', { expiresWithin: 301 * 86_400_000 }, ['certificate-expires-soon']],
    ['an end before', { at: days(301), expiresWithin: 1 }, ['certificate-expired']],
    ['a moment before', { at: days(-31) }, ['certificate-expired']],
    ['a timestamp', { requireTimestamp: true }, ['missing-timestamp']],
  ])('ask for %s', async (_, options, expected) => {
    const folder = folderOf({ 'a.ps1': signed });
    for (const anyForm of [false, true]) {
      expect([...new Set(await verdict(folder, { ...options, anyForm }))]).toEqual(expected);
    }
  });

  it('compare whole names, and quote what looks like two parts', async () => {
    const folder = folderOf({ 'a.ps1': other });
    const ask = (...publishers: string[]): Promise<string[]> => verdict(folder, { publishers, anyForm: true });
    expect(await ask('Example, Ltd')).toEqual([]);
    expect(await ask('CN="Example, Ltd"')).toEqual([]);
    expect(await ask('CN=Example, Ltd', 'Example', 'example, ltd')).toEqual(['publisher-not-allowed']);
  });
});

describe('values of options', () => {
  it.each<readonly [string, string | undefined]>([
    ['2026-06-15', '2026-06-15T00:00:00.000Z'],
    ['2026-06-15T12:00Z', '2026-06-15T12:00:00.000Z'],
    ['2026-06-15T12:00:00+09:00', '2026-06-15T03:00:00.000Z'],
    ['2026-02-30', undefined],
    ['2026-13-01', undefined],
    ['15.06.2026', undefined],
    ['June 2026', undefined],
    ['2026-06-15T12:00:00', undefined],
    ['', undefined],
  ])('--at %s', (given, expected) => {
    expect(parseMoment(given)?.toISOString()).toBe(expected);
  });

  it('--expires-within and --leaf', () => {
    expect([parseDays('60d'), parseDays('0d')]).toEqual([60 * 86_400_000, 0]);
    expect(['60', '-1d', '1.5d', '60 d', '', '999999d'].map(parseDays)).toEqual(Array(6).fill(undefined));
    const hex = 'ab'.repeat(32);
    const spaced = `sha256:${hex.replace(/../g, '$&:').slice(0, -1)}`;
    expect([hex, spaced].map(parseThumbprint)).toEqual([hex.toUpperCase(), hex.toUpperCase()]);
    expect(['', 'ab'.repeat(20), `${hex}0`, 'zz'.repeat(32)].map(parseThumbprint)).toEqual(Array(4).fill(undefined));
  });
});
