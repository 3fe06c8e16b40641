import { diagnostic, type Diagnostic, type Result } from '../diagnostic.ts';

/** One file of a folder or an archive. */
export interface TreeFile {
  /** For messages: where the user finds it. */
  readonly path: string;
  /** Relative to the tree, with forward slashes. */
  readonly name: string;
  /** Bytes, as the folder or archive says. */
  readonly size: number;
  /** The content; a diagnostic when it cannot be read or has more than `limit` bytes, of which no more is read then. */
  readonly read: (limit: number) => Promise<Result<Buffer>>;
}

/** Files that belong together. */
export interface FileTree {
  /** Sorted by name, code unit by code unit. */
  readonly files: readonly TreeFile[];
  /** What could not be looked at. */
  readonly problems: readonly Diagnostic[];
  readonly close: () => void;
}

export function sortedByName(files: readonly TreeFile[]): TreeFile[] {
  return [...files].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

export function tooLarge(path: string, limit: number): Diagnostic {
  const message = `"${path}" is larger than ${limit} bytes; nothing was read of what is beyond.`;
  return diagnostic('file-too-large', { message, file: path });
}
