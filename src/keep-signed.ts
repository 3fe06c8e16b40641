import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readSignatureBlock } from './authenticode/read-signature-block.ts';
import type { SignedScript, UnsignedScript } from './script-plan.ts';
import { createVerifier, type VerifyOptions } from './verify.ts';

/** Which signatures on disk are as good as new ones. */
export interface KeepDemand {
  readonly out: string;
  /** DER of the signer's certificates, leaf first; undefined while they are not known: then nothing is kept. */
  readonly chain: readonly Buffer[] | undefined;
  /** What a new signature would be held to. */
  readonly verify: VerifyOptions;
}

/**
 * The scripts that are in the output folder with the same text and a signature of the same certificate which verifies now. A
 * key that costs money or patience need not sign them again.
 */
export async function keptScripts(
  scripts: readonly UnsignedScript[],
  { out, chain, verify }: KeepDemand,
): Promise<ReadonlyMap<UnsignedScript, SignedScript>> {
  const [leaf] = chain ?? [];
  if (leaf === undefined) return new Map();
  const verifier = createVerifier({ ...verify, leaves: [thumbprintOf(leaf)] });
  const kept = scripts.map(async (script) => {
    const bytes = await readFile(join(out, script.path)).catch(() => undefined);
    if (bytes === undefined || !verifier(script.path, bytes).ok) return [];
    // It has verified, so it has a block; the text that it covers must be this one and no longer.
    const isSame = readSignatureBlock(bytes)?.body === script.bytes.toString('latin1');
    return isSame ? [[script, { script, block: bytes.subarray(script.bytes.length) }] as const] : [];
  });
  return new Map((await Promise.all(kept)).flat());
}

/** SHA-256 thumbprint as `VerifyOptions.leaves` has it. */
export function thumbprintOf(der: Buffer): string {
  return createHash('sha256').update(der).digest('hex').toUpperCase();
}
