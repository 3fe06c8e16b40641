import { createPrivateKey, generateKeyPair, randomBytes, sign, X509Certificate, type KeyObject } from 'node:crypto';
import { access, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { certificate, certificateToSign, type CertificatePlan } from './authenticode/write-certificate.ts';
import { diagnostic, failed, ok, type Diagnostic, type Result } from './diagnostic.ts';

/** The local signer: a private root and a code-signing leaf under it. Certificates are DER. */
export interface Identity {
  readonly folder: string;
  readonly root: Buffer;
  readonly signer: Buffer;
  /** Private key of the leaf. The key of the root stays on disk; nothing but a renewal reads it. */
  readonly key: KeyObject;
}

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
}

const files = { root: 'root.cer', rootKey: 'root-key.pem', signer: 'signer.cer', signerKey: 'signer-key.pem' } as const;

const day = 86_400_000;
const rootDays = 3650;
// CA/Browser Forum ballot CSC-31: 460 days at most from 2026-03-01.
const signerDays = 460;

/** Makes an identity. Two at once do not harm each other: one wins, the other is told `identity-exists`. */
export async function createIdentity(home: string, now: Date): Promise<Result<Identity>> {
  const folder = folderOf(home);
  if (await exists(folder)) return failed([identityExists(folder)]);
  const staging = join(home, `.identity-${randomBytes(6).toString('hex')}`);
  try {
    await mkdir(staging, { recursive: true, mode: 0o700 });
    await fillAndRename(staging, folder, now);
  } catch (error) {
    if (await exists(folder)) return failed([identityExists(folder)]);
    return failed([unreadable(`The local identity cannot be written to "${folder}" (${reasonOf(error)}).`)]);
  }
  return openIdentity(home);
}

// Renaming onto a folder that is not empty fails everywhere, so the first to finish wins and stays whole.
async function fillAndRename(staging: string, folder: string, now: Date): Promise<void> {
  try {
    await writeIdentity(staging, now);
    await rename(staging, folder);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

function folderOf(home: string): string {
  return join(home, 'identity');
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function writeIdentity(folder: string, now: Date): Promise<void> {
  const [root, signer] = await Promise.all([newKey(), newKey()]);
  // A random suffix tells two identities apart; names of users and computers have no place in a public certificate.
  const suffix = randomBytes(4).toString('hex');
  const names = { root: `psmint root ${suffix}`, signer: `psmint signer ${suffix}` };
  const shared = { issuerName: names.root, issuerKey: root.publicKey };
  const rootPlan: CertificatePlan = {
    ...shared,
    ...validity(now, rootDays),
    role: 'root',
    commonName: names.root,
    serial: newSerial(),
    publicKey: root.publicKey,
  };
  const signerPlan: CertificatePlan = {
    ...shared,
    ...validity(now, signerDays),
    role: 'signer',
    commonName: names.signer,
    serial: newSerial(),
    publicKey: signer.publicKey,
  };
  const secret = { mode: 0o600, flag: 'wx' } as const;
  await writeFile(join(folder, files.rootKey), pemOf(root.privateKey), secret);
  await writeFile(join(folder, files.signerKey), pemOf(signer.privateKey), secret);
  await writeFile(join(folder, files.root), issue(rootPlan, root.privateKey));
  await writeFile(join(folder, files.signer), issue(signerPlan, root.privateKey));
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

/** The identity on disk; `identity-unreadable` when there is none or it does not fit together. */
export async function openIdentity(home: string): Promise<Result<Identity>> {
  const folder = folderOf(home);
  try {
    const [root, signer, pem] = await Promise.all(
      [files.root, files.signer, files.signerKey].map((name) => readFile(join(folder, name))),
    );
    if (root === undefined || signer === undefined || pem === undefined) throw new Error('unreachable');
    const key = createPrivateKey(pem);
    const leaf = new X509Certificate(signer);
    if (!leaf.checkPrivateKey(key) || !leaf.verify(new X509Certificate(root).publicKey)) {
      return failed([unreadable(`The files of the local identity in "${folder}" do not belong together.`)]);
    }
    return ok({ folder, root, signer, key });
  } catch (error) {
    if (reasonOf(error) === 'ENOENT' && !(await exists(folder))) return failed([noIdentity(folder)]);
    return failed([unreadable(`The local identity in "${folder}" cannot be read (${reasonOf(error)}).`)]);
  }
}

/** The identity on disk, or a new one if there is none. */
export async function ensureIdentity(home: string, now: Date): Promise<Result<{ identity: Identity; isNew: boolean }>> {
  if (!(await exists(folderOf(home)))) {
    const created = await createIdentity(home, now);
    if (created.ok) return ok({ identity: created.value, isNew: true });
    if (created.diagnostics.some(({ code }) => code !== 'identity-exists')) return created;
  }
  const opened = await openIdentity(home);
  return opened.ok ? ok({ identity: opened.value, isNew: false }) : opened;
}

export function identityFacts(identity: Identity, now: Date): IdentityFacts {
  return {
    folder: identity.folder,
    root: certificateFacts(identity.root, now),
    signer: certificateFacts(identity.signer, now),
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
    daysLeft: Math.floor((notAfter.getTime() - now.getTime()) / day),
    isExpired: now > notAfter,
  };
}

/** Writes root.cer and signer.cer (DER) into a folder, never a key. @returns the paths */
export async function exportIdentity(identity: Identity, folder: string): Promise<Result<readonly string[]>> {
  const written = [
    { path: join(folder, files.root), content: identity.root },
    { path: join(folder, files.signer), content: identity.signer },
  ];
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

function identityExists(folder: string): Diagnostic {
  return diagnostic('identity-exists', {
    message: `There is a local identity in "${folder}" already.`,
    help: 'Machines trust it, so it is never overwritten. To start over, move that folder away yourself.',
  });
}

function noIdentity(folder: string): Diagnostic {
  const message = `There is no local identity in "${folder}".`;
  return diagnostic('identity-unreadable', {
    message,
    help: 'Make one by "psmint identity create"; a build makes one too.',
  });
}

function unreadable(message: string): Diagnostic {
  return diagnostic('identity-unreadable', {
    message,
    help: 'Look at the permissions, or set PSMINT_HOME to another folder.',
  });
}

function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'unreadable content';
}
