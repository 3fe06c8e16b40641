import { join } from 'node:path';
import { verifyDetached, type DetachedDemand } from './detached-signature.ts';
import { diagnostic, failed, ok, type Result } from './diagnostic.ts';
import { thumbprintOf } from './keep-signed.ts';
import { manifestText, type Manifest } from './manifest.ts';
import type { ResolvedPack } from './script-plan.ts';
import { signDetached } from './sign.ts';
import type { OpenedSigner, Signer } from './signers/signer.ts';
import type { TimestampOptions } from './timestamp.ts';
import type { WrittenManifest } from './write.ts';

export interface SealRequest {
  readonly out: string;
  readonly packs: readonly ResolvedPack[];
  readonly manifest: Manifest;
  readonly older: WrittenManifest | undefined;
  readonly opened: OpenedSigner | undefined;
  readonly sealer?: Signer | null;
  readonly timestamps: TimestampOptions | undefined;
  readonly now: Date;
  /** A signature of the same certificate over the same manifest stays. */
  readonly keepSigned?: boolean;
}

/**
 * The detached signature of a manifest (DER of a CMS), verified; undefined when the build is unsigned. Bundles of other
 * packs in the folder are vouched for only when their manifest was signed by somebody whom this signer's root vouches for.
 */
export async function sealManifest(request: SealRequest): Promise<Result<Buffer | undefined>> {
  const { opened, timestamps, now, out } = request;
  const signer = request.sealer === undefined ? opened?.signer : request.sealer;
  if (opened === undefined || signer == null) return ok(undefined);
  const demand: DetachedDemand = {
    path: join(out, 'manifest.json'),
    trust: opened.trust,
    at: now,
    allowEc: signer.allowEc,
    ...(timestamps?.trust ? { timestampTrust: timestamps.trust } : {}),
  };
  if (!isVouched(request, demand)) return failed([strangers(demand.path)]);
  const bytes = Buffer.from(manifestText(request.manifest));
  const kept = keptSeal(bytes, request, { ...demand, requireTimestamp: timestamps !== undefined });
  if (kept !== undefined) return ok(kept);
  const seal = await signDetached(bytes, signer, { now, ...(timestamps ? { timestamps } : {}) });
  if (!seal.ok) return seal;
  const verified = verifyDetached(bytes, seal.value, { ...demand, requireTimestamp: timestamps !== undefined });
  return verified.ok ? seal : verified;
}

function keptSeal(
  bytes: Buffer,
  { older, opened, keepSigned = false }: SealRequest,
  demand: DetachedDemand,
): Buffer | undefined {
  const [leaf] = opened?.signer.chain ?? [];
  if (!keepSigned || leaf === undefined || older?.seal === undefined || !older.bytes.equals(bytes)) return undefined;
  const verified = verifyDetached(bytes, older.seal, demand);
  return verified.ok && verified.value.signerSha256 === thumbprintOf(leaf) ? older.seal : undefined;
}

function isVouched({ manifest, older, packs }: SealRequest, demand: DetachedDemand): boolean {
  const built = new Set(packs.map(({ pack }) => pack.id));
  if (manifest.files.every(({ pack }) => built.has(pack))) return true;
  return older?.seal !== undefined && verifyDetached(older.bytes, older.seal, demand).ok;
}

function strangers(path: string): ReturnType<typeof diagnostic> {
  return diagnostic('manifest-mismatch', {
    message: `"${path}" lists bundles of other packs and is not signed under the root of this signer.`,
    help: 'Build all packs together, or build into another folder with --out.',
    file: path,
  });
}
