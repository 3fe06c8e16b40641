import { sign, X509Certificate, type KeyObject } from 'node:crypto';
import { diagnostic, failed, ok, type Diagnostic, type Result } from '../diagnostic.ts';
import { nameOf, type KeyRules } from './certificate-checks.ts';
import { keyCertificates } from './key-certificates.ts';
import type { OpenedSigner, SignAnswer, SignRequest } from './signer.ts';

/** A private key in memory and the certificates that came with it, in any order. */
export interface LocalKey {
  /** Name for messages. */
  readonly id: string;
  readonly key: KeyObject;
  /** DER */
  readonly certificates: readonly Buffer[];
}

// Twice the threads of Node's pool (UV_THREADPOOL_SIZE): there is always a request waiting when a thread gets free.
const requestsUnderWay = 8;

/** A signer for a key in memory. Key, leaf and chain are checked now, before anything is signed. */
export function openLocalKey(local: LocalKey, now: Date, { allowEc }: KeyRules = {}): Result<OpenedSigner> {
  const { id, key } = local;
  const certificates = local.certificates.map((der) => new X509Certificate(der));
  const leaf = certificates.find((certificate) => certificate.checkPrivateKey(key));
  if (leaf === undefined) return failed([keyMismatch(local, certificates)]);
  const sorted = keyCertificates(leaf, certificates, id, now, { allowEc });
  if (!sorted.ok) return sorted;
  const { chain, trust } = sorted.value;
  const signer = { id, maximumParallel: requestsUnderWay, chain, allowEc, sign: signWith(key, chain) };
  return ok({ signer, trust });
}

function signWith(key: KeyObject, chain: readonly Buffer[]): (request: SignRequest) => Promise<Result<SignAnswer>> {
  const scheme = key.asymmetricKeyType === 'ec' ? 'ecdsa-der' : 'rsa-pkcs1';
  return ({ tbs, hash }) =>
    new Promise((resolve, reject) => {
      // With a callback the work is done in the pool, so every core signs.
      sign(hash, tbs, key, (error, signature) => {
        if (error) reject(error);
        else resolve(ok({ signature, chain, scheme }));
      });
    });
}

function keyMismatch({ id }: LocalKey, certificates: readonly X509Certificate[]): Diagnostic {
  const names = certificates.map((certificate) => `"${nameOf(certificate)}"`).join(', ');
  return diagnostic('certificate-key-mismatch', {
    message: `${id}: the private key belongs to none of the certificates (${names || 'there are none'}).`,
    help: 'Name the certificate that was issued for this key.',
  });
}
