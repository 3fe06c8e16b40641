import type { Stats } from 'node:fs';
import { constants, open, readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { diagnostic, failed, ok, type Diagnostic, type Result } from '../diagnostic.ts';
import { sortedByName, tooLarge, type FileTree, type TreeFile } from './file-tree.ts';

/** A file on disk, or a diagnostic when there is none, or something else in its place. */
export async function fileOnDisk(path: string, name: string): Promise<Result<TreeFile>> {
  const info = await stat(path).catch(() => undefined);
  if (info?.isFile() !== true) return failed([notAFile(path, info)]);
  return ok({ path, name, size: info.size, read: (limit) => readBounded(path, info.size, limit) });
}

function notAFile(path: string, info: Stats | undefined): Diagnostic {
  if (info === undefined) return unreadable(path, 'cannot be read');
  // Reading a pipe or a device may never end, and what a link shows is not part of the folder.
  return unreadable(path, info.isDirectory() ? 'is a link to a folder, which is not followed' : 'is no ordinary file');
}

function unreadable(path: string, what: string): Diagnostic {
  return diagnostic('file-unreadable', { message: `"${path}" ${what}.`, file: path });
}

async function readBounded(path: string, size: number, limit: number): Promise<Result<Buffer>> {
  if (size > limit) return failed([tooLarge(path, limit)]);
  try {
    // Not blocking: between the look and the open, a pipe may have come into its place. Windows has no such flag (| 0).
    const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const buffer = Buffer.alloc(size + 1);
      let length = 0;
      for (let read = -1; read !== 0 && length < buffer.length; length += read) {
        ({ bytesRead: read } = await handle.read(buffer, length, buffer.length - length, null));
      }
      return length === size ? ok(buffer.subarray(0, size)) : failed([unreadable(path, 'changes while it is read')]);
    } finally {
      await handle.close();
    }
  } catch {
    return failed([unreadable(path, 'cannot be read')]);
  }
}

/** All files below a folder. Links to folders are not followed, and are a problem. */
export async function openFolder(folder: string): Promise<FileTree> {
  const files: TreeFile[] = [];
  const problems: Diagnostic[] = [];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => {
    problems.push(unreadable(folder, 'or a folder in it cannot be read'));
    return [];
  });
  for (const entry of entries) {
    if (entry.isDirectory()) continue;
    const path = join(entry.parentPath, entry.name);
    const file = await fileOnDisk(path, relative(folder, path).split(sep).join('/'));
    if (file.ok) files.push(file.value);
    else problems.push(...file.diagnostics);
  }
  return { files: sortedByName(files), problems, close: () => undefined };
}
