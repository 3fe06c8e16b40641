import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Result } from '../../src/diagnostic.ts';
import { sign } from '../../src/sign.ts';
import { openSigner } from '../../src/signers/index.ts';
import { verify } from '../../src/verify.ts';
import {
  artifactSigning,
  certificateBag,
  cloudCases,
  cloudSecrets,
  faults,
  keyVault,
  signDigest,
  startCloud,
  type CloudProtocol,
  type CloudServer,
  type Fault,
} from '../support/key-services.ts';
import { codes, unsigned, unwrap } from '../support/signing.ts';
import { days, ecKey, issue, now, pem, rsaKey, testPki } from '../support/test-ca.ts';

const pki = testPki('cloud');
let folder: string;
let chain: string;
const servers: CloudServer[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'psmint-cloud-'));
  chain = join(folder, 'chain.pem');
  await writeFile(chain, pem(pki.leaf, pki.intermediate, pki.root));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function start(protocol: CloudProtocol, fault: Fault = 'none', key = pki.leaf.key): Promise<CloudServer> {
  const server = await startCloud(protocol, key, fault);
  servers.push(server);
  return server;
}

/** Opens, signs two scripts, verifies: everything that a build does with a signer before it writes. */
async function signsWith(spec: string, env: Readonly<Record<string, string>>): Promise<Result<unknown>> {
  const opened = await openSigner(spec, { home: join(folder, 'home'), env, now });
  if (!opened.ok) return opened;
  const scripts = [unsigned(), unsigned("'two'\r\n", 'pack/manual/report.ps1')];
  const signed = await sign(scripts, opened.value.signer, { now });
  return signed.ok ? verify(signed.value, { trust: opened.value.trust, at: now }) : signed;
}

const textOf = (result: Result<unknown>): string =>
  result.ok ? '' : result.diagnostics.map(({ message, help }) => `${message} ${help ?? ''}`).join('\n');

function expectNoSecrets(result: Result<unknown>): void {
  for (const secret of Object.values(cloudSecrets)) expect(textOf(result)).not.toContain(secret);
}

interface Expected {
  readonly codes: readonly string[];
  readonly says?: RegExp;
  /** Longest wait for one signature, seconds. */
  readonly limit?: string;
}

