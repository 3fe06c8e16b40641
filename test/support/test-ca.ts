import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import * as der from '../../src/authenticode/der-writer.ts';
import { oids } from '../../src/authenticode/oids.ts';

export const now = new Date('2026-06-15T12:00:00Z');
export const days = (count: number): Date => new Date(now.getTime() + count * 86_400_000);

export interface TestKey {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

const keys = new Map<string, TestKey>();

/** An RSA key, made once for each name and length in a run. */
export function rsaKey(name: string, bits = 2048): TestKey {
  const id = `${name} ${bits}`;
  const key = keys.get(id) ?? generateKeyPairSync('rsa', { modulusLength: bits });
  keys.set(id, key);
  return key;
}

export function ecKey(name: string): TestKey {
  const key = keys.get(name) ?? generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  keys.set(name, key);
  return key;
}

export interface TestCertificate {
  readonly subject: string;
  readonly key: TestKey;
  readonly certificate: Buffer;
  readonly issuer: TestCertificate | undefined;
}

export interface CertificateOptions {
  readonly issuer?: TestCertificate;
  readonly key?: TestKey;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  readonly ca?: boolean;
  readonly pathLength?: number;
  /** Bits; null = no extension. */
  readonly keyUsage?: readonly number[] | null;
  /** null = no extension. */
  readonly purposes?: readonly string[] | null;
  readonly criticalPurposes?: boolean;
  readonly hash?: 'sha1' | 'sha256';
  readonly serial?: number;
  readonly criticalExtension?: string;
}

let serials = 1000;

/** A certificate with exactly what a test wants to be right or wrong; self-signed without an issuer. */
export function issue(subject: string, options: CertificateOptions = {}): TestCertificate {
  const { issuer, ca = false, hash = 'sha256' } = options;
  const key = options.key ?? rsaKey(subject);
  const signingKey = (issuer?.key ?? key).privateKey;
  const algorithm = signatureAlgorithm(signingKey, hash);
  const toSign = der.sequence(
    der.contextConstructed(0, der.integer(2)),
    der.integer(options.serial ?? ++serials),
    algorithm,
    nameOf(issuer?.subject ?? subject),
    der.sequence(der.time(options.notBefore ?? days(-30)), der.time(options.notAfter ?? days(300))),
    nameOf(subject),
    key.publicKey.export({ type: 'spki', format: 'der' }),
    der.contextConstructed(3, der.sequence(...extensionsOf(options, ca))),
  );
  const certificate = der.sequence(toSign, algorithm, der.bitOctets(sign(hash, toSign, signingKey)));
  return { subject, key, certificate, issuer };
}

function signatureAlgorithm(key: KeyObject, hash: 'sha1' | 'sha256'): Buffer {
  if (key.asymmetricKeyType === 'ec') return der.sequence(der.oid(oids.ecdsaSha256));
  // sha1WithRSAEncryption, RFC 8017
  return der.algorithm(hash === 'sha1' ? '1.2.840.113549.1.1.5' : oids.rsaSha256);
}

function nameOf(subject: string): Buffer {
  return der.sequence(der.setOf(der.sequence(der.oid(oids.commonName), der.utf8String(subject))));
}

function extensionsOf(options: CertificateOptions, ca: boolean): Buffer[] {
  const keyUsage = options.keyUsage === undefined ? [ca ? 5 : 0] : options.keyUsage;
  const purposes = options.purposes === undefined ? (ca ? null : [oids.codeSigning]) : options.purposes;
  const path = options.pathLength === undefined ? [] : [der.integer(options.pathLength)];
  const extension = (oid: string, critical: boolean, value: Buffer): Buffer =>
    der.sequence(der.oid(oid), ...(critical ? [der.boolean(true)] : []), der.octetString(value));
  return [
    extension(oids.basicConstraints, true, ca ? der.sequence(der.boolean(true), ...path) : der.sequence()),
    ...(keyUsage ? [extension(oids.keyUsage, true, der.namedBits(...keyUsage))] : []),
    ...(purposes
      ? [extension(oids.extendedKeyUsage, options.criticalPurposes ?? false, der.sequence(...purposes.map(der.oid)))]
      : []),
    ...(options.criticalExtension ? [extension(options.criticalExtension, true, der.nullValue())] : []),
  ];
}

/** The usual case: root, intermediate, leaf. */
export interface TestPki {
  readonly root: TestCertificate;
  readonly intermediate: TestCertificate;
  readonly leaf: TestCertificate;
}

export function testPki(name: string, leaf: CertificateOptions = {}): TestPki {
  const root = issue(`${name} root`, { ca: true, notAfter: days(3000) });
  const intermediate = issue(`${name} intermediate`, { issuer: root, ca: true, pathLength: 0, notAfter: days(2000) });
  return { root, intermediate, leaf: issue(`${name} leaf`, { issuer: intermediate, ...leaf }) };
}

export function pem(...certificates: readonly TestCertificate[]): string {
  return certificates
    .map(({ certificate }) => {
      const lines = certificate.toString('base64').replace(/.{1,64}/g, '$&\n');
      return `-----BEGIN CERTIFICATE-----\n${lines}-----END CERTIFICATE-----\n`;
    })
    .join('');
}

export function keyPem(key: TestKey, passphrase?: string): string {
  const encryption = passphrase === undefined ? {} : { cipher: 'aes-256-cbc', passphrase };
  return key.privateKey.export({ type: 'pkcs8', format: 'pem', ...encryption }).toString();
}

export function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}
