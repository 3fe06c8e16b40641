import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { verifyDetached } from '../detached-signature.ts';
import { deliver } from '../build.ts';
import { collectResults, diagnostic, failed, ok, type Result } from '../diagnostic.ts';
import { openIdentity } from '../identity.ts';
import type { ManifestFile } from '../manifest.ts';
import { givenSignature, rebuild } from '../rebuild.ts';
import { givenSignatures, type GivenSignature } from '../signers/given-signatures.ts';
import type { OpenedSigner, Signer } from '../signers/signer.ts';
import { stampFiles, type Stamped } from '../stamp.ts';
import type { TimestampOptions } from '../timestamp.ts';
import { createVerifier } from '../verify.ts';
import { readWritten, type WrittenManifest } from '../write.ts';
import { reportDiagnostics } from './answer.ts';
import { openNamedSigner } from './build-command.ts';
import { dataFolder, type CliEnvironment } from './environment.ts';
import { exitCodes, type ExitCode } from './exit-code.ts';
import { createProgress } from './progress.ts';
import { noTimestampService, readTimestampFlags, type TimestampFlags } from './timestamp-flags.ts';
import { readTrustFlags } from './trust-flags.ts';
import { certificateOf, requestOf } from './written-folder.ts';

export interface TimestampCommandFlags extends TimestampFlags {
  readonly trust: readonly string[];
  readonly signer?: string;
  readonly allowEc: boolean;
  readonly pack: readonly string[];
  readonly json: boolean;
}

/** What every part of one run needs. */
interface Stamping {
  readonly flags: TimestampCommandFlags;
  readonly environment: CliEnvironment;
  readonly trust: readonly Buffer[];
  readonly timestamps: TimestampOptions;
  readonly now: Date;
}

/** `psmint timestamp`: adds timestamps to scripts that were signed without one; output folders as a whole. */
export async function runTimestamp(
  paths: readonly string[],
  flags: TimestampCommandFlags,
  environment: CliEnvironment,
): Promise<ExitCode> {
  const timestamps = await readTimestampFlags(flags);
  const trust = await readTrustFlags(flags.trust, environment);
  if (!timestamps.ok) return reportDiagnostics(timestamps.diagnostics, flags.json, environment);
  if (!trust.ok) return reportDiagnostics(trust.diagnostics, flags.json, environment);
  if (timestamps.value === undefined) return reportDiagnostics([noTimestampService()], flags.json, environment);
  const stamping = { flags, environment, trust: trust.value, timestamps: timestamps.value, now: new Date() };
  const places = await sortPaths(paths);
  if (!places.ok) return reportDiagnostics(places.diagnostics, flags.json, environment);
  const stamped: Stamped[] = [];
  for (const place of places.value) {
    const result = place.isBundle ? await stampBundle(place.path, stamping) : await stampLoose(place.files, stamping);
    if (!result.ok) return reportDiagnostics(result.diagnostics, flags.json, environment);
    stamped.push(...result.value);
  }
  const lines = stamped.map(
    ({ path, timestamp, isOld }) => `${isOld ? 'has one ' : 'stamped '}  ${timestamp}  ${path}\n`,
  );
  environment.out(flags.json ? `${JSON.stringify({ ok: true, files: stamped }, null, 2)}\n` : lines.join(''));
  return exitCodes.done;
}

type Place =
  { readonly isBundle: true; readonly path: string } | { readonly isBundle: false; readonly files: readonly string[] };

async function sortPaths(paths: readonly string[]): Promise<Result<Place[]>> {
  return collectResults(await Promise.all(paths.map(placeOf)));
}

async function placeOf(path: string): Promise<Result<Place>> {
  const info = await stat(path).catch(() => undefined);
  if (info === undefined) {
    return failed([diagnostic('file-not-found', { message: `There is no file "${path}".`, file: path })]);
  }
  if (info.isDirectory() && (await isOutputFolder(path))) return ok({ isBundle: true, path });
  const names = info.isDirectory() ? await readdir(path, { recursive: true }) : [];
  const inside = names.filter((name) => /\.ps1$/i.test(name)).map((name) => join(path, name));
  const files = info.isDirectory() ? inside.sort() : [path];
  const kept = await Promise.all(files.map(bundleAround));
  const [out] = kept.flatMap((found) => found ?? []);
  if (out === undefined) return ok({ isBundle: false, files });
  return failed([
    diagnostic('manifest-mismatch', {
      message: `"${path}" belongs to the bundle in "${out}", whose manifest would no longer be right.`,
      help: `Name the whole folder: psmint timestamp ${out}`,
      file: path,
    }),
  ]);
}

async function isOutputFolder(path: string): Promise<boolean> {
  const written = await readWritten(path);
  return written.ok && written.value !== undefined;
}

/** Output folder whose manifest lists a file: at most the three levels <out>/<pack>/<target>/ above it. */
async function bundleAround(file: string): Promise<string | undefined> {
  let folder = resolve(file);
  for (let level = 0; level < 3; level += 1) {
    folder = dirname(folder);
    const written = await readWritten(folder);
    const name = relative(folder, resolve(file)).split(sep).join('/');
    const files = written.ok ? written.value?.manifest.files : undefined;
    if (files?.some(({ path }) => path === name) === true) return relative('', folder) || '.';
  }
  return undefined;
}

