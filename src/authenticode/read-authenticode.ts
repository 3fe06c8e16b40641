import { signatureSchemes } from './certificate.ts';
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
import {
  readAttributes,
  readCertificateSet,
  readSignerIdentifier,
  sipInfo,
  type SignerIdentifier,
} from './read-signed-data.ts';

/** The CMS of a signed script as any signer writes it, taken apart and not yet believed. */
export interface AuthenticodeData {
  /** Node's name of the digest of script, content and attributes. */
  readonly hash: string;
  readonly scriptDigest: Buffer;
  readonly contentOctets: Buffer;
  readonly messageDigest: Buffer;
  readonly signer: SignerIdentifier;
  /** As stored, `[0] IMPLICIT`. */
  readonly signedAttributes: DerNode;
  readonly signature: Buffer;
  /** What the signature says it was made with. */
  readonly key: 'rsa' | 'ec';
  /** In no order, and not only those of the chain. */
  readonly certificates: readonly DerNode[];
  readonly unsigned: UnsignedParts;
}

/** What nothing but itself protects. */
interface UnsignedParts {
  /** RFC 3161. */
  readonly timestampToken: DerNode | undefined;
  /** SignerInfo of a counter-signature of the kind before RFC 3161 (PKCS#9). */
  readonly counterSignature: DerNode | undefined;
  /** More signatures of the same file, each a CMS of its own. */
  readonly nested: readonly DerNode[];
}

/** Digests that a script signature may name, by OID. */
export const digestNames: Readonly<Record<string, string>> = {
  [oids.sha1]: 'sha1',
  [oids.sha256]: 'sha256',
  [oids.sha384]: 'sha384',
  [oids.sha512]: 'sha512',
};

/** By OID; rsaEncryption leaves the digest to the field beside it (RFC 3370 3.2). */
const signatureAlgorithms: Readonly<
  Record<string, { readonly key: 'rsa' | 'ec'; readonly hash?: string } | undefined>
> = {
  ...signatureSchemes,
  [oids.rsaEncryption]: { key: 'rsa' },
  [oids.rsaSha1]: { key: 'rsa', hash: 'sha1' },
};

/**
 * Reads SignedData v1 over a PowerShell digest with one signer, as signtool, Set-AuthenticodeSignature and the programs that
 * imitate them write it. DER only. What is not known is refused, so that nothing in it is passed over.
 * @throws FormatError; kind `unsupported` when the form is right and an algorithm is not known
 */
export function readAuthenticode(root: DerNode): AuthenticodeData {
  const outer = fieldsOf(root, 'ContentInfo');
  if (readOid(outer.take(tags.oid)) !== oids.signedData) throw new FormatError('The CMS is not SignedData.');
  const signedData = onlyChild(outer.take(tags.contextConstructed(0)), 'ContentInfo');
  outer.end();
  const fields = fieldsOf(signedData, 'SignedData');
  expectVersion(fields.take(tags.integer), 'SignedData');
  const named = readDigestName(onlyChild(fields.take(tags.set), 'digestAlgorithms'));
  const content = readContent(fields.take(tags.sequence));
  const certificates = readCertificateSet(fields.take(tags.contextConstructed(0)));
  const signer = readSignerInfo(onlyChild(fields.take(tags.set), 'signerInfos'));
  fields.end();
  if (named !== signer.hash || content.hash !== signer.hash) {
    throw new FormatError('The signature names different digest algorithms.');
  }
  return { ...content, ...signer, certificates };
}

function expectVersion(node: DerNode, name: string): void {
  if (readSmallInteger(node) !== 1) throw new FormatError(`${name} has another version than 1.`);
}

function readDigestName(node: DerNode): string {
  const oid = readPlainAlgorithm(node);
  const name = digestNames[oid];
  if (name === undefined) throw new FormatError(`The signature uses the digest ${oid}.`, 'unsupported');
  return name;
}

