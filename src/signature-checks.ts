import { createHash } from 'node:crypto';
import { chainProblems, findChain, isoTime, type ChainProblem } from './authenticode/certificate-chain.ts';
import { isValidSignature, readableCertificates, type Certificate } from './authenticode/certificate.ts';
import { isSorted } from './authenticode/der-value.ts';
import { tags, type DerNode } from './authenticode/der.ts';
import { oids } from './authenticode/oids.ts';
import { createPlatformRoots } from './authenticode/platform-roots.ts';
import type { SignerIdentifier } from './authenticode/read-signed-data.ts';
import { diagnostic, failed, ok, type Diagnostic, type DiagnosticCode, type Result } from './diagnostic.ts';
import type { SignatureFacts } from './script-plan.ts';

export interface VerifyOptions {
  /** DER of the certificates that a signature may lead to. */
  readonly trust: readonly Buffer[];
  /** DER of roots of timestamp services, beside the public ones that Node knows. */
  readonly timestampTrust?: readonly Buffer[];
  readonly requireTimestamp?: boolean;
  /** Moment at which a signature without a timestamp must be valid. */
  readonly at: Date;
  /** SHA-256 thumbprints, upper-case hex, of the only certificates that may have signed. */
  readonly leaves?: readonly string[];
  /** Common names or whole subjects of the only publishers that may have signed. */
  readonly publishers?: readonly string[];
  /** false: the certificates must also be valid at `at` when a timestamp says that the signature is older. */
  readonly allowExpiredWithTimestamp?: boolean;
  /** An EC key may have signed; what Windows makes of such signatures is for a private authority alone. */
  readonly allowEc?: boolean | undefined;
  /** Milliseconds after `at` that a signature without a timestamp must still be good for. */
  readonly expiresWithin?: number;
}

/** Makes a diagnostic about one file. */
export type Refuse = (code: DiagnosticCode, message: string, help?: string) => Diagnostic;

export function refusalsOf(path: string): Refuse {
  return (code, message, help) => diagnostic(code, { message, file: path, ...(help ? { help } : {}) });
}

export const editedHelp = 'Take the file from the bundle again; an editor, git or a mail gateway may have changed it.';

/** Certificates that may vouch for a timestamp: those of the user, and public ones that are named as issuer. */
export function createTimestampTrust(
  options: Pick<VerifyOptions, 'timestampTrust'>,
  trust: readonly Certificate[],
): (named: readonly Certificate[]) => readonly Certificate[] {
  const own = [...readableCertificates(options.timestampTrust ?? []), ...trust];
  const platform = createPlatformRoots();
  return (named) => [...own, ...platform(named)];
}

// A service's clock may be a little ahead of ours.
const clockTolerance = 300_000;

/** The time of a timestamp, unless it is later than the moment of verification. */
export function notFromTheFuture(time: number, { at }: Pick<VerifyOptions, 'at'>, refuse: Refuse): Result<number> {
  if (time <= at.getTime() + clockTolerance) return ok(time);
  return failed([refuse('bad-timestamp', `The timestamp is of ${isoTime(time)}, which is in the future.`)]);
}

/** What a signer signed, as any CMS of a script has it. */
export interface SignedParts {
  readonly contentOctets: Buffer;
  readonly messageDigest: Buffer;
  readonly signer: SignerIdentifier;
  /** As stored, `[0] IMPLICIT`. */
  readonly signedAttributes: DerNode;
  readonly signature: Buffer;
  readonly key: 'rsa' | 'ec';
}

/** A signature of an EC key is refused unless the user allows it. */
export function keyProblems(
  { key }: Pick<SignedParts, 'key'>,
  { allowEc = false }: Pick<VerifyOptions, 'allowEc'>,
  refuse: Refuse,
): Diagnostic[] {
  if (key === 'rsa' || allowEc) return [];
  const message = 'The signature is intact, but made with an EC key, and Windows trusts no public authority for those.';
  const help = 'If the root is a private one of your own, say --allow-ec.';
  return [refuse('unsupported-signature', message, help)];
}

/**
 * Inside out: who signed, that the signature covers the attributes, that the attributes cover the content. `allowWeak`:
 * keys of any length, for callers that tell intact from strong.
 */
export function checkSignedParts(
  parts: SignedParts,
  hash: string,
  certificates: readonly Certificate[],
  refuse: Refuse,
  { allowWeak = false } = {},
): Result<Certificate> {
  const bad = (message: string): Result<never> => failed([refuse('bad-signature', message, editedHelp)]);
  const { issuer, serial } = parts.signer;
  const signer = certificates.find((one) => one.issuer.equals(issuer) && one.serial.equals(serial));
  if (signer === undefined) return bad('The certificate that the signature names is not in it.');
  if (!isSorted(parts.signedAttributes.children))
    return bad('The signed attributes are not in the order that was signed.');
  if (!createHash(hash).update(parts.contentOctets).digest().equals(parts.messageDigest))
    return bad('The digest in the signature was exchanged.');
  // Stored as [0] IMPLICIT, signed as SET OF (RFC 5652 5.4).
  const signed = Buffer.concat([Buffer.of(tags.set), parts.signedAttributes.raw.subarray(1)]);
  // RSA PKCS#1 v1.5 or ECDSA, as both readers found it named.
  if (!isValidSignature({ hash, key: parts.key }, signed, signer.publicKey, parts.signature, { allowWeak }))
    return bad('The signature does not fit the certificate.');
  return ok(signer);
}

