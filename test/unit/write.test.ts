import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { manifestOf, mergeManifests, parseManifest } from '../../src/manifest.ts';
import type { Bundle } from '../../src/script-plan.ts';
import { readWritten, write, type OutputFolder } from '../../src/write.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'psmint-write-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

function bundle(packId: string, files: Readonly<Record<string, string>>): Bundle {
  const entries = Object.entries(files).map(([path, text]) => ({
    path: `${packId}/${path}`,
    content: Buffer.from(text),
  }));
  return { packId, packVersion: '1.0.0', scripts: [], files: entries };
}

const dist = (): string => join(folder, 'dist');
async function buildSealed(seal: Buffer | undefined, ...bundles: Bundle[]): ReturnType<typeof write> {
  const older = await readWritten(dist());
  if (!older.ok) return older;
  const manifest = mergeManifests(manifestOf(bundles, '0.0.0'), older.value?.manifest);
  return write([{ out: dist(), content: { bundles, manifest, seal } }]);
}
const build = (...bundles: Bundle[]): ReturnType<typeof write> => buildSealed(undefined, ...bundles);

const listing = async (): Promise<string[]> =>
  (await readdir(join(folder, 'dist'), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 6))
    .sort();

describe('write', () => {
  it('writes the files of a bundle and a manifest that lists them', async () => {
    expect(await build(bundle('one', { 'a.txt': 'a', 'sub/b.txt': 'b' }))).toMatchObject({ ok: true });
    expect(await listing()).toEqual(['manifest.json', 'one/a.txt', 'one/sub/b.txt']);
    const manifest = parseManifest(await readFile(join(folder, 'dist', 'manifest.json'), 'utf8'));
    expect(manifest?.files.map((file) => file.path)).toEqual(['one/a.txt', 'one/sub/b.txt']);
  });

  it('replaces an older bundle as a whole: no stale file stays', async () => {
    await build(bundle('one', { 'old.txt': 'old', 'a.txt': '1' }));
    await build(bundle('one', { 'a.txt': '2' }));
    expect(await listing()).toEqual(['manifest.json', 'one/a.txt']);
    expect(await readFile(join(folder, 'dist/one/a.txt'), 'utf8')).toBe('2');
  });

  it('puts the signature of the manifest beside it, and takes an older one away', async () => {
    await buildSealed(Buffer.from('one'), bundle('one', { 'a.txt': 'a' }));
    expect(await listing()).toEqual(['manifest.json', 'manifest.json.p7s', 'one/a.txt']);
    await buildSealed(Buffer.from('two'), bundle('one', { 'a.txt': 'a' }));
    expect(await readFile(join(dist(), 'manifest.json.p7s'), 'utf8')).toBe('two');
    await build(bundle('one', { 'a.txt': 'b' }));
    expect(await listing()).toEqual(['manifest.json', 'one/a.txt']);
  });

  it('keeps the bundles of other packs, in the folder and in the manifest', async () => {
    await build(bundle('one', { 'a.txt': 'a' }));
    await build(bundle('two', { 'b.txt': 'b' }));
    expect(await listing()).toEqual(['manifest.json', 'one/a.txt', 'two/b.txt']);
    const manifest = parseManifest(await readFile(join(folder, 'dist', 'manifest.json'), 'utf8'));
    expect(manifest?.files.map((file) => file.pack)).toEqual(['one', 'two']);
  });

  it('refuses to replace a folder with files that psmint did not write, and changes nothing', async () => {
    await mkdir(join(folder, 'dist/one'), { recursive: true });
    await writeFile(join(folder, 'dist/one/thesis.txt'), 'mine');
    const result = await build(bundle('one', { 'a.txt': 'a' }));
    expect(result.ok ? [] : result.diagnostics.map((d) => d.code)).toEqual(['output-foreign-files']);
    expect(await listing()).toEqual(['one/thesis.txt']);
  });

  it('says when the folder cannot be written, and leaves nothing half-written', async () => {
    await writeFile(join(folder, 'dist'), 'a file, not a folder');
    const result = await build(bundle('one', { 'a.txt': 'a' }));
    expect(result.ok ? [] : result.diagnostics.map((d) => d.code)).toEqual(['output-unwritable']);
    expect(await readdir(folder)).toEqual(['dist']);
  });

  it('brings the older bundles back when one of several cannot be moved into place', async () => {
    await build(bundle('one', { 'a.txt': 'old' }));
    // A folder that is not empty at the manifest's place makes the last rename fail.
    await rm(join(folder, 'dist/manifest.json'));
    await writeFile(join(folder, 'dist/zero'), 'file');
    const before = await listing();
    const broken = { ...bundle('one', { 'a.txt': 'new' }), packId: 'missing' };
    const bundles = [bundle('two', { 'b.txt': 'b' }), broken];
    const content = { bundles, manifest: manifestOf([], '0.0.0'), seal: Buffer.from('seal') };
    const result = await write([{ out: dist(), content }]);
    expect(result.ok).toBe(false);
    expect(await listing()).toEqual(before);
    await chmod(folder, 0o700);
  });
});

describe('write into several folders', () => {
  it('brings the first back when the second cannot be written', async () => {
    await build(bundle('one', { 'a.txt': 'old' }));
    const before = await listing();
    const contentOf = (one: Bundle): OutputFolder['content'] => ({
      bundles: [one],
      manifest: manifestOf([one], '0.0.0'),
      seal: undefined,
    });
    const broken = { ...bundle('one', { 'a.txt': 'new' }), packId: 'missing' };
    const other = join(folder, 'other');
    const result = await write([
      { out: dist(), content: contentOf(bundle('one', { 'a.txt': 'new' })) },
      { out: other, content: contentOf(broken) },
    ]);
    expect(result).toMatchObject({ ok: false, diagnostics: [{ code: 'output-unwritable' }] });
    expect(JSON.stringify(result)).toContain(other);
    expect(await listing()).toEqual(before);
    expect(await readFile(join(dist(), 'one/a.txt'), 'utf8')).toBe('old');
    expect(await readdir(other)).toEqual([]);
  });
});

describe('parseManifest', () => {
  it.each([
    ['not JSON', '{'],
    ['another version', '{"schemaVersion":2,"files":[]}'],
    ['a path that leaves the folder', '{"schemaVersion":1,"files":[{"path":"../x","pack":"p","size":1,"sha256":"A"}]}'],
    ['an absolute path', '{"schemaVersion":1,"files":[{"path":"/x","pack":"p","size":1,"sha256":"A"}]}'],
    ['a Windows path', '{"schemaVersion":1,"files":[{"path":"a\\\\..\\\\x","pack":"p","size":1,"sha256":"A"}]}'],
  ])('refuses %s', (_, text) => {
    expect(parseManifest(text)).toBeUndefined();
  });
});
