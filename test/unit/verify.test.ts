import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { acceptUnsigned, createVerifier, readTrust, verify, verifySignature } from '../../src/verify.ts';
import { oids } from '../../src/authenticode/oids.ts';
import { sign } from '../../src/sign.ts';
import {
  codes,
  fileOf,
  join,
  signedAs,
  signerOf,
  signText,
  smallScript,
  split,
  unsigned,
  unwrap,
} from '../support/signing.ts';
import {
  createSignedDataWriter,
  programAttribute,
  signatureContent,
  type ProgramInfo,
} from '../../src/authenticode/write-signed-data.ts';
import { scriptDigest, signatureBlock } from '../../src/authenticode/write-signature-block.ts';
import { parseDer } from '../../src/authenticode/der.ts';
import { sign as rawSign } from 'node:crypto';
import {
  days,
  ecKey,
  issue,
  now,
  pem,
  rsaKey,
  testPki,
  type CertificateOptions,
  type TestCertificate,
} from '../support/test-ca.ts';

const pki = testPki('verify');
const trust = [pki.root.certificate];

/** Signs without any of the checks that `sign` makes. */
function forced(
  chain: readonly TestCertificate[],
  text = smallScript,
  info: ProgramInfo = { programName: 'Demo' },
): Buffer {
  const [leaf] = chain;
  const content = signatureContent(scriptDigest(Buffer.from(text)), programAttribute(info));
  const fields = parseDer(leaf!.certificate).children[0]!.children;
  const name = { issuer: fields[3]!.raw, serialNumber: fields[1]!.raw };
  const write = createSignedDataWriter(
    chain.map(({ certificate }) => certificate),
    name,
    'rsa',
  );
  const cms = write(content, rawSign('sha256', content.attributes, leaf!.key.privateKey));
  return Buffer.concat([Buffer.from(text), signatureBlock(cms)]);
}

const leafWith = (options: CertificateOptions, issuer = pki.intermediate): TestCertificate =>
  issue('odd leaf', { issuer, ...options });