export const problemCodes: Readonly<Record<ChainProblem['kind'], DiagnosticCode>> = {
  untrusted: 'untrusted-signer',
  expired: 'certificate-expired',
  'wrong-usage': 'certificate-wrong-usage',
};

/** The way from the signer to a certificate that is trusted here. */
export function trustedChain(
  signer: Certificate,
  others: readonly Certificate[],
  trust: readonly Certificate[],
  refuse: Refuse,
): Result<readonly Certificate[]> {
  const chain = findChain(signer, others, trust);
  if (chain !== undefined) return ok(chain);
  const message = `"${signer.name}" signed it, which leads to no certificate that is trusted here.`;
  return failed([refuse('untrusted-signer', message, 'Name the root certificate of the signer with --trust.')]);
}

/** The same, when the certificates are exactly that way, leaf first: nothing signs the list, so it could carry anything. */
export function exactChain(
  signer: Certificate,
  certificates: readonly Certificate[],
  trust: readonly Certificate[],
  refuse: Refuse,
): Result<readonly Certificate[]> {
  const chain = trustedChain(signer, certificates.slice(1), trust, refuse);
  if (!chain.ok) return chain;
  if (certificates.every((certificate, index) => chain.value[index]?.raw.equals(certificate.raw) === true))
    return chain;
  return failed([refuse('malformed-signature', 'The signature carries a certificate that is not part of its chain.')]);
}

/** All that is wrong with a chain and what the user asked of it; `stamped` is the time of the timestamp, or null. */
export function policyProblems(
  chain: readonly Certificate[],
  stamped: number | null,
  options: VerifyOptions,
  refuse: Refuse,
): Diagnostic[] {
  const [signer] = chain;
  if (signer === undefined) throw new Error('This is a bug in the compiler: a chain without a signer');
  const at = options.at.getTime();
  const ends = !outlives(signer, stamped, options);
  const moments = stamped === null ? [at] : ends ? [stamped, at] : [stamped];
  const problems = new Map(
    moments
      .flatMap((moment) => chainProblems(chain, { purpose: oids.codeSigning, at: moment }))
      .map((problem) => [problem.reason, refuse(problemCodes[problem.kind], problem.reason)]),
  );
  return [
    ...problems.values(),
    ...signerProblems(signer, options, refuse),
    ...(ends && problems.size === 0 ? expiryProblems(chain, options, refuse) : []),
  ];
}

// A timestamp keeps a signature good after its certificate ended, unless the user or the certificate says otherwise:
// with the usage lifetimeSigning the signature ends with the certificate (Microsoft, "Authenticode Digital Signatures").
function outlives(signer: Certificate, stamped: number | null, options: VerifyOptions): boolean {
  if (stamped === null || options.allowExpiredWithTimestamp === false) return false;
  return signer.extensions.extendedKeyUsage?.purposes.has(oids.lifetimeSigning) !== true;
}

/** Whether somebody signed whom the user did not name. */
export function signerProblems(
  signer: Certificate,
  { leaves, publishers }: VerifyOptions,
  refuse: Refuse,
): Diagnostic[] {
  const sha256 = thumbprint(signer, 'sha256');
  const isLeaf = leaves === undefined || leaves.includes(sha256);
  const isPublisher = publishers === undefined || publishers.some((wanted) => isPublisherOf(signer, wanted));
  const who = `"${signer.name}" signed it`;
  return [
    ...(isLeaf
      ? []
      : [refuse('leaf-not-allowed', `${who}, with the certificate ${sha256}, which is not one of those with --leaf.`)]),
    ...(isPublisher
      ? []
      : [refuse('publisher-not-allowed', `${who}, which is not one of the publishers with --publisher.`)]),
  ];
}

// The whole common name or the whole subject: a part of a name is anybody's.
function isPublisherOf({ name, commonName }: Certificate, wanted: string): boolean {
  const text = wanted.normalize('NFC');
  return commonName?.normalize('NFC') === text || name.normalize('NFC') === text;
}

const day = 86_400_000;

function expiryProblems(chain: readonly Certificate[], options: VerifyOptions, refuse: Refuse): Diagnostic[] {
  if (options.expiresWithin === undefined) return [];
  const [first] = [...chain].sort((a, b) => a.notAfter - b.notAfter);
  const at = options.at.getTime();
  if (first === undefined || first.notAfter > at + options.expiresWithin) return [];
  const left = Math.floor((first.notAfter - at) / day);
  const ends = `The signature ends with "${first.name}" on ${isoTime(first.notAfter)}, in ${left} days`;
  const message = `${ends}, and no timestamp keeps it good.`;
  return [refuse('certificate-expires-soon', message, 'Sign again with a newer certificate, or with a timestamp.')];
}

function thumbprint({ raw }: Certificate, hash: string): string {
  return createHash(hash).update(raw).digest('hex').toUpperCase();
}

export function factsOf(signer: Certificate, stamped: number | null): SignatureFacts {
  return {
    signerSha1: thumbprint(signer, 'sha1'),
    signerSha256: thumbprint(signer, 'sha256'),
    signerSubject: signer.name,
    signerNotAfter: isoTime(signer.notAfter),
    timestamp: stamped === null ? null : isoTime(stamped),
  };
}
