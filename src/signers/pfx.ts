import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { FormatError } from '../authenticode/format-error.ts';
import { readPkcs12, type Pkcs12 } from '../authenticode/pkcs12.ts';
import { diagnostic, failed, ok, type Diagnostic, type Result } from '../diagnostic.ts';
import { keyUnreadable, readSignerFile } from './key-files.ts';
import { openLocalKey } from './local-key.ts';
import { readSecret } from './secrets.ts';
import type { OpenedSigner, SignerContext } from './signer.ts';

/** `pfx:<file>`: a PKCS#12 file with one private key and its certificates (PSMINT_PFX_PASSWORD). */
export async function openPfx(path: string, { env, now, allowEc }: SignerContext): Promise<Result<OpenedSigner>> {
  const file = await readSignerFile(path, 'PFX file');
  const password = await readSecret(env, 'PSMINT_PFX_PASSWORD');
  if (!file.ok) return file;
  if (!password.ok) return password;
  const content = openContent(file.value, path, password.value);
  if (!content.ok) return content;
  const { keys, certificates } = content.value;
  const [pkcs8] = keys;
  if (pkcs8 === undefined || keys.length > 1) {
    const message = `The PFX file "${path}" holds ${keys.length} private keys, and psmint takes a file with one.`;
    return failed([keyUnreadable(message)]);
  }
  const key = openKey(pkcs8);
  if (key === undefined || !certificates.every(isCertificate)) {
    return failed([keyUnreadable(`The private key or a certificate in "${path}" cannot be read.`)]);
  }
  return openLocalKey({ id: `pfx:${path}`, key, certificates }, now, { allowEc });
}

function openKey(pkcs8: Buffer): KeyObject | undefined {
  try {
    return createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  } catch {
    return undefined;
  }
}

function isCertificate(der: Buffer): boolean {
  try {
    return new X509Certificate(der).raw.equals(der);
  } catch {
    return false;
  }
}

function openContent(bytes: Buffer, path: string, password: string | undefined): Result<Pkcs12> {
  try {
    return ok(readPkcs12(bytes, password ?? ''));
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return failed([refused(error, path, password)]);
  }
}

function refused(error: FormatError, path: string, password: string | undefined): Diagnostic {
  if (error.kind === 'unsupported')
    return diagnostic('unsupported-key', { message: `The PFX file "${path}": ${error.message}` });
  if (error.kind === 'malformed') return keyUnreadable(`The PFX file "${path}" cannot be read: ${error.message}`);
  return diagnostic('wrong-password', {
    message:
      password === undefined
        ? `The PFX file "${path}" has a password, and none was given.`
        : `The password does not open the PFX file "${path}", or the file was changed.`,
    help: 'Set PSMINT_PFX_PASSWORD, or PSMINT_PFX_PASSWORD_FILE to a file that holds the password.',
  });
}