describe('verify', () => {
  it('gives what a good signature says', async () => {
    const facts = unwrap(verifySignature('a.ps1', await signText(pki), { trust, at: now }));
    expect(facts).toMatchObject({
      signerSubject: 'CN=verify leaf',
      signerNotAfter: days(300).toISOString(),
      timestamp: null,
    });
    expect(facts.signerSha1).toMatch(/^[0-9A-F]{40}$/);
    expect(facts.signerSha256).toMatch(/^[0-9A-F]{64}$/);
  });

  const bad: readonly (readonly [string, string[], () => Buffer])[] = [
    ['expired', ['certificate-expired'], () => forced([leafWith({ notAfter: days(-1) }), pki.intermediate])],
    ['not yet valid', ['certificate-expired'], () => forced([leafWith({ notBefore: days(1) }), pki.intermediate])],
    [
      'for servers',
      ['certificate-wrong-usage'],
      () => forced([leafWith({ purposes: ['1.3.6.1.5.5.7.3.1'] }), pki.intermediate]),
    ],
    [
      'for anything',
      ['certificate-wrong-usage'],
      () => forced([leafWith({ purposes: [oids.anyExtendedKeyUsage] }), pki.intermediate]),
    ],
    ['without purposes', ['certificate-wrong-usage'], () => forced([leafWith({ purposes: null }), pki.intermediate])],
    ['for key agreement', ['certificate-wrong-usage'], () => forced([leafWith({ keyUsage: [4] }), pki.intermediate])],
    ['of an authority', ['certificate-wrong-usage'], () => forced([authorityLeaf()])],
    [
      'expired and for servers',
      ['certificate-expired', 'certificate-wrong-usage'],
      () => forced([leafWith({ notAfter: days(-1), purposes: [] }), pki.intermediate]),
    ],
    [
      'with a critical extension',
      ['untrusted-signer'],
      () => forced([leafWith({ criticalExtension: '1.2.3.4' }), pki.intermediate]),
    ],
    ['of nobody known', ['untrusted-signer'], () => forced([issue('alone')])],
    ['issued by a leaf', ['untrusted-signer'], () => forced([leafWith({}, pki.leaf), pki.leaf, pki.intermediate])],
    ['too far below the root', ['untrusted-signer'], deepChain],
    ['issued with SHA-1', ['untrusted-signer'], () => forced([leafWith({ hash: 'sha1' }), pki.intermediate])],
    ['with a short key', ['bad-signature'], () => forced([leafWith({ key: rsaKey('short', 1024) }), pki.intermediate])],
    ['below an expired authority', ['certificate-expired'], () => below({ notAfter: days(-1) })],
    ['below an authority for servers', ['untrusted-signer'], () => below({ purposes: ['1.3.6.1.5.5.7.3.1'] })],
    ['below an authority that may not issue', ['untrusted-signer'], () => below({ keyUsage: [0] })],
  ];

  function authorityLeaf(): TestCertificate {
    return leafWith({ ca: true, keyUsage: [0, 5], purposes: [oids.codeSigning] }, pki.root);
  }

  function deepChain(): Buffer {
    const second = issue('second', { issuer: pki.intermediate, ca: true });
    return forced([leafWith({}, second), second, pki.intermediate]);
  }

  function below(options: CertificateOptions): Buffer {
    const authority = issue('authority', { issuer: pki.root, ca: true, ...options });
    return forced([leafWith({}, authority), authority]);
  }

  const addresses: readonly (readonly [string, string[], string])[] = [
    ['of a page', [], 'https://help.example/acs?a=1#b'],
    ['with a line end', ['malformed-signature'], 'https://help.example/\n'],
    ['with a zero', ['malformed-signature'], 'https://help.example/\0'],
    ['in another writing', ['malformed-signature'], 'https://help.example/\u00e9'],
  ];

  it.each(addresses)('takes for more information an address %s: %j', (_, expected, moreInfo) => {
    const bytes = forced([pki.leaf, pki.intermediate], smallScript, { programName: 'Demo', moreInfo });
    expect(codes(verifySignature('a.ps1', bytes, { trust, at: now }))).toEqual(expected);
  });

  it.each(bad)('refuses a certificate %s', (_, expected, make) => {
    expect([...new Set(codes(verifySignature('a.ps1', make(), { trust, at: now })))]).toEqual(expected);
  });

  it('refuses an EC signature that says it is RSA', () => {
    const bytes = forced([leafWith({ key: ecKey('ec') }), pki.intermediate]);
    expect(codes(verifySignature('a.ps1', bytes, { trust, at: now }))).toEqual(['bad-signature']);
  });

  it('takes a trusted intermediate or leaf as end of the chain', async () => {
    const bytes = await signText(pki);
    for (const { certificate } of [pki.intermediate, pki.leaf, pki.root]) {
      expect(codes(verifySignature('a.ps1', bytes, { trust: [certificate], at: now }))).toEqual(
        certificate === pki.leaf.certificate ? ['malformed-signature'] : [],
      );
    }
    expect(codes(verifySignature('a.ps1', bytes, { trust: [], at: now }))).toEqual(['untrusted-signer']);
  });

  it('reports every mistake of every script', async () => {
    const good = await signText(pki);
    const scripts = [
      signedAs(good),
      signedAs(Buffer.from("'b'"), 'b.ps1'),
      signedAs(join("'c'", split(good).cms), 'c.ps1'),
    ];
    const result = verify(scripts, { trust, at: now });
    expect(codes(result)).toEqual(['not-signed', 'hash-mismatch']);
    expect(!result.ok && result.diagnostics.map(({ file }) => file)).toEqual(['b.ps1', 'c.ps1']);
  });

  it('ends quickly for hostile files', () => {
    const verifier = createVerifier({ trust, at: now });
    const nested = Buffer.alloc(600_000, 0x30);
    const hostile: readonly (readonly [string, Buffer])[] = [
      ['a huge file', Buffer.alloc(100 << 20, 0x41)],
      ['one line of 8 MB', join('a'.repeat(7 << 20), Buffer.alloc(10))],
      ['deep nesting', join('a', nested)],
      ['many markers', Buffer.from('# SIG # Begin signature block\r\n'.repeat(100_000))],
      ['near-markers', Buffer.from('SIG '.repeat(1_000_000) + '# SIG # End signature block')],
      [
        'an endless block',
        Buffer.from(
          `'a'\r\n# SIG # Begin signature block\r\n${'# AAAA\r\n'.repeat(200_000)}# SIG # End signature block\r\n`,
        ),
      ],
    ];
    for (const [name, bytes] of hostile) {
      const start = performance.now();
      expect(codes(verifier('a.ps1', bytes)), name).toHaveLength(1);
      expect(performance.now() - start, name).toBeLessThan(1000);
    }
  });

  it('shows no control characters of a certificate', () => {
    const bytes = forced([issue('evil\u001b[31m\u202eleaf')]);
    const result = verifySignature('a.ps1', bytes, { trust, at: now });
    expect(!result.ok && result.diagnostics[0]?.message).toContain('CN=evil?[31m?leaf');
  });

  it('costs no more than 2 ms', async () => {
    const scripts = await sign([unsigned("Write-Output 'line'\r\n".repeat(2500))], signerOf(pki).signer, { now });
    const bytes = fileOf(unwrap(scripts)[0]!);
    const verifier = createVerifier({ trust, at: now });
    for (let round = 0; round < 100; round += 1) verifier('a.ps1', bytes);
    const start = process.cpuUsage();
    for (let round = 0; round < 200; round += 1) verifier('a.ps1', bytes);
    const { user, system } = process.cpuUsage(start);
    // Twice the budget, and work instead of time: other tests run on the same cores.
    expect((user + system) / 1000 / 200).toBeLessThan(4);
  });
});

