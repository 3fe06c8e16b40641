import { createHash, generateKeyPair, randomBytes, sign, X509Certificate, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { certificate, certificateToSign, type CertificatePlan } from './authenticode/write-certificate.ts';

const day = 86_400_000;
const rootDays = 3650;
// CA/Browser Forum ballot CSC-31: 460 days at most from 2026-03-01.
const signerDays = 460;

/** A certificate (DER) and the private key that belongs to it (PEM). */
export interface Issued {
  readonly certificate: Buffer;
  readonly keyPem: string;
}

/** A certificate (DER) that may issue others, with its key. */
export interface Authority {
  readonly certificate: Buffer;
  readonly key: KeyObject;
}

/** A root and its first leaf. Names of users and computers have no place in a public certificate: a random part does. */
export async function issueIdentity(now: Date): Promise<{ readonly root: Issued; readonly signer: Issued }> {
  const key = await newKey();
  const name = `psmint root ${randomBytes(4).toString('hex')}`;
  const plan: CertificatePlan = {
    role: 'root',
    commonName: name,
    issuerName: name,
    serial: newSerial(),
    ...validity(now, rootDays),
    publicKey: key.publicKey,
    issuerKey: key.publicKey,
  };
  const root = { certificate: issue(plan, key.privateKey), key: key.privateKey };
  const signer = await issueSigner(root, now);
  return { root: { certificate: root.certificate, keyPem: pemOf(key.privateKey) }, signer };
}

/** A code-signing leaf under a root of psmint; it ends with the root at the latest. */
export async function issueSigner(root: Authority, now: Date): Promise<Issued> {
  const key = await newKey();
  const x509 = new X509Certificate(root.certificate);
  const issuerName = x509.subject.replace(/^CN=/, '');
  const { notBefore, notAfter } = validity(now, signerDays);
  const rootEnd = new Date(x509.validTo);
  const plan: CertificatePlan = {
    role: 'signer',
    commonName: issuerName.replace('psmint root', 'psmint signer'),
    issuerName,
    serial: newSerial(),
    notBefore,
    notAfter: rootEnd < notAfter ? rootEnd : notAfter,
    publicKey: key.publicKey,
    issuerKey: x509.publicKey.export({ type: 'spki', format: 'der' }),
  };
  return { certificate: issue(plan, root.key), keyPem: pemOf(key.privateKey) };
}

/** Short name of a certificate for file names: the first 16 digits of its SHA-1 thumbprint, lower case. */
export function shortThumbprint(der: Buffer): string {
  return createHash('sha1').update(der).digest('hex').slice(0, 16);
}

async function newKey(): Promise<{ publicKey: Buffer; privateKey: KeyObject }> {
  const pair = await promisify(generateKeyPair)('rsa', { modulusLength: 3072 });
  return { publicKey: pair.publicKey.export({ type: 'spki', format: 'der' }), privateKey: pair.privateKey };
}

// The clocks of the machines that check may be behind; both ends count, hence the second (RFC 5280 4.1.2.5).
function validity(now: Date, days: number): Pick<CertificatePlan, 'notBefore' | 'notAfter'> {
  const start = Math.floor(now.getTime() / 1000) * 1000 - 3_600_000;
  return { notBefore: new Date(start), notAfter: new Date(start + days * day - 1000) };
}

// 16 octets that always are a positive INTEGER of full length.
function newSerial(): Buffer {
  const serial = randomBytes(16);
  serial.writeUInt8((serial.readUInt8(0) & 0x7f) | 0x40, 0);
  return serial;
}

function issue(plan: CertificatePlan, key: KeyObject): Buffer {
  const toSign = certificateToSign(plan);
  return certificate(toSign, sign('sha256', toSign, key));
}

function pemOf(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}
