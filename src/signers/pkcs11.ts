import { readCertificate as readX509 } from '../authenticode/certificate.ts';
import { digestInfo } from '../authenticode/digest-info.ts';
import { attempt } from '../authenticode/format-error.ts';
import { diagnostic, failed, ok, type Result } from '../diagnostic.ts';
import { readCertificateFile } from './key-files.ts';
import {
  listObjects,
  listTokens,
  readTokenCertificate,
  signOnToken,
  type Pkcs11Access,
  type Pkcs11Object,
  type Pkcs11Token,
} from './pkcs11-tool.ts';
import { readPkcs11Uri, type Pkcs11Uri } from './pkcs11-uri.ts';
import { openRemoteKey, signerFailed, signerSetup } from './remote-key.ts';
import { readSecret, readSecretFile } from './secrets.ts';
import type { OpenedSigner, SignerContext, SignerEnvironment, SignRequest } from './signer.ts';
import { readTimeLimit } from './time-limit.ts';

/** Certificates of one token that are looked at. */
const maximumCertificates = 20;

/**
 * `pkcs11:<URI>[,<certificates>]`: a key on a token or HSM, named as RFC 7512 says; a comma in the URI is written %2C.
 * Without a certificate file the certificates on the token are taken. The PIN is tried once, before anything is signed.
 */
export async function openPkcs11(argument: string, context: SignerContext): Promise<Result<OpenedSigner>> {
  const [uri = '', path] = argument.split(/,([^]*)/);
  const key = readPkcs11Uri(uri);
  if (!key.ok) return key;
  const id = `pkcs11:${key.value.token.token ?? ''}/${key.value.label ?? key.value.id ?? ''}`;
  const file = path === undefined ? ok([]) : await readCertificateFile(path);
  const access = await readAccess(key.value, context.env, id);
  const unread = [file, access].flatMap((result) => (result.ok ? [] : result.diagnostics));
  if (!file.ok || !access.ok) return failed(unread);
  const slot = await findSlot(access.value, key.value);
  if (!slot.ok) return slot;
  const object = await findKey(access.value, slot.value, key.value);
  if (!object.ok) return object;
  const found =
    path === undefined
      ? await readCertificates(access.value, slot.value, object.value)
      : ok({ certificates: file.value });
  if (!found.ok) return found;
  const sign = ({ digest }: SignRequest): Promise<Result<Buffer>> =>
    signOnToken(access.value, slot.value, object.value.id, digestInfo(digest));
  // One at a time: many drivers do not bear a second process, and a token signs one after the other anyway.
  return openRemoteKey({ id, ...found.value, maximumParallel: 1, sign }, context.now);
}

async function readAccess(uri: Pkcs11Uri, env: SignerEnvironment, id: string): Promise<Result<Pkcs11Access>> {
  const limitMs = readTimeLimit(env, id);
  const pin =
    uri.pinFile === undefined ? await readSecret(env, 'PSMINT_PKCS11_PIN') : await readSecretFile(uri.pinFile);
  if (!limitMs.ok) return limitMs;
  if (!pin.ok) return pin;
  if (pin.value) return ok({ id, modulePath: uri.modulePath, pin: pin.value, env, limitMs: limitMs.value });
  const help = 'Set PSMINT_PKCS11_PIN, or PSMINT_PKCS11_PIN_FILE to a file that holds it.';
  return failed([signerSetup(id, 'no PIN was given', help)]);
}

/** @returns the slot of the one token that fits */
async function findSlot(access: Pkcs11Access, uri: Pkcs11Uri): Promise<Result<string>> {
  const tokens = await listTokens(access);
  if (!tokens.ok) return tokens;
  const wanted = Object.entries(uri.token);
  const fitting = tokens.value.filter((token) => wanted.every(([name, value]) => isAttribute(token, name, value)));
  const [only] = fitting;
  if (only !== undefined && fitting.length === 1) return ok(only['slot-id']);
  const there = tokens.value.map(({ token, serial }) => `"${token}" (serial ${serial})`).join(', ');
  const problem = `${fitting.length === 0 ? 'no token fits' : `${fitting.length} tokens fit`} the URI; there are: ${there || 'none'}`;
  const help = 'Name the token by token= or serial=, and its driver by module-path=.';
  return failed([signerSetup(access.id, problem, help)]);
}

function isAttribute(token: Pkcs11Token, name: string, value: string): boolean {
  return Object.entries(token).some(([known, own]) => known === name && own === value);
}

async function findKey(access: Pkcs11Access, slot: string, uri: Pkcs11Uri): Promise<Result<Pkcs11Object>> {
  const keys = await listObjects(access, slot, 'privkey');
  if (!keys.ok) return keys;
  const fits = ({ label, id }: Pkcs11Object): boolean =>
    (uri.label === undefined || uri.label === label) && (uri.id === undefined || uri.id === id);
  const [key, ...others] = keys.value.filter(fits);
  if (key === undefined || others.length > 0) {
    const there = keys.value.map(({ label, id }) => `"${label}" (id ${id || 'none'})`).join(', ');
    const problem = `${key === undefined ? 'no key fits' : 'several keys fit'} the URI; the token has: ${there || 'none'}`;
    return failed([signerSetup(access.id, problem, 'Name the key by object=, id= or both.')]);
  }
  // The tool finds a key by its id alone.
  if (key.id === '' || keys.value.filter(({ id }) => id === key.id).length > 1) {
    const problem = `the key "${key.label}" has ${key.id === '' ? 'no id' : `the id ${key.id} of another`}`;
    return failed([signerSetup(access.id, problem, 'Give every key on the token an id (CKA_ID) of its own.')]);
  }
  if (/; RSA/.test(key.kind)) return ok(key);
  return failed([
    diagnostic('unsupported-key', {
      message: `${access.id}: the key is not an RSA key; scripts are signed with RSA.`,
      help: 'Use a code-signing certificate with an RSA key of 3072 bits. Windows trusts no public ECDSA code signing.',
    }),
  ]);
}

interface TokenCertificates {
  readonly leaf: Buffer;
  readonly certificates: readonly Buffer[];
}

function readCertificate(bytes: Buffer, id: string): Result<Buffer> {
  return attempt(
    () => readX509(bytes).raw,
    (error) => signerFailed(id, `a certificate on the token cannot be read: ${error.message.replace(/\.$/, '')}`),
  );
}

// PKCS#11 gives a key and its certificate the same CKA_ID; the others may be those of the authorities.
async function readCertificates(
  access: Pkcs11Access,
  slot: string,
  key: Pkcs11Object,
): Promise<Result<TokenCertificates>> {
  const listed = await listObjects(access, slot, 'cert');
  if (!listed.ok) return listed;
  const certificates: Buffer[] = [];
  const own = listed.value.filter(({ id }) => id !== '' && id === key.id);
  const others = listed.value.filter((object) => !own.includes(object));
  for (const object of [...own, ...others].slice(0, maximumCertificates)) {
    const der = await readTokenCertificate(access, slot, object);
    const read = der.ok ? readCertificate(der.value, access.id) : der;
    if (!read.ok) return read;
    certificates.push(read.value);
  }
  const [leaf] = certificates;
  if (leaf !== undefined && own.length > 0) return ok({ leaf, certificates });
  const help = 'Name a file with the certificates after the URI: pkcs11:…,chain.pem';
  return failed([signerFailed(access.id, 'the token has no certificate with the id of the key', help)]);
}
