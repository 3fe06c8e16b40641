import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseDer } from '../../src/authenticode/der.ts';
import type { Result } from '../../src/diagnostic.ts';
import { sign, signDetached } from '../../src/sign.ts';
import { openSigner } from '../../src/signers/index.ts';
import { verifyDetached } from '../../src/detached-signature.ts';
import { createForeignVerifier } from '../../src/verify-foreign.ts';
import { createVerifier, type VerifyOptions } from '../../src/verify.ts';
import { psmint } from '../support/in-process.ts';
import { signingFiles, type SigningFiles } from '../support/life.ts';
import { codes, fileOf, join as join64, split, unsigned, unwrap } from '../support/signing.ts';
import { ecKey, now, pem, rsaKey, testPki, type TestKey } from '../support/test-ca.ts';
import { isInstalled, run } from '../support/tools.ts';
import { startTsa, testTsa } from '../support/tsa.ts';

// EC keys under a private root: refused unless the user says --allow-ec, and then held to one form as RSA is.
const curve = (namedCurve: string): TestKey => generateKeyPairSync('ec', { namedCurve });
const pki = testPki('EC', { key: ecKey('EC leaf') });
const trust = [pki.root.certificate];
const password = 'pässwörd 😀';
const hasOpenssl = isInstalled('openssl');
let folder: string;
let files: SigningFiles;
let bytes: Buffer;
const file = (name: string): string => join(folder, name);

async function signsWith(spec: string, allowEc: boolean, env = {}): Promise<Result<Buffer>> {
  const opened = await openSigner(spec, { home: file('home'), env, now, allowEc });
  if (!opened.ok) return opened;
  const signed = await sign([unsigned()], opened.value.signer, { now });
  return signed.ok ? { ok: true, value: fileOf(signed.value[0]!) } : signed;
}

const verdict = (content: Buffer, options: Partial<VerifyOptions> = { allowEc: true }): string[] =>
  codes(createVerifier({ trust, at: now, ...options })('a.ps1', content));

const anyForm = (content: Buffer, options: Partial<VerifyOptions> = {}): string[] => {
  const verifier = createForeignVerifier({ trust, at: now, ...options });
  const read = verifier.read('a.ps1', content);
  return codes(read.ok ? verifier.judge('a.ps1', read.value) : read);
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'psmint-ec-'));
  files = await signingFiles(folder, pki);
  bytes = unwrap(await signsWith(files.signer, true));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a script signed with an EC key', () => {
  it('verifies where the user allows it, and is named where not', () => {
    expect(verdict(bytes)).toEqual([]);
    expect(verdict(bytes, {})).toEqual(['unsupported-signature']);
    expect(anyForm(bytes, { allowEc: true })).toEqual([]);
    expect(anyForm(bytes)).toEqual(['unsupported-signature']);
  });

  it('is not made without being asked for', async () => {
    expect(codes(await signsWith(files.signer, false))).toEqual(['unsupported-key']);
  });

  it.each(['secp384r1', 'secp521r1'])('may have a key on %s', async (name) => {
    const other = testPki(name, { key: curve(name) });
    const { signer } = await signingFiles(file(name), other);
    const content = unwrap(await signsWith(signer, true));
    expect(verdict(content, { trust: [other.root.certificate], allowEc: true })).toEqual([]);
  });

  it.each(['secp256k1', 'secp224r1'])('never has a key on %s', async (name) => {
    const { signer } = await signingFiles(file(name), testPki(name, { key: curve(name) }));
    expect(codes(await signsWith(signer, true))).toEqual(['unsupported-key']);
  });

  it('keeps the rules for RSA: a short key stays refused', async () => {
    const short = testPki('short', { key: rsaKey('short EC test', 1024) });
    const { signer } = await signingFiles(file('short'), short);
    expect(codes(await signsWith(signer, true))).toEqual(['unsupported-key']);
  });

  it('never verifies with any byte flipped', () => {
    for (let index = 0; index < bytes.length; index += 1) {
      const copy = Buffer.from(bytes);
      copy.writeUInt8(copy.readUInt8(index) ^ 1, index);
      expect(verdict(copy), `byte ${index}`).not.toEqual([]);
    }
  });

  it('never verifies with another digest named in its algorithm', () => {
    const { text, cms } = split(bytes);
    const at = cms.lastIndexOf(Buffer.from('300a06082a8648ce3d040302', 'hex'));
    expect(at).toBeGreaterThan(0);
    // ecdsa-with-SHA384, of the same length, so that nothing around it changes.
    cms.writeUInt8(3, at + 11);
    const changed = join64(text, cms);
    expect(verdict(changed)).toEqual(['malformed-signature']);
    expect(anyForm(changed, { allowEc: true })).toEqual(['unsupported-signature']);
  });

  it('is taken from no signer that answers in another scheme, or with another key', async () => {
    const opened = unwrap(await openSigner(files.signer, { home: folder, env: {}, now, allowEc: true }));
    for (const change of [{ scheme: 'rsa-pkcs1' as const }, { signature: Buffer.alloc(70, 1) }]) {
      const signer: typeof opened.signer = {
        ...opened.signer,
        sign: async (request) => {
          const answer = await opened.signer.sign(request);
          return answer.ok ? { ok: true, value: { ...answer.value, ...change } } : answer;
        },
      };
      expect(codes(await sign([unsigned()], signer, { now }))).toEqual(['certificate-key-mismatch']);
    }
  });

  it('has a manifest with the same rules', async () => {
    const opened = unwrap(await openSigner(files.signer, { home: folder, env: {}, now, allowEc: true }));
    const content = Buffer.from('{}');
    const seal = unwrap(await signDetached(content, opened.signer, { now }));
    const demand = { path: 'manifest.json', trust, at: now };
    expect(codes(verifyDetached(content, seal, { ...demand, allowEc: true }))).toEqual([]);
    expect(codes(verifyDetached(content, seal, demand))).toEqual(['unsupported-signature']);
  });
});

