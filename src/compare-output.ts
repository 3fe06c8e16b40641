import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readSignatureBlock } from './authenticode/read-signature-block.ts';
import { diagnostic, type Diagnostic } from './diagnostic.ts';
import type { ResolvedPack, UnsignedScript } from './script-plan.ts';
import { filesBelow } from './write.ts';

/** `build --check`: the unsigned bytes that the packs give now against the scripts on disk. Writes nothing. */
export async function compare(
  out: string,
  packs: readonly ResolvedPack[],
  scripts: readonly UnsignedScript[],
): Promise<Diagnostic[]> {
  const expected = new Map(scripts.map((script) => [script.path, script.bytes]));
  const differences = await Promise.all([...expected].map(([path, bytes]) => difference(out, path, bytes)));
  const onDisk = (await Promise.all(packs.map(({ pack }) => filesBelow(out, pack.id)))).flat();
  const extra = onDisk.filter((path) => path.endsWith('.ps1') && !expected.has(path) && !path.includes('/trust/'));
  return [
    ...differences.flatMap((found) => found ?? []),
    ...extra.map((path) => differs(join(out, path), 'is on disk, but no pack gives it')),
  ];
}

async function difference(out: string, path: string, bytes: Buffer): Promise<Diagnostic | undefined> {
  const file = join(out, path);
  try {
    const onDisk = await readFile(file);
    return bodyOf(onDisk).equals(bytes) ? undefined : differs(file, 'is not what the pack gives now');
  } catch {
    return differs(file, 'is missing');
  }
}

// A damaged signature block leaves the file as it is, which then differs.
function bodyOf(bytes: Buffer): Buffer {
  try {
    const block = readSignatureBlock(bytes);
    return block === undefined ? bytes : Buffer.from(block.body, 'latin1');
  } catch {
    return bytes;
  }
}

function differs(file: string, what: string): Diagnostic {
  return diagnostic('output-differs', {
    message: `"${file}" ${what}.`,
    help: 'Build again and look at the difference.',
    file,
  });
}