function readContent(node: DerNode): Pick<AuthenticodeData, 'hash' | 'scriptDigest' | 'contentOctets'> {
  const fields = fieldsOf(node, 'encapContentInfo');
  if (readOid(fields.take(tags.oid)) !== oids.spcIndirectData)
    throw new FormatError('The content is no Authenticode digest.');
  const indirectData = onlyChild(fields.take(tags.contextConstructed(0)), 'encapContentInfo');
  fields.end();
  const parts = fieldsOf(indirectData, 'SpcIndirectDataContent');
  if (!parts.take(tags.sequence).raw.equals(sipInfo)) throw new FormatError('The digest is not that of a script.');
  const digestInfo = fieldsOf(parts.take(tags.sequence), 'DigestInfo');
  parts.end();
  const hash = readDigestName(digestInfo.take(tags.sequence));
  const scriptDigest = readOctets(digestInfo.take(tags.octetString));
  digestInfo.end();
  return { hash, scriptDigest, contentOctets: indirectData.content };
}

type SignerPart = Omit<AuthenticodeData, 'scriptDigest' | 'contentOctets' | 'certificates'>;

function readSignerInfo(node: DerNode): SignerPart {
  const basic = readBasicSignerInfo(node);
  const contentType = basic.attributes.get(oids.contentType);
  if (contentType === undefined || readOid(contentType) !== oids.spcIndirectData) {
    throw new FormatError('The signed content type is not that of the content.');
  }
  return { ...basic, unsigned: readUnsigned(basic.unsigned) };
}

/** SignerInfo as scripts and their counter-signatures have it. */
export interface BasicSignerInfo {
  readonly hash: string;
  readonly signer: SignerIdentifier;
  readonly signedAttributes: DerNode;
  readonly attributes: ReadonlyMap<string, DerNode>;
  readonly messageDigest: Buffer;
  readonly signature: Buffer;
  readonly key: 'rsa' | 'ec';
  readonly unsigned: DerNode | undefined;
}

/** @throws FormatError */
export function readBasicSignerInfo(node: DerNode): BasicSignerInfo {
  const fields = fieldsOf(node, 'SignerInfo');
  expectVersion(fields.take(tags.integer), 'SignerInfo');
  const signer = readSignerIdentifier(fields.take(tags.sequence));
  const hash = readDigestName(fields.take(tags.sequence));
  const signedAttributes = fields.take(tags.contextConstructed(0));
  const algorithm = readPlainAlgorithm(fields.take(tags.sequence));
  const scheme = signatureAlgorithms[algorithm];
  if (scheme === undefined || (scheme.hash ?? hash) !== hash) {
    throw new FormatError(`The signature uses the algorithm ${algorithm}.`, 'unsupported');
  }
  const signature = readOctets(fields.take(tags.octetString));
  const unsigned = fields.optional(tags.contextConstructed(1));
  fields.end();
  const attributes = readAttributes(signedAttributes.children, 'Signed attribute');
  const messageDigest = attributes.get(oids.messageDigest);
  if (messageDigest === undefined) throw new FormatError('The signature has no digest of its content.');
  const digest = readOctets(messageDigest);
  return { hash, signer, signedAttributes, attributes, messageDigest: digest, signature, key: scheme.key, unsigned };
}

// Real files have one or two; each costs as much as a file.
const maximumNested = 4;

function readUnsigned(node: DerNode | undefined): UnsignedParts {
  const values = new Map<string, readonly DerNode[]>();
  for (const child of node?.children ?? []) {
    const fields = fieldsOf(child, 'Unsigned attribute');
    const type = readOid(fields.take(tags.oid));
    if (values.has(type)) throw new FormatError(`Unsigned attribute ${type} is there twice.`);
    values.set(type, fields.take(tags.set).children);
    fields.end();
  }
  const only = (type: string): DerNode | undefined => {
    const found = values.get(type);
    values.delete(type);
    if (found !== undefined && found.length !== 1)
      throw new FormatError(`Unsigned attribute ${type} has no one value.`);
    return found?.[0];
  };
  const timestampToken = only(oids.spcTimestampToken);
  const counterSignature = only(oids.counterSignature);
  const nested = values.get(oids.spcNestedSignature) ?? [];
  values.delete(oids.spcNestedSignature);
  const [other] = values.keys();
  if (other !== undefined) throw new FormatError(`The unsigned attribute ${other} is not known.`, 'unsupported');
  if (nested.length > maximumNested) throw new FormatError(`There are more than ${maximumNested} nested signatures.`);
  nested.forEach((one) => expectTag(one, tags.sequence, 'A nested signature'));
  return { timestampToken, counterSignature, nested };
}
