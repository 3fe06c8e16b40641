import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { renderRealPacks } from '../support/real-pack.ts';

// Every change of generated code shows here, byte by byte. U=1 rewrites the files: read the difference before you commit.
const folder = fileURLToPath(new URL('../golden', import.meta.url));
const scripts = await renderRealPacks();
const isUpdate = process.env['U'] === '1';

function filesBelow(path: string): string[] {
  const entries = existsSync(path) ? readdirSync(path, { recursive: true, withFileTypes: true }) : [];
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return files.map((file) => relative(path, file).split(sep).join('/')).sort();
}

describe('golden scripts', () => {
  it.each(scripts.map((script) => [script.path, script] as const))('%s', (path, { bytes }) => {
    const file = join(folder, path);
    if (isUpdate) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, bytes);
    }
    // Compared as bytes: a text comparison would forgive a changed line end.
    const isSame = existsSync(file) && readFileSync(file).equals(bytes);
    if (!isSame) expect(bytes.toString('latin1')).toBe(existsSync(file) ? readFileSync(file, 'latin1') : '');
    expect(isSame).toBe(true);
  });

  it('are exactly the scripts of the shipped packs', () => {
    expect(filesBelow(folder)).toEqual(scripts.map((script) => script.path).sort());
  });
});
