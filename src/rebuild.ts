import { join } from 'node:path';
import { parseDer, tags } from './authenticode/der.ts';
import { readSignatureBlock } from './authenticode/read-signature-block.ts';
import { readSignedData } from './authenticode/read-signed-data.ts';
import { attempt } from './authenticode/format-error.ts';
import { compile, type BuildRequest } from './build.ts';
import { compare } from './compare-output.ts';
import { diagnostic, failed, ok, type Result } from './diagnostic.ts';
import type { UnsignedScript } from './script-plan.ts';
import type { GivenSignature } from './signers/given-signatures.ts';
import { readWritten, type WrittenManifest } from './write.ts';

/** A folder that a build wrote, and its scripts made again from the packs. */
export interface Rebuilt {
  readonly written: WrittenManifest;
  /** Unsigned scripts of the targets in the folder; those of the trust kits are not among them. */
  readonly scripts: readonly UnsignedScript[];
}

/**
 * Makes the scripts of a folder again, so that signatures or timestamps can be added and everything that depends on them
 * (review, trust kit, upload files) be made anew. What is on disk must be exactly what the packs give.
 */
export async function rebuild(out: string, request: BuildRequest): Promise<Result<Rebuilt>> {
  const written = await readWritten(out);
  if (!written.ok) return written;
  if (written.value === undefined) return failed([noBundle(out)]);
  const compiled = await compile(request);
  if (!compiled.ok) return compiled;
  const listed = new Set(written.value.manifest.files.map(({ path }) => path));
  const scripts = compiled.value.filter(({ path }) => listed.has(path));
  const differences = await compare(out, request.packs, scripts);
  return differences.length > 0 ? failed(differences) : ok({ written: written.value, scripts });
}

export function noBundle(out: string): ReturnType<typeof diagnostic> {
  return diagnostic('file-not-found', {
    message: `There is no "${join(out, 'manifest.json')}".`,
    help: 'Name the output folder of "psmint build", not a folder inside it.',
  });
}

/** The signature of a script, so that it can be used again; not verified here. */
export function givenSignature(path: string, bytes: Buffer): Result<GivenSignature> {
  const read = attempt(
    () => {
      const block = readSignatureBlock(bytes);
      return block && readSignedData(parseDer(block.cms));
    },
    (error) => diagnostic('malformed-signature', { message: error.message, file: path }),
  );
  if (!read.ok) return read;
  const data = read.value;
  if (data === undefined)
    return failed([diagnostic('not-signed', { message: 'The file has no signature.', file: path })]);
  // Stored as [0] IMPLICIT, signed as SET OF (RFC 5652 5.4).
  const tbs = Buffer.concat([Buffer.of(tags.set), data.signedAttributes.raw.subarray(1)]);
  const chain = data.certificates.map(({ raw }) => Buffer.from(raw));
  const scheme = data.key === 'ec' ? 'ecdsa-der' : 'rsa-pkcs1';
  return ok({ tbs, answer: { signature: data.signature, chain, scheme } });
}
