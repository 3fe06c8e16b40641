import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { describe, expect, it } from 'vitest';
import { oids } from '../../src/authenticode/oids.ts';
import { parseDer, type DerNode } from '../../src/authenticode/der.ts';
import * as der from '../../src/authenticode/der-writer.ts';
import type { Result } from '../../src/diagnostic.ts';
import type { SignatureFacts } from '../../src/script-plan.ts';
import { createForeignVerifier, type FormFacts } from '../../src/verify-foreign.ts';
import { createVerifier, type VerifyOptions } from '../../src/verify.ts';
import {
  attribute,
  encode,
  foreignCms,
  signForeign,
  withBlock,
  type Encoding,
  type ForeignOptions,
} from '../support/foreign-signing.ts';
import { codes, smallScript, unwrap } from '../support/signing.ts';
import {
  days,
  ecKey,
  issue,
  keyPem,
  now,
  pem,
  rsaKey,
  sha256,
  testPki,
  type TestCertificate,
} from '../support/test-ca.ts';
import { testTsa, timestampToken, type TestTsa, type TsaMode } from '../support/tsa.ts';
import { isInstalled, run } from '../support/tools.ts';

// Files that other programs sign, made here in all their forms: what Windows accepts verifies, and nothing else does.
const pki = testPki('foreign');
const tsa = testTsa();
const chain = [pki.leaf, pki.intermediate];
const stamping = { purposes: [oids.timeStamping], criticalPurposes: true, notAfter: days(2500) };
const counterSigner = issue('old timestamps', { issuer: tsa.authority, ...stamping });
const withCounterSigner = [...chain, counterSigner, tsa.authority].map(({ certificate }) => certificate);
const japanese = "'\u8a3c\u660e\u66f8'\r\n'b'\r\n";

function verify(bytes: Buffer, options: Partial<VerifyOptions> = {}, path = 'a.ps1'): Result<SignatureFacts> {
  const trust = { trust: [pki.root.certificate], timestampTrust: [tsa.root.certificate] };
  const verifier = createForeignVerifier({ ...trust, at: now, ...options });
  const read = verifier.read(path, bytes);
  return read.ok ? verifier.judge(path, read.value) : read;
}

function formOf(bytes: Buffer, path = 'a.ps1'): FormFacts {
  return unwrap(createForeignVerifier({ trust: [], at: now }).read(path, bytes)).form;
}

describe('a signature of another program', () => {
  const good: readonly (readonly [name: string, text: string, options: ForeignOptions, form: Partial<FormFacts>])[] = [
    [
      'as Set-AuthenticodeSignature writes it',
      smallScript,
      {},
      { encoding: 'ascii', lineEnds: 'crlf', hash: 'sha256' },
    ],
    ['without a statement type, as services of Microsoft write it', smallScript, { statementType: false }, {}],
    ['with a signing time, as osslsigncode writes it', smallScript, { signingTime: true }, {}],
    ['that names RSA and digest together', smallScript, { longAlgorithm: true }, {}],
    ['with SHA-384', smallScript, { hash: 'sha384' }, { hash: 'sha384' }],
    ['with SHA-512', smallScript, { hash: 'sha512' }, { hash: 'sha512' }],
    ['over UTF-8 with a byte order mark', japanese, { encoding: 'utf-8' }, { encoding: 'utf-8' }],
    ['over UTF-16LE', japanese, { encoding: 'utf-16le' }, { encoding: 'utf-16le' }],
    ['over UTF-16BE', japanese, { encoding: 'utf-16be' }, { encoding: 'utf-16be' }],
    ['over LF line ends', "'a'\n'b'\n", {}, { lineEnds: 'lf' }],
    ['over mixed line ends', "'a'\r\n'b'\n", {}, { lineEnds: 'mixed' }],
    ['over one line without an end', "'a'", {}, { lineEnds: 'none' }],
    ['over nothing', '', {}, { lineEnds: 'none' }],
    ['over text that speaks about markers', "'SIG # Begin signature block'\r\n", {}, {}],
    ['with an RFC 3161 timestamp', smallScript, { tsa }, { timestampKind: 'rfc3161' }],
    [
      'with a counter-signature of the old kind',
      smallScript,
      { counter: { signer: counterSigner }, certificates: withCounterSigner },
      { timestampKind: 'counter-signature' },
    ],
    ['with a nested one', smallScript, { nested: [foreignCms(smallScript, chain)] }, { nestedSignatures: 1 }],
    ['with certificates in another order', smallScript, { certificates: withCounterSigner.toReversed() }, {}],
  ];

  it.each(good)('%s verifies', (_, text, options, form) => {
    const bytes = signForeign(text, chain, options);
    expect(unwrap(verify(bytes)).signerSubject).toBe('CN=foreign leaf');
    expect(formOf(bytes)).toMatchObject(form);
  });

  const kinds: readonly (readonly [path: string, comment: readonly [string, string], text: string])[] = [
    ['a.psm1', ['# ', ''], smallScript],
    ['a.PSD1', ['# ', ''], '@{}'],
    ['a.ps1xml', ['<!-- ', ' -->'], '<a />'],
    ['a.cdxml', ['<!-- ', ' -->'], '<a />'],
    ['a.psc1', ['<!-- ', ' -->'], '<a />'],
    ['a.schema.mof', ['/* ', ' */'], 'class A {};'],
  ];

  it.each(kinds)('of %s is in its kind of comment', (path, comment, text) => {
    const bytes = signForeign(text, chain, { comment });
    expect(codes(verify(bytes, {}, path))).toEqual([]);
    expect(codes(verify(bytes, {}, 'a.txt'))).toEqual(['unsupported-signature']);
    const other = comment[0] === '# ' ? 'a.mof' : 'a.ps1';
    expect(codes(verify(bytes, {}, other))).toEqual(['malformed-signature']);
  });
});

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
const signed = signForeign(smallScript, chain);
const signedText = signed.toString('latin1');
const signedWith = (options: ForeignOptions, by: readonly TestCertificate[] = chain): Buffer =>
  signForeign(smallScript, by, options);
