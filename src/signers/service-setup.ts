import { failed, ok, type Result } from '../diagnostic.ts';
import { readCertificateFile } from './key-files.ts';
import { signerSetup } from './remote-key.ts';
import type { SignerEnvironment } from './signer.ts';
import { readTimeLimit } from './time-limit.ts';

/** What every signer in a cloud needs before it asks for anything. */
export interface ServiceSetup {
  readonly url: URL;
  /** Longest wait for one signature. */
  readonly limitMs: number;
  /** DER of the certificates in the file that was named; empty without one. */
  readonly certificates: readonly Buffer[];
}

/** Reads address, time limit and certificate file of a signer; all mistakes at once. */
export async function readServiceSetup(
  id: string,
  address: string,
  certificatePath: string | undefined,
  env: SignerEnvironment,
): Promise<Result<ServiceSetup>> {
  const url = readServiceUrl(address, id);
  const limitMs = readTimeLimit(env, id);
  const certificates = certificatePath === undefined ? ok([]) : await readCertificateFile(certificatePath);
  const problems = [url, limitMs, certificates].flatMap((result) => (result.ok ? [] : result.diagnostics));
  if (!url.ok || !limitMs.ok || !certificates.ok) return failed(problems);
  return ok({ url: url.value, limitMs: limitMs.value, certificates: certificates.value });
}

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

// The address of a service that gets tokens: https, or http on this computer itself; nothing that could hold a password.
// A refused address is not quoted, because somebody may have put one into it.
function readServiceUrl(text: string, id: string): Result<URL> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isProtected = url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback.has(url.hostname));
  const isPlain = url !== undefined && [url.username, url.password, url.search, url.hash].every((part) => part === '');
  if (isProtected && isPlain) return ok(url);
  const help = 'Write https://<host>…, without user, password, query or fragment.';
  return failed([signerSetup(id, 'the address of the service cannot be used', help)]);
}
