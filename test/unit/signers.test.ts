import { createCipheriv, createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as der from '../../src/authenticode/der-writer.ts';
import { FormatError } from '../../src/authenticode/format-error.ts';
import { oids } from '../../src/authenticode/oids.ts';
import { readPkcs12 } from '../../src/authenticode/pkcs12.ts';
import type { Result } from '../../src/diagnostic.ts';
import { sign } from '../../src/sign.ts';
import { openSigner, signerKinds } from '../../src/signers/index.ts';
import type { OpenedSigner, SignerEnvironment } from '../../src/signers/signer.ts';
import { verify } from '../../src/verify.ts';
import { codes, unsigned, unwrap } from '../support/signing.ts';
import { days, ecKey, issue, keyPem, now, pem, rsaKey, testPki } from '../support/test-ca.ts';
import { isInstalled, run } from '../support/tools.ts';

const pki = testPki('signers');
const password = 'pässwörd 😀 s3cret';
let folder: string;
const file = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'psmint-signers-'));
  await writeFile(file('chain.pem'), `some text\n${pem(pki.root, pki.leaf, pki.intermediate)}`);
  await writeFile(file('leaf.pem'), pem(pki.leaf));
  await writeFile(file('leaf.cer'), pki.leaf.certificate);
  await writeFile(file('key.pem'), keyPem(pki.leaf.key));
  await writeFile(file('locked.pem'), keyPem(pki.leaf.key, password));
  await writeFile(file('other.pem'), keyPem(rsaKey('other')));
  await writeFile(file('ec.pem'), keyPem(ecKey('ec')));
  await writeFile(file('ec-cert.pem'), pem(issue('ec', { key: ecKey('ec'), issuer: pki.root }), pki.root));
  await writeFile(
    file('expired.pem'),
    pem(issue('old', { key: pki.leaf.key, issuer: pki.root, notAfter: days(-3) }), pki.root),
  );
  await writeFile(file('self.pem'), pem(issue('self', { key: pki.leaf.key })));
  await writeFile(file('garbage.pem'), '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n');
  await writeFile(file('password.txt'), `${password}\r\n`);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function open(spec: string | undefined, env: SignerEnvironment = {}): Promise<Result<OpenedSigner>> {
  return openSigner(spec, { home: file('home'), env, now });
}

async function expectSigns(opened: Result<OpenedSigner>): Promise<void> {
  const { signer, trust } = unwrap(opened);
  const signed = unwrap(await sign([unsigned()], signer, { now }));
  expect(codes(verify(signed, { trust, at: now }))).toEqual([]);
}

function messages(result: Result<unknown>): string {
  return result.ok ? '' : result.diagnostics.map(({ message, help }) => `${message} ${help ?? ''}`).join('\n');
}

describe('a signer spec', () => {
  it.each(['pfxx:file', 'hsm', '', ':', 'pem', 'toString:x', 'https://x:s3cret@y'])('%s is unknown', async (spec) => {
    const result = await open(spec);
    expect(codes(result)).toEqual(['signer-unknown']);
    for (const { form } of Object.values(signerKinds)) expect(messages(result)).toContain(form);
    expect(messages(result)).not.toContain('s3cret');
  });

  it.each(['pem:', 'pem:a', 'pem:a,', 'pem:,b', 'pem:a,b,c'])('%s names no certificate and key', async (spec) => {
    expect(codes(await open(spec))).toEqual(['signer-unknown']);
  });
});

