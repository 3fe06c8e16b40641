import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { trustScripts, type BuildRequest } from '../build.ts';
import { collectResults, diagnostic, failed, ok, type Diagnostic, type Result } from '../diagnostic.ts';
import type { Manifest } from '../manifest.ts';
import { rebuild } from '../rebuild.ts';
import { pemOf, type RemoteSigner } from './certificates.ts';
import { isForManifest, requestForFile, requestForScript, type SigningRequest, type SigningRequests } from './files.ts';

/** An output folder, as it was named, and what it is built from. */
export interface BuiltFolder {
  readonly folder: string;
  readonly build: BuildRequest;
}

export interface DigestRequest {
  readonly folders: readonly BuiltFolder[];
  /** Pack files as the user named them. */
  readonly packs: readonly string[];
  readonly toolVersion: string;
  /** With them the requests cover install-trust.ps1 too, and only this signer's answers are taken. */
  readonly signer: RemoteSigner | undefined;
}

/**
 * What has to be signed in folders: the scripts of unsigned builds; or, when they are signed, the manifests. Made from
 * the packs and compared with what is on disk.
 */
export async function createRequests(request: DigestRequest): Promise<Result<SigningRequests>> {
  const { folders, packs, signer, toolVersion } = request;
  const each = collectResults(await Promise.all(folders.map((folder) => folderRequests(folder, signer))));
  if (!each.ok) return each;
  const requests = each.value.flat();
  const [signed, unsigned] = [requests.find(isForManifest), requests.find((one) => !isForManifest(one))];
  if (signed && unsigned) return failed([halfSigned(signed.folder, unsigned.folder)]);
  const certificates = signer ? { certificates: pemOf([...signer.chain, ...rootOf(signer)]) } : {};
  const tool = { name: 'psmint' as const, version: toolVersion };
  return ok({ schemaVersion: 1, tool, algorithm: 'rsa-pkcs1-sha256', packs, ...certificates, requests });
}

async function folderRequests(
  { folder, build }: BuiltFolder,
  signer: RemoteSigner | undefined,
): Promise<Result<readonly SigningRequest[]>> {
  const rebuilt = await rebuild(folder, build);
  if (!rebuilt.ok) return rebuilt;
  const { written, scripts } = rebuilt.value;
  const isUnsigned = written.manifest.files.some(({ signature }) => signature === null);
  if (!isUnsigned && written.seal !== undefined) return failed([alreadySigned(folder)]);
  const trust = isUnsigned && signer ? await trustScripts(build, trustOf(signer)) : ok([]);
  if (!trust.ok) return trust;
  const problems = await changedFiles(folder, written.manifest);
  if (problems.length > 0) return failed(problems);
  return ok(
    isUnsigned
      ? [...scripts, ...trust.value].map((script) => requestForScript(folder, script))
      : [requestForFile(folder, 'manifest.json', written.bytes)],
  );
}

function trustOf({ chain, top }: RemoteSigner): {
  readonly chain: readonly Buffer[];
  readonly roots: readonly Buffer[];
} {
  return { chain, roots: [top] };
}

function rootOf({ chain, top }: RemoteSigner): readonly Buffer[] {
  return chain.some((der) => der.equals(top)) ? [] : [top];
}

// The manifest is about to be signed, or to be replaced: either way it must be true now.
async function changedFiles(folder: string, manifest: Manifest): Promise<Diagnostic[]> {
  const checks = manifest.files.map(async ({ path, sha256 }) => {
    const content = await readFile(join(folder, path)).catch(() => undefined);
    const digest = content && createHash('sha256').update(content).digest('hex').toUpperCase();
    return digest === sha256 ? [] : [changed(join(folder, path))];
  });
  return (await Promise.all(checks)).flat();
}

function changed(path: string): Diagnostic {
  return diagnostic('manifest-mismatch', {
    message: `"${path}" is not the file of the manifest.`,
    help: 'Build again before anything is signed.',
    file: path,
  });
}

function alreadySigned(folder: string): Diagnostic {
  return diagnostic('already-signed', {
    message: `Everything in "${folder}" is signed already.`,
    help: 'To sign anew, build with --unsigned first.',
  });
}

function halfSigned(signed: string, unsigned: string): Diagnostic {
  return diagnostic('already-signed', {
    message: `The scripts in "${signed}" are signed already, those in "${unsigned}" are not.`,
    help: 'Make requests for one of them first: a manifest can be signed only after its scripts.',
  });
}
