import { createHash } from 'node:crypto';
import { isValidSignature, type Certificate } from './certificate.ts';
import { isSorted, readOid, readTime } from './der-value.ts';
import { tags, type DerNode } from './der.ts';
import { FormatError } from './format-error.ts';
import { oids } from './oids.ts';
import { readBasicSignerInfo } from './read-authenticode.ts';
import { checkServiceChain } from './timestamp-token.ts';

/** What a counter-signature has to fit. */
interface CounterSignatureDemand {
  /** Octets that were counter-signed: the signature value of the script. */
  readonly stamped: Buffer;
  /** All certificates of the CMS; those of the service are among them. */
  readonly certificates: readonly Certificate[];
  /** Trusted certificates that may have issued certificates of the service. */
  readonly trust: (certificates: readonly Certificate[]) => readonly Certificate[];
}

/**
 * Checks a counter-signature of the kind before RFC 3161 (RFC 2985 5.3.6 with a signing time, as Authenticode used it).
 * @returns the moment it vouches for, milliseconds since 1970
 * @throws FormatError; kind `unsupported` for SHA-1, with which anybody could have made it
 */
export function checkCounterSignature(node: DerNode, demand: CounterSignatureDemand): number {
  const info = readBasicSignerInfo(node);
  if (info.key !== 'rsa') throw new FormatError('The counter-signature is not made with RSA.', 'unsupported');
  if (info.unsigned !== undefined) throw new FormatError('The counter-signature has unsigned attributes.');
  const { issuer, serial } = info.signer;
  const signer = demand.certificates.find((one) => one.issuer.equals(issuer) && one.serial.equals(serial));
  if (signer === undefined)
    throw new FormatError('The counter-signature does not carry the certificate of its service.');
  if (!createHash(info.hash).update(demand.stamped).digest().equals(info.messageDigest)) {
    throw new FormatError('The counter-signature belongs to another signature.');
  }
  const contentType = info.attributes.get(oids.contentType);
  if (contentType === undefined || readOid(contentType) !== oids.data) {
    throw new FormatError('The counter-signature is none of a signature.');
  }
  const signed = Buffer.concat([Buffer.of(tags.set), info.signedAttributes.raw.subarray(1)]);
  const scheme = { hash: info.hash, key: 'rsa' } as const;
  if (
    !isSorted(info.signedAttributes.children) ||
    !isValidSignature(scheme, signed, signer.publicKey, info.signature)
  ) {
    throw new FormatError('The counter-signature does not verify.');
  }
  if (info.hash === 'sha1') throw new FormatError('The counter-signature uses SHA-1.', 'unsupported');
  const time = info.attributes.get(oids.signingTime);
  if (time === undefined) throw new FormatError('The counter-signature does not say when it was made.');
  const stamped = readTime(time);
  checkServiceChain(signer, demand.certificates, demand.trust(demand.certificates), stamped, { isUsagePlain: true });
  return stamped;
}