describe('acceptUnsigned', () => {
  it('takes scripts without a signature, and nothing else', async () => {
    expect(acceptUnsigned([unsigned()])).toMatchObject([{ path: 'pack/manual/check.ps1', signature: null }]);
    const signed = { ...unsigned(), bytes: await signText(pki) };
    expect(() => acceptUnsigned([signed])).toThrow(/signature block/);
  });
});

describe('readTrust', () => {
  it('reads PEM with several certificates, and DER', () => {
    expect(unwrap(readTrust('a.pem', Buffer.from(pem(pki.root, pki.intermediate))))).toEqual([
      pki.root.certificate,
      pki.intermediate.certificate,
    ]);
    expect(unwrap(readTrust('a.cer', pki.root.certificate))).toEqual([pki.root.certificate]);
    expect(codes(readTrust('a.cer', Buffer.from('no')))).toEqual(['key-unreadable']);
  });
});

describe('signing and verifying', () => {
  const source = fileURLToPath(new URL('../../src/', import.meta.url));
  const importsOf = (file: string): string[] =>
    [...readFileSync(source + file, 'utf8').matchAll(/^import (?!type)[^;]*? from '(\.[^']+)';/gm)].map((match) =>
      new URL(match[1]!, `file:///${file}`).pathname.slice(1),
    );
  const reach = (file: string, seen = new Set<string>()): Set<string> => {
    if (!seen.has(file)) {
      seen.add(file);
      for (const next of importsOf(file)) reach(next, seen);
    }
    return seen;
  };

  it('share no code: verify reaches no builder, and what builds reads nothing but DER', () => {
    const verifying = reach('verify.ts');
    expect([...verifying].filter((file) => /writer|write-|signers\/|identity|sign\.ts$/.test(file))).toEqual([]);
    const builders = readdirSync(`${source}authenticode`).filter((file) => /^write|writer/.test(file));
    const building = builders.flatMap((file) => [...reach(`authenticode/${file}`)]);
    expect(new Set(building)).toEqual(
      new Set([...builders.map((file) => `authenticode/${file}`), 'authenticode/oids.ts']),
    );
  });
});
