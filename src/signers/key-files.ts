import { readFile } from 'node:fs/promises';
import { certificatesIn } from '../authenticode/pem.ts';
import { attempt } from '../authenticode/format-error.ts';
import { diagnostic, failed, ok, type Diagnostic, type Result } from '../diagnostic.ts';
import { errorCode } from '../error-code.ts';

/** Reads a file that a signer needs; `what` names it in the message, for example `private key`. */
export async function readSignerFile(path: string, what: string): Promise<Result<Buffer>> {
  try {
    return ok(await readFile(path));
  } catch (error) {
    return failed([keyUnreadable(`The ${what} "${path}" cannot be read (${errorCode(error)}).`)]);
  }
}

/** Certificates (DER) of a PEM file with one or more, or of a DER file. */
export async function readCertificateFile(path: string): Promise<Result<readonly Buffer[]>> {
  const file = await readSignerFile(path, 'certificate');
  if (!file.ok) return file;
  return attempt(
    () => certificatesIn(file.value),
    (error) => keyUnreadable(`The certificate "${path}" cannot be read: ${error.message}`),
  );
}

export function keyUnreadable(message: string, help?: string): Diagnostic {
  return diagnostic('key-unreadable', help === undefined ? { message } : { message, help });
}
