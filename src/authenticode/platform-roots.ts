import { rootCertificates } from 'node:tls';
import { readableCertificates, type Certificate } from './certificate.ts';

/**
 * Roots that Node ships (Mozilla's list) and that are named as issuer by one of the certificates. Used for timestamp
 * services only: who may sign scripts is always said by the user.
 */
export function createPlatformRoots(): (certificates: readonly Certificate[]) => readonly Certificate[] {
  let roots: readonly Buffer[] | undefined;
  return (certificates) => {
    roots ??= rootCertificates.map((pem) => Buffer.from(pem.replace(/-----[^-]+-----/g, ''), 'base64'));
    const names = certificates.map(({ issuer }) => issuer);
    // Parsing all of them would take longer than everything else; the bytes of the name are a quick and safe sieve.
    return readableCertificates(roots.filter((root) => names.some((name) => root.includes(name))));
  };
}