describe('pem:', () => {
  it('signs with a chain in any order', async () => {
    await expectSigns(await open(`pem:${file('chain.pem')},${file('key.pem')}`));
  });

  it('signs with a self-signed certificate, which travels with the signature', async () => {
    const opened = await open(`pem:${file('self.pem')},${file('key.pem')}`);
    await expectSigns(opened);
    expect(unwrap(opened).signer.chain).toHaveLength(1);
  });

  it('signs with an encrypted key, the password given or in a file', async () => {
    const spec = `pem:${file('chain.pem')},${file('locked.pem')}`;
    await expectSigns(await open(spec, { PSMINT_KEY_PASSWORD: password }));
    await expectSigns(await open(spec, { PSMINT_KEY_PASSWORD_FILE: file('password.txt') }));
  });

  it.each([
    ['a wrong password', 'chain.pem', 'locked.pem', { PSMINT_KEY_PASSWORD: 'wrong s3cret' }, ['wrong-password']],
    ['no password', 'chain.pem', 'locked.pem', {}, ['wrong-password']],
    ['a key of another certificate', 'chain.pem', 'other.pem', {}, ['certificate-key-mismatch']],
    ['a leaf alone', 'leaf.pem', 'key.pem', {}, ['chain-incomplete']],
    ['a leaf alone in DER', 'leaf.cer', 'key.pem', {}, ['chain-incomplete']],
    ['an EC key', 'ec-cert.pem', 'ec.pem', {}, ['unsupported-key']],
    ['an expired certificate', 'expired.pem', 'key.pem', {}, ['certificate-expired']],
    ['a broken certificate', 'garbage.pem', 'key.pem', {}, ['key-unreadable']],
    ['a certificate as key', 'chain.pem', 'leaf.pem', {}, ['key-unreadable']],
    ['no files at all', 'none.pem', 'none.key', {}, ['key-unreadable', 'key-unreadable']],
  ])('refuses %s', async (_, certificate, key, env, expected) => {
    const result = await open(`pem:${file(certificate)},${file(key)}`, env);
    expect(codes(result)).toEqual(expected);
    expect(messages(result)).not.toContain('s3cret');
  });

  it('refuses a password file that is not there', async () => {
    const result = await open(`pem:${file('chain.pem')},${file('locked.pem')}`, {
      PSMINT_KEY_PASSWORD_FILE: file('none'),
    });
    expect(codes(result)).toEqual(['key-unreadable']);
  });
});

const hasOpenssl = isInstalled('openssl');

function exportPfx(name: string, options: readonly string[], secret = password): string {
  const path = file(name);
  const inputs = ['-in', file('leaf.pem'), '-inkey', file('key.pem'), '-certfile', file('chain.pem')];
  const { exitCode, output } = run('openssl', [
    'pkcs12',
    '-export',
    '-out',
    path,
    ...inputs,
    '-passout',
    `pass:${secret}`,
    ...options,
  ]);
  expect(exitCode, output).toBe(0);
  return path;
}

const modern = (cipher: string): string[] => ['-keypbe', cipher, '-certpbe', cipher];

