import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseDer } from '../../src/authenticode/der.ts';
import { scriptDigest } from '../../src/authenticode/write-signature-block.ts';
import { failed, diagnostic, ok } from '../../src/diagnostic.ts';
import { sign } from '../../src/sign.ts';
import type { Signer } from '../../src/signers/signer.ts';
import { verify } from '../../src/verify.ts';
import { codes, fileOf, signerOf, signText, smallScript, split, unsigned, unwrap } from '../support/signing.ts';
import { days, ecKey, issue, now, pem, rsaKey, sha256, testPki, type CertificateOptions } from '../support/test-ca.ts';
import { startTsa, testTsa } from '../support/tsa.ts';
import { isInstalled, run } from '../support/tools.ts';

const pki = testPki('sign', { key: rsaKey('sign leaf', 3072) });
const { signer, trust } = signerOf(pki);
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'psmint-sign-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A signer whose chain is known only from its answers, as a service's is. */
const withoutChain: Signer = { id: 'service', maximumParallel: 2, sign: signer.sign };

const texts = [
  ['a small script', smallScript],
  ['an empty script', ''],
  ['no line end at the end', "'a'\r\n'b'"],
  ['many line ends at the end', "'a'\r\n\r\n\r\n"],
  ['a script of 60 kB', "Write-Output 'line'\r\n".repeat(3000)],
] as const;

describe('sign', () => {
  it.each(texts)('signs what verify accepts: %s', async (_, text) => {
    const signed = unwrap(await sign([unsigned(text)], signer, { now }));
    const [verified] = unwrap(verify(signed, { trust, at: now }));
    expect(verified!.signature).toMatchObject({ signerSubject: 'CN=sign leaf', timestamp: null });
    expect(split(fileOf(signed[0]!)).text).toBe(text);
  });

  it('gives the same bytes again, in the order of the scripts', async () => {
    const scripts = Array.from({ length: 20 }, (_, index) => unsigned(`'${index}'\r\n`, `${index}.ps1`));
    const [first, second] = [
      unwrap(await sign(scripts, signer, { now })),
      unwrap(await sign(scripts, signer, { now })),
    ];
    expect(first.map(({ script }) => script.path)).toEqual(scripts.map(({ path }) => path));
    expect(first.map(fileOf)).toEqual(second.map(fileOf));
    expect(unwrap(verify(first, { trust, at: now }))).toHaveLength(20);
  });

  it('keeps the intermediate and leaves out the root', () => {
    expect(signer.chain).toEqual([pki.leaf.certificate, pki.intermediate.certificate]);
    expect(trust).toEqual([pki.root.certificate]);
  });

  it('carries titles in any writing', async () => {
    const signed = unwrap(await sign([unsigned(smallScript, 'a.ps1', '要件 “x” 😀')], signer, { now }));
    expect(codes(verify(signed, { trust, at: now }))).toEqual([]);
  });

  it('signs nothing for nothing', async () => {
    expect(unwrap(await sign([], signer, { now }))).toEqual([]);
  });

  const leaves: readonly (readonly [string, string[], CertificateOptions])[] = [
    ['expired', ['certificate-expired'], { notAfter: days(-1) }],
    ['not yet valid', ['certificate-not-yet-valid'], { notBefore: days(1) }],
    ['for servers', ['certificate-wrong-usage'], { purposes: ['1.3.6.1.5.5.7.3.1'] }],
    ['without purposes', ['certificate-wrong-usage'], { purposes: null }],
    ['for key agreement', ['certificate-wrong-usage'], { keyUsage: [4] }],
    ['of an authority', ['certificate-wrong-usage'], { ca: true, keyUsage: [0, 5], purposes: ['1.3.6.1.5.5.7.3.3'] }],
    ['with a short key', ['unsupported-key'], { key: rsaKey('short', 1024) }],
    ['with an EC key', ['unsupported-key'], { key: ecKey('ec leaf') }],
    [
      'expired and for servers',
      ['certificate-expired', 'certificate-wrong-usage'],
      { notAfter: days(-1), purposes: [] },
    ],
  ];

  it.each(leaves)('asks no signer with a certificate that is %s', async (_, expected, options) => {
    const leaf = issue('bad leaf', { issuer: pki.intermediate, ...options });
    let asked = 0;
    const bad: Signer = { ...signer, chain: [leaf.certificate], sign: (r) => (asked++, signer.sign(r)) };
    expect(codes(await sign([unsigned()], bad, { now }))).toEqual(expected);
    expect(asked).toBe(0);
  });

  it('takes no signature that the certificate does not verify, and says it once', async () => {
    const stranger = issue('stranger', { issuer: pki.intermediate });
    const wrong: Signer = {
      ...withoutChain,
      sign: async (request) => ok({ ...unwrap(await signer.sign(request)), chain: [stranger.certificate] }),
    };
    expect(codes(await sign([unsigned(), unsigned("'b'\r\n")], wrong, { now }))).toEqual(['certificate-key-mismatch']);
  });

  it.each([
    ['in another order', ['chain-incomplete'], [pki.leaf.certificate, pki.root.certificate]],
    ['of another authority', ['chain-incomplete'], [pki.leaf.certificate, testPki('x').intermediate.certificate]],
    ['that is empty', ['chain-incomplete'], []],
    ['that is garbage', ['key-unreadable'], [Buffer.from('garbage')]],
  ])('refuses a chain %s', async (_, expected, chain) => {
    const bad: Signer = {
      ...withoutChain,
      sign: async (request) => ok({ ...unwrap(await signer.sign(request)), chain }),
    };
    expect(codes(await sign([unsigned()], bad, { now }))).toEqual(expected);
  });

  it('follows a leaf that changes between two signatures', async () => {
    const second = signerOf({ ...pki, leaf: issue('second leaf', { issuer: pki.intermediate }) }).signer;
    let turn = 0;
    const rotating: Signer = {
      ...withoutChain,
      maximumParallel: 1,
      sign: (r) => (turn++ % 2 ? second : signer).sign(r),
    };
    const signed = unwrap(
      await sign(
        [1, 2, 3, 4].map((n) => unsigned(`'${n}'\r\n`)),
        rotating,
        { now },
      ),
    );
    const names = unwrap(verify(signed, { trust, at: now })).map(({ signature }) => signature?.signerSubject);
    expect(names).toEqual(['CN=sign leaf', 'CN=second leaf', 'CN=sign leaf', 'CN=second leaf']);
  });

  it('begins nothing new after a failure, and never has more under way than the signer takes', async () => {
    let underWay = 0;
    let most = 0;
    let begun = 0;
    const slow: Signer = {
      ...signer,
      maximumParallel: 3,
      sign: async (request) => {
        begun += 1;
        most = Math.max(most, ++underWay);
        await new Promise((resolve) => setTimeout(resolve, 5));
        underWay -= 1;
        return begun < 8
          ? signer.sign(request)
          : failed([diagnostic('key-unreadable', { message: 'The token is gone.' })]);
      },
    };
    const scripts = Array.from({ length: 50 }, (_, index) => unsigned(`'${index}'\r\n`));
    expect(codes(await sign(scripts, slow, { now }))).toEqual(['key-unreadable']);
    expect(most).toBe(3);
    expect(begun).toBeLessThan(14);
  });

  it('is a bug for a script that is not ASCII', async () => {
    await expect(sign([unsigned('# \xe9\r\n')], signer, { now })).rejects.toThrow(/not ASCII/);
  });
});

