import { hash } from 'node:crypto';
import {
  algorithm,
  bmpOctets,
  contextConstructed,
  contextPrimitive,
  integer,
  nullValue,
  octetString,
  oid,
  sequence,
  setOf,
} from './der-writer.ts';
import { oids } from './oids.ts';

/** What a signer signs for one file, and what the CMS carries beside the signature. */
export interface SignatureContent {
  /** EncapsulatedContentInfo: SpcIndirectDataContent for a script, no more than a type for a detached signature. */
  readonly encapsulated: Buffer;
  /** The signed attributes as SET OF: the bytes to sign. */
  readonly attributes: Buffer;
  /** Type of the unsigned attribute that a timestamp goes into. */
  readonly timestampType: string;
}

/** Certificate of the signer as the CMS names it: raw DER of the issuer's name and of the serial number. */
export interface SignerName {
  readonly issuer: Buffer;
  readonly serialNumber: Buffer;
}

// GUID {603BCC1F-4B59-4E08-B724-D2C6297EF351} of PowerShell's subject interface package, little-endian, and its version
// (pwrshsip.dll, as every signed script carries it).
const packageGuid = Buffer.from('1fcc3b60594b084eb724d2c6297ef351', 'hex');
const packageVersion = 0x10000;

const sha256 = algorithm(oids.sha256);
const sipInfo = sequence(
  oid(oids.spcSipInfo),
  sequence(integer(packageVersion), octetString(packageGuid), ...Array.from({ length: 5 }, () => integer(0))),
);
const contentType = sequence(oid(oids.contentType), setOf(oid(oids.spcIndirectData)));
const dataType = sequence(oid(oids.contentType), setOf(oid(oids.data)));
const messageDigest = oid(oids.messageDigest);
const indirectData = oid(oids.spcIndirectData);
const signedData = oid(oids.signedData);
const statementType = sequence(oid(oids.spcStatementType), setOf(sequence(oid(oids.spcIndividualPurpose))));

/** What a signature tells about the script (SpcSpOpusInfo): a name in any writing, and an ASCII address of a page. */
export interface ProgramInfo {
  readonly programName: string;
  readonly moreInfo?: string;
}

/** Content and signed attributes for a script's digest; the same input gives the same bytes, so no signing time. */
export function signatureContent(digest: Buffer, program: Buffer): SignatureContent {
  const octets = Buffer.concat([sipInfo, sequence(sha256, octetString(digest))]);
  return {
    encapsulated: sequence(indirectData, contextConstructed(0, sequence(octets))),
    // RFC 5652 11.2 for other types than data: the digest leaves out tag and length of the content.
    attributes: setOf(contentType, digestAttribute(hash('sha256', octets, 'buffer')), statementType, program),
    timestampType: oids.spcTimestampToken,
  };
}

/**
 * The signed attribute for what a signature tells about a script. programName [0] EXPLICIT SpcString with unicode [0]
 * IMPLICIT BMPString, moreInfo [1] EXPLICIT SpcLink with url [0] IMPLICIT IA5String (Microsoft: Windows Authenticode
 * Portable Executable Signature Format, SpcSpOpusInfo).
 */
export function programAttribute({ programName, moreInfo }: ProgramInfo): Buffer {
  const name = contextConstructed(0, contextPrimitive(0, bmpOctets(programName)));
  const link = moreInfo === undefined ? [] : [contextPrimitive(0, Buffer.from(moreInfo, 'ascii'))];
  const info = sequence(name, ...link.map((url) => contextConstructed(1, url)));
  return sequence(oid(oids.spcOpusInfo), setOf(info));
}

/** Content and signed attributes of a detached signature (RFC 5652 5.2): the file stays beside it. */
export function detachedContent(digest: Buffer): SignatureContent {
  return {
    encapsulated: sequence(oid(oids.data)),
    attributes: setOf(dataType, digestAttribute(digest)),
    // RFC 3161 appendix A
    timestampType: oids.timestampToken,
  };
}

function digestAttribute(digest: Buffer): Buffer {
  return sequence(messageDigest, setOf(octetString(digest)));
}

/** Encodes signatures of one signer; everything that stays the same is encoded once. `certificates` leaf first. */
export function createSignedDataWriter(
  certificates: readonly Buffer[],
  name: SignerName,
  key: 'rsa' | 'ec',
): (content: SignatureContent, signature: Buffer, timestampToken?: Buffer) => Buffer {
  const version = integer(1);
  const digestAlgorithms = setOf(sha256);
  const chain = contextConstructed(0, ...certificates);
  const signer = sequence(name.issuer, name.serialNumber);
  // RFC 3370 3.2 and RFC 5754 3.3: RSA with NULL and without its digest, ECDSA the other way round.
  const signatureAlgorithm =
    key === 'ec' ? sequence(oid(oids.ecdsaSha256)) : sequence(oid(oids.rsaEncryption), nullValue());
  return (content, signature, token) => {
    const info = sequence(
      version,
      signer,
      sha256,
      implicitAttributes(content.attributes),
      signatureAlgorithm,
      octetString(signature),
      ...(token ? [contextConstructed(1, sequence(oid(content.timestampType), setOf(token)))] : []),
    );
    const data = sequence(version, digestAlgorithms, content.encapsulated, chain, setOf(info));
    return sequence(signedData, contextConstructed(0, data));
  };
}

// Signed as SET OF, stored as [0] IMPLICIT (RFC 5652 5.4).
function implicitAttributes(set: Buffer): Buffer {
  return Buffer.concat([Buffer.of(0xa0), set.subarray(1)]);
}
