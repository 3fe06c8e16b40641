import { join } from 'node:path';
import { verifyDetached } from '../detached-signature.ts';
import { prepare } from '../build.ts';
import { collectResults, diagnostic, failed, ok, type Diagnostic, type Result } from '../diagnostic.ts';
import { rebuild } from '../rebuild.ts';
import { replaceFiles, type Replacement } from '../replace-files.ts';
import type { SignatureFacts } from '../script-plan.ts';
import { signDetached } from '../sign.ts';
import { givenSignatures } from '../signers/given-signatures.ts';
import type { OpenedSigner } from '../signers/signer.ts';
import type { TimestampOptions } from '../timestamp.ts';
import { readWritten, write, type OutputFolder } from '../write.ts';
import { readRemoteSigner, type RemoteSigner } from './certificates.ts';
import { createRequests, type BuiltFolder } from './digest.ts';
import { fileOf, isForManifest, type SigningAnswers, type SigningRequest, type SigningRequests } from './files.ts';

export interface AttachRequest {
  readonly requests: SigningRequests;
  readonly answers: SigningAnswers;
  /** The folders of the requests. */
  readonly folders: readonly BuiltFolder[];
  readonly timestamps: TimestampOptions | undefined;
  readonly now: Date;
  readonly onSigned?: () => void;
}

/** What was written, and by whom it is signed. */
export interface Attached {
  readonly paths: readonly string[];
  readonly signer: RemoteSigner;
  /** The manifest has its signature now. */
  readonly isSealed: boolean;
  /** undefined when only the manifest was signed. */
  readonly signature: SignatureFacts | undefined;
}

/**
 * Puts signatures from elsewhere into folders, all or nothing. The requests are made once more from packs and disk and
 * must be the same to the byte, so nothing can have been exchanged meanwhile; every signature is verified with its chain.
 */
export async function attach(request: AttachRequest): Promise<Result<Attached>> {
  const { requests, answers, now } = request;
  const signer = readRemoteSigner(Buffer.from(answers.certificates), 'The answers', now);
  if (!signer.ok) return signer;
  const problems = [...signerProblems(requests, signer.value, now), ...answerProblems(requests.requests, answers)];
  if (problems.length > 0) return failed(problems);
  const changed = await changedRequests(request);
  if (!changed.ok) return changed;
  const opened = openedFrom(requests.requests, answers, signer.value);
  const isManifest = requests.requests.every(isForManifest);
  return isManifest ? attachSeals(request, opened, signer.value) : attachScripts(request, opened, signer.value);
}

function signerProblems({ certificates }: SigningRequests, signer: RemoteSigner, now: Date): Diagnostic[] {
  if (certificates === undefined) return [];
  const expected = readRemoteSigner(Buffer.from(certificates), 'The requests', now);
  if (!expected.ok) return [...expected.diagnostics];
  if (expected.value.leaf.raw.equals(signer.leaf.raw) && expected.value.top.equals(signer.top)) return [];
  return [
    diagnostic('answers-incomplete', {
      message: 'The answers come with other certificates than the requests were made for.',
      help: 'Make the requests again with --certificate for this signer.',
    }),
  ];
}

function answerProblems(requests: readonly SigningRequest[], { answers }: SigningAnswers): Diagnostic[] {
  const wanted = new Map(requests.map((request) => [request.digest, fileOf(request)]));
  const given = new Map<string, string>();
  const problem = (message: string): Diagnostic => diagnostic('answers-incomplete', { message });
  const problems = answers.flatMap(({ digest, signature }) => {
    const key = digest.toUpperCase();
    const isTwice = given.has(key) && given.get(key) !== signature;
    given.set(key, signature);
    if (isTwice) return [problem(`There are two answers for the digest ${key}.`)];
    return wanted.has(key) ? [] : [problem(`Nobody asked for the digest ${key}.`)];
  });
  const missing = [...wanted].filter(([digest]) => !given.has(digest));
  return [...problems, ...missing.map(([, file]) => problem(`There is no answer for "${file}".`))];
}

