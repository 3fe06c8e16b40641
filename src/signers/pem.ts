import { createPrivateKey, type KeyObject } from 'node:crypto';
import { diagnostic, failed, ok, type Result } from '../diagnostic.ts';
import { keyUnreadable, readCertificateFile, readSignerFile } from './key-files.ts';
import { openLocalKey } from './local-key.ts';
import { readSecret } from './secrets.ts';
import type { OpenedSigner, SignerContext } from './signer.ts';

/** `pem:<certificates>,<key>`: PEM or DER files; the key may be encrypted (PSMINT_KEY_PASSWORD). */
export async function openPem(argument: string, { env, now, allowEc }: SignerContext): Promise<Result<OpenedSigner>> {
  const [certificatePath = '', keyPath = '', ...more] = argument.split(',');
  if (!certificatePath || !keyPath || more.length > 0) {
    return failed([
      diagnostic('signer-unknown', {
        message: `"pem:${argument}" does not name exactly a certificate file and a key file.`,
        help: 'Write --signer pem:<certificate>,<key>.',
      }),
    ]);
  }
  const certificates = await readCertificateFile(certificatePath);
  const key = await readSignerFile(keyPath, 'private key');
  const password = await readSecret(env, 'PSMINT_KEY_PASSWORD');
  const unread = [certificates, key, password].flatMap((result) => (result.ok ? [] : result.diagnostics));
  if (!certificates.ok || !key.ok || !password.ok) return failed(unread);
  const opened = openKey(key.value, keyPath, password.value);
  if (!opened.ok) return opened;
  return openLocalKey({ id: `pem:${certificatePath}`, key: opened.value, certificates: certificates.value }, now, {
    allowEc,
  });
}

function openKey(bytes: Buffer, path: string, password: string | undefined): Result<KeyObject> {
  const isPem = bytes.includes('-----BEGIN');
  try {
    // An empty passphrase keeps OpenSSL from asking for one on the terminal.
    const passphrase = password ?? '';
    return ok(
      createPrivateKey(isPem ? { key: bytes, passphrase } : { key: bytes, format: 'der', type: 'pkcs8', passphrase }),
    );
  } catch {
    // The error of OpenSSL is not shown: it says less than this, and nobody knows what it quotes.
    return failed([bytes.includes('ENCRYPTED') ? lockedKey(path, password) : unreadableKey(path)]);
  }
}

function lockedKey(path: string, password: string | undefined): ReturnType<typeof keyUnreadable> {
  return diagnostic('wrong-password', {
    message:
      password === undefined
        ? `The private key "${path}" is encrypted, and no password was given.`
        : `The password does not open the private key "${path}".`,
    help: 'Set PSMINT_KEY_PASSWORD, or PSMINT_KEY_PASSWORD_FILE to a file that holds the password.',
  });
}

function unreadableKey(path: string): ReturnType<typeof keyUnreadable> {
  return keyUnreadable(`"${path}" is not a private key that can be read.`, 'Name a PEM file, or a PKCS#8 DER file.');
}
