import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { contentsOf, type Answer } from '../support/cli.ts';
import { psmint } from '../support/in-process.ts';
import { cloudCases, startCloud, type CloudServer } from '../support/key-services.ts';
import { signingFiles, type SigningFiles } from '../support/life.ts';
import { signText, split } from '../support/signing.ts';
import { days, issue, now, pem, testPki } from '../support/test-ca.ts';
import { startTsa, testTsa, type TsaServer } from '../support/tsa.ts';

// A key in a cloud that counts what it is asked to sign.
const pki = testPki('keep');
const tsa = testTsa();
const cloud = cloudCases.find(({ name }) => name === 'google-kms')!;
let base: string;
let dist: string;
let count = 0;
let files: SigningFiles;
let server: CloudServer;
let service: TsaServer;

/** Scripts of the target, that of the trust kit, and the manifest. */
const everything = 5;

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now });
  base = await mkdtemp(join(tmpdir(), 'psmint-keep-'));
  files = await signingFiles(base, pki);
  await writeFile(join(base, 'tsa.pem'), pem(tsa.root));
  server = await startCloud(cloud.protocol(pki), pki.leaf.key);
  service = await startTsa(tsa, 'good');
});
afterAll(async () => {
  vi.useRealTimers();
  await Promise.all([server.close(), service.close()]);
  await rm(base, { recursive: true, force: true });
});
beforeEach(async () => {
  dist = join(base, `dist-${++count}`);
  expect((await build()).signed).toBe(everything);
});
afterEach(() => vi.setSystemTime(now));

/** A build, and how many signatures and timestamps it asked for. */
async function build(
  more: readonly string[] = [],
  chain = files.chain,
): Promise<Answer & Record<'signed' | 'stamped', number>> {
  const before = [server.requests.length, service.requests()] as const;
  const args = ['build', files.pack, '--target', 'manual', '--out', dist, '--signer', cloud.spec(server.url, chain)];
  const answer = await psmint([...args, ...more], { home: join(base, 'home'), env: cloud.env(server.url) });
  return { ...answer, signed: server.requests.length - before[0], stamped: service.requests() - before[1] };
}

const check = (): string => join(dist, 'small/manual/check.ps1');
const stamps = (): string[] => ['--timestamp', service.url, '--timestamp-trust', join(base, 'tsa.pem')];
const keep = '--keep-signed';

describe('build --keep-signed', () => {
  it('asks for nothing where nothing has changed, and leaves the same bytes', async () => {
    const before = contentsOf(dist);
    const answer = await build([keep]);
    expect(answer, answer.err).toMatchObject({ code: 0, signed: 0 });
    expect(contentsOf(dist)).toEqual(before);
    expect((await build()).signed).toBe(everything);
  });

  it('signs what changed, and the manifest that lists it', async () => {
    const good = await readFile(check());
    await appendFile(check(), '# x\r\n');
    expect(await build([keep])).toMatchObject({ code: 0, signed: 1 });
    expect(await readFile(check())).toEqual(good);
    await rm(check());
    expect(await build([keep])).toMatchObject({ code: 0, signed: 1 });
    await rm(join(dist, 'manifest.json.p7s'));
    expect(await build([keep])).toMatchObject({ code: 0, signed: 1 });
  });

  it('keeps no script with another text, though the same certificate signed it', async () => {
    const good = await readFile(check());
    const body = split(good).text;
    // Longer than what the pack gives, and as well signed.
    await writeFile(check(), await signText(pki, `${body}Remove-Item C:\\\r\n`));
    const answer = await build([keep]);
    expect(answer, answer.err).toMatchObject({ code: 0, signed: 1 });
    expect(await readFile(check())).toEqual(good);
  });

  it('signs anew with another certificate, also of the same key and authority', async () => {
    const next = issue('keep leaf of tomorrow', { issuer: pki.intermediate, key: pki.leaf.key });
    const chain = join(base, 'next.pem');
    await writeFile(chain, pem(next, pki.intermediate, pki.root));
    expect(await build([keep], chain)).toMatchObject({ code: 0, signed: everything });
    expect(await build([keep], chain)).toMatchObject({ code: 0, signed: 0 });
  });

  it('keeps timestamps, and no signature without one where they are asked for', async () => {
    expect(await build([keep, ...stamps()])).toMatchObject({ code: 0, signed: everything, stamped: everything });
    const before = contentsOf(dist);
    expect(await build([keep, ...stamps()])).toMatchObject({ code: 0, signed: 0, stamped: 0 });
    expect(contentsOf(dist)).toEqual(before);
  });

  it('asks for what has no signature yet: an unsigned build, and no build at all', async () => {
    const args = ['build', files.pack, '--target', 'manual', '--out', dist, '--unsigned'];
    expect((await psmint(args, { home: join(base, 'home') })).code).toBe(0);
    expect((await build([keep])).signed).toBe(everything);
    await rm(dist, { recursive: true });
    expect((await build([keep])).signed).toBe(everything);
  });

  it('keeps nothing of a certificate that has ended', async () => {
    vi.setSystemTime(days(301));
    expect(await build([keep])).toMatchObject({ code: 2, signed: 0 });
  });
});
