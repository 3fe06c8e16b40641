import { randomBytes } from 'node:crypto';
import { chmod, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';

/** A file and its new content. */
export interface Replacement {
  readonly path: string;
  readonly content: Buffer | string;
}

/**
 * Gives files new contents, all or none: everything is written beside its place first, then renamed into it, and put back
 * when a rename fails. A reader sees the old file or the new one. A link stays a link; permissions stay as they are.
 * @throws the error of the file system
 */
export async function replaceFiles(replacements: readonly Replacement[]): Promise<void> {
  const staged: { readonly place: string; readonly temporary: string; readonly before: Buffer | undefined }[] = [];
  const done: (typeof staged)[number][] = [];
  try {
    for (const { path, content } of replacements) {
      const place = await realpath(path).catch(() => path);
      const temporary = `${place}.${randomBytes(6).toString('hex')}.tmp`;
      staged.push({ place, temporary, before: await readFile(place).catch(() => undefined) });
      await writeFile(temporary, content, { flag: 'wx' });
      const mode = await stat(place).catch(() => undefined);
      if (mode !== undefined) await chmod(temporary, mode.mode);
    }
    for (const file of staged) {
      await rename(file.temporary, file.place);
      done.push(file);
    }
  } catch (error) {
    for (const { place, before } of done) await (before === undefined ? rm(place) : writeFile(place, before));
    throw error;
  } finally {
    await Promise.all(staged.map(({ temporary }) => rm(temporary, { force: true })));
  }
}
