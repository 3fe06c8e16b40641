import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Result } from '../../src/diagnostic.ts';
import { sign } from '../../src/sign.ts';
import { openSigner } from '../../src/signers/index.ts';
import { verify } from '../../src/verify.ts';
import { codes, unsigned } from '../support/signing.ts';
import { ecKey, issue, keyPem, now, pem, rsaKey, testPki } from '../support/test-ca.ts';
import { isInstalled } from '../support/tools.ts';

const pki = testPki('command');
let folder: string;
const file = (name: string): string => join(folder, name);

/** A program for this test: a Node script that has the bytes of its standard input in `input`. */
const script = (body: string): string =>
  `const { createHash, createPrivateKey, privateEncrypt, sign, constants } = require('node:crypto');
const { readFileSync, writeFileSync } = require('node:fs');
const input = readFileSync(0);
const key = readFileSync(${JSON.stringify(file('key.pem'))});
const raw = (bytes) => privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, bytes);
const info = (digest) => Buffer.concat([Buffer.from('3031300d060960864801650304020105000420', 'hex'), digest]);
const out = (bytes) => process.stdout.write(bytes);
${body}`;

const programs = {
  digest: 'out(raw(info(input)))',
  'digest-info': 'out(raw(input))',
  tbs: "out(sign('sha256', input, key))",
  base64: "out(raw(info(input)).toString('base64') + '\\n')",
  wrapped: "out(raw(info(input)).toString('base64').replace(/.{1,64}/g, '$&\\r\\n'))",
  base64url: "out(raw(info(input)).toString('base64url'))",
  argument: "out(raw(info(Buffer.from(process.argv[2].split('=')[1] + '=', 'base64'))))",
  arguments: 'writeFileSync(process.argv[2], JSON.stringify(process.argv.slice(3))); out(raw(info(input)))',
  'wrong-digest': 'out(raw(info(Buffer.alloc(32))))',
  'wrong-key': 'out(Buffer.alloc(256, 1))',
  pss: "out(sign('sha256', input, { key, padding: constants.RSA_PKCS1_PSS_PADDING }))",
  cut: 'out(raw(info(input)).subarray(1))',
  empty: '',
  text: "out('signed!')",
  endless: 'for (;;) require("node:fs").writeSync(1, Buffer.alloc(65536, 0x41))',
  fails:
    "process.stderr.write('\\u001b[31mToken locked by ' + process.env.PSMINT_KEY_PASSWORD + '\\n.'); process.exitCode = 3",
  dies: "process.kill(process.pid, 'SIGKILL')",
  slow: 'setTimeout(() => {}, 60000)',
  stubborn: "process.on('SIGTERM', () => {}); setTimeout(() => {}, 60000)",
  family: "require('node:child_process').spawn('sleep', ['60'], { stdio: 'inherit' }); setTimeout(() => {}, 60000)",
} as const;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'psmint command-'));
  await writeFile(file('chain.pem'), pem(pki.leaf, pki.intermediate, pki.root));
  await writeFile(file('key.pem'), keyPem(pki.leaf.key));
  await writeFile(file('locked.pem'), keyPem(pki.leaf.key, 's3cret'));
  await writeFile(file('other.pem'), keyPem(rsaKey('command other')));
  const root = issue('command EC root', { ca: true });
  await writeFile(file('ec.pem'), pem(issue('command EC', { key: ecKey('command'), issuer: root }), root));
  await Promise.all(Object.entries(programs).map(([name, body]) => writeFile(file(`${name}.cjs`), script(body))));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const node = (name: string, more = ''): string => `"${process.execPath}" "${file(`${name}.cjs`)}" ${more}`;
const textOf = (result: Result<unknown>): string =>
  result.ok ? '' : result.diagnostics.map(({ message, help }) => `${message} ${help ?? ''}`).join('\n');

async function signsWith(
  input: string,
  line: string,
  env: Readonly<Record<string, string>> = {},
  certificates = 'chain.pem',
): Promise<Result<unknown>> {
  const spec = `command:${file(certificates)},${input},${line}`;
  const opened = await openSigner(spec, { home: file('home'), env, now });
  if (!opened.ok) return opened;
  const signed = await sign([unsigned()], opened.value.signer, { now });
  return signed.ok ? verify(signed.value, { trust: opened.value.trust, at: now }) : signed;
}

describe('command: takes', () => {
  it.concurrent.each([
    ['a digest', 'digest', 'digest'],
    ['a DigestInfo', 'digest-info', 'digest-info'],
    ['the bytes to sign', 'tbs', 'tbs'],
  ])('%s on standard input', async (_, input, program) => {
    const result = await signsWith(input, node(program));
    expect(codes(result), textOf(result)).toEqual([]);
  });

  it.concurrent.each(['base64', 'wrapped', 'base64url'])('a signature in %s', async (program) => {
    expect(codes(await signsWith('digest', node(program)))).toEqual([]);
  });

  it('the digest as an argument', async () => {
    expect(codes(await signsWith('digest', node('argument', '--digest={digest}')))).toEqual([]);
  });

  it('arguments as they are, for there is no shell', async () => {
    const line = `"${file('list.json')}" $HOME "a  b" c"d e"f ; * \`id\` $(id) 'x' \\ "" > out`;
    expect(codes(await signsWith('digest', node('arguments', line)))).toEqual([]);
    const list: unknown = JSON.parse(await readFile(file('list.json'), 'utf8'));
    expect(list).toEqual(['$HOME', 'a  b', 'cd ef', ';', '*', '`id`', '$(id)', "'x'", '\\', '', '>', 'out']);
  });
});

