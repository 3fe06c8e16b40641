import { createHash } from 'node:crypto';
import {
  algorithm,
  bitOctets,
  boolean,
  contextConstructed,
  contextPrimitive,
  integer,
  namedBits,
  octetString,
  oid,
  sequence,
  setOf,
  time,
  utf8String,
} from './der-writer.ts';
import { oids } from './oids.ts';

/** What goes into a certificate of the local identity; keys are SubjectPublicKeyInfo DER. */
export interface CertificatePlan {
  readonly role: 'root' | 'signer';
  readonly commonName: string;
  readonly issuerName: string;
  /** 16 octets. */
  readonly serial: Buffer;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly publicKey: Buffer;
  readonly issuerKey: Buffer;
}

const signatureAlgorithm = algorithm(oids.rsaSha256);

/** TBSCertificate (RFC 5280 4.1) of a private root or of a code-signing leaf under it. */
export function certificateToSign(plan: CertificatePlan): Buffer {
  return sequence(
    contextConstructed(0, integer(2)),
    integer(plan.serial),
    signatureAlgorithm,
    name(plan.issuerName),
    sequence(time(plan.notBefore), time(plan.notAfter)),
    name(plan.commonName),
    plan.publicKey,
    contextConstructed(3, sequence(...extensions(plan))),
  );
}

/** The certificate: what was signed, and an RSA SHA-256 signature of it. */
export function certificate(toSign: Buffer, signature: Buffer): Buffer {
  return sequence(toSign, signatureAlgorithm, bitOctets(signature));
}

function name(commonName: string): Buffer {
  return sequence(setOf(sequence(oid(oids.commonName), utf8String(commonName))));
}

function extensions(plan: CertificatePlan): Buffer[] {
  const isRoot = plan.role === 'root';
  return [
    // A root that can issue nothing but leaves, and only for code signing: machines that trust it risk no more than that.
    extension(oids.basicConstraints, isRoot ? sequence(boolean(true), integer(0)) : sequence(), 'critical'),
    extension(oids.keyUsage, namedBits(isRoot ? 5 : 0), 'critical'),
    extension(oids.extendedKeyUsage, sequence(oid(oids.codeSigning))),
    extension(oids.subjectKeyIdentifier, octetString(keyIdentifier(plan.publicKey))),
    extension(oids.authorityKeyIdentifier, sequence(contextPrimitive(0, keyIdentifier(plan.issuerKey)))),
  ];
}

function extension(type: string, value: Buffer, criticality?: 'critical'): Buffer {
  return sequence(oid(type), ...(criticality ? [boolean(true)] : []), octetString(value));
}

// RFC 7093 method 4 allows any digest of the key; 20 octets as everybody expects.
function keyIdentifier(publicKey: Buffer): Buffer {
  return createHash('sha256').update(publicKey).digest().subarray(0, 20);
}