describe.skipIf(!hasOpenssl)('pfx: from openssl', () => {
  it.each([
    ['AES-256', modern('AES-256-CBC')],
    ['AES-128 with a SHA-1 MAC', [...modern('AES-128-CBC'), '-macalg', 'SHA1']],
    ['AES-192 with a SHA-512 MAC', [...modern('AES-192-CBC'), '-macalg', 'SHA512']],
    ['3DES', ['-legacy', ...modern('PBE-SHA1-3DES'), '-macalg', 'SHA1']],
    ['3DES with two keys', ['-legacy', ...modern('PBE-SHA1-2DES'), '-macalg', 'SHA1']],
    ['many iterations', [...modern('AES-256-CBC'), '-iter', '100000']],
    ['certificates in the clear', ['-keypbe', 'AES-256-CBC', '-certpbe', 'NONE']],
    ['a key in the clear', ['-keypbe', 'NONE', '-certpbe', 'NONE']],
    ['no MAC', [...modern('AES-256-CBC'), '-nomac']],
  ])('signs: %s', async (_, options) => {
    const path = exportPfx('good.pfx', options);
    await expectSigns(await open(`pfx:${path}`, { PSMINT_PFX_PASSWORD: password }));
    await expectSigns(await open(`pfx:${path}`, { PSMINT_PFX_PASSWORD_FILE: file('password.txt') }));
  });

  it('signs with an empty password', async () => {
    await expectSigns(await open(`pfx:${exportPfx('empty.pfx', modern('AES-256-CBC'), '')}`));
  });

  it.each(['wrong s3cret', '', password.toUpperCase()])('refuses the password "%s"', async (wrong) => {
    const result = await open(`pfx:${exportPfx('good.pfx', modern('AES-256-CBC'))}`, { PSMINT_PFX_PASSWORD: wrong });
    expect(codes(result)).toEqual(['wrong-password']);
    expect(messages(result)).not.toContain('s3cret');
  });

  it('says that a password is missing', async () => {
    const result = await open(`pfx:${exportPfx('good.pfx', modern('AES-256-CBC'))}`);
    expect(codes(result)).toEqual(['wrong-password']);
    expect(messages(result)).toMatch(/none was given.*PSMINT_PFX_PASSWORD/s);
  });

  it('refuses RC2-40 by name, with the way out', async () => {
    const path = exportPfx('rc2.pfx', ['-legacy', '-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-RC2-40']);
    const result = await open(`pfx:${path}`, { PSMINT_PFX_PASSWORD: password });
    expect(codes(result)).toEqual(['unsupported-key']);
    expect(messages(result)).toMatch(/RC2-40.*AES256_SHA256/s);
  });

  it('opens a PFX with an EC key, and refuses to sign with it', async () => {
    const path = file('ec.pfx');
    const inputs = ['-in', file('ec-cert.pem'), '-inkey', file('ec.pem'), '-passout', `pass:${password}`];
    expect(run('openssl', ['pkcs12', '-export', '-out', path, ...inputs, ...modern('AES-256-CBC')]).exitCode).toBe(0);
    const result = await open(`pfx:${path}`, { PSMINT_PFX_PASSWORD: password });
    expect(codes(result)).toEqual(['unsupported-key']);
    expect(messages(result)).toMatch(/a key of type ec; scripts are signed with RSA/);
  });

  it('never opens a changed file, and ends in a FormatError at once', async () => {
    const bytes = await readFile(exportPfx('small.pfx', [...modern('AES-256-CBC'), '-iter', '1', '-maciter']));
    for (let index = 0; index < bytes.length; index += 3) {
      const copy = Buffer.from(bytes);
      copy.writeUInt8(copy.readUInt8(index) ^ 0x11, index);
      const start = performance.now();
      expect(() => readPkcs12(copy, password), `byte ${index}`).toThrow(FormatError);
      expect(performance.now() - start).toBeLessThan(10_000);
    }
  }, 120_000);
});

/** A PFX made here, so that there is one even without openssl. */
function ownPfx(
  options: { mac?: 'sha256' | 'pbmac1' | 'none'; iterations?: number; keys?: number; scheme?: string } = {},
): Buffer {
  const { mac = 'sha256', iterations = 1000, keys = 1 } = options;
  const salt = Buffer.alloc(8, 5);
  const data = (content: Buffer): Buffer =>
    der.sequence(der.oid(oids.data), der.contextConstructed(0, der.octetString(content)));
  const bag = (type: string, value: Buffer): Buffer => der.sequence(der.oid(type), der.contextConstructed(0, value));
  const certificates = [pki.leaf, pki.intermediate, pki.root].map(({ certificate }) =>
    bag(
      oids.certificateBag,
      der.sequence(der.oid(oids.x509Certificate), der.contextConstructed(0, der.octetString(certificate))),
    ),
  );
  const pkcs8 = pki.leaf.key.privateKey.export({ type: 'pkcs8', format: 'der' });
  const key = bag(
    oids.shroudedKeyBag,
    der.sequence(pbes2(salt, iterations, options.scheme), der.octetString(encrypted(pkcs8, salt, iterations))),
  );
  const safe = der.sequence(
    data(der.sequence(...certificates)),
    data(der.sequence(...Array.from({ length: keys }, () => key))),
  );
  if (mac === 'none') return der.sequence(der.integer(3), data(safe));
  const algorithm = mac === 'pbmac1' ? der.sequence(der.oid(oids.pbmac1), der.sequence()) : der.algorithm(oids.sha256);
  const digest = createHmac('sha256', macKey(salt)).update(safe).digest();
  const macData = der.sequence(der.sequence(algorithm, der.octetString(digest)), der.octetString(salt));
  return der.sequence(der.integer(3), data(safe), macData);
}

