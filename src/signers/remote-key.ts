import { X509Certificate } from 'node:crypto';
import { diagnostic, ok, type Diagnostic, type Result } from '../diagnostic.ts';
import { keyCertificates, onlyLeaf } from './key-certificates.ts';
import type { OpenedSigner, SignRequest } from './signer.ts';

/** A key that never leaves its holder, and the certificates that were issued for it, in any order. */
export interface RemoteKey {
  /** Name for messages. */
  readonly id: string;
  /** DER */
  readonly certificates: readonly Buffer[];
  /** DER of the certificate of the key, if the holder says which it is. */
  readonly leaf?: Buffer;
  /** How many signatures may be under way at once, where it is not the usual number. */
  readonly maximumParallel?: number;
  /** An EC key may sign. */
  readonly allowEc?: boolean | undefined;
  /** RSA PKCS#1 v1.5, or ECDSA in DER. Whether it is the right one is for `sign` to find out. */
  readonly sign: (request: SignRequest) => Promise<Result<Buffer>>;
}

// Services answer slowly, and throttle who asks for much at once.
const requestsUnderWay = 4;

/** A signer for a key somewhere else. The certificates are checked now; the holder is asked only when it has to sign. */
export function openRemoteKey(key: RemoteKey, now: Date): Result<OpenedSigner> {
  const { id, allowEc, maximumParallel = requestsUnderWay } = key;
  const all = key.certificates.map((der) => new X509Certificate(der));
  const leaf = key.leaf === undefined ? onlyLeaf(all, id) : ok(new X509Certificate(key.leaf));
  if (!leaf.ok) return leaf;
  const certificates = keyCertificates(leaf.value, all, id, now, { allowEc });
  if (!certificates.ok) return certificates;
  const { chain, trust } = certificates.value;
  const scheme = leaf.value.publicKey.asymmetricKeyType === 'ec' ? 'ecdsa-der' : 'rsa-pkcs1';
  const sign: OpenedSigner['signer']['sign'] = async (request) => {
    const signature = await key.sign(request);
    return signature.ok ? ok({ signature: signature.value, chain, scheme }) : signature;
  };
  return ok({ signer: { id, maximumParallel, chain, allowEc, sign }, trust });
}

/** Octets of an RSA signature that a certificate's key makes. */
export function signatureLength(certificate: X509Certificate): number {
  return Math.ceil((certificate.publicKey.asymmetricKeyDetails?.modulusLength ?? 0) / 8);
}

/** The holder of the key said no, or something that is no answer. */
export function signerFailed(id: string, reason: string, help?: string): Diagnostic {
  return diagnostic('signer-failed', { message: `${id}: ${reason}.`, ...(help === undefined ? {} : { help }) });
}

/** Something is missing on this computer before the holder of the key can be asked at all. */
export function signerSetup(id: string, problem: string, help: string): Diagnostic {
  return diagnostic('signer-setup', { message: `${id}: ${problem}.`, help });
}

/** A spec names a kind of signer, but what follows has another form. `form` is how it is written. */
export function wrongSpec(form: string, problem: string): Diagnostic {
  return diagnostic('signer-unknown', { message: `${problem}.`, help: `Write --signer ${form}.` });
}
