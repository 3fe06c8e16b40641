import { algorithm, octetString, sequence } from './der-writer.ts';
import { oids } from './oids.ts';

/** DigestInfo of a SHA-256 digest (RFC 8017 9.2): what a key signs that knows RSA PKCS#1 v1.5 but no digests. */
export function digestInfo(digest: Buffer): Buffer {
  return sequence(algorithm(oids.sha256), octetString(digest));
}
