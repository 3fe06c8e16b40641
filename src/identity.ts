import { createPrivateKey, randomBytes, X509Certificate, type KeyObject } from 'node:crypto';
import { access, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { diagnostic, failed, ok, type Diagnostic, type Result } from './diagnostic.ts';
import { issueIdentity, shortThumbprint } from './identity-issue.ts';

/** The local signer: a private root and a code-signing leaf under it. Certificates are DER. */
export interface Identity {
  readonly folder: string;
  readonly root: Buffer;
  readonly signer: Buffer;
  /** Private key of the leaf. The key of the root stays on disk; nothing but a renewal reads it. */
  readonly key: KeyObject;
  /** Leaf that `identity switch` will sign with, and the one that signed before the last switch. */
  readonly next?: Buffer;
  readonly previous?: Buffer;
}

export const identityFiles = {
  root: 'root.cer',
  rootKey: 'root-key.pem',
  signer: 'signer.cer',
  signerKey: 'signer-key.pem',
  next: 'next-signer.cer',
  previous: 'previous-signer.cer',
} as const;

/** File of the key that belongs to a renewed leaf: found by its certificate, so that a switch is one rename. */
export function keyFileOf(leaf: Buffer): string {
  return `signer-key-${shortThumbprint(leaf)}.pem`;
}

/** Makes an identity. Two at once do not harm each other: one wins, the other is told `identity-exists`. */
export async function createIdentity(home: string, now: Date): Promise<Result<Identity>> {
  const folder = identityFolder(home);
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

export function identityFolder(home: string): string {
  return join(home, 'identity');
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function writeIdentity(folder: string, now: Date): Promise<void> {
  const { root, signer } = await issueIdentity(now);
  const secret = { mode: 0o600, flag: 'wx' } as const;
  await writeFile(join(folder, identityFiles.rootKey), root.keyPem, secret);
  await writeFile(join(folder, identityFiles.signerKey), signer.keyPem, secret);
  await writeFile(join(folder, identityFiles.root), root.certificate);
  await writeFile(join(folder, identityFiles.signer), signer.certificate);
}

/** The identity on disk; `identity-unreadable` when there is none or it does not fit together. */
export async function openIdentity(home: string): Promise<Result<Identity>> {
  const folder = identityFolder(home);
  try {
    const read = (name: string): Promise<Buffer> => readFile(join(folder, name));
    const root = await read(identityFiles.root);
    const signer = await read(identityFiles.signer);
    const pem = await read(keyFileOf(signer)).catch(() => read(identityFiles.signerKey));
    const key = createPrivateKey(pem);
    const [next, previous] = await Promise.all([identityFiles.next, identityFiles.previous].map(optional(read)));
    const leaves = [signer, next, previous].flatMap((der) => (der === undefined ? [] : [new X509Certificate(der)]));
    const rootKey = new X509Certificate(root).publicKey;
    if (leaves[0]?.checkPrivateKey(key) !== true || !leaves.every((leaf) => leaf.verify(rootKey))) {
      return failed([unreadable(`The files of the local identity in "${folder}" do not belong together.`)]);
    }
    return ok({ folder, root, signer, key, ...(next ? { next } : {}), ...(previous ? { previous } : {}) });
  } catch (error) {
    if (reasonOf(error) === 'ENOENT' && !(await exists(folder))) return failed([noIdentity(folder)]);
    return failed([unreadable(`The local identity in "${folder}" cannot be read (${reasonOf(error)}).`)]);
  }
}

function optional(read: (name: string) => Promise<Buffer>): (name: string) => Promise<Buffer | undefined> {
  return (name) =>
    read(name).catch((error: unknown) => {
      if (reasonOf(error) === 'ENOENT') return undefined;
      throw error;
    });
}

/** The identity on disk, or a new one if there is none. */
export async function ensureIdentity(home: string, now: Date): Promise<Result<{ identity: Identity; isNew: boolean }>> {
  if (!(await exists(identityFolder(home)))) {
    const created = await createIdentity(home, now);
    if (created.ok) return ok({ identity: created.value, isNew: true });
    if (created.diagnostics.some(({ code }) => code !== 'identity-exists')) return created;
  }
  const opened = await openIdentity(home);
  return opened.ok ? ok({ identity: opened.value, isNew: false }) : opened;
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

export function unreadable(message: string): Diagnostic {
  return diagnostic('identity-unreadable', {
    message,
    help: 'Look at the permissions, or set PSMINT_HOME to another folder.',
  });
}

export function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'unreadable content';
}