describe('the digest of a script', () => {
  // Lengths around the pieces in which the text is expanded.
  it.each([0, 1, 16_383, 16_384, 16_385, 32_768, 50_001])('is that of its UTF-16LE text: %i characters', (length) => {
    const text = Array.from({ length }, (_, index) => String.fromCharCode(0x20 + (index % 95))).join('');
    expect(scriptDigest(Buffer.from(text, 'latin1'))).toEqual(sha256(Buffer.from(text, 'utf16le')));
  });
});

const hasOsslsigncode = isInstalled('osslsigncode', '--version');
const hasOpenssl = isInstalled('openssl');

describe('other programs agree', () => {
  it.skipIf(!hasOsslsigncode).each(texts.slice(0, 1).concat(texts.slice(2)))('osslsigncode: %s', async (_, text) => {
    const [script, root] = [join(folder, 'a.ps1'), join(folder, 'root.pem')];
    await writeFile(script, await signText(pki, text));
    await writeFile(root, pem(pki.root));
    const { output, exitCode } = run('osslsigncode', [
      'verify',
      '-in',
      script,
      '-CAfile',
      root,
      '-time',
      String(now.getTime() / 1000),
    ]);
    expect(output).toContain('Signature verification: ok');
    expect(output).toContain('Number of verified signatures: 1');
    expect(output).toContain('Text description: Demo pack');
    expect(exitCode).toBe(0);
  });

  it.skipIf(!hasOsslsigncode)('osslsigncode, with the address of a page', async () => {
    const script = unsigned();
    const plan = { ...script.plan, moreInfo: 'https://help.example/acs' };
    const [signed] = unwrap(await sign([{ ...script, plan }], signer, { now }));
    const file = join(folder, 'address.ps1');
    await writeFile(file, fileOf(signed!));
    const { output } = run('osslsigncode', ['verify', '-in', file]);
    expect(output).toContain('Text description: Demo pack');
    expect(output).toContain('URL description: https://help.example/acs');
  });

  it.skipIf(!hasOsslsigncode)('osslsigncode, with a timestamp', async () => {
    const tsa = testTsa();
    const service = await startTsa(tsa, 'good');
    const timestamps = { urls: [service.url], trust: [tsa.root.certificate] };
    const [script, root, stampRoot] = ['b.ps1', 'root.pem', 'tsa.pem'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    await writeFile(script, await signText(pki, smallScript, { timestamps }));
    await service.close();
    await writeFile(root, pem(pki.root));
    await writeFile(stampRoot, pem(tsa.root));
    // After the leaf has expired: only the timestamp keeps the signature good.
    const { output } = run('osslsigncode', [
      'verify',
      '-in',
      script,
      '-CAfile',
      root,
      '-TSA-CAfile',
      stampRoot,
      '-time',
      String(days(1000).getTime() / 1000),
    ]);
    expect(output).toContain('Timestamp Server Signature verification: ok');
    expect(output).toContain('Signature verification: ok');
    expect(output).not.toMatch(/verification: failed/);
  });

  it.skipIf(!hasOpenssl)('openssl smime', async () => {
    const { cms } = split(await signText(pki));
    const content = parseDer(cms).children[1]!.children[0]!.children[2]!.children[1]!.children[0]!.content;
    const [message, octets, root] = ['m.der', 'content', 'root.pem'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    await writeFile(message, cms);
    await writeFile(octets, content);
    await writeFile(root, pem(pki.root));
    const time = String(now.getTime() / 1000);
    const args = [
      '-inform',
      'DER',
      '-in',
      message,
      '-content',
      octets,
      '-binary',
      '-CAfile',
      root,
      '-purpose',
      'any',
      '-attime',
      time,
    ];
    const { output } = run('openssl', ['smime', '-verify', ...args]);
    expect(output).toContain('Verification successful');
    await writeFile(octets, Buffer.concat([content, Buffer.alloc(1)]));
    expect(run('openssl', ['smime', '-verify', ...args]).output).toContain('Verification failure');
  });
});