async function stampLoose(paths: readonly string[], stamping: Stamping): Promise<Result<readonly Stamped[]>> {
  const { trust, timestamps, now, environment, flags } = stamping;
  const progress = createProgress('Timestamp', paths.length, environment);
  const result = await stampFiles({ paths, trust, allowEc: flags.allowEc, timestamps, now, onStamped: progress.step });
  progress.end();
  return result;
}

async function stampBundle(out: string, stamping: Stamping): Promise<Result<readonly Stamped[]>> {
  const { flags, timestamps, now, environment } = stamping;
  const request = await requestOf(out, flags.pack);
  if (!request.ok) return request;
  const rebuilt = await rebuild(out, request.value);
  if (!rebuilt.ok) return rebuilt;
  const { written, scripts } = rebuilt.value;
  const given = await verifiedSignatures(out, written, stamping);
  if (!given.ok) return given;
  const old = given.value.flatMap(({ path, timestamp }) =>
    timestamp === null ? [] : [{ path, timestamp, isOld: true }],
  );
  if (old.length === given.value.length) return ok(old);
  const sealer = written.seal === undefined ? ok(null) : await sealerOf(stamping);
  if (!sealer.ok) return sealer;
  const progress = createProgress('Timestamp', given.value.length, environment);
  const delivery = {
    ...request.value,
    out,
    opened: await openedOf(out, written, given.value, stamping),
    timestamps,
    now,
    sealer: sealer.value,
    withoutTrustScript: !given.value.some(({ path }) => path.endsWith('install-trust.ps1')),
    onSigned: progress.step,
  };
  const manifest = await deliver(delivery, scripts);
  progress.end();
  return manifest.ok ? ok(manifest.value.files.flatMap((file) => stampedFile(out, file))) : manifest;
}

function stampedFile(out: string, { path, signature }: ManifestFile): Stamped[] {
  return signature ? [{ path: join(out, path), timestamp: signature.timestamp ?? '', isOld: false }] : [];
}

/** The signatures that are there as a signer, with the certificates of the trust kit that is there. */
async function openedOf(
  out: string,
  written: WrittenManifest,
  given: readonly GivenSignature[],
  { trust }: Stamping,
): Promise<OpenedSigner> {
  const names = ['root', 'next-signer', 'previous-signer'];
  const [root, next, previous] = await Promise.all(names.map((name) => certificateOf(out, written, name)));
  const signer = givenSignatures(`The bundle in "${out}"`, given);
  // The kit names one root; it is believed because a signature over the manifest or the user vouches for it.
  const isVouched = root !== undefined && (written.seal !== undefined || trust.some((one) => one.equals(root)));
  return { signer, trust: isVouched ? [root, ...trust.filter((one) => !one.equals(root))] : trust, next, previous };
}

type Verified = GivenSignature & { readonly path: string; readonly timestamp: string | null };

// Only what verifies now gets a timestamp: it would make a bad signature look older and better than it is.
async function verifiedSignatures(
  out: string,
  written: WrittenManifest,
  stamping: Stamping,
): Promise<Result<Verified[]>> {
  const { trust, timestamps, now, flags } = stamping;
  const demand = {
    trust,
    allowEc: flags.allowEc,
    at: now,
    ...(timestamps.trust ? { timestampTrust: timestamps.trust } : {}),
  };
  if (written.seal !== undefined) {
    const path = join(out, 'manifest.json');
    const seal = verifyDetached(written.bytes, written.seal, { ...demand, path });
    if (!seal.ok) return seal;
  }
  const verifier = createVerifier(demand);
  const scripts = written.manifest.files.filter(({ path }) => path.endsWith('.ps1'));
  const results = await Promise.all(
    scripts.map(async ({ path }): Promise<Result<Verified>> => {
      const file = join(out, path);
      const bytes = await readFile(file).catch(() => Buffer.alloc(0));
      const facts = verifier(file, bytes);
      if (!facts.ok) return facts;
      const given = givenSignature(file, bytes);
      return given.ok ? ok({ ...given.value, path: file, timestamp: facts.value.timestamp }) : given;
    }),
  );
  return collectResults(results);
}

// The manifest changes with the scripts, so its signature has to be made again: with a key this time.
async function sealerOf({ flags, environment }: Stamping): Promise<Result<Signer>> {
  const identity = flags.signer === undefined ? await openIdentity(dataFolder(environment)) : undefined;
  if (identity?.ok === false) {
    return failed([
      diagnostic('signer-unknown', {
        message: 'manifest.json is signed, and changes with the scripts; there is no signer to sign it again.',
        help: 'Name the signer of the bundle with --signer.',
      }),
    ]);
  }
  const opened = await openNamedSigner(flags, environment);
  return opened.ok ? ok(opened.value.signer) : opened;
}
