import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Result } from '../../src/diagnostic.ts';
import { sign } from '../../src/sign.ts';
import { openSigner } from '../../src/signers/index.ts';
import { readPkcs11Uri } from '../../src/signers/pkcs11-uri.ts';
import { verify } from '../../src/verify.ts';
import { codes, unsigned, unwrap } from '../support/signing.ts';
import { createSoftHsm, findSoftHsm, type SoftHsm } from '../support/softhsm.ts';
import { ecKey, issue, now, pem, rsaKey, testPki } from '../support/test-ca.ts';

const driver = findSoftHsm();
const pki = testPki('pkcs11');
const pin = 's3cret-7391';
const folder = mkdtempSync(join(tmpdir(), 'psmint-pkcs11-'));
const file = (name: string): string => join(folder, name);
let hsm: SoftHsm;

beforeAll(() => {
  writeFileSync(file('chain.pem'), pem(pki.leaf, pki.intermediate, pki.root));
  writeFileSync(file('pin.txt'), `${pin}\n`);
  writeFileSync(file('wrong-pin.txt'), 'wr0ng-s3cret\n');
  if (driver === undefined) return;
  hsm = createSoftHsm(folder, driver, pin);
  hsm.addToken('Code signing', pin);
  hsm.addKey('Code signing', pki.leaf.key, 'release key', '0a0b');
  hsm.addKey('Code signing', rsaKey('pkcs11 other'), 'other key', '0c');
  hsm.addKey('Code signing', rsaKey('pkcs11 third'), 'other key', '0d');
  hsm.addKey('Code signing', ecKey('pkcs11'), 'ec key', '0e');
  hsm.addCertificate('Code signing', pki.intermediate, 'authority', 'aa');
  hsm.addCertificate('Code signing', pki.root, 'root', 'bb');
  hsm.addCertificate('Code signing', pki.leaf, 'release key', '0a0b');
  hsm.addToken('Empty', pin);
  hsm.addToken('Twins', pin);
  hsm.addKey('Twins', pki.leaf.key, 'one', '01');
  hsm.addKey('Twins', rsaKey('pkcs11 other'), 'two', '01');
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const textOf = (result: Result<unknown>): string =>
  result.ok ? '' : result.diagnostics.map(({ message, help }) => `${message} ${help ?? ''}`).join('\n');

describe('a PKCS#11 URI (RFC 7512)', () => {
  it('is read with its octets', () => {
    const uri = unwrap(
      readPkcs11Uri('token=A%20b;object=%C3%A9%2C;id=%0a%FF;serial=1?module-path=/x/y.so&pin-source=file:/p'),
    );
    expect(uri).toEqual({
      token: { token: 'A b', serial: '1' },
      label: 'é,',
      id: '0aff',
      modulePath: '/x/y.so',
      pinFile: '/p',
    });
  });

  it.each([
    ['file:/a/pin', '/a/pin'],
    ['file:///a/pin', '/a/pin'],
    ['/a/pin', '/a/pin'],
    ['pin.txt', 'pin.txt'],
  ])('pin-source=%s', (source, path) => {
    expect(unwrap(readPkcs11Uri(`object=a?pin-source=${source}`)).pinFile).toBe(path);
  });

  it.each([
    ['', 'names no key'],
    ['token=a', 'names no key'],
    ['object=', 'names no key'],
    ['object=a;object=b', 'twice'],
    ['object=%', 'badly encoded'],
    ['object=%zz', 'badly encoded'],
    ['object=a;colour=red', 'does not know'],
    ['object', 'does not know'],
    ['object=a?module-name=softhsm2', 'does not know'],
    ['object=a;type=cert', 'not "private"'],
    ['object=a?pin-value=s3cret', 'PSMINT_PKCS11_PIN'],
    ['object=a;pin-value=s3cret', 'PSMINT_PKCS11_PIN'],
    ['object=a?pin-source=|cat s3cret', 'no file'],
    ['object=a?module-path=a?pin-source=b', 'question mark'],
  ])('"%s" is refused', async (uri, reason) => {
    const result = await openSigner(`pkcs11:${uri}`, { home: folder, env: { PSMINT_PKCS11_PIN: '1' }, now });
    expect(codes(result)).toEqual(['signer-unknown']);
    expect(textOf(result)).toContain(reason);
    expect(textOf(result)).not.toContain('s3cret');
  });
});

describe.skipIf(driver === undefined)('pkcs11: with SoftHSM', () => {
  const module = `module-path=${driver ?? ''}`;

  async function signsWith(
    spec: string,
    secrets: Readonly<Record<string, string>> = { PSMINT_PKCS11_PIN: pin },
  ): Promise<Result<unknown>> {
    const opened = await openSigner(spec, { home: file('home'), env: { ...hsm.env, ...secrets }, now });
    if (!opened.ok) return opened;
    const scripts = [unsigned(), unsigned("'two'\r\n", 'pack/manual/report.ps1')];
    const signed = await sign(scripts, opened.value.signer, { now });
    return signed.ok ? verify(signed.value, { trust: opened.value.trust, at: now }) : signed;
  }

  it.each([
    ['a label, certificates from the token', `token=Code%20signing;object=release%20key?${module}`],
    ['an id, certificates from a file', `token=Code%20signing;id=%0a%0b?${module},CHAIN`],
    ['label, id and type', `object=release%20key;id=%0A%0B;type=private;token=Code%20signing?${module}`],
    [
      'manufacturer and model',
      `manufacturer=SoftHSM%20project;model=SoftHSM%20v2;token=Code%20signing;object=release%20key?${module}`,
    ],
    ['a PIN file in the URI', `token=Code%20signing;object=release%20key?${module}&pin-source=file:PIN`],
  ])('signs: %s', async (_, uri) => {
    const result = await signsWith(`pkcs11:${uri.replace('CHAIN', file('chain.pem')).replace('PIN', file('pin.txt'))}`);
    expect(codes(result), textOf(result)).toEqual([]);
  });

  it('signs with a PIN from a file', async () => {
    const spec = `pkcs11:token=Code%20signing;object=release%20key?${module}`;
    expect(codes(await signsWith(spec, { PSMINT_PKCS11_PIN_FILE: file('pin.txt') }))).toEqual([]);
  });

  it.each([
    [
      'a wrong PIN',
      'token=Code%20signing;object=release%20key',
      { PSMINT_PKCS11_PIN: 'wr0ng-s3cret' },
      'wrong-password',
      /tried once/,
    ],
    ['no PIN', 'token=Code%20signing;object=release%20key', {}, 'signer-setup', /PSMINT_PKCS11_PIN_FILE/],
    [
      'a PIN file that is not there',
      'token=Code%20signing;object=a',
      { PSMINT_PKCS11_PIN_FILE: 'none' },
      'key-unreadable',
      /none/,
    ],
    [
      'a token that is not there',
      'token=Other;object=release%20key',
      undefined,
      'signer-setup',
      /no token fits.*"Code signing" \(serial/,
    ],
    ['many tokens', 'object=release%20key', undefined, 'signer-setup', /3 tokens fit/],
    ['two keys with one id', 'token=Twins;object=one', undefined, 'signer-setup', /the id 01 of another/],
    [
      'a key that is not there',
      'token=Code%20signing;object=none',
      undefined,
      'signer-setup',
      /no key fits.*"release key" \(id 0a0b\)/,
    ],
    ['two keys', 'token=Code%20signing;object=other%20key', undefined, 'signer-setup', /several keys fit/],
    ['an empty token', 'token=Empty;object=a', undefined, 'signer-setup', /the token has: none/],
    ['an EC key', 'token=Code%20signing;object=ec%20key', undefined, 'unsupported-key', /RSA/],
    [
      'a key without a certificate',
      'token=Code%20signing;id=%0c',
      undefined,
      'signer-failed',
      /no certificate with the id/,
    ],
  ])('refuses %s', async (_, uri, secrets, code, says) => {
    const result = await signsWith(`pkcs11:${uri}?${module}`, secrets);
    expect(codes(result), textOf(result)).toEqual([code]);
    expect(textOf(result)).toMatch(says);
    expect(textOf(result)).not.toContain('s3cret');
  });

  it('never writes a signature of a key that is not that of the certificate', async () => {
    const result = await signsWith(`pkcs11:token=Code%20signing;id=%0c?${module},${file('chain.pem')}`);
    expect(codes(result)).toEqual(['certificate-key-mismatch']);
    expect(textOf(result)).toContain('nothing was written');
  });

  it('refuses an EC certificate for an RSA key', async () => {
    const root = issue('pkcs11 EC root', { ca: true });
    writeFileSync(file('ec.pem'), pem(issue('pkcs11 EC', { key: ecKey('pkcs11'), issuer: root }), root));
    const result = await signsWith(`pkcs11:token=Code%20signing;id=%0c?${module},${file('ec.pem')}`);
    expect(codes(result)).toEqual(['unsupported-key']);
  });

  // The example of docs/signers.md.
  it('signs with pkcs11-tool as a command: too', async () => {
    const tool = `pkcs11-tool --module ${driver ?? ''} --token-label "Code signing" --login --pin env:PSMINT_PKCS11_PIN`;
    const line = `${tool} --sign --mechanism RSA-PKCS --id 0a0b`;
    const result = await signsWith(`command:${file('chain.pem')},digest-info,${line}`);
    expect(codes(result), textOf(result)).toEqual([]);
  });

  it('says that a driver cannot be loaded', async () => {
    const result = await signsWith('pkcs11:object=a?module-path=/no/driver.so');
    expect(codes(result)).toEqual(['signer-failed']);
    expect(textOf(result)).toMatch(/refused \(.*driver/);
  });
});

describe('pkcs11: without pkcs11-tool', () => {
  it('says what to install', async () => {
    const path = process.env['PATH'];
    process.env['PATH'] = folder;
    try {
      const result = await openSigner('pkcs11:object=a', { home: folder, env: { PSMINT_PKCS11_PIN: '1' }, now });
      expect(codes(result)).toEqual(['signer-setup']);
      expect(textOf(result)).toMatch(/pkcs11-tool is not installed.*OpenSC/);
    } finally {
      process.env['PATH'] = path;
    }
  });
});
