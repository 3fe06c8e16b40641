import { X509Certificate } from 'node:crypto';
import { copyFile, cp, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { readCertificate } from '../../src/authenticode/certificate.ts';
import { exportIdentity, identityFacts } from '../../src/identity-facts.ts';
import { reissueSigner, renewIdentity, switchSigner } from '../../src/identity-renewal.ts';
import { createIdentity, openIdentity, type Identity } from '../../src/identity.ts';
import { sign } from '../../src/sign.ts';
import { openSigner } from '../../src/signers/index.ts';
import { verify } from '../../src/verify.ts';
import { psmint } from '../support/in-process.ts';
import { codes, unsigned, unwrap } from '../support/signing.ts';
import { testPki } from '../support/test-ca.ts';

const now = new Date('2026-06-15T12:00:00Z');
const later = (days: number): Date => new Date(now.getTime() + days * 86_400_000);
// Keys take long to make: one identity with a next leaf serves every test, each with its own copy.
let base: string;
let home: string;
let first: Identity;
let folder: string;
let count = 0;

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'psmint-life-'));
  first = unwrap(await createIdentity(join(base, 'first'), now));
  await cp(join(base, 'first'), join(base, 'renewed'), { recursive: true });
  unwrap(await renewIdentity(join(base, 'renewed'), now));
});
afterAll(() => rm(base, { recursive: true, force: true }));
beforeEach(() => start('first'));

async function start(state: 'first' | 'renewed'): Promise<Identity> {
  home = join(base, `home-${++count}`);
  folder = join(home, 'identity');
  await cp(join(base, state), home, { recursive: true });
  return unwrap(await openIdentity(home));
}

/** Thumbprint of the leaf that a build at this moment would sign with. */
async function signingLeaf(at: Date): Promise<string> {
  const opened = unwrap(await openSigner(undefined, { home, env: {}, now: at }));
  const signed = unwrap(await sign([unsigned()], opened.signer, { now: at }));
  const [verified] = unwrap(verify(signed, { trust: [first.root], at }));
  return verified!.signature!.signerSha1;
}

const sha1 = (der: Buffer | undefined): string => new X509Certificate(der!).fingerprint.replaceAll(':', '');

describe('identity renew', () => {
  it('makes the next leaf under the same root, which signs nothing yet', async () => {
    const renewed = unwrap(await renewIdentity(home, later(400)));
    expect(renewed.root).toEqual(first.root);
    expect(renewed.signer).toEqual(first.signer);
    const next = readCertificate(renewed.next!);
    expect(next.notAfter).toBeGreaterThan(later(850).getTime());
    expect(next.extensions).toEqual(readCertificate(first.signer).extensions);
    expect(next.raw).not.toEqual(first.signer);
    expect(await signingLeaf(later(400))).toBe(sha1(first.signer));
    const opened = unwrap(await openSigner(undefined, { home, env: {}, now: later(400) }));
    expect(opened).toMatchObject({ next: renewed.next, previous: undefined });
  });

  it('is refused while a next leaf waits, and replaces one that has expired', async () => {
    const { next } = await start('renewed');
    expect(codes(await renewIdentity(home, later(300)))).toEqual(['next-signer-exists']);
    expect(unwrap(await openIdentity(home)).next).toEqual(next);
    expect(unwrap(await renewIdentity(home, later(500))).next).not.toEqual(next);
  });

  it('ends with the root at the latest, and is refused when the root has no time left', async () => {
    const rootEnd = readCertificate(first.root).notAfter;
    const renewed = unwrap(await renewIdentity(home, new Date(rootEnd - 100 * 86_400_000)));
    expect(readCertificate(renewed.next!).notAfter).toBe(rootEnd);
    await rm(join(folder, 'next-signer.cer'));
    expect(codes(await renewIdentity(home, new Date(rootEnd - 10 * 86_400_000)))).toEqual(['certificate-expired']);
  });

  it('needs the key of the root, which may be kept elsewhere until then', async () => {
    await rename(join(folder, 'root-key.pem'), join(home, 'kept.pem'));
    expect(codes(await renewIdentity(home, now))).toEqual(['identity-unreadable']);
    expect(await signingLeaf(now)).toBe(sha1(first.signer));
    await copyFile(join(folder, 'signer-key.pem'), join(folder, 'root-key.pem'));
    expect(codes(await renewIdentity(home, now))).toEqual(['identity-unreadable']);
    await rename(join(home, 'kept.pem'), join(folder, 'root-key.pem'));
    unwrap(await renewIdentity(home, now));
  });

  it.skipIf(process.platform === 'win32')('keeps the new key to its user', async () => {
    await start('renewed');
    const keys = (await readdir(folder)).filter((name) => name.endsWith('.pem'));
    expect(keys).toHaveLength(3);
    for (const name of keys) expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
  });
});

