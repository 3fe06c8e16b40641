import { sign, X509Certificate, type KeyObject } from 'node:crypto';
import { diagnostic, failed, ok, type Diagnostic, type Result } from '../diagnostic.ts';
import { chainOf, isSelfSigned, leafProblems, nameOf } from './certificate-checks.ts';
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
export function openLocalKey(local: LocalKey, now: Date): Result<OpenedSigner> {
  const { id, key } = local;
  const certificates = local.certificates.map((der) => new X509Certificate(der));
  const leaf = certificates.find((certificate) => certificate.checkPrivateKey(key));
  if (leaf === undefined) return failed([keyMismatch(local, certificates)]);
  const path = chainOf(leaf, certificates);
  const top = path.at(-1) ?? leaf;
  const isComplete = path.length > 1 || isSelfSigned(leaf);
  const problems = [...leafProblems(leaf, now, id), ...(isComplete ? [] : [chainIncomplete(id, leaf)])];
  if (problems.length > 0) return failed(problems);
  // Windows takes the root from its own store; only a self-signed leaf has to travel with the signature.
  const embedded = path.length > 1 && isSelfSigned(top) ? path.slice(0, -1) : path;
  const chain = embedded.map((certificate) => certificate.raw);
  const signer = { id, maximumParallel: requestsUnderWay, chain, sign: signWith(key, chain) };
  return ok({ signer, trust: [top.raw] });
}

function signWith(key: KeyObject, chain: readonly Buffer[]): (request: SignRequest) => Promise<Result<SignAnswer>> {
  return ({ tbs, hash }) =>
    new Promise((resolve, reject) => {
      // With a callback the work is done in the pool, so every core signs.
      sign(hash, tbs, key, (error, signature) => {
        if (error) reject(error);
        else resolve(ok({ signature, chain, scheme: 'rsa-pkcs1' }));
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

function chainIncomplete(id: string, leaf: X509Certificate): Diagnostic {
  return diagnostic('chain-incomplete', {
    message: `${id}: the certificate of the authority that issued "${nameOf(leaf)}" is missing.`,
    help: 'Put the certificates of the authorities (PEM) into the same file, up to the root.',
  });
}
