import { X509Certificate } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { diagnostic, failed, ok, type Result } from './diagnostic.ts';
import { identityFiles, reasonOf, type Identity } from './identity.ts';

/** What people are told about one certificate. Times are ISO 8601 UTC, thumbprints upper-case hex. */
interface CertificateFacts {
  readonly subject: string;
  readonly sha1: string;
  readonly sha256: string;
  readonly notBefore: string;
  readonly notAfter: string;
  /** Whole days until notAfter; negative when it is over. */
  readonly daysLeft: number;
  readonly isExpired: boolean;
}

export interface IdentityFacts {
  readonly folder: string;
  readonly root: CertificateFacts;
  readonly signer: CertificateFacts;
  readonly nextSigner?: CertificateFacts;
  readonly previousSigner?: CertificateFacts;
}

export function identityFacts(identity: Identity, now: Date): IdentityFacts {
  const { folder, root, signer, next, previous } = identity;
  return {
    folder,
    root: certificateFacts(root, now),
    signer: certificateFacts(signer, now),
    ...(next ? { nextSigner: certificateFacts(next, now) } : {}),
    ...(previous ? { previousSigner: certificateFacts(previous, now) } : {}),
  };
}

function certificateFacts(der: Buffer, now: Date): CertificateFacts {
  const x509 = new X509Certificate(der);
  const notAfter = new Date(x509.validTo);
  return {
    subject: x509.subject,
    sha1: x509.fingerprint.replaceAll(':', ''),
    sha256: x509.fingerprint256.replaceAll(':', ''),
    notBefore: new Date(x509.validFrom).toISOString(),
    notAfter: notAfter.toISOString(),
    daysLeft: Math.floor((notAfter.getTime() - now.getTime()) / 86_400_000),
    isExpired: now > notAfter,
  };
}

/** Writes the certificates of an identity (DER) into a folder, never a key. @returns the paths */
export async function exportIdentity(identity: Identity, folder: string): Promise<Result<readonly string[]>> {
  const written = [
    { name: identityFiles.root, content: identity.root },
    { name: identityFiles.signer, content: identity.signer },
    ...(identity.next ? [{ name: identityFiles.next, content: identity.next }] : []),
  ].map(({ name, content }) => ({ path: join(folder, name), content }));
  try {
    await mkdir(folder, { recursive: true });
    await Promise.all(written.map(({ path, content }) => writeFile(path, content)));
    return ok(written.map(({ path }) => path));
  } catch (error) {
    return failed([
      diagnostic('output-unwritable', { message: `"${folder}" cannot be written (${reasonOf(error)}).` }),
    ]);
  }
}
