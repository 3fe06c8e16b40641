import { X509Certificate } from 'node:crypto';
import { parseDer, tags, type DerNode } from '../authenticode/der.ts';
import { FormatError } from '../authenticode/format-error.ts';
import { oids } from '../authenticode/oids.ts';
import type { SignerName } from '../authenticode/write-signed-data.ts';
import { diagnostic, type Diagnostic } from '../diagnostic.ts';

// The checks before signing stand on Node's own X.509 reader, so that they share no mistake with `verify`.

/** Shortest RSA key that is taken, bits. Shorter ones are refused by Windows' default policies since 2013 or can be broken. */
const minimumRsaBits = 2048;

/** Curves that Windows knows: P-256, P-384, P-521. */
const curves: readonly string[] = ['prime256v1', 'secp384r1', 'secp521r1'];

/** Which keys may sign. */
export interface KeyRules {
  readonly allowEc?: boolean | undefined;
}

/** Everything that keeps a certificate from signing scripts at a moment. `id` names the signer in messages. */
export function leafProblems(leaf: X509Certificate, now: Date, id: string, rules: KeyRules = {}): Diagnostic[] {
  return [...keyProblems(leaf, id, rules), ...validityProblems(leaf, now, id), ...usageProblems(leaf, id)];
}

function keyProblems(leaf: X509Certificate, id: string, { allowEc = false }: KeyRules): Diagnostic[] {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = leaf.publicKey;
  const bits = details?.modulusLength ?? 0;
  if (type === 'rsa' && bits >= minimumRsaBits) return [];
  if (type === 'ec' && allowEc && curves.includes(details?.namedCurve ?? '')) return [];
  const what = type === 'rsa' ? `an RSA key of ${bits} bits` : `a key of type ${type ?? 'unknown'}`;
  return [
    diagnostic('unsupported-key', {
      message: `${id}: the certificate has ${what}; scripts are signed with RSA of at least ${minimumRsaBits} bits.`,
      help:
        'Use a code-signing certificate with an RSA key of 3072 bits. Windows trusts no public ECDSA code signing; under a ' +
        'private root of your own --allow-ec lets a key on P-256, P-384 or P-521 sign (pem:, pfx:, command:).',
    }),
  ];
}

/** When a certificate is valid; both ends included. */
export function validityOf(certificate: X509Certificate): { readonly from: Date; readonly to: Date } {
  return { from: new Date(certificate.validFrom), to: new Date(certificate.validTo) };
}

function validityProblems(leaf: X509Certificate, now: Date, id: string): Diagnostic[] {
  const { from, to } = validityOf(leaf);
  if (now < from) {
    const message = `${id}: the certificate "${nameOf(leaf)}" is valid only from ${from.toISOString()}.`;
    return [diagnostic('certificate-not-yet-valid', { message, help: 'Look at the clock of this computer.' })];
  }
  if (now <= to) return [];
  const message = `${id}: the certificate "${nameOf(leaf)}" expired on ${to.toISOString()}.`;
  return [diagnostic('certificate-expired', { message, help: 'Sign with a certificate that is valid today.' })];
}

function usageProblems(leaf: X509Certificate, id: string): Diagnostic[] {
  const wrong = (what: string): Diagnostic =>
    diagnostic('certificate-wrong-usage', {
      message: `${id}: the certificate "${nameOf(leaf)}" ${what}.`,
      help: `Use a certificate with the extended key usage code signing (${oids.codeSigning}) and the key usage digitalSignature.`,
    });
  // X509Certificate.keyUsage is the same list, but its type hides that it may be missing.
  const purposes = leaf.toLegacyObject().ext_key_usage;
  return [
    ...(purposes?.includes(oids.codeSigning) === true ? [] : [wrong('is not for code signing')]),
    ...(leaf.ca ? [wrong('is the certificate of an authority')] : []),
    ...(allowsDigitalSignature(leaf) ? [] : [wrong('is not for digital signatures')]),
  ];
}

/** What is wrong with a chain (leaf first) that comes with a signature. */
export function chainProblems(
  chain: readonly X509Certificate[],
  now: Date,
  id: string,
  rules: KeyRules = {},
): Diagnostic[] {
  const [leaf] = chain;
  if (leaf === undefined) {
    return [diagnostic('chain-incomplete', { message: `${id}: no certificate came with the signature.` })];
  }
  const isOrdered = chain.every((certificate, index) => {
    const issuer = chain[index + 1];
    return issuer === undefined || isIssuedBy(certificate, issuer);
  });
  const gap = `${id}: the certificates do not lead from "${nameOf(leaf)}" upwards, each issued by the next.`;
  return [
    ...leafProblems(leaf, now, id, rules),
    ...(isOrdered ? [] : [diagnostic('chain-incomplete', { message: gap })]),
  ];
}

/** Subject on one line. */
export function nameOf(certificate: X509Certificate): string {
  return certificate.subject.split('\n').join(', ');
}

/** Raw DER of issuer and serial number, as the CMS names a signer. */
export function signerNameOf(leaf: X509Certificate): SignerName {
  const [, serial, , issuer] = tbsFields(leaf);
  if (serial === undefined || issuer === undefined) throw new FormatError('The certificate is not X.509 version 3.');
  return { issuer: issuer.raw, serialNumber: serial.raw };
}

function tbsFields(certificate: X509Certificate): readonly DerNode[] {
  return parseDer(certificate.raw).children[0]?.children ?? [];
}

// Certificate without the key usage extension: every usage is allowed (RFC 5280 4.2.1.3).
function allowsDigitalSignature(leaf: X509Certificate): boolean {
  const extensions =
    tbsFields(leaf).find((field) => field.tag === tags.contextConstructed(3))?.children[0]?.children ?? [];
  const keyUsage = Buffer.of(0x06, 0x03, 0x55, 0x1d, 0x0f);
  const value = extensions.find((extension) => extension.children[0]?.raw.equals(keyUsage))?.children.at(-1)?.content;
  // BIT STRING: tag, length, unused bits, then bit 0 = digitalSignature at the top
  return value === undefined || ((value[3] ?? 0) & 0x80) !== 0;
}

/** `leaf` and the certificates above it, as far as `others` reach, in order. */
export function chainOf(leaf: X509Certificate, others: readonly X509Certificate[]): readonly X509Certificate[] {
  const chain = [leaf];
  for (let last: X509Certificate | undefined = leaf; last !== undefined && !isSelfSigned(last);) {
    const current: X509Certificate = last;
    last = others.find((candidate) => !chain.includes(candidate) && isIssuedBy(current, candidate));
    if (last !== undefined) chain.push(last);
  }
  return chain;
}

function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}

// checkIssued says no for a self-signed leaf, which must not issue certificates.
export function isSelfSigned(certificate: X509Certificate): boolean {
  return certificate.subject === certificate.issuer && certificate.verify(certificate.publicKey);
}
