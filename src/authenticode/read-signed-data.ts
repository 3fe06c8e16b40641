import { tags, type DerNode } from './der.ts';
import {
  expectTag,
  fieldsOf,
  onlyChild,
  readOctets,
  readOid,
  readPlainAlgorithm,
  readSmallInteger,
} from './der-value.ts';
import { FormatError } from './format-error.ts';
import { oids } from './oids.ts';

/** The CMS of a signed script, taken apart. Its form is right; whether it is true is for `verify` to find out. */
export interface SignedScriptData {
  /** Digest of the script's text that the signature speaks about. */
  readonly scriptDigest: Buffer;
  /** What the messageDigest attribute is the digest of. */
  readonly contentOctets: Buffer;
  readonly messageDigest: Buffer;
  readonly signer: SignerIdentifier;
  /** The signed attributes as stored, `[0] IMPLICIT`. */
  readonly signedAttributes: DerNode;
  readonly signature: Buffer;
  /** What the signature says it was made with. */
  readonly key: 'rsa' | 'ec';
  readonly certificates: readonly DerNode[];
  readonly timestampToken: DerNode | undefined;
}

/** IssuerAndSerialNumber: raw DER of the name, content octets of the number. */
export interface SignerIdentifier {
  readonly issuer: Buffer;
  readonly serial: Buffer;
}

/**
 * SpcSipInfo with the GUID of PowerShell's subject interface package {603BCC1F-4B59-4E08-B724-D2C6297EF351}, the same in
 * every signed script.
 */
export const sipInfo = Buffer.from(
  '3034060a2b06010401823702011e3026020301000004101fcc3b60594b084eb724d2c6297ef351020100020100020100020100020100',
  'hex',
);
// SpcIndirectDataContent up to the digest: SpcSipInfo, then DigestInfo with SHA-256. Nothing in it may differ.
const indirectDataHead = Buffer.concat([
  Buffer.of(0x30, 0x69),
  sipInfo,
  Buffer.from('3031300d060960864801650304020105000420', 'hex'),
]);
const statementTypeValue = Buffer.from('300c060a2b060104018237020115', 'hex');
const contentTypeValue = Buffer.from('060a2b060104018237020104', 'hex');

/**
 * Reads the one CMS form that a PowerShell signature may have: SignedData v1, SHA-256 with RSA or ECDSA, one signer by issuer and serial,
 * exactly four signed attributes (a signing time proves nothing and is refused), at most one RFC 3161 timestamp.
 * @throws FormatError
 */
export function readSignedData(root: DerNode): SignedScriptData {
  const outer = fieldsOf(root, 'ContentInfo');
  if (readOid(outer.take(tags.oid)) !== oids.signedData) throw new FormatError('The CMS is not SignedData.');
  const signedData = onlyChild(outer.take(tags.contextConstructed(0)), 'ContentInfo');
  outer.end();
  const fields = fieldsOf(signedData, 'SignedData');
  expectVersion(fields.take(tags.integer), 'SignedData');
  expectSha256(onlyChild(fields.take(tags.set), 'digestAlgorithms'));
  const content = readContent(fields.take(tags.sequence));
  const certificates = readCertificateSet(fields.take(tags.contextConstructed(0)));
  const signerInfo = onlyChild(fields.take(tags.set), 'signerInfos');
  fields.end();
  return { ...content, ...readSignerInfo(signerInfo), certificates };
}

function expectVersion(node: DerNode, name: string): void {
  if (readSmallInteger(node) !== 1) throw new FormatError(`${name} has another version than 1.`);
}

function expectSha256(node: DerNode): void {
  if (readPlainAlgorithm(node, true) !== oids.sha256) throw new FormatError('The digest algorithm is not SHA-256.');
}

function readContent(node: DerNode): Pick<SignedScriptData, 'scriptDigest' | 'contentOctets'> {
  const fields = fieldsOf(node, 'encapContentInfo');
  if (readOid(fields.take(tags.oid)) !== oids.spcIndirectData)
    throw new FormatError('The content is no Authenticode digest.');
  const indirectData = onlyChild(fields.take(tags.contextConstructed(0)), 'encapContentInfo');
  fields.end();
  const head = indirectData.raw.subarray(0, indirectDataHead.length);
  if (!head.equals(indirectDataHead) || indirectData.raw.length !== indirectDataHead.length + 32) {
    throw new FormatError('The Authenticode digest is not of the PowerShell SHA-256 form.');
  }
  return { scriptDigest: indirectData.raw.subarray(indirectDataHead.length), contentOctets: indirectData.content };
}

type SignerPart = Omit<SignedScriptData, 'scriptDigest' | 'contentOctets' | 'certificates'>;