describe.skipIf(!hasOpenssl)('an EC key and OpenSSL', () => {
  it('signs out of a PFX with AES-256 and a password in UTF-8', async () => {
    const inputs = ['-in', files.chain, '-inkey', files.key, '-passout', `pass:${password}`];
    const ciphers = ['-keypbe', 'AES-256-CBC', '-certpbe', 'AES-256-CBC'];
    expect(run('openssl', ['pkcs12', '-export', '-out', file('ec.pfx'), ...inputs, ...ciphers]).exitCode).toBe(0);
    const env = { PSMINT_PFX_PASSWORD: password };
    expect(verdict(unwrap(await signsWith(`pfx:${file('ec.pfx')}`, true, env)))).toEqual([]);
    expect(codes(await signsWith(`pfx:${file('ec.pfx')}`, false, env))).toEqual(['unsupported-key']);
  });

  it('signs behind a command, whose DER is taken as it is or in base64, and nothing else', async () => {
    const spec = (program: string): string => `command:${files.chain},${program}`;
    const pkeyutl = spec(`digest,openssl pkeyutl -sign -inkey "${files.key}" -pkeyopt digest:sha256`);
    expect(verdict(unwrap(await signsWith(pkeyutl, true)))).toEqual([]);
    expect(verdict(unwrap(await signsWith(spec(`tbs,openssl dgst -sha256 -sign "${files.key}"`), true)))).toEqual([]);
    const script = (body: string): string =>
      `const { sign } = require('node:crypto'); const { readFileSync } = require('node:fs');
const der = sign('sha256', readFileSync(0), readFileSync(${JSON.stringify(files.key)}));
process.stdout.write(${body});`;
    await writeFile(file('base64.cjs'), script("der.toString('base64')"));
    await writeFile(file('cut.cjs'), script('der.subarray(0, -1)'));
    await writeFile(file('long.cjs'), script('Buffer.concat([der, Buffer.alloc(1)])'));
    const node = (name: string): string => spec(`tbs,"${process.execPath}" "${file(name)}"`);
    expect(verdict(unwrap(await signsWith(node('base64.cjs'), true)))).toEqual([]);
    for (const name of ['cut.cjs', 'long.cjs']) {
      expect(codes(await signsWith(node(name), true)), name).toEqual(['signer-failed']);
    }
    expect(codes(await signsWith(pkeyutl, false))).toEqual(['unsupported-key']);
  });

  it('makes signatures that openssl verifies', async () => {
    const { cms } = split(bytes);
    const content = parseDer(cms).children[1]!.children[0]!.children[2]!.children[1]!.children[0]!.content;
    await writeFile(file('m.der'), cms);
    await writeFile(file('content'), content);
    const args = ['smime', '-verify', '-inform', 'DER', '-in', file('m.der'), '-content', file('content'), '-binary'];
    const more = ['-CAfile', files.root, '-purpose', 'any', '-attime', String(now.getTime() / 1000)];
    expect(run('openssl', [...args, ...more]).output).toContain('Verification successful');
  });
});