async function changedRequests({ requests, folders, now }: AttachRequest): Promise<Result<null>> {
  const { packs, certificates, tool } = requests;
  const signer =
    certificates === undefined ? ok(undefined) : readRemoteSigner(Buffer.from(certificates), 'The requests', now);
  if (!signer.ok) return signer;
  const again = await createRequests({ folders, packs, signer: signer.value, toolVersion: tool.version });
  if (!again.ok) return again;
  const text = (request: SigningRequest | undefined): string =>
    JSON.stringify(request ?? null, Object.keys(request ?? {}).sort());
  const before = new Map(requests.requests.map((request) => [fileOf(request), text(request)]));
  const current = new Map(again.value.requests.map((request) => [fileOf(request), text(request)]));
  const files = [...new Set([...before.keys(), ...current.keys()])].filter(
    (file) => before.get(file) !== current.get(file),
  );
  if (files.length === 0 && requests.requests.length === again.value.requests.length) return ok(null);
  return failed(files.map(changed));
}

function changed(path: string): Diagnostic {
  return diagnostic('request-mismatch', {
    message: `"${path}" is not what the signature was asked for.`,
    help: 'The file, its pack or the requests were changed meanwhile. Make the requests again with "psmint digest".',
    file: path,
  });
}

function openedFrom(
  requests: readonly SigningRequest[],
  { answers }: SigningAnswers,
  { chain, top }: RemoteSigner,
): OpenedSigner {
  const signatures = new Map(answers.map(({ digest, signature }) => [digest.toUpperCase(), signature]));
  const given = requests.map(({ toBeSigned, digest }) => ({
    tbs: Buffer.from(toBeSigned, 'base64'),
    answer: { signature: Buffer.from(signatures.get(digest) ?? '', 'base64'), chain, scheme: 'rsa-pkcs1' as const },
  }));
  return { signer: givenSignatures('The answers', given), trust: [top] };
}

async function attachScripts(
  request: AttachRequest,
  opened: OpenedSigner,
  signer: RemoteSigner,
): Promise<Result<Attached>> {
  const prepared: OutputFolder[] = [];
  for (const folder of request.folders) {
    const one = await prepareFolder(folder, request, opened);
    if (!one.ok) return one;
    prepared.push(one.value);
  }
  const written = await write(prepared);
  if (!written.ok) return written;
  const files = prepared.flatMap(({ out, content }) => content.manifest.files.map((file) => ({ out, ...file })));
  const paths = files.map(({ out, path }) => join(out, path));
  return ok({
    paths,
    signer,
    isSealed: false,
    signature: files.find((file) => file.signature)?.signature ?? undefined,
  });
}

async function prepareFolder(
  { folder, build }: BuiltFolder,
  { requests, timestamps, now, onSigned }: AttachRequest,
  opened: OpenedSigner,
): Promise<Result<OutputFolder>> {
  const rebuilt = await rebuild(folder, build);
  if (!rebuilt.ok) return rebuilt;
  const delivery = {
    ...build,
    out: folder,
    opened,
    timestamps,
    now,
    sealer: null,
    withoutTrustScript: requests.certificates === undefined,
    ...(onSigned ? { onSigned } : {}),
  };
  return prepare(delivery, rebuilt.value.scripts);
}

async function attachSeals(
  request: AttachRequest,
  opened: OpenedSigner,
  signer: RemoteSigner,
): Promise<Result<Attached>> {
  const seals = collectResults(await Promise.all(request.folders.map(({ folder }) => sealOf(folder, request, opened))));
  if (!seals.ok) return seals;
  const paths = seals.value.map(({ path }) => path);
  try {
    await replaceFiles(seals.value);
    return ok({ paths, signer, isSealed: true, signature: undefined });
  } catch {
    return failed([diagnostic('output-unwritable', { message: `${paths.join(', ')} cannot be written.` })]);
  }
}

async function sealOf(
  folder: string,
  { timestamps, now }: AttachRequest,
  { signer, trust }: OpenedSigner,
): Promise<Result<Replacement>> {
  const written = await readWritten(folder);
  if (!written.ok) return written;
  const bytes = written.value?.bytes ?? Buffer.alloc(0);
  const path = join(folder, 'manifest.json');
  const seal = await signDetached(bytes, signer, { now, ...(timestamps ? { timestamps } : {}) });
  if (!seal.ok) return seal;
  const stampTrust = timestamps?.trust ? { timestampTrust: timestamps.trust } : {};
  const verified = verifyDetached(bytes, seal.value, { path, trust, at: now, ...stampTrust });
  return verified.ok ? ok({ path: `${path}.p7s`, content: seal.value }) : verified;
}
