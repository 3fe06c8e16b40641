import { X509Certificate } from 'node:crypto';
import { attempt } from '../authenticode/format-error.ts';
import { certificatesIn } from '../authenticode/pem.ts';
import { diagnostic, failed, ok, type Result } from '../diagnostic.ts';
import { chainOf, isSelfSigned, leafProblems } from '../signers/certificate-checks.ts';

/** The certificates of a signer whose key is elsewhere. DER. */
export interface RemoteSigner {
  readonly leaf: X509Certificate;
  /** Leaf first, without a root: what a signature carries. */
  readonly chain: readonly Buffer[];
  /** The root, or the last certificate that is known. */
  readonly top: Buffer;
}

/** Reads PEM or DER of certificates, leaf first, and checks that the leaf may sign scripts now. */
export function readRemoteSigner(content: Buffer, source: string, now: Date): Result<RemoteSigner> {
  const ders = attempt(
    () => certificatesIn(content),
    (error) => diagnostic('key-unreadable', { message: `${source}: ${error.message}` }),
  );
  if (!ders.ok) return ders;
  const [leaf, ...others] = ders.value.map((der) => new X509Certificate(der));
  if (leaf === undefined) return failed([diagnostic('key-unreadable', { message: `${source}: no certificate.` })]);
  const path = chainOf(leaf, others);
  const top = path.at(-1) ?? leaf;
  const incomplete = diagnostic('chain-incomplete', {
    message: `${source}: the certificate of the authority that issued the first one is missing.`,
    help: 'Name the certificates leaf first, up to the root.',
  });
  const isComplete = path.length > 1 || isSelfSigned(leaf);
  const problems = [...leafProblems(leaf, now, source), ...(isComplete ? [] : [incomplete])];
  if (problems.length > 0) return failed(problems);
  const embedded = path.length > 1 && isSelfSigned(top) ? path.slice(0, -1) : path;
  return ok({ leaf, chain: embedded.map(({ raw }) => raw), top: top.raw });
}

/** PEM of certificates, one after the other. */
export function pemOf(certificates: readonly Buffer[]): string {
  return certificates.map((der) => new X509Certificate(der).toString()).join('');
}
