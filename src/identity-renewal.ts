import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { diagnostic, failed, ok, type Diagnostic, type Result } from './diagnostic.ts';
import { issueSigner, shortThumbprint, type Authority } from './identity-issue.ts';
import {
  identityFiles,
  identityFolder,
  keyFileOf,
  openIdentity,
  reasonOf,
  unreadable,
  type Identity,
} from './identity.ts';
import { replaceFiles } from './replace-files.ts';

/** Days that a root must still have for a new leaf to be worth distributing. */
const minimumRootDays = 30;

/**
 * Makes the next leaf under the same root. It signs nothing yet: bundles carry it in trust/ until `switchSigner`, so that
 * machines trust it before the first script comes that needs it.
 */
export async function renewIdentity(home: string, now: Date): Promise<Result<Identity>> {
  const opened = await openIdentity(home);
  if (!opened.ok) return opened;
  const { folder, next } = opened.value;
  if (next !== undefined && isValid(next, now)) return failed([nextExists(folder, next)]);
  return issueInto(home, now, async (certificate) => {
    await replace(join(folder, identityFiles.next), certificate);
  });
}

/** Starts to sign with the next leaf. The one before stays in trust/, and its key in the folder. */
export async function switchSigner(home: string, now: Date): Promise<Result<Identity>> {
  const opened = await openIdentity(home);
  if (!opened.ok) return opened;
  const { folder, signer, next } = opened.value;
  if (next === undefined || !isValid(next, now)) return failed([noNext(folder)]);
  return change(home, async () => {
    await replace(join(folder, identityFiles.previous), signer);
    // The one step that counts: a key is found by its certificate, so every moment has a whole identity.
    await rename(join(folder, identityFiles.next), join(folder, identityFiles.signer));
  });
}

/**
 * A new leaf under the same root that signs from now on, for a key that was lost or stolen; the leaf of before may be
 * missing. Leaves of before leave trust/: their certificates stay as `retired-….cer`.
 */
export async function reissueSigner(home: string, now: Date): Promise<Result<Identity>> {
  const folder = identityFolder(home);
  return issueInto(home, now, async (certificate) => {
    const retired = [identityFiles.signer, identityFiles.next, identityFiles.previous];
    const found = await Promise.all(retired.map((name) => readFile(join(folder, name)).catch(() => undefined)));
    for (const old of found) {
      if (old !== undefined) await replace(join(folder, `retired-${shortThumbprint(old)}.cer`), old);
    }
    await rm(join(folder, identityFiles.next), { force: true });
    await rm(join(folder, identityFiles.previous), { force: true });
    await replace(join(folder, identityFiles.signer), certificate);
  });
}

async function issueInto(
  home: string,
  now: Date,
  place: (certificate: Buffer) => Promise<void>,
): Promise<Result<Identity>> {
  const root = await openRoot(home, now);
  if (!root.ok) return root;
  const issued = await issueSigner(root.value, now);
  return change(home, async () => {
    const key = join(identityFolder(home), keyFileOf(issued.certificate));
    await writeFile(key, issued.keyPem, { mode: 0o600, flag: 'wx' });
    await place(issued.certificate);
  });
}

async function openRoot(home: string, now: Date): Promise<Result<Authority>> {
  const folder = identityFolder(home);
  try {
    const certificate = await readFile(join(folder, identityFiles.root));
    const key = createPrivateKey(await readFile(join(folder, identityFiles.rootKey)));
    const x509 = new X509Certificate(certificate);
    if (!x509.checkPrivateKey(key)) return failed([unreadable(`The key of the root in "${folder}" is another one.`)]);
    const end = new Date(x509.validTo);
    const hasTime = end.getTime() - now.getTime() > minimumRootDays * 86_400_000;
    return hasTime ? ok({ certificate, key }) : failed([rootEnds(folder, end)]);
  } catch (error) {
    const message = `A new leaf needs "${identityFiles.root}" and "${identityFiles.rootKey}" in "${folder}" (${reasonOf(error)}).`;
    const help = 'Put the files back from where you keep them, or start over with a new identity.';
    return failed([diagnostic('identity-unreadable', { message, help })]);
  }
}

async function change(home: string, steps: () => Promise<void>): Promise<Result<Identity>> {
  try {
    await steps();
  } catch (error) {
    const message = `The local identity in "${identityFolder(home)}" cannot be written (${reasonOf(error)}).`;
    return failed([unreadable(message)]);
  }
  return openIdentity(home);
}

function replace(path: string, content: Buffer): Promise<void> {
  return replaceFiles([{ path, content }]);
}

function isValid(der: Buffer, now: Date): boolean {
  const x509 = new X509Certificate(der);
  return now >= new Date(x509.validFrom) && now <= new Date(x509.validTo);
}

function nextExists(folder: string, next: Buffer): Diagnostic {
  const end = new Date(new X509Certificate(next).validTo).toISOString().slice(0, 10);
  return diagnostic('next-signer-exists', {
    message: `The next signer is in "${folder}" already, valid to ${end}.`,
    help: 'When machines trust next-signer.cer, "psmint identity switch" starts to sign with it.',
  });
}

function noNext(folder: string): Diagnostic {
  return diagnostic('next-signer-missing', {
    message: `There is no valid next signer in "${folder}".`,
    help: 'Make one by "psmint identity renew", and distribute trust/next-signer.cer first.',
  });
}

function rootEnds(folder: string, end: Date): Diagnostic {
  return diagnostic('certificate-expired', {
    message: `The root in "${folder}" ends on ${end.toISOString().slice(0, 10)}, too early for a new leaf.`,
    help: 'Move the folder away and make a new identity; machines must then trust its root.',
  });
}
