import { X509Certificate } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { hostname, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCertificate } from '../../src/authenticode/certificate.ts';
import { oids } from '../../src/authenticode/oids.ts';
import { exportIdentity, identityFacts } from '../../src/identity-facts.ts';
import { createIdentity, ensureIdentity, openIdentity } from '../../src/identity.ts';
import { sign } from '../../src/sign.ts';
import { openSigner } from '../../src/signers/index.ts';
import { verify } from '../../src/verify.ts';
import { codes, unsigned, unwrap } from '../support/signing.ts';
import { isInstalled, run } from '../support/tools.ts';

const now = new Date('2026-06-15T12:00:00.500Z');
const later = (days: number): Date => new Date(now.getTime() + days * 86_400_000);
let home: string;

beforeEach(async () => {
  home = join(await mkdtemp(join(tmpdir(), 'psmint-identity-')), 'data');
});
afterEach(() => rm(join(home, '..'), { recursive: true, force: true }));

describe('an identity', () => {
  it('is a private root that can only issue code-signing leaves, and one such leaf', async () => {
    const identity = unwrap(await createIdentity(home, now));
    const [root, signer] = [readCertificate(identity.root), readCertificate(identity.signer)];
    expect(root.extensions).toMatchObject({ isCa: true, pathLength: 0, keyUsage: new Set([5]), unknownCritical: [] });
    expect(signer.extensions).toMatchObject({ isCa: false, keyUsage: new Set([0]), unknownCritical: [] });
    for (const { extensions, publicKey, serial } of [root, signer]) {
      expect(extensions.extendedKeyUsage?.purposes).toEqual(new Set([oids.codeSigning]));
      expect(publicKey.asymmetricKeyDetails?.modulusLength).toBe(3072);
      expect(serial).toHaveLength(16);
      expect(serial[0]).toBeLessThan(0x80);
    }
    // Both ends count.
    expect(signer.notAfter - signer.notBefore + 1000).toBe(460 * 86_400_000);
    expect(root.notAfter - root.notBefore + 1000).toBe(3650 * 86_400_000);
    expect(signer.notBefore).toBeLessThan(now.getTime());
  });

  it('holds no name of a person or computer, and differs from the next', async () => {
    const [first, second] = [unwrap(await createIdentity(home, now)), unwrap(await createIdentity(`${home}2`, now))];
    const names = [first, second].map(({ signer }) => new X509Certificate(signer).subject);
    expect(names[0]).toMatch(/^CN=psmint signer [0-9a-f]{8}$/);
    expect(names[0]).not.toBe(names[1]);
    expect(first.root.toString('latin1')).not.toContain(hostname());
    if (userInfo().username.length > 4) expect(first.root.toString('latin1')).not.toContain(userInfo().username);
  });

  it.skipIf(process.platform === 'win32')('keeps its keys to its user', async () => {
    const { folder } = unwrap(await createIdentity(home, now));
    expect((await stat(home)).mode & 0o777).toBe(0o700);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    for (const name of ['root-key.pem', 'signer-key.pem'])
      expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
  });

  it('is made once: a second is refused, and the first stays', async () => {
    const first = unwrap(await createIdentity(home, now));
    expect(codes(await createIdentity(home, now))).toEqual(['identity-exists']);
    expect(unwrap(await openIdentity(home)).signer).toEqual(first.signer);
  });

  it('is one for all when many builds make it at once, and nothing is left over', async () => {
    const made = await Promise.all(Array.from({ length: 5 }, () => ensureIdentity(home, now)));
    const identities = made.map(unwrap);
    expect(new Set(identities.map(({ identity }) => identity.signer.toString('hex'))).size).toBe(1);
    expect(identities.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(await readdir(home)).toEqual(['identity']);
    expect((await readdir(join(home, 'identity'))).sort()).toEqual([
      'root-key.pem',
      'root.cer',
      'signer-key.pem',
      'signer.cer',
    ]);
  });

  it('is not there, or does not fit together: identity-unreadable', async () => {
    expect(codes(await openIdentity(home))).toEqual(['identity-unreadable']);
    const { folder } = unwrap(await createIdentity(home, now));
    const other = unwrap(await createIdentity(`${home}2`, now));
    const key = await readFile(join(folder, 'signer-key.pem'));
    for (const [name, content] of [
      ['signer.cer', other.signer],
      ['root.cer', other.root],
      ['signer-key.pem', Buffer.from('no key')],
    ] as const) {
      const before = await readFile(join(folder, name));
      await writeFile(join(folder, name), content);
      const result = await ensureIdentity(home, now);
      expect(codes(result), name).toEqual(['identity-unreadable']);
      expect(JSON.stringify(result)).not.toContain(key.toString('utf8').slice(100, 130));
      await writeFile(join(folder, name), before);
    }
    await rm(join(folder, 'signer.cer'));
    expect(codes(await openIdentity(home))).toEqual(['identity-unreadable']);
  });

  it('that cannot be written leaves nothing behind', async () => {
    await writeFile(join(home, '..', 'data'), 'a file where the folder should be');
    expect(codes(await createIdentity(home, now))).toEqual(['identity-unreadable']);
  });

  it('reports its validity', async () => {
    const identity = unwrap(await createIdentity(home, now));
    expect(identityFacts(identity, now).signer).toMatchObject({ daysLeft: 459, isExpired: false });
    expect(identityFacts(identity, later(500)).signer.isExpired).toBe(true);
    expect(identityFacts(identity, now).root.sha1).toMatch(/^[0-9A-F]{40}$/);
    expect(JSON.stringify(identityFacts(identity, now))).not.toContain('PRIVATE');
  });

  it('exports certificates and no key', async () => {
    const identity = unwrap(await createIdentity(home, now));
    const folder = join(home, 'export');
    expect(unwrap(await exportIdentity(identity, folder))).toEqual([
      join(folder, 'root.cer'),
      join(folder, 'signer.cer'),
    ]);
    expect(await readFile(join(folder, 'root.cer'))).toEqual(identity.root);
    expect((await readdir(folder)).sort()).toEqual(['root.cer', 'signer.cer']);
    await writeFile(join(home, 'blocked'), '');
    expect(codes(await exportIdentity(identity, join(home, 'blocked')))).toEqual(['output-unwritable']);
  });

  it('signs as the default signer, announced once; not after it has expired', async () => {
    const context = { home, env: {}, now };
    const first = unwrap(await openSigner(undefined, context));
    expect(first.createdIdentity).toBe(join(home, 'identity'));
    const second = unwrap(await openSigner(undefined, context));
    expect(second.createdIdentity).toBeUndefined();
    const signed = unwrap(await sign([unsigned()], second.signer, { now }));
    expect(codes(verify(signed, { trust: first.trust, at: now }))).toEqual([]);
    expect(codes(verify(signed, { trust: first.trust, at: later(500) }))).toEqual(['certificate-expired']);
    expect(codes(await openSigner(undefined, { ...context, now: later(500) }))).toEqual(['certificate-expired']);
  });

  const hasOpenssl = isInstalled('openssl');
  it.skipIf(!hasOpenssl)('is a chain for openssl, strictly', async () => {
    const { root, signer } = unwrap(await createIdentity(home, now));
    const [rootFile, signerFile] = [join(home, 'root.pem'), join(home, 'signer.pem')];
    await writeFile(rootFile, new X509Certificate(root).toString());
    await writeFile(signerFile, new X509Certificate(signer).toString());
    const time = String(Math.floor(now.getTime() / 1000));
    const args = ['verify', '-x509_strict', '-purpose', 'any', '-attime', time, '-CAfile', rootFile];
    expect(run('openssl', [...args, signerFile]).output).toMatch(/signer\.pem: OK/);
  });
});
