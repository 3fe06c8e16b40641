import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { diagnostic, failed, ok, type Diagnostic, type Result } from './diagnostic.ts';
import { manifestText, parseManifest, type Manifest } from './manifest.ts';
import type { Bundle } from './script-plan.ts';

const manifestName = 'manifest.json';
const sealName = 'manifest.json.p7s';

/** The manifest that an earlier build left in a folder, byte by byte, with its detached signature. */
export interface WrittenManifest {
  readonly manifest: Manifest;
  readonly bytes: Buffer;
  readonly seal: Buffer | undefined;
}

/** What is to be written: a manifest with everything in the folder, and its detached signature if there is a signer. */
export interface FolderContent {
  readonly bundles: readonly Bundle[];
  readonly manifest: Manifest;
  readonly seal: Buffer | undefined;
}

/** A folder and what it gets. */
export interface OutputFolder {
  readonly out: string;
  readonly content: FolderContent;
}

/**
 * Writes bundles and their manifests into folders, all or nothing: everything is written beside its place first, then
 * renamed into it, and renamed back when a rename fails. An older bundle of the same pack is replaced as a whole;
 * bundles of other packs stay. Files that no build wrote are never touched: they are a diagnostic.
 */
export async function write(folders: readonly OutputFolder[]): Promise<Result<null>> {
  const foreign = (await Promise.all(folders.map(foreignFiles))).flat();
  if (foreign.length > 0) return failed(foreign);
  const suffix = randomBytes(6).toString('hex');
  const stagingOf = (out: string): string => join(out, `.psmint-${suffix}`);
  const undo: (() => Promise<void>)[] = [];
  let current = '';
  try {
    for (const { out, content } of folders) {
      current = out;
      await stage(stagingOf(out), content);
    }
    for (const { out, content } of folders) {
      current = out;
      await swapIn(out, stagingOf(out), content.bundles, undo);
    }
    return ok(null);
  } catch (error) {
    for (const step of undo.reverse()) await step();
    return failed([unwritable(current, error)]);
  } finally {
    // What cannot be made cannot be removed either, and the answer says so already.
    for (const { out } of folders) await rm(stagingOf(out), { recursive: true, force: true }).catch(() => undefined);
  }
}

/** undefined when there is none. Other programs write a manifest.json too: one that is not ours is a file of the user. */
export async function readWritten(outFolder: string): Promise<Result<WrittenManifest | undefined>> {
  const bytes = await readFile(join(outFolder, manifestName)).catch(() => undefined);
  if (bytes === undefined) return ok(undefined);
  const manifest = parseManifest(bytes.toString('utf8'));
  if (manifest === undefined) return failed([foreignFile(join(outFolder, manifestName))]);
  const seal = await readFile(join(outFolder, sealName)).catch(() => undefined);
  return ok({ manifest, bytes, seal });
}

async function foreignFiles({ out, content }: OutputFolder): Promise<readonly Diagnostic[]> {
  const older = await readWritten(out);
  if (!older.ok) return older.diagnostics;
  const known = new Set(older.value?.manifest.files.map((file) => file.path));
  const onDisk = await Promise.all(content.bundles.map(({ packId }) => filesBelow(out, packId)));
  const foreign = onDisk.flat().filter((path) => !known.has(path));
  return foreign.map((path) => foreignFile(join(out, path)));
}

function foreignFile(path: string): Diagnostic {
  return diagnostic('output-foreign-files', {
    message: `"${path}" was not written by psmint, and the build would replace it.`,
    help: 'Move the file away, or build into another folder with --out.',
    file: path,
  });
}

/** Files of one pack's bundle on disk, relative to the output folder with forward slashes; none if there is no folder. */
export async function filesBelow(outFolder: string, packId: string): Promise<string[]> {
  try {
    const entries = await readdir(join(outFolder, packId), { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => !entry.isDirectory());
    return files.map((f) => relative(outFolder, join(f.parentPath, f.name)).split(sep).join('/')).sort();
  } catch {
    return [];
  }
}

async function stage(staging: string, { bundles, manifest, seal }: FolderContent): Promise<void> {
  const files = bundles.flatMap((bundle) => [
    ...bundle.scripts.map((script) => ({ path: script.path, content: script.bytes })),
    ...bundle.files,
  ]);
  await mkdir(join(staging, 'new'), { recursive: true });
  await mkdir(join(staging, 'old'));
  await Promise.all(
    [...new Set(files.map((file) => dirname(join(staging, 'new', file.path))))].map((folder) =>
      mkdir(folder, { recursive: true }),
    ),
  );
  await Promise.all(files.map((file) => writeFile(join(staging, 'new', file.path), file.content)));
  await writeFile(join(staging, 'new', manifestName), manifestText(manifest));
  if (seal !== undefined) await writeFile(join(staging, 'new', sealName), seal);
}

// Rename within one file system is atomic (POSIX rename, MoveFileEx), so a reader sees the old bundle or the new one.
// What has to be done to go back is added to `undo`, step by step.
async function swapIn(
  outFolder: string,
  staging: string,
  bundles: readonly Bundle[],
  undo: (() => Promise<void>)[],
): Promise<void> {
  for (const name of [...bundles.map((bundle) => bundle.packId), manifestName, sealName]) {
    const place = join(outFolder, name);
    const kept = join(staging, 'old', name);
    if (await renameIfThere(place, kept)) undo.push(() => rename(kept, place));
    // Only the signature of the manifest may be missing: an unsigned build takes an older one away.
    const move = name === sealName ? renameIfThere : rename;
    await move(join(staging, 'new', name), place);
    undo.push(() => rm(place, { recursive: true, force: true }));
  }
}

async function renameIfThere(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

function unwritable(outFolder: string, error: unknown): Diagnostic {
  return diagnostic('output-unwritable', {
    message: `"${outFolder}" cannot be written (${errorCode(error)}); nothing was changed.`,
    help: 'Look at permissions and free space, or build into another folder with --out.',
  });
}

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : String(error);
}