const expectations: Readonly<Record<Fault, Expected>> = {
  none: { codes: [] },
  'throttled-once': { codes: [] },
  'unavailable-twice': { codes: [] },
  'broken-once': { codes: [] },
  'throttled-for-an-hour': { codes: ['signer-failed'], says: /status 429 .*3600 s/ },
  unavailable: { codes: ['signer-failed'], says: /HTTP status 503/, limit: '2' },
  slow: { codes: ['signer-failed'], says: /did not answer in time/, limit: '0.4' },
  broken: { codes: ['signer-failed'], says: /broke off/, limit: '2' },
  'cut-json': { codes: ['signer-failed'], says: /not a JSON object/ },
  'no-json': { codes: ['signer-failed'], says: /not a JSON object/ },
  endless: { codes: ['signer-failed'], says: /too long/ },
  forbidden: { codes: ['signer-failed'], says: /HTTP status 403 \(Forbidden: .*Not allowed: \*\*\*/ },
  redirect: { codes: ['signer-failed'], says: /HTTP status 307/ },
  'no-signature': { codes: ['signer-failed'], says: /holds no signature/ },
  'wrong-key': { codes: ['certificate-key-mismatch'] },
  'wrong-digest': { codes: ['certificate-key-mismatch'] },
  pss: { codes: ['certificate-key-mismatch'] },
};

const faultTable = cloudCases.flatMap((cloud) =>
  faults.map((fault) => ({ name: cloud.name, cloud, fault, expected: expectations[fault] })),
);

describe('a service that goes wrong', () => {
  it.concurrent.each(faultTable)('$name: $fault', async ({ cloud, fault, expected }) => {
    const server = await startCloud(cloud.protocol(pki), pki.leaf.key, fault);
    const env = { ...cloud.env(server.url), ...(expected.limit ? { PSMINT_SIGNER_TIMEOUT: expected.limit } : {}) };
    const result = await signsWith(cloud.spec(server.url, chain), env);
    const paths = server.requests.map(({ path }) => path);
    await server.close();
    expect([...new Set(codes(result))], textOf(result)).toEqual(expected.codes);
    if (expected.says) expect(textOf(result)).toMatch(expected.says);
    expect(paths).not.toContain('/elsewhere');
    expectNoSecrets(result);
  });
});

describe.each(cloudCases)('$name:', (cloud) => {
  it('refuses an EC key before anything is signed', async () => {
    const root = issue('EC root', { ca: true });
    const leaf = issue('EC leaf', { key: ecKey('cloud'), issuer: root });
    const server = await start(cloud.protocol({ root, intermediate: root, leaf }), 'none', rsaKey('not this'));
    const ecChain = join(folder, `${cloud.name}-ec.pem`);
    await writeFile(ecChain, pem(leaf, root));
    const result = await signsWith(cloud.spec(server.url, ecChain), cloud.env(server.url));
    expect(codes(result)).toEqual(['unsupported-key']);
  });

  it('refuses an expired certificate', async () => {
    const old = testPki('cloud old', { notAfter: days(-1) });
    const server = await start(cloud.protocol(old), 'none', old.leaf.key);
    const oldChain = join(folder, `${cloud.name}-old.pem`);
    await writeFile(oldChain, pem(old.leaf, old.intermediate, old.root));
    const result = await signsWith(cloud.spec(server.url, oldChain), cloud.env(server.url));
    expect(codes(result)).toEqual(['certificate-expired']);
  });

  it('says that the service cannot be reached', async () => {
    const server = await start(cloud.protocol(pki));
    await server.close();
    const env = { ...cloud.env(server.url), PSMINT_SIGNER_TIMEOUT: '0.3' };
    const result = await signsWith(cloud.spec(server.url, chain), env);
    expect(codes(result)).toEqual(['signer-failed']);
    expect(textOf(result)).toContain('ECONNREFUSED');
  });

  it('says what a wrong token or credential got for an answer', async () => {
    const server = await start(cloud.protocol(pki));
    const wrong = Object.entries(cloud.env(server.url)).map(([name, value]) => [
      name,
      /TOKEN/.test(name) ? 'other-s3cret-of-some-length' : value,
    ]);
    const result = await signsWith(cloud.spec(server.url, chain), Object.fromEntries(wrong) as Record<string, string>);
    expect(codes(result)).toEqual(['signer-failed']);
    expect(textOf(result)).toMatch(/status 40[01] \((?:Unauthorized|UnrecognizedClientException): /);
    expect(textOf(result)).not.toContain('s3cret');
  });

  it('says what to install when there is no token and no identity library', async () => {
    const server = await start(cloud.protocol(pki));
    const given = Object.entries(cloud.env(server.url)).filter(
      ([name]) => !/TOKEN|KEY/.test(name) || name.includes('URL'),
    );
    const result = await signsWith(cloud.spec(server.url, chain), Object.fromEntries(given));
    expect(codes(result)).toEqual(['signer-setup']);
    expect(textOf(result)).toMatch(
      /npm install (?:@azure\/identity|@aws-sdk\/credential-providers|google-auth-library) .*(?:TOKEN|KEY)/,
    );
    expect(server.requests).toEqual([]);
  });

  it.each(['0', '-1', 'soon', '1e3', '99999'])('refuses the time limit "%s"', async (limit) => {
    const env = { ...cloud.env('http://127.0.0.1:9'), PSMINT_SIGNER_TIMEOUT: limit };
    const result = await signsWith(cloud.spec('http://127.0.0.1:9', chain), env);
    expect(codes(result)).toEqual(['signer-setup']);
  });

  it.each([
    'http://vault.example',
    'http://127.0.0.1.example',
    'http://10.0.0.1',
    'ftp://127.0.0.1',
    'https://user:s3cret@host.example',
  ])('never talks to %s', async (url) => {
    const result = await signsWith(cloud.spec(url, chain), cloud.env(url));
    expect(['signer-setup', 'signer-unknown']).toContain(codes(result)[0]);
    expect(codes(result)).toHaveLength(1);
    expect(textOf(result)).not.toContain('s3cret');
  });
});

describe('azure-artifact-signing:', () => {
  const env = { PSMINT_AZURE_TOKEN: cloudSecrets.token };
  const bag = certificateBag(pki.leaf, pki.intermediate, pki.root);

  it('asks who signs once, and looks again until each operation is ready', async () => {
    const server = await start(artifactSigning(() => bag, 3));
    expect(codes(await signsWith(`azure-artifact-signing:${server.url}/acct/prof`, env))).toEqual([]);
    const methods = server.requests.map(({ method }) => method);
    expect(methods.filter((method) => method === 'POST')).toHaveLength(3);
    expect(methods.filter((method) => method === 'GET')).toHaveLength(9);
  });

  it('follows a leaf that is exchanged between two signatures', async () => {
    const next = issue('cloud leaf of tomorrow', { issuer: pki.intermediate, key: pki.leaf.key });
    const later = certificateBag(pki.intermediate, next, pki.root);
    const server = await start(artifactSigning((operation) => (operation === 2 ? later : bag), 1));
    const opened = unwrap(
      await openSigner(`azure-artifact-signing:${server.url}/acct/prof`, { home: folder, env, now }),
    );
    const scripts = [unsigned(), unsigned("'two'\r\n", 'pack/manual/report.ps1')];
    const verified = unwrap(
      verify(unwrap(await sign(scripts, opened.signer, { now })), { trust: opened.trust, at: now }),
    );
    const subjects = verified.map(({ signature }) => signature?.signerSubject).sort();
    expect(subjects).toEqual(['CN=cloud leaf', 'CN=cloud leaf of tomorrow']);
  });

  it('never takes a signature of another key, though the first was right', async () => {
    let count = 0;
    const right = artifactSigning(() => bag);
    const server = await start({
      ...right,
      answer: (request, signature) =>
        right.answer(request, (digest) => (count++ === 0 ? signature(digest) : signDigest(rsaKey('other'), digest))),
    });
    const result = await signsWith(`azure-artifact-signing:${server.url}/acct/prof`, env);
    expect(codes(result)).toEqual(['certificate-key-mismatch']);
    expect(textOf(result)).toContain('nothing was written');
  });

  it('demands a timestamp, because the leaf lives only days', async () => {
    const server = await start(artifactSigning(() => bag));
    const opened = await openSigner(`azure-artifact-signing:${server.url}/acct/prof`, { home: folder, env, now });
    expect(unwrap(opened).needsTimestamp).toBe(true);
  });

  it('takes the form of the published description too, with the values in "result"', async () => {
    const plain = artifactSigning(() => bag, 1);
    const nested: CloudProtocol = {
      ...plain,
      answer: (request, signature) => {
        const answer = plain.answer(request, signature);
        if (answer === undefined) return undefined;
        const { operationId, status, ...values } = answer.json as Record<string, unknown>;
        return { ...answer, json: { id: operationId, status, result: { signStatus: values } } };
      },
    };
    const server = await start(nested);
    expect(codes(await signsWith(`azure-artifact-signing:${server.url}/acct/prof`, env))).toEqual([]);
  });

  it.each([
    ['an operation that fails', { operationId: 'x', status: 'Failed' }, /status Failed/],
    ['an operation without a name', { status: 'InProgress' }, /names no operation/],
    ['an operation that is a path', { operationId: '../../x', status: 'InProgress' }, /names no operation/],
    ['a status that is a text', { operationId: 'x', status: 'a b\u001b[31m' }, /status unknown/],
    ['an operation that never ends', { operationId: 'x', status: 'InProgress' }, /in time|no time left/],
    ['no certificate', { status: 'Succeeded', signature: 'AAAA' }, /certificates in the answer cannot be read/],
    [
      'a certificate that is garbage',
      { status: 'Succeeded', signature: 'AAAA', signingCertificate: 'QUFBQQ==' },
      /cannot be read/,
    ],
  ])('refuses %s', async (_, json, says) => {
    const server = await start({ isSigning: () => false, answer: () => ({ status: 200, json }) });
    const limited = { ...env, PSMINT_SIGNER_TIMEOUT: '0.5' };
    const result = await signsWith(`azure-artifact-signing:${server.url}/acct/prof`, limited);
    expect(codes(result)).toEqual(['signer-failed']);
    expect(textOf(result)).toMatch(says);
  });

  it('refuses a chain without a leaf, and one with two', async () => {
    for (const certificates of [
      [pki.intermediate, pki.root],
      [pki.leaf, issue('other', { issuer: pki.root }), pki.intermediate],
    ]) {
      const server = await start(artifactSigning(() => certificateBag(...certificates), 1));
      const result = await signsWith(`azure-artifact-signing:${server.url}/acct/prof`, env);
      expect(codes(result)).toEqual(['chain-incomplete']);
    }
  });
});

describe('azure-key-vault:', () => {
  const env = { PSMINT_AZURE_TOKEN: cloudSecrets.token };

  it.each(['certificates/code/0123abcd', 'keys/code', 'keys/code/0123abcd'])('signs with %s', async (path) => {
    const server = await start(keyVault(pki.leaf));
    const result = await signsWith(`azure-key-vault:${server.url}/${path},${chain}`, env);
    expect(codes(result), textOf(result)).toEqual([]);
    expect(server.requests.filter(({ method }) => method === 'POST').map(({ path: used }) => used)).toEqual([
      '/keys/code/0123abcd/sign?api-version=7.2',
      '/keys/code/0123abcd/sign?api-version=7.2',
    ]);
  });

  it('needs the certificates above the leaf', async () => {
    const server = await start(keyVault(pki.leaf));
    const result = await signsWith(`azure-key-vault:${server.url}/certificates/code`, env);
    expect(codes(result)).toEqual(['chain-incomplete']);
  });

  it('never sends its token to a key in another vault', async () => {
    const stranger = await start(keyVault(pki.leaf));
    const server = await start(keyVault(pki.leaf, `${stranger.url}/keys/code/0123abcd`));
    const result = await signsWith(`azure-key-vault:${server.url}/certificates/code,${chain}`, env);
    expect(codes(result)).toEqual(['signer-failed']);
    expect(stranger.requests).toEqual([]);
  });

  it.each([
    '',
    'x',
    'https://v.vault.azure.net',
    'https://v.vault.azure.net/secrets/a',
    'https://v.vault.azure.net/keys/a',
    'https://v.vault.azure.net/certificates/a,',
  ])('refuses the spec "%s"', async (argument) => {
    expect(codes(await signsWith(`azure-key-vault:${argument}`, env))).toEqual(['signer-unknown']);
  });
});

describe('aws-kms:', () => {
  const keys = { AWS_ACCESS_KEY_ID: 'AKID', AWS_SECRET_ACCESS_KEY: 'secret' };

  it.each([
    ['alias/code', {}],
    ['alias/code', { AWS_REGION: 'evil.example/' }],
    ['arn:aws:kms', {}],
  ])('%s with %j has no region', async (key, env) => {
    const result = await signsWith(`aws-kms:${key},${chain}`, { ...keys, ...env });
    expect(codes(result)).toEqual(['signer-setup']);
    expect(textOf(result)).toContain('AWS_REGION');
  });

  it('tries again when KMS throttles, which it does with HTTP 400', async () => {
    let count = 0;
    const server = await start({
      isSigning: () => false,
      answer: () => ({
        status: 400,
        json: {
          __type: ++count > 1 ? 'com.amazon#KMSInvalidStateException' : 'ThrottlingException',
          message: 'Rate exceeded',
        },
      }),
    });
    const env = { ...keys, AWS_REGION: 'eu-central-1', AWS_ENDPOINT_URL: server.url };
    const opened = unwrap(await openSigner(`aws-kms:alias/code,${chain}`, { home: folder, env, now }));
    const answer = await opened.signer.sign({ tbs: Buffer.alloc(1), digest: Buffer.alloc(32), hash: 'sha256' });
    expect(server.requests).toHaveLength(2);
    expect(textOf(answer)).toContain('KMSInvalidStateException: Rate exceeded');
  });

  it.each(['', 'key', 'key,', ',chain.pem', 'a,b,c'])('refuses the spec "%s"', async (argument) => {
    expect(codes(await signsWith(`aws-kms:${argument}`, keys))).toEqual(['signer-unknown']);
  });
});

describe('google-kms:', () => {
  it.each(['', 'key,chain.pem', 'projects/p/locations/l/keyRings/r/cryptoKeys/k,chain.pem', '../x,chain.pem'])(
    'refuses the spec "%s"',
    async (argument) => {
      expect(codes(await signsWith(`google-kms:${argument}`, {}))).toEqual(['signer-unknown']);
    },
  );
});
