import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as der from '../../src/authenticode/der-writer.ts';
import { verifyDetached, type DetachedDemand } from '../../src/detached-signature.ts';
import { oids } from '../../src/authenticode/oids.ts';
import { createSignedDataWriter, detachedContent } from '../../src/authenticode/write-signed-data.ts';
import { signerNameOf } from '../../src/signers/certificate-checks.ts';
import { X509Certificate, sign as rsaSign } from 'node:crypto';
import { signDetached } from '../../src/sign.ts';
import { codes, signerOf, unwrap } from '../support/signing.ts';
import { days, issue, now, pem, rsaKey, sha256, testPki } from '../support/test-ca.ts';
import { startTsa, testTsa } from '../support/tsa.ts';
import { isInstalled, run } from '../support/tools.ts';

const pki = testPki('seal', { key: rsaKey('seal leaf', 3072) });
const { signer } = signerOf(pki);
const content = Buffer.from('{ "files": [] }\n');
const demand: DetachedDemand = { path: 'manifest.json', trust: [pki.root.certificate], at: now };
let seal: Buffer;
let folder: string;

beforeAll(async () => {
  seal = unwrap(await signDetached(content, signer, { now }));
  folder = await mkdtemp(join(tmpdir(), 'psmint-seal-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const verified = (cms: Buffer, options: Partial<DetachedDemand> = {}, bytes = content): string[] =>
  codes(verifyDetached(bytes, cms, { ...demand, ...options }));

/** The same signature with a part exchanged and, where the attributes differ, signed again. */
function forged(attributes: Buffer, extra: { chain?: Buffer[]; encapsulated?: Buffer; token?: Buffer } = {}): Buffer {
  const { chain = [pki.leaf.certificate, pki.intermediate.certificate], token } = extra;
  const write = createSignedDataWriter(chain, signerNameOf(new X509Certificate(pki.leaf.certificate)), 'rsa');
  const shape = {
    ...detachedContent(sha256(content)),
    ...(extra.encapsulated ? { encapsulated: extra.encapsulated } : {}),
  };
  return write({ ...shape, attributes }, rsaSign('sha256', attributes, pki.leaf.key.privateKey), token);
}

const right = detachedContent(sha256(content)).attributes;
const attribute = (type: string, value: Buffer): Buffer => der.sequence(der.oid(type), der.setOf(value));
const dataType = attribute(oids.contentType, der.oid(oids.data));
const digest = attribute(oids.messageDigest, der.octetString(sha256(content)));

describe('a detached signature', () => {
  it('verifies over exactly the bytes that were signed, and says who signed', () => {
    const facts = unwrap(verifyDetached(content, seal, demand));
    expect(facts).toMatchObject({ signerSubject: 'CN=seal leaf', timestamp: null });
    expect(verified(forged(right))).toEqual([]);
  });

  it('is the same bytes for the same content, key and certificate', async () => {
    expect(unwrap(await signDetached(content, signer, { now: days(10) }))).toEqual(seal);
  });

  it('ends with the certificate, unless there is a timestamp', async () => {
    expect(verified(seal, { at: days(400) })).toEqual(['certificate-expired']);
    const tsa = testTsa();
    const service = await startTsa(tsa, 'good');
    const timestamps = { urls: [service.url], trust: [tsa.root.certificate] };
    const stamped = unwrap(await signDetached(content, signer, { now, timestamps }));
    await service.close();
    const timestampTrust = [tsa.root.certificate];
    expect(verified(stamped, { at: days(400), timestampTrust, requireTimestamp: true })).toEqual([]);
    expect(verified(stamped, { at: days(-1), timestampTrust })).toEqual(['bad-timestamp']);
    expect(verified(stamped)).toEqual(['bad-timestamp']);
    expect(verified(seal, { requireTimestamp: true })).toEqual(['missing-timestamp']);
  });

  it.each([
    ['a changed file', 'hash-mismatch', () => seal, Buffer.from('{ "files": [1] }\n')],
    ['an empty file', 'hash-mismatch', () => seal, Buffer.alloc(0)],
    ['no CMS', 'malformed-signature', () => Buffer.from('hello'), content],
    ['nothing', 'malformed-signature', () => Buffer.alloc(0), content],
    ['a byte behind the CMS', 'malformed-signature', () => Buffer.concat([seal, Buffer.of(0)]), content],
    ['half a CMS', 'malformed-signature', () => seal.subarray(0, 900), content],
    ['PEM', 'malformed-signature', () => Buffer.from(seal.toString('base64')), content],
    [
      'a third signed attribute',
      'malformed-signature',
      () => forged(der.setOf(dataType, digest, attribute(oids.signingTime, der.time(now)))),
      content,
    ],
    ['no content type', 'malformed-signature', () => forged(der.setOf(digest)), content],
    [
      'another content type',
      'malformed-signature',
      () => forged(der.setOf(attribute(oids.contentType, der.oid(oids.spcIndirectData)), digest)),
      content,
    ],
    [
      'attributes out of order',
      'malformed-signature',
      () => forged(Buffer.concat([right.subarray(0, 2), right.subarray(2 + 26), right.subarray(2, 2 + 26)])),
      content,
    ],
    [
      'content inside',
      'malformed-signature',
      () =>
        forged(right, {
          encapsulated: der.sequence(der.oid(oids.data), der.contextConstructed(0, der.octetString(content))),
        }),
      content,
    ],
    [
      'a certificate too many',
      'malformed-signature',
      () => forged(right, { chain: [pki.leaf.certificate, pki.intermediate.certificate, issue('nobody').certificate] }),
      content,
    ],
    [
      'no certificate of the authority',
      'untrusted-signer',
      () => forged(right, { chain: [pki.leaf.certificate] }),
      content,
    ],
    [
      'the certificates the other way round',
      'bad-signature',
      () => forged(right, { chain: [pki.intermediate.certificate, pki.leaf.certificate] }),
      content,
    ],
    ['no certificate', 'bad-signature', () => forged(right, { chain: [] }), content],
    ['a token that is none', 'bad-timestamp', () => forged(right, { token: der.sequence() }), content],
  ] as const)('is refused: %s', (_, code, cms, bytes) => {
    expect(verified(cms(), {}, bytes)).toEqual([code]);
  });

  it('is refused for every byte that is changed', () => {
    for (let index = 0; index < seal.length; index += 7) {
      const changed = Buffer.from(seal);
      changed.writeUInt8(changed.readUInt8(index) ^ 0x01, index);
      expect(verified(changed), `byte ${index}`).not.toEqual([]);
    }
  });

  it.each([
    ['another root', ['untrusted-signer'], testPki('elsewhere'), {}],
    [
      'a leaf that may not sign code',
      ['certificate-wrong-usage'],
      testPki('server', { purposes: ['1.3.6.1.5.5.7.3.1'] }),
      { own: true },
    ],
  ] as const)('is refused: %s', (_, expected, other, { own = false }: { own?: boolean }) => {
    const attributes = right;
    const write = createSignedDataWriter(
      [other.leaf.certificate, other.intermediate.certificate],
      signerNameOf(new X509Certificate(other.leaf.certificate)),
      'rsa',
    );
    const cms = write(detachedContent(sha256(content)), rsaSign('sha256', attributes, other.leaf.key.privateKey));
    expect(verified(cms, own ? { trust: [other.root.certificate] } : {})).toEqual(expected);
  });

  it.skipIf(!isInstalled('openssl'))('is accepted by openssl cms, and refused over a changed file', async () => {
    const [signature, file, root] = ['m.p7s', 'm.json', 'root.pem'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    await writeFile(signature, seal);
    await writeFile(file, content);
    await writeFile(root, pem(pki.root));
    const time = String(now.getTime() / 1000);
    const args = [
      '-inform',
      'DER',
      '-in',
      signature,
      '-content',
      file,
      '-binary',
      '-CAfile',
      root,
      '-purpose',
      'any',
      '-attime',
      time,
    ];
    expect(run('openssl', ['cms', '-verify', ...args]).output).toContain('CMS Verification successful');
    await writeFile(file, Buffer.concat([content, Buffer.of(0x20)]));
    expect(run('openssl', ['cms', '-verify', ...args]).output).toContain('Verification failure');
  });
});