describe('command: never writes the answer of a program that', () => {
  it.concurrent.each([
    ['signs another digest', 'wrong-digest', ['certificate-key-mismatch'], /nothing was written/],
    ['signs with another key', 'wrong-key', ['certificate-key-mismatch'], /nothing was written/],
    ['signs with RSA-PSS', 'pss', ['certificate-key-mismatch'], /nothing was written/],
    ['cuts the signature', 'cut', ['signer-failed'], /gave 255 bytes.* 256 bytes/],
    ['says nothing', 'empty', ['signer-failed'], /gave 0 bytes/],
    ['says something else', 'text', ['signer-failed'], /gave 7 bytes/],
    ['never stops talking', 'endless', ['signer-failed'], /exit code/],
    ['fails', 'fails', ['signer-failed'], /exit code 3 \(\[31mToken locked by \*\*\* \)/],
    ['is killed', 'dies', ['signer-failed'], /exit code -1/],
  ])('%s', async (_, program, expected, says) => {
    const result = await signsWith('digest', node(program), { PSMINT_KEY_PASSWORD: 's3cret' });
    expect(codes(result), textOf(result)).toEqual(expected);
    expect(textOf(result)).toMatch(says);
    expect(textOf(result)).not.toContain('s3cret');
  });

  it.concurrent.each(['slow', 'stubborn', 'family'])('takes too long: %s', async (program) => {
    const start = performance.now();
    const result = await signsWith('digest', node(program), { PSMINT_SIGNER_TIMEOUT: '0.5' });
    expect(codes(result)).toEqual(['signer-failed']);
    expect(textOf(result)).toMatch(/did not end within 0.5 s.*PSMINT_SIGNER_TIMEOUT/);
    expect(performance.now() - start).toBeLessThan(5000);
  });

  it('is not there, or is no program', async () => {
    await writeFile(file('no-program'), 'x');
    await chmod(file('no-program'), 0o644);
    for (const program of ['psmint-no-such-program', file('no-program'), folder]) {
      const result = await signsWith('digest', `"${program}"`);
      expect(codes(result)).toEqual(['signer-setup']);
    }
  });
});

describe('command: refuses', () => {
  it.each([
    '',
    'x',
    'chain.pem',
    'chain.pem,digest',
    'chain.pem,digest,',
    'chain.pem,digest, ',
    'chain.pem,sha1,p s3cret',
    'chain.pem,toString,p',
    'chain.pem,digest,p "s3cret',
    ',digest,p',
  ])('the spec "%s"', async (argument) => {
    const result = await openSigner(`command:${argument}`, { home: folder, env: {}, now });
    expect(codes(result)).toEqual(['signer-unknown']);
    expect(textOf(result)).not.toContain('s3cret');
  });

  it('an EC certificate and a file that is not there, before anything runs', async () => {
    expect(codes(await signsWith('digest', node('digest'), {}, 'ec.pem'))).toEqual(['unsupported-key']);
    expect(codes(await signsWith('digest', node('digest'), {}, 'none.pem'))).toEqual(['key-unreadable']);
  });
});

// The examples of docs/signers.md.
describe.skipIf(!isInstalled('openssl'))('command: openssl', () => {
  const pkeyutl = (key: string, more = ''): string =>
    `openssl pkeyutl -sign -inkey "${file(key)}" -pkeyopt rsa_padding_mode:pkcs1 -pkeyopt digest:sha256 ${more}`;

  it('pkeyutl signs a digest', async () => {
    const result = await signsWith('digest', pkeyutl('key.pem'));
    expect(codes(result), textOf(result)).toEqual([]);
  });

  it('pkeyutl opens an encrypted key with a password from a variable', async () => {
    const line = pkeyutl('locked.pem', '-passin env:PSMINT_KEY_PASSWORD');
    expect(codes(await signsWith('digest', line, { PSMINT_KEY_PASSWORD: 's3cret' }))).toEqual([]);
    const wrong = await signsWith('digest', line, { PSMINT_KEY_PASSWORD: 'other-s3cret' });
    expect(codes(wrong)).toEqual(['signer-failed']);
    expect(textOf(wrong)).not.toContain('s3cret');
  });

  it('dgst signs the bytes themselves', async () => {
    expect(codes(await signsWith('tbs', `openssl dgst -sha256 -sign "${file('key.pem')}"`))).toEqual([]);
  });

  it('pkeyutl with a key of another certificate is refused', async () => {
    expect(codes(await signsWith('digest', pkeyutl('other.pem')))).toEqual(['certificate-key-mismatch']);
  });
});