describe('identity switch', () => {
  it('signs with the next leaf from now on, and keeps the one before for trust/', async () => {
    const { next } = await start('renewed');
    const switched = unwrap(await switchSigner(home, later(420)));
    expect(switched).toMatchObject({ signer: next, previous: first.signer });
    expect(switched.next).toBeUndefined();
    expect(await signingLeaf(later(420))).toBe(sha1(next));
    const opened = unwrap(await openSigner(undefined, { home, env: {}, now: later(420) }));
    expect(opened).toMatchObject({ next: undefined, previous: first.signer });
  });

  it('is refused without a valid next leaf', async () => {
    expect(codes(await switchSigner(home, now))).toEqual(['next-signer-missing']);
    await start('renewed');
    expect(codes(await switchSigner(home, later(500)))).toEqual(['next-signer-missing']);
    expect(unwrap(await openIdentity(home)).signer).toEqual(first.signer);
  });

  it('works again and again; what has expired leaves trust/', async () => {
    const { next } = await start('renewed');
    unwrap(await switchSigner(home, later(100)));
    const third = unwrap(await renewIdentity(home, later(200)));
    unwrap(await switchSigner(home, later(200)));
    expect(await signingLeaf(later(200))).toBe(sha1(third.next));
    expect(unwrap(await openIdentity(home)).previous).toEqual(next);
    const afterwards = unwrap(await openSigner(undefined, { home, env: {}, now: later(500) }));
    expect(afterwards.previous).toBeUndefined();
  });

  it('leaves a whole identity at every step, and is taken back by one file', async () => {
    const { next } = await start('renewed');
    await copyFile(join(folder, 'signer.cer'), join(folder, 'previous-signer.cer'));
    expect(await signingLeaf(now)).toBe(sha1(first.signer));
    unwrap(await switchSigner(home, now));
    expect(await signingLeaf(now)).toBe(sha1(next));
    await copyFile(join(folder, 'previous-signer.cer'), join(folder, 'signer.cer'));
    expect(await signingLeaf(now)).toBe(sha1(first.signer));
  });
});

describe('identity create --from-ca', () => {
  it('signs with a new leaf at once, and takes the old ones out of trust/', async () => {
    await start('renewed');
    const before = await readdir(folder);
    const reissued = unwrap(await reissueSigner(home, later(1)));
    expect(reissued.root).toEqual(first.root);
    expect(reissued.next).toBeUndefined();
    expect(reissued.previous).toBeUndefined();
    expect(await signingLeaf(later(1))).toBe(sha1(reissued.signer));
    const retired = (await readdir(folder)).filter((name) => name.startsWith('retired-'));
    expect(retired).toHaveLength(2);
    const contents = await Promise.all(retired.map((name) => readFile(join(folder, name), 'latin1')));
    expect(contents).toContain(first.signer.toString('latin1'));
    // No key is deleted: that is for people to decide.
    for (const name of before.filter((file) => file.endsWith('.pem'))) expect(await readdir(folder)).toContain(name);
  });

  it.each([['signer-key.pem'], ['signer.cer']])('mends an identity without %s', async (name) => {
    await rm(join(folder, name));
    expect(codes(await openIdentity(home))).toEqual(['identity-unreadable']);
    const reissued = unwrap(await reissueSigner(home, now));
    expect(await signingLeaf(now)).toBe(sha1(reissued.signer));
  });

  it('is refused when there is no root', async () => {
    expect(codes(await reissueSigner(`${home}-none`, now))).toEqual(['identity-unreadable']);
    await writeFile(join(folder, 'root.cer'), 'no certificate');
    expect(codes(await reissueSigner(home, now))).toEqual(['identity-unreadable']);
  });
});

describe('the command line', () => {
  afterEach(() => vi.useRealTimers());

  it('tells what to do next, and never prints a key', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: later(1) });
    const { next } = await start('renewed');
    const shown = await psmint(['identity', 'show'], { home });
    expect(shown.out).toMatch(/^next {6}CN=psmint signer/m);
    const again = await psmint(['identity', 'renew'], { home });
    expect(again.code).toBe(2);
    expect(again.err).toContain('psmint identity switch');
    const switched = await psmint(['identity', 'switch', '--json'], { home });
    expect(JSON.parse(switched.out)).toMatchObject({ signer: { sha1: sha1(next) }, previousSigner: {} });
    expect(switched.err).toContain('previous-signer.cer');
    for (const { out, err } of [shown, again, switched]) expect(out + err).not.toContain('PRIVATE');
  });
});

describe('the facts of an identity', () => {
  it('name the next and the previous leaf, and export the next', async () => {
    await start('renewed');
    const switched = unwrap(await switchSigner(home, now));
    await copyFile(join(folder, 'signer.cer'), join(folder, 'next-signer.cer'));
    const renewed = { ...switched, next: switched.signer };
    expect(identityFacts(renewed, now)).toMatchObject({
      nextSigner: { sha1: sha1(renewed.next), isExpired: false },
      previousSigner: { sha1: sha1(first.signer) },
    });
    unwrap(await exportIdentity(renewed, join(home, 'out')));
    expect((await readdir(join(home, 'out'))).sort()).toEqual(['next-signer.cer', 'root.cer', 'signer.cer']);
  });

  it('does not take a leaf of another root', async () => {
    await writeFile(join(folder, 'next-signer.cer'), testPki('other').leaf.certificate);
    expect(codes(await openIdentity(home))).toEqual(['identity-unreadable']);
  });
});
