import { createHash } from 'node:crypto';
import type { Bundle, SignatureFacts } from './script-plan.ts';

/** One file of a bundle, as `manifest.json` lists it. */
export interface ManifestFile {
  /** Relative to the manifest, with forward slashes. */
  readonly path: string;
  readonly pack: string;
  readonly packVersion: string;
  /** Bytes. */
  readonly size: number;
  /** Upper-case hex. */
  readonly sha256: string;
  /** Only scripts have one; null in an unsigned build. */
  readonly signature?: SignatureFacts | null;
}

export interface Manifest {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: 'psmint'; readonly version: string };
  readonly files: readonly ManifestFile[];
}

/** The manifest of some bundles: no clock and no machine in it, files sorted by path. */
export function manifestOf(bundles: readonly Bundle[], toolVersion: string): Manifest {
  const files = bundles.flatMap((bundle) => [
    ...bundle.scripts.map((s) => ({ ...fileEntry(bundle, s.path, s.bytes), signature: s.signature })),
    ...bundle.files.map((f) => fileEntry(bundle, f.path, f.content)),
  ]);
  return { schemaVersion: 1, tool: { name: 'psmint', version: toolVersion }, files: sortedByPath(files) };
}

function fileEntry(bundle: Bundle, path: string, content: Buffer): ManifestFile {
  const sha256 = createHash('sha256').update(content).digest('hex').toUpperCase();
  return { path, pack: bundle.packId, packVersion: bundle.packVersion, size: content.length, sha256 };
}

/** A new manifest with the entries of `older` for packs that this build did not make. */
export function mergeManifests(newer: Manifest, older: Manifest | undefined): Manifest {
  if (older === undefined) return newer;
  const built = new Set(newer.files.map((f) => f.pack));
  return { ...newer, files: sortedByPath([...newer.files, ...older.files.filter((f) => !built.has(f.pack))]) };
}

// Code unit order: the same on every machine, unlike localeCompare.
function sortedByPath(files: readonly ManifestFile[]): readonly ManifestFile[] {
  return [...files].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

export function manifestText(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** Reads a manifest back; undefined when the text is not one. Takes nothing on trust: paths must stay inside the folder. */
export function parseManifest(text: string): Manifest | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isManifest(value) ? value : undefined;
}

function isManifest(value: unknown): value is Manifest {
  return (
    isRecord(value) && value['schemaVersion'] === 1 && Array.isArray(value['files']) && value['files'].every(isFile)
  );
}

function isFile(value: unknown): value is ManifestFile {
  return (
    isRecord(value) &&
    typeof value['path'] === 'string' &&
    isInsidePath(value['path']) &&
    typeof value['pack'] === 'string' &&
    typeof value['size'] === 'number' &&
    typeof value['sha256'] === 'string'
  );
}

function isInsidePath(path: string): boolean {
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..' && !/[\\:\0]/.test(part));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
