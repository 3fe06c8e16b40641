import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import { parseDer, tags, type DerNode } from './der.ts';
import {
  fieldsOf,
  onlyChild,
  readBitOctets,
  readBoolean,
  readInteger,
  readNamedBits,
  readOctets,
  readOid,
  readPlainAlgorithm,
  readSmallInteger,
  readTime,
} from './der-value.ts';
import { readName } from './distinguished-name.ts';
import { FormatError } from './format-error.ts';
import { oids } from './oids.ts';

/** What decides about an X.509 v3 certificate (RFC 5280). Times are milliseconds since 1970. */
export interface Certificate {
  readonly raw: Buffer;
  /** Subject as people read it. */
  readonly name: string;
  /** As it is in the subject; undefined when there is none, or more than one. */
  readonly commonName: string | undefined;
  /** Raw DER of the names. */
  readonly subject: Buffer;
  readonly issuer: Buffer;
  /** Content octets of the number. */
  readonly serial: Buffer;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly publicKey: KeyObject;
  readonly extensions: CertificateExtensions;
  /** What the issuer signed, and how. */
  readonly signed: { readonly bytes: Buffer; readonly scheme: SignatureScheme | undefined; readonly signature: Buffer };
}

interface CertificateExtensions {
  readonly isCa: boolean;
  /** How many CA certificates may follow; undefined = no limit. */
  readonly pathLength: number | undefined;
  /** Bits of RFC 5280 4.2.1.3; undefined = no such extension. */
  readonly keyUsage: ReadonlySet<number> | undefined;
  readonly extendedKeyUsage: { readonly purposes: ReadonlySet<string>; readonly critical: boolean } | undefined;
  /** Critical extensions that mean something we do not know. */
  readonly unknownCritical: readonly string[];
}

/** Bits of keyUsage. */
export const keyUsages = { digitalSignature: 0, keyCertSign: 5 } as const;

/** A signature algorithm: the digest, and the kind of key it belongs to. */
export interface SignatureScheme {
  readonly hash: string;
  readonly key: 'rsa' | 'ec';
}

/** Signature algorithms that may vouch for something; SHA-1 and older are left out on purpose. */
export const signatureSchemes: Readonly<Record<string, SignatureScheme>> = {
  [oids.rsaSha256]: { hash: 'sha256', key: 'rsa' },
  [oids.rsaSha384]: { hash: 'sha384', key: 'rsa' },
  [oids.rsaSha512]: { hash: 'sha512', key: 'rsa' },
  [oids.ecdsaSha256]: { hash: 'sha256', key: 'ec' },
  [oids.ecdsaSha384]: { hash: 'sha384', key: 'ec' },
  [oids.ecdsaSha512]: { hash: 'sha512', key: 'ec' },
};

/** @throws FormatError */
export function readCertificate(source: DerNode | Buffer): Certificate {
  const root = Buffer.isBuffer(source) ? parseDer(source) : source;
  const outer = fieldsOf(root, 'A certificate');
  const tbs = outer.take(tags.sequence);
  const algorithm = outer.take(tags.sequence);
  const signature = readBitOctets(outer.take(tags.bitString));
  outer.end();
  const fields = fieldsOf(tbs, 'A certificate');
  const version = fields.optional(tags.contextConstructed(0));
  if (version === undefined || readSmallInteger(onlyChild(version, 'version')) !== 2) {
    throw new FormatError('A certificate is not X.509 version 3.');
  }
  const serial = readInteger(fields.take(tags.integer));
  if (!fields.take(tags.sequence).raw.equals(algorithm.raw)) {
    throw new FormatError('A certificate names two different signature algorithms.');
  }
  const issuer = fields.take(tags.sequence).raw;
  const validity = readValidity(fields.take(tags.sequence));
  const subject = fields.take(tags.sequence);
  const publicKey = readPublicKey(fields.take(tags.sequence));
  const extensions = readExtensions(fields.optional(tags.contextConstructed(3)));
  fields.end();
  const signed = { bytes: tbs.raw, scheme: signatureSchemes[readPlainAlgorithm(algorithm)], signature };
  const names = { ...readName(subject), subject: subject.raw, issuer };
  return { raw: root.raw, ...names, serial, ...validity, publicKey, extensions, signed };
}

function readValidity(node: DerNode): Pick<Certificate, 'notBefore' | 'notAfter'> {
  const fields = fieldsOf(node, 'validity');
  const notBefore = readTime(fields.takeAny());
  const notAfter = readTime(fields.takeAny());
  fields.end();
  return { notBefore, notAfter };
}

function readPublicKey(node: DerNode): KeyObject {
  try {
    return createPublicKey({ key: node.raw, format: 'der', type: 'spki' });
  } catch {
    throw new FormatError('The public key of a certificate cannot be read.');
  }
}

const noExtensions: CertificateExtensions = {
  isCa: false,
  pathLength: undefined,
  keyUsage: undefined,
  extendedKeyUsage: undefined,
  unknownCritical: [],
};

