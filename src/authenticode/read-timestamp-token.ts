import { signatureSchemes, type Certificate } from './certificate.ts';
import { tags, type DerNode } from './der.ts';
import { fieldsOf, onlyChild, readOctets, readOid, readPlainAlgorithm, readSmallInteger } from './der-value.ts';
import { FormatError } from './format-error.ts';
import { oids } from './oids.ts';
import { readCertificateSet, readSignerIdentifier, type SignerIdentifier } from './read-signed-data.ts';

/** The CMS of an RFC 3161 token, taken apart and not yet believed. */
export interface TimestampToken {
  /** DER of TSTInfo. */
  readonly info: Buffer;
  readonly certificates: readonly DerNode[];
  readonly signer: SignerIdentifier;
  readonly digestAlgorithm: string;
  readonly signatureAlgorithm: string;
  /** Algorithms are written in one way: the digest twice alike, RSA with its NULL (RFC 3370 3.2, RFC 4055 5). */
  readonly isUniform: boolean;
  /** `[0] IMPLICIT` */
  readonly signedAttributes: DerNode;
  readonly signature: Buffer;
}

/**
 * TimeStampToken (RFC 3161 2.4.2): SignedData v3 over TSTInfo with one signer. Revocation lists and unsigned attributes
 * are refused: nothing protects them.
 * @throws FormatError
 */
export function readToken(root: DerNode): TimestampToken {
  const outer = fieldsOf(root, 'TimeStampToken');
  if (readOid(outer.take(tags.oid)) !== oids.signedData) throw new FormatError('The timestamp is not SignedData.');
  const signedData = onlyChild(outer.take(tags.contextConstructed(0)), 'TimeStampToken');
  outer.end();
  const fields = fieldsOf(signedData, 'SignedData of the timestamp');
  expectVersion(fields.take(tags.integer), 3);
  const digestAlgorithms = fields.take(tags.set);
  const info = readContent(fields.take(tags.sequence));
  const set = fields.optional(tags.contextConstructed(0));
  const certificates = set ? readCertificateSet(set) : [];
  const { algorithms, ...signer } = readSigner(onlyChild(fields.take(tags.set), 'signerInfos of the timestamp'));
  fields.end();
  const digest = onlyChild(digestAlgorithms, 'digestAlgorithms');
  if (readPlainAlgorithm(digest) !== signer.digestAlgorithm) {
    throw new FormatError('The timestamp names two different digest algorithms.');
  }
  const hasNull = algorithms.signature.children.length === 2;
  const isUniform = digest.raw.equals(algorithms.digest.raw) && hasNull === isRsa(signer.signatureAlgorithm);
  return { info, certificates, ...signer, isUniform };
}

const isRsa = (oid: string): boolean => oid === oids.rsaEncryption || signatureSchemes[oid]?.key === 'rsa';

export function isTokenSigner(certificate: Certificate, token: TimestampToken): boolean {
  return certificate.issuer.equals(token.signer.issuer) && certificate.serial.equals(token.signer.serial);
}

function expectVersion(node: DerNode, version: number): void {
  if (readSmallInteger(node) !== version) throw new FormatError('The timestamp has an unknown version.');
}

function readContent(node: DerNode): Buffer {
  const fields = fieldsOf(node, 'encapContentInfo');
  if (readOid(fields.take(tags.oid)) !== oids.timestampInfo) throw new FormatError('The token is no timestamp.');
  const info = readOctets(onlyChild(fields.take(tags.contextConstructed(0)), 'encapContentInfo'));
  fields.end();
  return info;
}

interface TokenSigner extends Omit<TimestampToken, 'info' | 'certificates' | 'isUniform'> {
  readonly algorithms: { readonly digest: DerNode; readonly signature: DerNode };
}

function readSigner(node: DerNode): TokenSigner {
  const fields = fieldsOf(node, 'SignerInfo of the timestamp');
  expectVersion(fields.take(tags.integer), 1);
  const signer = readSignerIdentifier(fields.take(tags.sequence));
  const digest = fields.take(tags.sequence);
  const signedAttributes = fields.take(tags.contextConstructed(0));
  const algorithms = { digest, signature: fields.take(tags.sequence) };
  const signature = readOctets(fields.take(tags.octetString));
  fields.end();
  const digestAlgorithm = readPlainAlgorithm(digest);
  const signatureAlgorithm = readPlainAlgorithm(algorithms.signature);
  return { signer, digestAlgorithm, signedAttributes, signatureAlgorithm, signature, algorithms };
}