const iv = Buffer.alloc(16, 9);

function pbes2(salt: Buffer, iterations: number, scheme: string = oids.aes256Cbc): Buffer {
  const derivation = der.sequence(der.octetString(salt), der.integer(iterations), der.algorithm(oids.hmacSha256));
  const parameters = der.sequence(
    der.sequence(der.oid(oids.pbkdf2), derivation),
    der.sequence(der.oid(scheme), der.octetString(iv)),
  );
  return der.sequence(der.oid(oids.pbes2), parameters);
}

function encrypted(content: Buffer, salt: Buffer, iterations: number): Buffer {
  const cipher = createCipheriv(
    'aes-256-cbc',
    pbkdf2Sync(password, salt, Math.min(iterations, 5000), 32, 'sha256'),
    iv,
  );
  return Buffer.concat([cipher.update(content), cipher.final()]);
}

// RFC 7292 B.2 for one round of SHA-256: the key is the digest of diversifier, salt and password.
function macKey(salt: Buffer): Buffer {
  const fill = (octets: Buffer): Buffer => Buffer.alloc(Math.ceil(octets.length / 64) * 64, octets);
  const secret = Buffer.from(`${password}\0`, 'utf16le').swap16();
  return createHash('sha256')
    .update(Buffer.concat([Buffer.alloc(64, 3), fill(salt), fill(secret)]))
    .digest();
}

describe('pfx: made here', () => {
  const openOwn = async (options?: Parameters<typeof ownPfx>[0]): Promise<Result<OpenedSigner>> => {
    await writeFile(file('own.pfx'), ownPfx(options));
    return open(`pfx:${file('own.pfx')}`, { PSMINT_PFX_PASSWORD: password });
  };

  it('signs', async () => {
    await expectSigns(await openOwn());
    await expectSigns(await openOwn({ mac: 'none' }));
  });

  it('refuses PBMAC1 by name, with the way out', async () => {
    const result = await openOwn({ mac: 'pbmac1' });
    expect(codes(result)).toEqual(['unsupported-key']);
    expect(messages(result)).toMatch(/PBMAC1.*RFC 9579.*AES256_SHA256/s);
  });

  it('refuses two keys, no key, an unknown cipher and an endless key derivation', async () => {
    expect(codes(await openOwn({ keys: 2 }))).toEqual(['key-unreadable']);
    expect(codes(await openOwn({ keys: 0 }))).toEqual(['key-unreadable']);
    expect(codes(await openOwn({ scheme: '1.2.3.4' }))).toEqual(['unsupported-key']);
    expect(codes(await openOwn({ iterations: 2_000_000_000 }))).toEqual(['key-unreadable']);
  });

  it('refuses what is no PFX', async () => {
    await writeFile(file('no.pfx'), 'no');
    expect(codes(await open(`pfx:${file('no.pfx')}`, { PSMINT_PFX_PASSWORD: password }))).toEqual(['key-unreadable']);
    expect(codes(await open(`pfx:${file('leaf.cer')}`, { PSMINT_PFX_PASSWORD: password }))).toEqual(['key-unreadable']);
    expect(codes(await open(`pfx:${file('none.pfx')}`))).toEqual(['key-unreadable']);
  });
});