const counter = (more: Partial<NonNullable<ForeignOptions['counter']>>): Buffer =>
  signedWith({ counter: { signer: counterSigner, ...more }, certificates: withCounterSigner });

describe('what Windows is not known to accept', () => {
  const bad: readonly (readonly [name: string, code: string, make: () => Buffer])[] = [
    ['no signature', 'not-signed', () => latin1(smallScript)],
    ['a changed body', 'hash-mismatch', () => latin1(signedText.replace('Hello', 'Howdy'))],
    ['a body in another encoding', 'hash-mismatch', () => encode(signedText, 'utf-16le')],
    ['a byte order mark more', 'hash-mismatch', () => encode(signedText, 'utf-8')],
    ['a byte order mark in the body', 'hash-mismatch', () => latin1(signedText.replace('# A', '# \xef\xbb\xbfA'))],
    ['LF in the whole file', 'malformed-signature', () => latin1(signedText.replaceAll('\r\n', '\n'))],
    ['code after the block', 'malformed-signature', () => latin1(`${signedText}exit\r\n`)],
    ['a comment after the block', 'malformed-signature', () => latin1(`${signedText}# a\r\n`)],
    ['code in the block', 'malformed-signature', () => latin1(signedText.replace(/(# \S{64}\r\n)/, '$1exit\r\n'))],
    ['two blocks', 'malformed-signature', () => latin1(signedText + signedText.slice(smallScript.length))],
    [
      'an earlier begin marker in a body that is signed with it',
      'malformed-signature',
      () => signForeign("'a'\r\n  # sig # begin signature block\r\n'b'\r\n", chain),
    ],
    ['a NUL', 'malformed-signature', () => signForeign("'a\0b'\r\n", chain)],
    [
      'half a character of UTF-16',
      'malformed-signature',
      () => signForeign("'\ud800'", chain, { encoding: 'utf-16le' }),
    ],
    [
      'an odd number of bytes',
      'malformed-signature',
      () => Buffer.concat([signForeign('1', chain, { encoding: 'utf-16le' }), Buffer.of(10)]),
    ],
    ['UTF-8 that is none', 'malformed-signature', () => Buffer.concat([Buffer.of(0xef, 0xbb, 0xbf, 0xff), signed])],
    [
      'text that depends on the code page',
      'machine-dependent-text',
      () => signForeign("'\u00e9'\r\n", chain, { encoding: 'windows-1252' }),
    ],
    [
      'such text, changed',
      'hash-mismatch',
      () => withBlock("'\u00e9'\r\n", foreignCms("'\u00e8'\r\n", chain), { encoding: 'windows-1252' }),
    ],
    ['SHA-1', 'weak-signature', () => signedWith({ hash: 'sha1' })],
    [
      'a short key',
      'weak-signature',
      () =>
        signedWith({}, [
          issue('short', { issuer: pki.intermediate, key: rsaKey('short foreign', 1024) }),
          pki.intermediate,
        ]),
    ],
    [
      'an EC key',
      'bad-signature',
      () => signedWith({}, [issue('ec', { issuer: pki.intermediate, key: ecKey('ec foreign') }), pki.intermediate]),
    ],
    ['nobody known', 'untrusted-signer', () => signedWith({}, [issue('alone')])],
    [
      'a server certificate',
      'certificate-wrong-usage',
      () =>
        signedWith({}, [issue('web', { issuer: pki.intermediate, purposes: ['1.3.6.1.5.5.7.3.1'] }), pki.intermediate]),
    ],
    ['the signer not in it', 'bad-signature', () => signedWith({ certificates: [pki.intermediate.certificate] })],
    ['a nested signature of another script', 'hash-mismatch', () => signedWith({ nested: [foreignCms("'b'", chain)] })],
    [
      'a nested signature in a nested one',
      'unsupported-signature',
      () => signedWith({ nested: [foreignCms(smallScript, chain, { nested: [foreignCms(smallScript, chain)] })] }),
    ],
    [
      'five nested signatures',
      'malformed-signature',
      () => signedWith({ nested: Array.from({ length: 5 }, () => foreignCms(smallScript, chain)) }),
    ],
    [
      'an unsigned attribute of another kind',
      'unsupported-signature',
      () => signedWith({ unsignedAttributes: [attribute('1.2.3.4', der.nullValue())] }),
    ],
    [
      'two timestamps',
      'malformed-signature',
      () => signedWith({ unsignedAttributes: [attribute(oids.spcTimestampToken, der.sequence(), der.sequence())] }),
    ],
    [
      'a timestamp of another signature',
      'bad-timestamp',
      () =>
        signedWith({
          unsignedAttributes: [attribute(oids.spcTimestampToken, timestampToken(tsa, sha256(Buffer.from('b'))))],
        }),
    ],
    ['a counter-signature of another signature', 'bad-timestamp', () => counter({ over: Buffer.from('b') })],
    ['a counter-signature with SHA-1', 'weak-signature', () => counter({ hash: 'sha1' })],
    ['a counter-signature by a certificate for code', 'bad-timestamp', () => counter({ signer: pki.leaf })],
    ['a counter-signature of nobody in it', 'bad-timestamp', () => signedWith({ counter: { signer: counterSigner } })],
    ['a counter-signature from the future', 'bad-timestamp', () => counter({ time: days(2) })],
  ];

  it.each(bad)('%s: %s', (_, code, make) => {
    expect(codes(verify(make()))).toEqual([code]);
  });

  it('says in which code pages a text would hold', () => {
    const result = verify(signForeign("'\u00e9'\r\n", chain, { encoding: 'windows-1252' }));
    expect(!result.ok && result.diagnostics[0]?.message).toMatch(/holds where the code page is windows-1252/);
  });

  it('says everything that is wrong at once', () => {
    const old = issue('old', { issuer: pki.intermediate, notAfter: days(-1) });
    const bytes = signedWith({ hash: 'sha1' }, [old, pki.intermediate]);
    expect(codes(verify(bytes, { requireTimestamp: true }))).toEqual([
      'weak-signature',
      'missing-timestamp',
      'certificate-expired',
    ]);
  });
});

describe('a chain through certificates that ended', () => {
  const authority = issue('old authority', { issuer: pki.root, ca: true, notAfter: days(-5) });
  const leaf = issue('old leaf', { issuer: authority, notAfter: days(-6) });
  const lifetime = issue('lifetime leaf', {
    issuer: pki.intermediate,
    notAfter: days(-6),
    purposes: [oids.codeSigning, oids.lifetimeSigning],
  });
  const stamped = (signers: readonly TestCertificate[]): Buffer => signedWith({ tsa, tsaTime: days(-10) }, signers);

  it('holds with a timestamp of its life, of either kind', () => {
    const all = [leaf, authority, counterSigner, tsa.authority].map(({ certificate }) => certificate);
    const old = signedWith({ counter: { signer: counterSigner, time: days(-10) }, certificates: all }, [leaf]);
    expect(codes(verify(stamped([leaf, authority])))).toEqual([]);
    expect(unwrap(verify(old)).timestamp).toBe(days(-10).toISOString());
  });

  it.each<readonly [string, () => Buffer, Partial<VerifyOptions>]>([
    ['without a timestamp', () => signedWith({}, [leaf, authority]), {}],
    ['with a later one', () => signedWith({ tsa, tsaTime: days(-2) }, [leaf, authority]), {}],
    ['when the user wants it valid now', () => stamped([leaf, authority]), { allowExpiredWithTimestamp: false }],
    ['when the certificate says that signatures end with it', () => stamped([lifetime, pki.intermediate]), {}],
  ])('does not hold %s', (_, make, options) => {
    expect([...new Set(codes(verify(make(), options)))]).toEqual(['certificate-expired']);
  });
});

describe('timestamps as the service of Microsoft makes them', () => {
  const microsoft = testTsa('Time of Microsoft Corporation');
  const another =
    (mode: TsaMode, from = tsa) =>
    (_: Buffer, signature: Buffer) =>
      timestampToken(from, sha256(signature), { mode });
  /** More elements beside the certificates of a token. */
  const withMore =
    (...more: readonly Buffer[]) =>
    (good: Buffer): Buffer => {
      const [type, content] = parseDer(good).children;
      const fields = content!.children[0]!.children.map(({ tag, raw, children }) =>
        tag === 0xa0 ? der.contextConstructed(0, ...children.map((one) => one.raw), ...more) : raw,
      );
      return der.sequence(type!.raw, der.contextConstructed(0, der.sequence(...fields)));
    };
  const nameOf = ({ certificate }: TestCertificate): Buffer => parseDer(certificate).children[0]!.children[5]!.raw;
  /** What the clocks of Microsoft add: an attribute certificate whose holder is the service. */
  const attestation = (holder: Buffer, padding = 0, tag = 1): Buffer => {
    const entityName = der.contextConstructed(1, der.contextConstructed(4, holder));
    const info = der.sequence(der.integer(1), der.sequence(entityName), der.octetString(Buffer.alloc(padding)));
    const signature = Buffer.concat([Buffer.of(0x03, 0x81, 0x81, 0), Buffer.alloc(128, 7)]);
    return der.contextConstructed(tag, info, der.algorithm(oids.rsaSha256), signature);
  };
  /** The same token with one of its AlgorithmIdentifiers without its NULL. */
  const withoutNull =
    (last: boolean, oid: string) =>
    (good: Buffer): Buffer => {
      const [whole, bare] = [der.algorithm(oid), der.sequence(der.oid(oid))];
      const hex = good.toString('hex');
      const at = last ? hex.lastIndexOf(whole.toString('hex')) : hex.indexOf(whole.toString('hex'));
      const wanted = { at: at / 2, end: at / 2 + whole.length };
      const rebuild = (node: DerNode, from: number): Buffer => {
        if (from === wanted.at && node.raw.length === whole.length) return bare;
        if (node.children.length === 0 || wanted.at < from || wanted.at >= from + node.raw.length) return node.raw;
        let offset = from + node.raw.length - node.content.length;
        const parts = node.children.map((child) => {
          const part = rebuild(child, offset);
          offset += child.raw.length;
          return part;
        });
        return Buffer.concat([Buffer.of(node.tag), der.sequence(...parts).subarray(1)]);
      };
      expect(at).toBeGreaterThan(0);
      return rebuild(parseDer(good), 0);
    };
  const stranger = issue('Subscriber of the authority', { issuer: tsa.authority });

  type TokenOf = (from: TestTsa) => NonNullable<ForeignOptions['token']>;
  const looser: readonly (readonly [name: string, fromMicrosoft: boolean, tokenOf: TokenOf])[] = [
    ['a usage that is not critical', true, (from) => another('usage-not-critical', from)],
    ['the attribute certificate of its clock', true, (from) => withMore(attestation(nameOf(from.signer)))],
    ['one that is too large', false, (from) => withMore(attestation(nameOf(from.signer), 900))],
    ['one of another clock', false, (from) => withMore(attestation(nameOf(from.authority)))],
    ['one of another kind', false, (from) => withMore(attestation(nameOf(from.signer), 0, 2))],
    ['an empty one', false, () => withMore(der.contextConstructed(1, der.sequence()))],
    ['two of them', false, (from) => withMore(attestation(nameOf(from.signer)), attestation(nameOf(from.signer)))],
    ['a certificate of nobody', false, (from) => another('extra-certificate', from)],
    ['a certificate that its authority issued to somebody', false, () => withMore(stranger.certificate)],
    ['a digest written in two ways', false, () => withoutNull(true, oids.sha256)],
    ['another digest written in two ways', false, () => withoutNull(false, oids.sha256)],
    ['RSA without its NULL', false, () => withoutNull(true, oids.rsaEncryption)],
  ];
  it.each(looser)('with %s hold here; in what psmint writes from Microsoft alone: %s', (_, fromMicrosoft, tokenOf) => {
    // Beside the token it is the one form of psmint.
    const bytes = signedWith({ tsa, token: tokenOf(tsa) });
    expect(unwrap(verify(bytes)).timestamp).toBe(now.toISOString());
    const trust = { trust: [pki.root.certificate], timestampTrust: [tsa.root.certificate], at: now };
    const strict = createVerifier(trust);
    expect(codes(strict('a.ps1', signedWith({ tsa })))).toEqual([]);
    expect(codes(strict('a.ps1', bytes))).toEqual(['bad-timestamp']);
    const trusted = createVerifier({ ...trust, timestampTrust: [microsoft.root.certificate] });
    const stamped = signedWith({ tsa: microsoft, token: tokenOf(microsoft) });
    expect(codes(trusted('a.ps1', stamped))).toEqual(fromMicrosoft ? [] : ['bad-timestamp']);
  });

  it('with another authority that is vouched for hold, as services add those that lead to another root', () => {
    const crossed = issue('Other way up', { issuer: tsa.root, ca: true });
    const bytes = signedWith({ tsa, token: withMore(crossed.certificate) });
    const trust = { trust: [pki.root.certificate], timestampTrust: [tsa.root.certificate], at: now };
    expect(codes(createVerifier(trust)('a.ps1', bytes))).toEqual([]);
  });

  it.each<readonly [string, TsaMode]>([
    ['of another signature', 'wrong-imprint'],
    ['with a wrong signature', 'wrong-signature'],
    ['of nobody known', 'untrusted'],
    ['by a certificate for code', 'wrong-usage'],
    ['that name another certificate', 'wrong-signing-certificate'],
    ['without certificates', 'no-certificate'],
  ])('%s do not', (_, mode) => {
    expect(codes(verify(signedWith({ tsa, token: another(mode) })))).toEqual(['bad-timestamp']);
  });
});

describe('hostile certificates', () => {
  // Exponents as long as the modulus make a check with the key as slow as signing.
  const slowKey = generateKeyPairSync('rsa', { modulusLength: 3072, publicExponent: 0x10001 });
  const lookAlikes = (count: number): Buffer[] =>
    Array.from({ length: count }, () => issue('foreign intermediate', { ca: true, key: slowKey }).certificate);

  it('in great number are refused, and as many as are allowed cost little', () => {
    const alone = issue('foreign leaf', { issuer: issue('foreign intermediate', { ca: true }) });
    for (const count of [31, 400]) {
      const bytes = signedWith({ certificates: [alone.certificate, ...lookAlikes(count)] }, [alone]);
      const begin = performance.now();
      expect(codes(verify(bytes))).toEqual([count > 31 ? 'malformed-signature' : 'untrusted-signer']);
      expect(performance.now() - begin).toBeLessThan(1000);
    }
  });
});

const hasOsslsigncode = isInstalled('osslsigncode', '--version');

describe.skipIf(!hasOsslsigncode)('files of osslsigncode', () => {
  const folder = mkdtempSync(joinPath(tmpdir(), 'psmint-foreign-'));
  const file = (name: string): string => joinPath(folder, name);
  const sign = (input: Buffer, ...more: readonly string[]): Buffer => {
    writeFileSync(file('in.ps1'), input);
    rmSync(file('out.ps1'), { force: true });
    const certificates = ['-certs', file('chain.pem'), '-key', file('key.pem')];
    const answer = run('osslsigncode', [
      'sign',
      ...certificates,
      ...more,
      '-in',
      file('in.ps1'),
      '-out',
      file('out.ps1'),
    ]);
    expect(answer.output).toContain('Succeeded');
    return readFileSync(file('out.ps1'));
  };
  writeFileSync(file('chain.pem'), pem(...chain));
  writeFileSync(file('key.pem'), keyPem(pki.leaf.key));

  it.each<readonly [string, Encoding, string]>([
    ['ASCII', 'ascii', smallScript],
    ['LF', 'ascii', "'a'\n"],
    ['UTF-8', 'utf-8', japanese],
    ['UTF-16LE', 'utf-16le', japanese],
  ])('in %s verify', (_, encoding, text) => {
    const bytes = sign(encode(text, encoding), '-h', 'sha256');
    expect(codes(verify(bytes))).toEqual([]);
    expect(formOf(bytes).encoding).toBe(encoding);
  });

  it('with SHA-1 are weak, with another digest and a nested signature they verify', () => {
    expect(codes(verify(sign(latin1(smallScript), '-h', 'sha1')))).toEqual(['weak-signature']);
    const first = sign(latin1(smallScript), '-h', 'sha384');
    expect(formOf(first).hash).toBe('sha384');
    const both = sign(first, '-h', 'sha256', '-nest');
    expect(codes(verify(both))).toEqual([]);
    expect(formOf(both)).toMatchObject({ nestedSignatures: 1 });
    rmSync(folder, { recursive: true });
  });
});
