import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { signerKinds } from '../../src/signers/index.ts';
import { copySmallPack, runCli, startCli } from '../support/cli.ts';
import { cloudCases, startCloud, type CloudServer, type Fault } from '../support/key-services.ts';
import { issue, pem, type TestPki } from '../support/test-ca.ts';

// Signers elsewhere, through the whole command line.
const day = 86_400_000;
const dates = { notBefore: new Date(Date.now() - day), notAfter: new Date(Date.now() + 2 * day) };
const root = issue('elsewhere root', { ca: true, ...dates });
const pki: TestPki = { root, intermediate: root, leaf: issue('elsewhere leaf', { issuer: root, ...dates }) };
const base = mkdtempSync(join(tmpdir(), 'psmint-elsewhere-'));
const chain = join(base, 'chain.pem');
const servers: CloudServer[] = [];
let work: string;
let count = 0;

beforeAll(() => {
  copySmallPack(base);
  writeFileSync(chain, pem(pki.leaf, root));
  writeFileSync(join(base, 'root.pem'), pem(root));
});
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});
afterAll(() => {
  rmSync(base, { recursive: true, force: true });
});

async function buildWith(name: string, fault: Fault = 'none', ...more: readonly string[]): ReturnType<typeof startCli> {
  const cloud = cloudCases.find((one) => one.name === name)!;
  const server = await startCloud(cloud.protocol(pki), pki.leaf.key, fault);
  servers.push(server);
  work = join(base, `work-${++count}`);
  mkdirSync(work);
  const args = [
    'build',
    join(base, 'small-pack.json'),
    '--target',
    'manual',
    '--signer',
    cloud.spec(server.url, chain),
    ...more,
  ];
  return startCli(args, { cwd: work, home: join(base, 'home'), env: cloud.env(server.url) });
}

describe('a key elsewhere', () => {
  it('signs a bundle that verifies with its root alone', async () => {
    const built = await buildWith('azure-key-vault');
    expect(built.code, built.err).toBe(0);
    const options = { cwd: work, home: join(base, 'home') };
    expect(runCli(['verify', 'dist', '--trust', join(base, 'root.pem')], options)).toMatchObject({ code: 0 });
    expect(runCli(['verify', 'dist'], options).code).not.toBe(0);
  });

  it('writes nothing when the service answers for another key', async () => {
    const built = await buildWith('google-kms', 'wrong-key');
    expect(built).toMatchObject({ code: 2, out: '' });
    expect(built.err).toContain('error certificate-key-mismatch: ');
    expect(existsSync(join(work, 'dist'))).toBe(false);
  });

  it('is not used without a timestamp when its certificate lives only days', async () => {
    const built = await buildWith('azure-artifact-signing');
    expect(built).toMatchObject({ code: 2, out: '' });
    expect(built.err).toContain('error missing-timestamp: ');
    expect(built.err).toContain('--timestamp http://timestamp.acs.microsoft.com');
    expect(existsSync(join(work, 'dist'))).toBe(false);
  });

  it('says as JSON what is missing', async () => {
    const built = await buildWith('aws-kms', 'forbidden', '--json');
    expect(built.code).toBe(2);
    const answer = JSON.parse(built.out) as { diagnostics: { code: string }[] };
    expect(answer.diagnostics.map(({ code }) => code)).toEqual(['signer-failed']);
  });
});

describe('build --help', () => {
  it('lists every signer', () => {
    const { out } = runCli(['build', '--help'], { cwd: base, home: base });
    for (const { form, summary } of Object.values(signerKinds)) {
      expect(out).toContain(form);
      expect(out).toContain(summary);
    }
  });
});
