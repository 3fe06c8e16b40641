import type { Result } from '../diagnostic.ts';
import { ok } from '../diagnostic.ts';
import { readSignerFile } from './key-files.ts';
import type { SignerEnvironment } from './signer.ts';

/** Variables that hold a secret. What other programs and services say is searched for their values before it is shown. */
const secretVariables = [
  'PSMINT_PFX_PASSWORD',
  'PSMINT_KEY_PASSWORD',
  'PSMINT_PKCS11_PIN',
  'PSMINT_AZURE_TOKEN',
  'PSMINT_GOOGLE_TOKEN',
  'AZURE_CLIENT_SECRET',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
] as const;

/** Longest part of somebody else's message that is shown, in characters. */
const quotedLength = 300;

/** The secret in a variable, or the first line of the file that `<name>_FILE` names; undefined when there is neither. */
export async function readSecret(
  env: SignerEnvironment,
  name: 'PSMINT_PFX_PASSWORD' | 'PSMINT_KEY_PASSWORD' | 'PSMINT_PKCS11_PIN',
): Promise<Result<string | undefined>> {
  const secret = env[name];
  const file = env[`${name}_FILE`];
  if (secret !== undefined || file === undefined) return ok(secret);
  return readSecretFile(file);
}

/** The first line of a file that holds a secret. */
export async function readSecretFile(path: string): Promise<Result<string>> {
  const content = await readSignerFile(path, 'password file');
  return content.ok ? ok(content.value.toString('utf8').replace(/\r?\n[^]*$/, '')) : content;
}

export function secretsIn(env: SignerEnvironment): string[] {
  return secretVariables.flatMap((name) => env[name] ?? []);
}

/** What a program or service said, on one line, cut, and with every secret blotted out. */
export function quoted(text: string, secrets: readonly string[]): string {
  // The longest first: a secret may be part of another.
  const known = secrets.filter((secret) => secret !== '').sort((a, b) => b.length - a.length);
  const safe = known.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
  const line = safe.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim();
  return line.length > quotedLength ? `${line.slice(0, quotedLength)}…` : line;
}