describe.skipIf(!isInstalled('osslsigncode', '--version'))('an EC key and osslsigncode', () => {
  it('makes signatures that it verifies', async () => {
    await writeFile(file('ec.ps1'), bytes);
    const args = ['verify', '-in', file('ec.ps1'), '-CAfile', files.root, '-time', String(now.getTime() / 1000)];
    const { output } = run('osslsigncode', args);
    expect(output).toContain('Signature verification: ok');
    expect(output).toContain('Number of verified signatures: 1');
  });

  it('signs files that verify in any form', async () => {
    await writeFile(file('plain.ps1'), unsigned().bytes);
    await rm(file('theirs.ps1'), { force: true });
    const keys = ['-certs', files.chain, '-key', files.key, '-h', 'sha256'];
    const made = run('osslsigncode', ['sign', ...keys, '-in', file('plain.ps1'), '-out', file('theirs.ps1')]);
    expect(made.output).toContain('Succeeded');
    const theirs = await readFile(file('theirs.ps1'));
    expect(anyForm(theirs, { allowEc: true })).toEqual([]);
    expect(anyForm(theirs)).toEqual(['unsupported-signature']);
  });
});

describe('psmint --allow-ec', () => {
  const home = (): string => file('home');
  // The clock of the commands: certificates of the tests are of one day.
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now });
  });
  afterEach(() => vi.useRealTimers());
  const codesIn = (err: string): string[] => [...err.matchAll(/ - error ([a-z-]+): /g)].map((match) => match[1]!);

  it('builds a bundle, verifies it and adds timestamps, and without it all three say why not', async () => {
    const tsa = testTsa();
    const service = await startTsa(tsa, 'good');
    try {
      await writeFile(file('tsa.pem'), pem(tsa.root));
      const dist = file('dist');
      const build = ['build', files.pack, '--target', 'manual', '--out', dist, '--signer', files.signer];
      const check = ['verify', dist, '--trust', files.root];
      const stamps = ['--timestamp', service.url, '--timestamp-trust', file('tsa.pem')];
      const stamp = [
        'timestamp',
        dist,
        '--trust',
        files.root,
        '--pack',
        files.pack,
        '--signer',
        files.signer,
        ...stamps,
      ];
      const plain = await psmint(build, { home: home() });
      expect([plain.code, codesIn(plain.err)]).toEqual([2, ['unsupported-key']]);
      expect(plain.err).toContain('--allow-ec');
      const built = await psmint([...build, '--allow-ec'], { home: home() });
      expect(built.code, built.err).toBe(0);
      const refused = await psmint(check, { home: home() });
      expect([refused.code, new Set(codesIn(refused.err))]).toEqual([1, new Set(['unsupported-signature'])]);
      expect((await psmint(stamp, { home: home() })).code).not.toBe(0);
      const stamped = await psmint([...stamp, '--allow-ec'], { home: home() });
      expect(stamped.code, stamped.err).toBe(0);
      const timestamps = ['--require-timestamp', '--timestamp-trust', file('tsa.pem')];
      const verified = await psmint([...check, '--allow-ec', ...timestamps], { home: home() });
      expect(verified.code, verified.err).toBe(0);
    } finally {
      await service.close();
    }
  });

  it('is not for signing in two steps, whose answers are RSA', async () => {
    const dist = file('unsigned');
    const requests = file('requests.json');
    const made = await psmint(['build', files.pack, '--target', 'manual', '--out', dist, '--unsigned'], {
      home: home(),
    });
    expect(made.code, made.err).toBe(0);
    const digest = ['digest', dist, '--pack', files.pack, '--out', requests];
    expect(codesIn((await psmint([...digest, '--certificate', files.chain], { home: home() })).err)).toEqual([
      'unsupported-key',
    ]);
    expect((await psmint(digest, { home: home() })).code).toBe(0);
    const signed = await psmint(['sign-requests', requests, '--signer', files.signer], { home: home() });
    expect(codesIn(signed.err)).toEqual(['unsupported-key']);
  });
});
