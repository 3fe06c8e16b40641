import { createHash } from 'node:crypto';
import {
  isSignedBy,
  isValidSignature,
  signatureSchemes,
  type Certificate,
  type CertificateReader,
} from './certificate.ts';
import { chainProblems, findChain } from './certificate-chain.ts';
import { parseDer, tags, type DerNode } from './der.ts';
import {
  fieldsOf,
  isSorted,
  readInteger,
  readOctets,
  readOid,
  readPlainAlgorithm,
  readSmallInteger,
  readTime,
} from './der-value.ts';
import { FormatError } from './format-error.ts';
import { oids } from './oids.ts';
import { readAttributes } from './read-signed-data.ts';
import { isTokenSigner, readToken, type TimestampToken } from './read-timestamp-token.ts';

/** What a token has to fit. */
export interface TimestampDemand {
  /** Octets that were stamped: the signature value of the script. */
  readonly stamped: Buffer;
  /** Content octets of the nonce that was sent; undefined when only the result is at hand. */
  readonly nonce?: Buffer;
  /** OID of the policy that was asked for; undefined when any is right. */
  readonly policy?: string | undefined;
  readonly readCertificate: CertificateReader;
  /**
   * What Windows accepts and RFC 3161 or care forbid: a usage that is not critical, certificates that are not part of the
   * chain, attribute certificates.
   */
  readonly asWindows?: boolean;
  /** Trusted certificates that may have issued certificates of the token. */
  readonly trust: (certificates: readonly Certificate[]) => readonly Certificate[];
}

const hashes: Readonly<Record<string, string>> = {
  [oids.sha256]: 'sha256',
  [oids.sha384]: 'sha384',
  [oids.sha512]: 'sha512',
};

/**
 * Checks an RFC 3161 token fully: imprint, nonce, signature, signing certificate, critical timeStamping usage, chain.
 * @returns the moment it vouches for, milliseconds since 1970
 * @throws FormatError with what is wrong
 */
export function checkTimestampToken(root: DerNode, demand: TimestampDemand): number {
  const token = readToken(root);
  const time = checkInfo(parseDer(token.info), demand);
  const { asWindows = false } = demand;
  const isX509 = ({ tag }: DerNode): boolean => tag === tags.sequence;
  const certificates = token.certificates.filter(isX509).map(demand.readCertificate);
  const signer = certificates.find((certificate) => isTokenSigner(certificate, token));
  if (signer === undefined) throw new FormatError('The timestamp does not carry the certificate of its service.');
  checkSignature(token, signer);
  const isUsagePlain = asWindows || isOfMicrosoft(token);
  const vouched = checkServiceChain(signer, certificates, demand.trust(certificates), time, { isUsagePlain });
  if (asWindows) return time;
  if (!token.isUniform) throw new FormatError('The timestamp writes its algorithms in more than one way.');
  checkEveryCertificate(certificates, vouched);
  checkOthers(token, signer);
  return time;
}

// The name says only how the token may be made; the chain still has to lead to a root that is trusted.
function isOfMicrosoft({ signer }: TimestampToken): boolean {
  return signer.issuer.includes('Microsoft Corporation');
}

function checkOthers(token: TimestampToken, signer: Certificate): void {
  const others = token.certificates.filter(({ tag }) => tag !== tags.sequence);
  const isAllowed = others.length === 0 || (isOfMicrosoft(token) && others.length === 1);
  if (isAllowed && others.every((node) => isAttestationOf(node, signer))) return;
  throw new FormatError('The timestamp carries a certificate of another kind, which nothing protects.');
}

/** Real ones have up to 893 octets. */
const maximumAttestation = 1024;

/**
 * What the clocks of "Microsoft Time-Stamp Service" put beside their certificate: an attribute certificate (RFC 5755 in the
 * tag of version 1, RFC 5652 10.2.2) that names the service as its holder. Read off the timestamps of some 3,700 files that
 * come with .NET and PowerShell; http://timestamp.acs.microsoft.com has none. Its issuer is in no token, so that its name
 * and its size are all that can be checked.
 */
function isAttestationOf(node: DerNode, signer: Certificate): boolean {
  const [info, algorithm, signature, ...more] = node.children;
  // AttributeCertificateInfo (RFC 5755 4.1): version, then the holder, whose entityName is [1].
  const entityName = info?.children[1]?.children[0];
  return (
    node.tag === tags.contextConstructed(1) &&
    node.raw.length <= maximumAttestation &&
    info?.tag === tags.sequence &&
    algorithm?.tag === tags.sequence &&
    signature?.tag === tags.bitString &&
    more.length === 0 &&
    entityName?.tag === tags.contextConstructed(1) &&
    entityName.children[0]?.children[0]?.raw.equals(signer.subject) === true
  );
}

// TSTInfo (RFC 3161 2.4.2)
function checkInfo(node: DerNode, demand: TimestampDemand): number {
  const fields = fieldsOf(node, 'TSTInfo');
  if (readSmallInteger(fields.take(tags.integer)) !== 1) throw new FormatError('TSTInfo has another version than 1.');
  const policy = readOid(fields.take(tags.oid));
  if (demand.policy !== undefined && policy !== demand.policy) {
    throw new FormatError(`The timestamp was made under the policy ${policy}, not under the one that was asked for.`);
  }
  checkImprint(fields.take(tags.sequence), demand.stamped);
  readInteger(fields.take(tags.integer));
  const time = readTime(fields.take(tags.generalizedTime));
  fields.optional(tags.sequence);
  fields.optional(tags.boolean);
  const nonce = fields.optional(tags.integer);
  if (demand.nonce !== undefined && nonce?.content.equals(demand.nonce) !== true) {
    throw new FormatError('The nonce of the timestamp is not the one that was sent.');
  }
  return time;
}

