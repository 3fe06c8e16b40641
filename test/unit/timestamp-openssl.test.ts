import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sign } from '../../src/sign.ts';
import { verify } from '../../src/verify.ts';
import { oids } from '../../src/authenticode/oids.ts';
import { codes, signerOf, unsigned } from '../support/signing.ts';
import { ecKey, issue, keyPem, pem, rsaKey, testPki, type TestCertificate, type TestKey } from '../support/test-ca.ts';
import { isInstalled, run } from '../support/tools.ts';

// Tokens that another program makes: OpenSSL as a timestamp service. It stamps with the clock of this computer.
const at = new Date();
const dates = { notBefore: new Date(at.getTime() - 86_400_000), notAfter: new Date(at.getTime() + 86_400_000) };
const pki = testPki('openssl ts', dates);
const root = issue('openssl ts root', { ca: true, ...dates });
const services: readonly (readonly [name: string, key: TestKey])[] = [
  ['RSA', rsaKey('openssl ts')],
  ['EC', ecKey('openssl ts')],
];

describe.skipIf(!isInstalled('openssl')).each(services)('a timestamp of OpenSSL with an %s key', (name, key) => {
  const stamper = issue(`openssl ts ${name}`, {
    issuer: root,
    key,
    purposes: [oids.timeStamping],
    criticalPurposes: true,
    ...dates,
  });
  let folder: string;
  let server: Server;
  let url: string;
  const file = (part: string): string => join(folder, part);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'psmint-openssl-ts-'));
    await writeFile(file('ts.pem'), pem(stamper));
    await writeFile(file('chain.pem'), pem(root));
    await writeFile(file('key.pem'), keyPem(key));
    await writeFile(file('ts.cnf'), configOf(folder));
    server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => void reply(Buffer.concat(parts)).then((answer) => response.end(answer)));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`;
  });
  afterAll(async () => {
    await new Promise((resolve) => server.close(resolve));
    await rm(folder, { recursive: true, force: true });
  });

  async function reply(query: Buffer): Promise<Buffer> {
    await writeFile(file('query.tsq'), query);
    const args = [
      'ts',
      '-reply',
      '-config',
      file('ts.cnf'),
      '-queryfile',
      file('query.tsq'),
      '-out',
      file('reply.tsr'),
    ];
    const answer = run('openssl', args);
    if (answer.exitCode !== 0) return Buffer.from(answer.output);
    return readFile(file('reply.tsr'));
  }

  async function stamped(trust: readonly TestCertificate[], policy?: string): Promise<string[]> {
    const roots = trust.map(({ certificate }) => certificate);
    const timestamps = { urls: [url], trust: roots, pauseMs: 1, policy };
    const signed = await sign([unsigned()], signerOf(pki, at).signer, { now: at, timestamps });
    if (!signed.ok) return codes(signed);
    const options = { trust: [pki.root.certificate], timestampTrust: roots, requireTimestamp: true };
    return codes(verify(signed.value, { ...options, at: new Date(at.getTime() + 3_600_000) }));
  }

  it('is embedded and verifies', async () => {
    expect(await stamped([root])).toEqual([]);
    expect(await stamped([root], '1.2.3.4.1')).toEqual([]);
  });

  it('is refused under a policy that the service does not have, and of a root that is not trusted', async () => {
    expect(await stamped([root], '1.2.3.9')).toEqual(['timestamp-failed']);
    expect(await stamped([])).toEqual(['timestamp-failed']);
  });
});

function configOf(folder: string): string {
  return `[tsa]
default_tsa = service
[service]
serial = ${folder}/serial
crypto_device = builtin
signer_cert = ${folder}/ts.pem
certs = ${folder}/chain.pem
signer_key = ${folder}/key.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
`;
}
