import { createHash } from 'node:crypto';
import { chainProblems } from './authenticode/certificate-chain.ts';
import {
  isValidSignature,
  readableCertificates,
  readCertificate,
  type Certificate,
} from './authenticode/certificate.ts';
import { parseDer, tags, type DerNode } from './authenticode/der.ts';
import {
  fieldsOf,
  onlyChild,
  readOctets,
  readOid,
  readPlainAlgorithm,
  readSetOf,
  readSmallInteger,
} from './authenticode/der-value.ts';
import { attempt, FormatError } from './authenticode/format-error.ts';
import { oids } from './authenticode/oids.ts';
import {
  readAttributes,
  readSignatureKey,
  readSignerIdentifier,
  type SignerIdentifier,
} from './authenticode/read-signed-data.ts';
import { checkTimestampToken } from './authenticode/timestamp-token.ts';
import { failed, ok, type Diagnostic, type Result } from './diagnostic.ts';
import type { SignatureFacts } from './script-plan.ts';
import {
  createTimestampTrust,
  exactChain,
  factsOf,
  notFromTheFuture,
  keyProblems,
  problemCodes,
  refusalsOf,
  type Refuse,
} from './signature-checks.ts';

export interface DetachedDemand {
  /** Path of the signed file, for messages. */
  readonly path: string;
  /** DER of the certificates that the signature may lead to. */
  readonly trust: readonly Buffer[];
  /** DER of roots of timestamp services, beside the public ones that Node knows. */
  readonly timestampTrust?: readonly Buffer[];
  readonly requireTimestamp?: boolean;
  readonly allowEc?: boolean | undefined;
  /** Moment at which a signature without a timestamp must be valid. */
  readonly at: Date;
  /** What else is asked of the signer. */
  readonly signerProblems?: (signer: Certificate) => readonly Diagnostic[];
}

/** A detached signature taken apart; not yet believed. */
interface DetachedSignature {
  readonly signer: SignerIdentifier;
  /** `[0] IMPLICIT` */
  readonly attributes: DerNode;
  readonly messageDigest: Buffer;
  readonly signature: Buffer;
  readonly key: 'rsa' | 'ec';
  readonly certificates: readonly Certificate[];
  readonly token: DerNode | undefined;
}

/**
 * Checks a detached CMS signature (RFC 5652, `.p7s`) over exactly these bytes, in the one form that psmint writes: DER,
 * one signer, RSA (or, if allowed, ECDSA) with SHA-256, the certificates of its chain and no others, at most one RFC 3161 timestamp.
 */
export function verifyDetached(content: Buffer, cms: Buffer, demand: DetachedDemand): Result<SignatureFacts> {
  const refuse = refusalsOf(demand.path);
  const read = attempt(
    () => readDetached(parseDer(cms)),
    (error) => refuse('malformed-signature', `The detached signature: ${error.message}`),
  );
  if (!read.ok) return read;
  const parts = read.value;
  const [leaf] = parts.certificates;
  if (leaf === undefined || !leaf.issuer.equals(parts.signer.issuer) || !leaf.serial.equals(parts.signer.serial)) {
    return failed([refuse('bad-signature', 'The certificate that the detached signature names is not its first.')]);
  }
  if (!createHash('sha256').update(content).digest().equals(parts.messageDigest)) {
    return failed([refuse('hash-mismatch', 'The file was changed after it was signed.')]);
  }
  // Stored as [0] IMPLICIT, signed as SET OF (RFC 5652 5.4).
  const signed = Buffer.concat([Buffer.of(tags.set), parts.attributes.raw.subarray(1)]);
  if (!isValidSignature({ hash: 'sha256', key: parts.key }, signed, leaf.publicKey, parts.signature)) {
    return failed([refuse('bad-signature', 'The detached signature does not fit its certificate.')]);
  }
  const unfit = keyProblems(parts, demand, refuse);
  if (unfit.length > 0) return failed(unfit);
  const moment = momentOf(parts, demand, refuse);
  if (!moment.ok) return moment;
  const trusted = trustProblems(leaf, parts.certificates, demand, moment.value, refuse);
  const problems = [...trusted, ...(demand.signerProblems?.(leaf) ?? [])];
  return problems.length > 0 ? failed(problems) : ok(factsOf(leaf, moment.value));
}

