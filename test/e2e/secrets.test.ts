import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { oids } from '../../src/authenticode/oids.ts';
import { copySmallPack, startCli, type Answer } from '../support/cli.ts';
import { cloudCases, cloudSecrets, startCloud, type CloudServer } from '../support/key-services.ts';
import { hasProcessList, watchProcesses } from '../support/process-list.ts';
import { createSoftHsm, findSoftHsm } from '../support/softhsm.ts';
import { issue, keyPem, pem, type TestPki } from '../support/test-ca.ts';
import { isInstalled, run } from '../support/tools.ts';
import { startTsa } from '../support/tsa.ts';

// A build with each kind of secret, right and wrong: nobody else on the computer may learn it.
const day = 86_400_000;
const dates = { notBefore: new Date(Date.now() - day), notAfter: new Date(Date.now() + 30 * day) };
const root = issue('secrets root', { ca: true, ...dates });
const pki: TestPki = { root, intermediate: root, leaf: issue('secrets leaf', { issuer: root, ...dates }) };

const password = 'pässw0rd-s3cret';
const pin = 'pin-s3cret-42';
const wrong = 'wr0ng-s3cret';
const secrets = [password, pin, wrong, ...Object.values(cloudSecrets)];

const base = mkdtempSync(join(tmpdir(), 'psmint-secrets-'));
const file = (name: string): string => join(base, name);
const driver = findSoftHsm();
const hasOpenssl = isInstalled('openssl');
const canWatch = hasProcessList();

interface SecretCase {
  readonly name: string;
  readonly spec: string;
  readonly env: Readonly<Record<string, string>>;
  readonly code: number;
  readonly args?: readonly string[];
  /** A program that must have been seen, so that the looking is known to work. */
  readonly program?: string;
}

const servers: Pick<CloudServer, 'close'>[] = [];
const results = new Map<string, Answer>();
let seen: readonly string[] = [];

function localCases(): SecretCase[] {
  const locked = `pem:${file('chain.pem')},${file('locked.pem')}`;
  const openssl = `command:${file('chain.pem')},digest,openssl pkeyutl -sign -inkey ${file('locked.pem')} -passin env:PSMINT_KEY_PASSWORD -pkeyopt rsa_padding_mode:pkcs1 -pkeyopt digest:sha256`;
  const key = [
    { name: 'key password', spec: locked, env: { PSMINT_KEY_PASSWORD_FILE: file('password.txt') }, code: 0 },
    { name: 'wrong key password', spec: locked, env: { PSMINT_KEY_PASSWORD: wrong }, code: 2 },
  ];
  if (!hasOpenssl) return key;
  return [
    ...key,
    { name: 'PFX password', spec: `pfx:${file('code.pfx')}`, env: { PSMINT_PFX_PASSWORD: password }, code: 0 },
    {
      name: 'password of a program',
      spec: openssl,
      env: { PSMINT_KEY_PASSWORD: password },
      code: 0,
      program: 'openssl pkeyutl',
    },
  ];
}

function tokenCases(): SecretCase[] {
  if (driver === undefined) return [];
  const hsm = createSoftHsm(base, driver, pin);
  hsm.addToken('Secrets', pin);
  hsm.addKey('Secrets', pki.leaf.key, 'code', '01');
  const uri = `pkcs11:token=Secrets;object=code?module-path=${driver}`;
  const spec = `${uri},${file('chain.pem')}`;
  return [
    { name: 'PIN', spec, env: { ...hsm.env, PSMINT_PKCS11_PIN: pin }, code: 0, program: 'pkcs11-tool' },
    { name: 'PIN in a file', spec, env: { ...hsm.env, PSMINT_PKCS11_PIN_FILE: file('pin.txt') }, code: 0 },
    { name: 'wrong PIN', spec, env: { ...hsm.env, PSMINT_PKCS11_PIN: wrong }, code: 2 },
  ];
}

/** A timestamp service: Artifact Signing signs nothing without one. */
async function stampArguments(): Promise<readonly string[]> {
  const stampRoot = issue('secrets TSA root', { ca: true, ...dates });
  const stamping = { purposes: [oids.timeStamping], criticalPurposes: true, ...dates };
  const signer = issue('secrets TSA', { issuer: stampRoot, ...stamping });
  const service = await startTsa({ root: stampRoot, authority: stampRoot, signer }, 'good', new Date());
  servers.push(service);
  writeFileSync(file('tsa.pem'), pem(stampRoot));
  return ['--timestamp', service.url, '--timestamp-trust', file('tsa.pem')];
}