function checkImprint(node: DerNode, stamped: Buffer): void {
  const fields = fieldsOf(node, 'messageImprint');
  const hash = hashes[readPlainAlgorithm(fields.take(tags.sequence))];
  const imprint = readOctets(fields.take(tags.octetString));
  fields.end();
  if (hash === undefined || !createHash(hash).update(stamped).digest().equals(imprint)) {
    throw new FormatError('The timestamp belongs to another signature.');
  }
}

function checkSignature(token: TimestampToken, signer: Certificate): void {
  const hash = hashes[token.digestAlgorithm];
  const oid = token.signatureAlgorithm;
  // rsaEncryption leaves the digest to the field beside it (RFC 3370 3.2).
  const scheme = oid === oids.rsaEncryption && hash ? { hash, key: 'rsa' as const } : signatureSchemes[oid];
  if (hash === undefined || scheme?.hash !== hash) {
    throw new FormatError(`The timestamp uses the algorithms ${token.digestAlgorithm} and ${oid}.`);
  }
  const attributes = readAttributes(token.signedAttributes.children, 'Signed attribute of the timestamp');
  const contentType = attributes.get(oids.contentType);
  const digest = attributes.get(oids.messageDigest);
  if (!contentType || readOid(contentType) !== oids.timestampInfo) throw new FormatError('The token is no timestamp.');
  if (!digest || !readOctets(digest).equals(createHash(hash).update(token.info).digest())) {
    throw new FormatError('The digest in the timestamp is not that of its content.');
  }
  checkSigningCertificate(attributes, signer);
  const signed = Buffer.concat([Buffer.of(tags.set), token.signedAttributes.raw.subarray(1)]);
  if (
    !isSorted(token.signedAttributes.children) ||
    !isValidSignature(scheme, signed, signer.publicKey, token.signature)
  ) {
    throw new FormatError('The signature of the timestamp does not verify.');
  }
}

// The signed attribute that binds the certificate: version 1 with SHA-1 (RFC 2634), or version 2 (RFC 5035).
function checkSigningCertificate(attributes: ReadonlyMap<string, DerNode>, signer: Certificate): void {
  const second = attributes.get(oids.signingCertificateV2);
  const attribute = second ?? attributes.get(oids.signingCertificate);
  const list = attribute && fieldsOf(attribute, 'SigningCertificate').take(tags.sequence);
  const [first] = list?.children ?? [];
  if (first === undefined) throw new FormatError('The timestamp does not say which certificate signed it.');
  const id = fieldsOf(first, 'ESSCertID');
  const algorithm = second && id.optional(tags.sequence);
  const hash = second ? hashes[algorithm ? readPlainAlgorithm(algorithm) : oids.sha256] : 'sha1';
  const expected = readOctets(id.take(tags.octetString));
  if (hash === undefined || !createHash(hash).update(signer.raw).digest().equals(expected)) {
    throw new FormatError('The timestamp was signed with another certificate than it says.');
  }
}

/**
 * The certificate of a timestamp service: for timestamps alone, and its chain holds at the stamped time. `isUsagePlain`:
 * the usage need not be critical.
 * @returns the chain and what is trusted
 * @throws FormatError
 */
export function checkServiceChain(
  signer: Certificate,
  certificates: readonly Certificate[],
  trust: readonly Certificate[],
  at: number,
  { isUsagePlain = false } = {},
): readonly Certificate[] {
  const usage = signer.extensions.extendedKeyUsage;
  if (
    usage === undefined ||
    !(usage.critical || isUsagePlain) ||
    usage.purposes.size !== 1 ||
    !usage.purposes.has(oids.timeStamping)
  ) {
    throw new FormatError('The certificate of the timestamp service is not for timestamps alone.');
  }
  const chain = findChain(signer, certificates, trust);
  if (chain === undefined) throw new FormatError('The timestamp service does not lead to a trusted root.');
  const [problem] = chainProblems(chain, { purpose: oids.timeStamping, at });
  if (problem !== undefined)
    throw new FormatError(`The chain of the timestamp service does not hold: ${problem.reason}`);
  return [...chain, ...trust];
}

// Nothing signs the list of certificates, so one that nobody vouches for, or one that is there twice, could carry anything.
// Services add certificates of authorities that lead to another root.
function checkEveryCertificate(certificates: readonly Certificate[], vouched: readonly Certificate[]): void {
  const isVouched = (certificate: Certificate): boolean =>
    vouched.some((known) => known.raw.equals(certificate.raw)) ||
    (certificate.extensions.isCa && vouched.some((known) => isSignedBy(certificate, known)));
  const isTwice = new Set(certificates.map(({ raw }) => raw.toString('latin1'))).size !== certificates.length;
  if (isTwice || !certificates.every(isVouched)) {
    throw new FormatError('The timestamp carries a certificate that is not part of its chain.');
  }
}