function readSignerInfo(node: DerNode): SignerPart {
  const fields = fieldsOf(node, 'SignerInfo');
  expectVersion(fields.take(tags.integer), 'SignerInfo');
  const signer = readSignerIdentifier(fields.take(tags.sequence));
  expectSha256(fields.take(tags.sequence));
  const signedAttributes = fields.take(tags.contextConstructed(0));
  const key = readSignatureKey(fields.take(tags.sequence));
  const signature = readOctets(fields.take(tags.octetString));
  const unsigned = fields.optional(tags.contextConstructed(1));
  fields.end();
  const timestampToken = unsigned && readTimestampAttribute(unsigned);
  return {
    signer,
    signedAttributes,
    messageDigest: readSignedAttributes(signedAttributes),
    signature,
    key,
    timestampToken,
  };
}

const rsaAlgorithm = Buffer.from('300d06092a864886f70d0101010500', 'hex');
const ecdsaAlgorithm = Buffer.from('300a06082a8648ce3d040302', 'hex');

/** The kind of key by the signature algorithm: rsaEncryption with NULL, or ecdsa-with-SHA256 without parameters. */
export function readSignatureKey({ raw }: DerNode): 'rsa' | 'ec' {
  if (raw.equals(rsaAlgorithm)) return 'rsa';
  if (raw.equals(ecdsaAlgorithm)) return 'ec';
  throw new FormatError('The signature algorithm is neither RSA PKCS#1 v1.5 nor ECDSA with SHA-256.');
}

// Real signatures carry up to ten. Each may cost several checks with a key that is made to be slow.
const maximumCertificates = 32;

/** The certificates of a CMS, not read yet. @throws FormatError when there are more than any signature needs */
export function readCertificateSet({ children }: DerNode): readonly DerNode[] {
  if (children.length > maximumCertificates) {
    throw new FormatError(`There are more than ${maximumCertificates} certificates.`);
  }
  return children;
}

/** IssuerAndSerialNumber (RFC 5652 10.2.4). */
export function readSignerIdentifier(node: DerNode): SignerIdentifier {
  const fields = fieldsOf(node, 'IssuerAndSerialNumber');
  const issuer = fields.take(tags.sequence).raw;
  const serial = fields.take(tags.integer).content;
  fields.end();
  return { issuer, serial };
}

/** Attributes by type; each type once, each with exactly one value. */
export function readAttributes(nodes: readonly DerNode[], name: string): ReadonlyMap<string, DerNode> {
  const attributes = new Map<string, DerNode>();
  for (const node of nodes) {
    const fields = fieldsOf(node, name);
    const type = readOid(fields.take(tags.oid));
    if (attributes.has(type)) throw new FormatError(`${name} ${type} is there twice.`);
    attributes.set(type, onlyChild(fields.take(tags.set), name));
    fields.end();
  }
  return attributes;
}

function readSignedAttributes(node: DerNode): Buffer {
  const attributes = readAttributes(node.children, 'Signed attribute');
  const contentType = attributes.get(oids.contentType);
  const messageDigest = attributes.get(oids.messageDigest);
  const statementType = attributes.get(oids.spcStatementType);
  const opusInfo = attributes.get(oids.spcOpusInfo);
  if (attributes.size !== 4 || !contentType || !messageDigest || !statementType || !opusInfo) {
    throw new FormatError(
      'The signed attributes are not exactly content type, digest, statement type and program information.',
    );
  }
  if (!contentType.raw.equals(contentTypeValue) || !statementType.raw.equals(statementTypeValue)) {
    throw new FormatError('A signed attribute has another value than a PowerShell signature has.');
  }
  expectOpusInfo(opusInfo);
  return readOctets(messageDigest);
}

// SpcSpOpusInfo ::= SEQUENCE { programName [0] EXPLICIT SpcString OPTIONAL, moreInfo [1] EXPLICIT SpcLink OPTIONAL },
// SpcString ::= CHOICE { unicode [0] IMPLICIT BMPString }, SpcLink ::= CHOICE { url [0] IMPLICIT IA5String }
function expectOpusInfo(node: DerNode): void {
  const fields = fieldsOf(node, 'SpcSpOpusInfo');
  const programName = fields.optional(tags.contextConstructed(0));
  const moreInfo = fields.optional(tags.contextConstructed(1));
  fields.end();
  if (programName !== undefined) {
    const text = expectTag(onlyChild(programName, 'programName'), tags.context(0), 'programName');
    if (text.content.length % 2 !== 0) throw new FormatError('The program name is not UTF-16.');
  }
  if (moreInfo !== undefined) {
    const { content } = expectTag(onlyChild(moreInfo, 'moreInfo'), tags.context(0), 'moreInfo');
    if (content.some((octet) => octet <= 0x20 || octet >= 0x7f))
      throw new FormatError('The address is not an address.');
  }
}

function readTimestampAttribute(unsigned: DerNode): DerNode {
  const attributes = readAttributes(unsigned.children, 'Unsigned attribute');
  const token = attributes.get(oids.spcTimestampToken);
  if (attributes.size !== 1 || token === undefined) {
    throw new FormatError('There is an unsigned attribute other than one RFC 3161 timestamp.');
  }
  return token;
}
