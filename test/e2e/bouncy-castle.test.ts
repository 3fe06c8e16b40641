import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sign } from '../../src/sign.ts';
import { openLocalKey } from '../../src/signers/local-key.ts';
import { announceSkip } from '../support/pester.ts';
import { fileOf, signText, smallScript, unsigned, unwrap } from '../support/signing.ts';
import { days, ecKey, now, pem, testPki } from '../support/test-ca.ts';
import { isInstalled, run } from '../support/tools.ts';
import { startTsa, testTsa } from '../support/tsa.ts';

// jsign reads signatures with Bouncy Castle; Debian has it as libbcpkix-java. PSMINT_BOUNCY_CASTLE names its files elsewhere.
const program = fileURLToPath(new URL('../oracle/BouncyCastle.java', import.meta.url));
const jars = ['bcprov', 'bcutil', 'bcpkix'].map((name) => `/usr/share/java/${name}.jar`);
const classPath =
  process.env['PSMINT_BOUNCY_CASTLE'] ?? (jars.every((jar) => existsSync(jar)) ? jars.join(delimiter) : '');
const canRun = classPath !== '' && isInstalled('java', '-version');
if (!canRun) announceSkip('Bouncy Castle on signatures', 'no java on the path, or no libbcpkix-java');

describe.skipIf(!canRun)('Bouncy Castle, with which jsign reads scripts', () => {
  const pki = testPki('castle');
  const tsa = testTsa();
  let folder: string;
  const file = (name: string): string => join(folder, name);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'psmint-castle-'));
    await writeFile(file('root.pem'), pem(pki.root));
    await writeFile(file('tsa.pem'), pem(tsa.root));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function judged(bytes: Buffer, at = now, root = 'root.pem'): Promise<readonly string[]> {
    await writeFile(file('a.ps1'), bytes);
    const args = ['-cp', classPath, program, file('a.ps1'), file(root), file('tsa.pem'), String(at.getTime())];
    const lines = run('java', args).output.trim().split(/\r?\n/);
    // java says on stderr which options its environment gave it.
    return lines.filter((line) => !line.startsWith('Picked up '));
  }

  const good = ['content: ok', 'digest: ok', 'one signer: ok', 'signature: ok', 'chain: ok'];

  it('finds the same digest, signer and chain', { timeout: 60_000 }, async () => {
    expect(await judged(await signText(pki))).toEqual(good);
  });

  it('takes the timestamp, also after the certificate has ended', { timeout: 60_000 }, async () => {
    const service = await startTsa(tsa, 'good');
    const timestamps = { urls: [service.url], trust: [tsa.root.certificate] };
    const stamped = await signText(pki, smallScript, { timestamps });
    await service.close();
    const [content, digest, signer, ...rest] = good;
    expect(await judged(stamped, days(1000))).toEqual([
      content,
      digest,
      signer,
      'imprint: ok',
      'timestamp: ok',
      ...rest,
    ]);
  });

  it('takes a signature of an EC key', { timeout: 60_000 }, async () => {
    const ec = testPki('castle EC', { key: ecKey('castle') });
    await writeFile(file('ec.pem'), pem(ec.root));
    const certificates = [ec.leaf, ec.intermediate, ec.root].map(({ certificate }) => certificate);
    const opened = openLocalKey({ id: 'test', key: ec.leaf.key.privateKey, certificates }, now, { allowEc: true });
    const [signed] = unwrap(await sign([unsigned()], unwrap(opened).signer, { now }));
    expect(await judged(fileOf(signed!), now, 'ec.pem')).toEqual(good);
  });

  it('sees a changed text, and a chain that has ended', { timeout: 60_000 }, async () => {
    const bytes = await signText(pki);
    const changed = Buffer.from(bytes.toString('latin1').replace('Hello', 'Howdy'), 'latin1');
    expect(await judged(changed)).toContain('digest: WRONG');
    const late = await judged(bytes, days(1000));
    expect(late).not.toContain('chain: ok');
    expect(late.join('\n')).toContain('CertPathBuilderException');
  });
});