async function cloudSecretCases(): Promise<SecretCase[]> {
  const args = await stampArguments();
  return Promise.all(
    cloudCases.map(async (cloud) => {
      const server = await startCloud(cloud.protocol(pki), pki.leaf.key);
      servers.push(server);
      const spec = cloud.spec(server.url, file('chain.pem'));
      return { name: `secret of ${cloud.name}`, spec, env: cloud.env(server.url), args, code: 0 };
    }),
  );
}

// A service may repeat in its answer what it was sent.
async function refusingCases(): Promise<SecretCase[]> {
  return Promise.all(
    cloudCases.map(async (cloud) => {
      const server = await startCloud(cloud.protocol(pki), pki.leaf.key, 'forbidden');
      servers.push(server);
      const spec = cloud.spec(server.url, file('chain.pem'));
      const args = ['--timestamp', 'http://127.0.0.1:9/'];
      return { name: `secret that ${cloud.name} repeats`, spec, env: cloud.env(server.url), args, code: 2 };
    }),
  );
}

async function build({ name, spec, env, args: more = [] }: SecretCase): Promise<void> {
  const cwd = file(`run ${name}`);
  const temporary = join(cwd, 'temporary');
  mkdirSync(temporary, { recursive: true });
  const args = ['build', file('small-pack.json'), '--target', 'manual', '--signer', spec, ...more];
  results.set(name, await startCli(args, { cwd, home: join(cwd, 'home'), env: { TMPDIR: temporary, ...env } }));
}

const cases: SecretCase[] = [];

beforeAll(async () => {
  copySmallPack(base);
  writeFileSync(file('chain.pem'), pem(pki.leaf, pki.root));
  writeFileSync(file('key.pem'), keyPem(pki.leaf.key));
  writeFileSync(file('locked.pem'), keyPem(pki.leaf.key, password));
  writeFileSync(file('password.txt'), password);
  writeFileSync(file('pin.txt'), pin);
  if (hasOpenssl) {
    const inputs = ['-in', file('chain.pem'), '-inkey', file('key.pem'), '-passout', `pass:${password}`];
    const made = run('openssl', ['pkcs12', '-export', '-out', file('code.pfx'), ...inputs]);
    if (made.exitCode !== 0) throw new Error(made.output);
  }
  cases.push(...localCases(), ...tokenCases(), ...(await cloudSecretCases()), ...(await refusingCases()));
  const all = Promise.all(cases.map(build));
  if (canWatch) seen = (await watchProcesses(all)).seen;
  else await all;
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()));
  rmSync(base, { recursive: true, force: true });
});

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** The secret as it is, and as encodings would hide it. */
const formsOf = (secret: string): string[] => {
  const bytes = Buffer.from(secret);
  return [bytes.toString('latin1'), bytes.toString('base64').replace(/=+$/, '').slice(0, -1), bytes.toString('hex')];
};

describe('a build with a secret', () => {
  it('ends as it should, and says nothing of it', () => {
    expect(cases.length).toBeGreaterThanOrEqual(10);
    for (const { name, code } of cases) {
      const answer = results.get(name)!;
      expect(answer.code, `${name}: ${answer.err}`).toBe(code);
      const said = Buffer.from(answer.out + answer.err).toString('latin1');
      for (const form of secrets.flatMap(formsOf)) expect(said, name).not.toContain(form);
    }
  });

  it('writes it into no file, and leaves nothing behind', () => {
    for (const { name, code } of cases) {
      const folder = file(`run ${name}`);
      const files = filesBelow(folder);
      expect(
        files.some((path) => path.endsWith('check.ps1')),
        name,
      ).toBe(code === 0);
      expect(readdirSync(join(folder, 'temporary')), name).toEqual([]);
      for (const path of files) {
        const content = readFileSync(path, 'latin1');
        for (const form of secrets.flatMap(formsOf)) expect(content.includes(form), `${form} in ${path}`).toBe(false);
      }
    }
  });

  it.skipIf(!canWatch)('shows it in no list of processes', () => {
    for (const { program } of cases) if (program) expect(seen.join('\n')).toContain(program);
    const found = seen.filter((line) => secrets.flatMap(formsOf).some((form) => line.includes(form)));
    expect(found).toEqual([]);
  });

  it.skipIf(!canWatch)('would be found out by this test', async () => {
    const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 300)', wrong]);
    const { seen: lines } = await watchProcesses(new Promise((resolve) => child.on('close', resolve)));
    expect(lines.some((line) => line.includes(wrong))).toBe(true);
  });
});