function readExtensions(node: DerNode | undefined): CertificateExtensions {
  if (node === undefined) return noExtensions;
  const seen = new Set<string>();
  let result = noExtensions;
  for (const child of fieldsOf(onlyChild(node, 'extensions'), 'extensions').rest()) {
    const fields = fieldsOf(child, 'An extension');
    const oid = readOid(fields.take(tags.oid));
    const flag = fields.optional(tags.boolean);
    const isCritical = flag !== undefined && readBoolean(flag);
    const value = readOctets(fields.take(tags.octetString));
    fields.end();
    if (seen.has(oid)) throw new FormatError(`A certificate has the extension ${oid} twice.`);
    seen.add(oid);
    result = { ...result, ...readExtension(oid, isCritical, value, result) };
  }
  return result;
}

function readExtension(
  oid: string,
  critical: boolean,
  value: Buffer,
  before: CertificateExtensions,
): Partial<CertificateExtensions> {
  if (oid === oids.basicConstraints) return readBasicConstraints(parseDer(value));
  if (oid === oids.keyUsage) return { keyUsage: readNamedBits(parseDer(value)) };
  if (oid === oids.extendedKeyUsage) {
    const purposes = new Set(fieldsOf(parseDer(value), 'extKeyUsage').rest().map(readOid));
    return { extendedKeyUsage: { purposes, critical } };
  }
  // Policies restrict only those who ask for one.
  if (!critical || oid === oids.certificatePolicies) return {};
  return { unknownCritical: [...before.unknownCritical, oid] };
}

function readBasicConstraints(node: DerNode): Pick<CertificateExtensions, 'isCa' | 'pathLength'> {
  const fields = fieldsOf(node, 'basicConstraints');
  const ca = fields.optional(tags.boolean);
  const length = fields.optional(tags.integer);
  fields.end();
  return { isCa: ca !== undefined && readBoolean(ca), pathLength: length && readSmallInteger(length) };
}

// The same few certificates sign all files of a folder, and nothing in a certificate changes after it was read.
const answers = new WeakMap<Certificate, WeakMap<Certificate, boolean>>();

/** True when the key of `issuer` signed `certificate` with an algorithm that still counts. */
export function isSignedBy(certificate: Certificate, issuer: Certificate): boolean {
  const known = answers.get(certificate) ?? new WeakMap<Certificate, boolean>();
  answers.set(certificate, known);
  const answer = known.get(issuer) ?? isIssuedWith(certificate, issuer);
  known.set(issuer, answer);
  return answer;
}

function isIssuedWith(certificate: Certificate, issuer: Certificate): boolean {
  const { bytes, scheme, signature } = certificate.signed;
  if (scheme === undefined || !certificate.issuer.equals(issuer.subject)) return false;
  return isValidSignature(scheme, bytes, issuer.publicKey, signature);
}

/**
 * RSA PKCS#1 v1.5 or ECDSA in DER. False too for another kind of key and, unless `allowWeak`, for keys below 2,048 (RSA) or
 * 256 bits.
 */
export function isValidSignature(
  scheme: SignatureScheme,
  bytes: Buffer,
  key: KeyObject,
  signature: Buffer,
  { allowWeak = false } = {},
): boolean {
  const { modulusLength = 0, namedCurve = '' } = key.asymmetricKeyDetails ?? {};
  const isStrong = scheme.key === 'rsa' ? modulusLength >= 2048 : strongCurves.has(namedCurve);
  // Node picks the algorithm by the key, so the key has to be of the kind that the algorithm says.
  if (key.asymmetricKeyType !== scheme.key || !(isStrong || allowWeak)) return false;
  try {
    return verify(scheme.hash, bytes, key, signature);
  } catch {
    // OpenSSL throws for a key that it can load but not use.
    return false;
  }
}

const strongCurves: ReadonlySet<string> = new Set(['prime256v1', 'secp384r1', 'secp521r1']);

export type CertificateReader = (node: DerNode) => Certificate;

// Signatures of one signer carry the same few certificates; hostile ones shall not fill the memory.
const maximumKept = 100;

/** A reader for many signatures, which reads a certificate that it has seen before only once. */
export function createCertificateReader(): CertificateReader {
  const known = new Map<string, Certificate>();
  return (node) => {
    const key = node.raw.toString('latin1');
    const found = known.get(key);
    if (found !== undefined) return found;
    // A copy: the node is a view into the whole signature.
    const certificate = readCertificate(Buffer.from(node.raw));
    if (known.size >= maximumKept) known.clear();
    known.set(key, certificate);
    return certificate;
  };
}

/** Those that can be read; one that cannot is trusted by nobody. */
export function readableCertificates(ders: readonly Buffer[]): Certificate[] {
  return ders.flatMap((der) => {
    try {
      return [readCertificate(der)];
    } catch (error) {
      if (error instanceof FormatError) return [];
      throw error;
    }
  });
}