function readDetached(root: DerNode): DetachedSignature {
  const outer = fieldsOf(root, 'ContentInfo');
  if (readOid(outer.take(tags.oid)) !== oids.signedData) throw new FormatError('The CMS is not SignedData.');
  const fields = fieldsOf(onlyChild(outer.take(tags.contextConstructed(0)), 'ContentInfo'), 'SignedData');
  outer.end();
  expectVersion(fields.take(tags.integer));
  expectSha256(onlyChild(fields.take(tags.set), 'digestAlgorithms'));
  const content = fieldsOf(fields.take(tags.sequence), 'encapContentInfo');
  if (readOid(content.take(tags.oid)) !== oids.data) throw new FormatError('The CMS is not a signature over data.');
  content.end();
  const certificates = readCertificates(fields.take(tags.contextConstructed(0)));
  const info = fieldsOf(onlyChild(fields.take(tags.set), 'signerInfos'), 'SignerInfo');
  fields.end();
  expectVersion(info.take(tags.integer));
  const signer = readSignerIdentifier(info.take(tags.sequence));
  expectSha256(info.take(tags.sequence));
  const attributes = info.take(tags.contextConstructed(0));
  const key = readSignatureKey(info.take(tags.sequence));
  const signature = readOctets(info.take(tags.octetString));
  const unsigned = info.optional(tags.contextConstructed(1));
  info.end();
  const token = unsigned && readToken(unsigned);
  return { signer, attributes, messageDigest: readMessageDigest(attributes), signature, key, certificates, token };
}

// Real signatures carry up to ten; each may cost several checks with a key that is made to be slow.
const maximumCertificates = 32;

function readCertificates({ children }: DerNode): Certificate[] {
  if (children.length > maximumCertificates) {
    throw new FormatError(`There are more than ${maximumCertificates} certificates.`);
  }
  return children.map((node) => readCertificate(node));
}

function expectVersion(node: DerNode): void {
  if (readSmallInteger(node) !== 1) throw new FormatError('The CMS has another version than 1.');
}

function expectSha256(node: DerNode): void {
  if (readPlainAlgorithm(node, true) !== oids.sha256) throw new FormatError('The digest algorithm is not SHA-256.');
}

function readMessageDigest(attributes: DerNode): Buffer {
  const nodes = readSetOf(attributes, 'Signed attributes', tags.contextConstructed(0));
  const found = readAttributes(nodes, 'Signed attribute');
  const contentType = found.get(oids.contentType);
  const digest = found.get(oids.messageDigest);
  if (found.size !== 2 || !contentType || !digest || readOid(contentType) !== oids.data) {
    throw new FormatError('The signed attributes are not exactly content type and digest.');
  }
  return readOctets(digest);
}

function readToken(unsigned: DerNode): DerNode {
  const attributes = readAttributes(unsigned.children, 'Unsigned attribute');
  const token = attributes.get(oids.timestampToken);
  if (attributes.size !== 1 || token === undefined) {
    throw new FormatError('There is an unsigned attribute other than one RFC 3161 timestamp.');
  }
  return token;
}

function momentOf(
  { token, signature }: DetachedSignature,
  demand: DetachedDemand,
  refuse: Refuse,
): Result<number | null> {
  if (token === undefined) {
    if (demand.requireTimestamp !== true) return ok(null);
    return failed([refuse('missing-timestamp', 'The detached signature has no timestamp, and one is required.')]);
  }
  const trust = createTimestampTrust(demand, readableCertificates(demand.trust));
  const time = attempt(
    () => checkTimestampToken(token, { stamped: signature, readCertificate, trust }),
    (error) => refuse('bad-timestamp', error.message),
  );
  return time.ok ? notFromTheFuture(time.value, demand, refuse) : time;
}

function trustProblems(
  leaf: Certificate,
  certificates: readonly Certificate[],
  demand: DetachedDemand,
  moment: number | null,
  refuse: Refuse,
): Diagnostic[] {
  const chain = exactChain(leaf, certificates, readableCertificates(demand.trust), refuse);
  if (!chain.ok) return [...chain.diagnostics];
  const at = moment ?? demand.at.getTime();
  return chainProblems(chain.value, { purpose: oids.codeSigning, at }).map(({ kind, reason }) =>
    refuse(problemCodes[kind], reason),
  );
}
