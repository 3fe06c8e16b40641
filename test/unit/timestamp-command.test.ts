import { appendFile, chmod, cp, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { targets } from '../../src/targets/index.ts';
import { createVerifier } from '../../src/verify.ts';
import { contentsOf, type Answer } from '../support/cli.ts';
import { psmint } from '../support/in-process.ts';
import { signingFiles, type SigningFiles } from '../support/life.ts';
import { days, issue, now, pem, testPki } from '../support/test-ca.ts';
import { startTsa, testTsa, type TsaMode, type TsaServer } from '../support/tsa.ts';

const pki = testPki('stamping');
const tsa = testTsa();
let base: string;
let files: SigningFiles;
let dist: string;
let stampRoot: string;
let count = 0;
const running: TsaServer[] = [];

const run = (args: readonly string[], isTerminal = false): Promise<Answer> =>
  psmint(args, { home: join(base, 'home'), isTerminal });

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now });
  base = await mkdtemp(join(tmpdir(), 'psmint-stamp-'));
  files = await signingFiles(base, pki);
  stampRoot = join(base, 'tsa.pem');
  await writeFile(stampRoot, pem(tsa.root));
  const args = ['build', files.pack, '--signer', files.signer, '--out'];
  for (const more of [['all'], ['built', '--target', 'manual']]) {
    const built = await run([...args, join(base, more[0]!), ...more.slice(1)]);
    expect(built.code, built.err).toBe(0);
  }
});
afterAll(async () => {
  vi.useRealTimers();
  await rm(base, { recursive: true, force: true });
});
beforeEach(async () => {
  dist = join(base, `dist-${++count}`);
  await cp(join(base, 'built'), dist, { recursive: true });
});
afterEach(async () => {
  vi.setSystemTime(now);
  await Promise.all(running.splice(0).map((server) => server.close()));
});

async function service(mode: TsaMode | ((request: number) => TsaMode) = 'good'): Promise<string[]> {
  const server = await startTsa(tsa, mode);
  running.push(server);
  return ['--timestamp', server.url, '--timestamp-trust', stampRoot];
}

const whole = (): string[] => [
  'timestamp',
  dist,
  '--trust',
  files.root,
  '--pack',
  files.pack,
  '--signer',
  files.signer,
];
const codesIn = ({ err }: Answer): string[] => [...err.matchAll(/ - error ([a-z-]+): /g)].map((match) => match[1]!);

describe('psmint timestamp, on a bundle', () => {
  it('gives what a build with the same timestamps would have given: scripts, upload files, review, trust kit, manifest', async () => {
    const stamps = await service();
    dist = join(base, 'all');
    const before = contentsOf(dist);
    const answer = await run([...whole(), ...stamps]);
    expect(answer.code, answer.err).toBe(0);
    // Those of every target, and that of the trust kit.
    const scripts = targets.flatMap((target) => target.scripts).length + 1;
    expect(answer.out.match(/^stamped /gm)).toHaveLength(scripts);
    const fresh = join(base, `fresh-${count}`);
    const built = await run(['build', files.pack, '--out', fresh, '--signer', files.signer, ...stamps]);
    expect(built.code, built.err).toBe(0);
    expect(built.err).not.toContain('No timestamp');
    const [stamped, anew] = [contentsOf(dist), contentsOf(fresh)];
    expect(Object.keys(stamped)).toEqual(Object.keys(anew));
    // Tokens differ in their nonces, so the files that hold one, or its digest, differ; the others are the same bytes.
    const same = Object.keys(stamped).filter((path) => stamped[path] === anew[path]);
    expect(same.filter((path) => path.includes('/trust/') && !path.endsWith('.ps1'))).toHaveLength(7);
    for (const path of Object.keys(before).filter((name) => /\.ps1$|manifest|review|trust\.|device-health/.test(name)))
      expect(stamped[path], path).not.toBe(before[path]);
  });

  it('leaves signatures that are good long after the certificate has ended, and does nothing the second time', async () => {
    const stamps = await service();
    expect((await run([...whole(), ...stamps])).code).toBe(0);
    const verifier = createVerifier({
      trust: [pki.root.certificate],
      timestampTrust: [tsa.root.certificate],
      requireTimestamp: true,
      at: days(2000),
    });
    const scripts = Object.keys(contentsOf(dist)).filter((path) => path.endsWith('.ps1'));
    expect(scripts).toHaveLength(4);
    for (const path of scripts) expect(verifier(path, await readFile(join(dist, path))).ok, path).toBe(true);
    const before = contentsOf(dist);
    expect((await run([...whole(), ...stamps])).out.match(/^has one /gm)).toHaveLength(4);
    expect(contentsOf(dist)).toEqual(before);
  });

  const damages: readonly (readonly [string, string, () => Promise<unknown>])[] = [
    ['a script that was changed', 'output-differs', () => appendFile(join(dist, 'small/manual/check.ps1'), '# x\r\n')],
    ['a script that is missing', 'output-differs', () => rm(join(dist, 'small/manual/check.ps1'))],
    [
      'a trust script that was changed',
      'malformed-signature',
      () => appendFile(join(dist, 'small/trust/install-trust.ps1'), ' '),
    ],
    ['a manifest that was changed', 'hash-mismatch', () => appendFile(join(dist, 'manifest.json'), ' ')],
    ['a file that no build wrote', 'output-foreign-files', () => writeFile(join(dist, 'small', 'mine.txt'), 'mine')],
  ];
  it.each(damages)('refuses %s: %s', async (_, code, damage) => {
    await damage();
    const before = contentsOf(dist);
    const answer = await run([...whole(), ...(await service())]);
    expect(codesIn(answer), answer.err).toEqual([code]);
    expect(answer.code).not.toBe(0);
    expect(contentsOf(dist)).toEqual(before);
  });

  it.each([
    ['a dead service', 'timestamp-failed', 2, ['--timestamp', 'http://127.0.0.1:9/']],
    ['no service', 'missing-timestamp', 1, []],
  ])('changes nothing with %s', async (_, code, exit, stamps) => {
    const before = contentsOf(dist);
    const answer = await run([...whole(), ...stamps]);
    expect({ code: answer.code, codes: codesIn(answer) }, answer.err).toEqual({ code: exit, codes: [code] });
    expect(contentsOf(dist)).toEqual(before);
  });

  it('changes nothing when the service fails for one script', async () => {
    const before = contentsOf(dist);
    const answer = await run([...whole(), ...(await service((request) => (request < 4 ? 'good' : 'rejects')))]);
    expect(codesIn(answer)).toEqual(['timestamp-failed']);
    expect(contentsOf(dist)).toEqual(before);
  });

  it('comes too late for a certificate that has ended', async () => {
    vi.setSystemTime(days(400));
    const answer = await run([...whole(), ...(await service())]);
    expect(new Set(codesIn(answer))).toEqual(new Set(['certificate-expired']));
  });

  it('wants the signer of the manifest, and takes no other', async () => {
    const withoutSigner = whole().filter((_, index, all) => all[index] !== '--signer' && all[index - 1] !== '--signer');
    const stamps = await service();
    expect(codesIn(await run([...withoutSigner, ...stamps]))).toEqual(['signer-unknown']);
    const other = await signingFiles(join(base, 'other'), testPki('stranger'));
    const args = whole().map((part) => (part === files.signer ? other.signer : part));
    expect(codesIn(await run([...args, ...stamps]))).toEqual(['untrusted-signer']);
  });

  it('refuses one script out of a bundle: its manifest would no longer be right', async () => {
    const args = ['timestamp', join(dist, 'small/manual/check.ps1'), '--trust', files.root];
    const answer = await run([...args, ...(await service())]);
    expect(codesIn(answer)).toEqual(['manifest-mismatch']);
    expect(answer.err).toContain('psmint timestamp ');
  });
});

describe('psmint timestamp, on loose files', () => {
  let folder: string;
  beforeEach(async () => {
    folder = join(base, `loose-${count}`);
    await cp(join(dist, 'small/manual'), folder, { recursive: true });
  });
  const loose = (...more: string[]): string[] => ['timestamp', folder, '--trust', files.root, ...more];

  it('adds the same to each, keeps permissions and links, and leaves nothing behind', async () => {
    await chmod(join(folder, 'check.ps1'), 0o640);
    await symlink(join(folder, 'report.ps1'), join(folder, 'link.ps1'));
    const before = await readFile(join(folder, 'check.ps1'), 'latin1');
    const answer = await run(loose(...(await service())));
    expect(answer.code, answer.err).toBe(0);
    const after = await readFile(join(folder, 'check.ps1'), 'latin1');
    const body = (text: string): string => text.slice(0, text.indexOf('# SIG #'));
    expect(body(after)).toBe(body(before));
    expect(after.length).toBeGreaterThan(before.length + 2000);
    expect((await stat(join(folder, 'check.ps1'))).mode & 0o777).toBe(0o640);
    expect((await readdir(folder)).filter((name) => !name.endsWith('.md')).sort()).toEqual([
      'check.ps1',
      'fix-cert.ps1',
      'link.ps1',
      'report.ps1',
    ]);
    expect(JSON.parse((await run(loose('--json', ...(await service())))).out)).toMatchObject({
      ok: true,
      files: [{ isOld: true, timestamp: '2026-06-15T12:00:00.000Z' }, {}, {}, {}],
    });
  });

  it('changes none when one does not verify', async () => {
    await appendFile(join(folder, 'report.ps1'), '\r\n');
    const before = contentsOf(folder);
    const answer = await run(loose(...(await service())));
    expect(codesIn(answer)).toEqual(['malformed-signature']);
    expect(contentsOf(folder)).toEqual(before);
  });

  it('refuses a file of another signer, and one without a signature', async () => {
    const stranger = join(base, 'stranger.pem');
    await writeFile(stranger, pem(issue('nobody', { ca: true })));
    const stamps = await service();
    const answer = await run(['timestamp', folder, '--trust', stranger, ...stamps]);
    expect(new Set(codesIn(answer))).toEqual(new Set(['untrusted-signer']));
    await writeFile(join(folder, 'check.ps1'), "'unsigned'\r\n");
    expect(codesIn(await run(loose(...stamps)))).toContain('not-signed');
  });

  it('shows one line of progress on a terminal, and none otherwise', async () => {
    const quiet = await run(loose(...(await service())));
    expect(quiet.err).toBe('');
    await cp(join(dist, 'small/manual'), folder, { recursive: true, force: true });
    const shown = await run(loose(...(await service())), true);
    expect(shown.err).toMatch(/^(\rTimestamp \d+ of 3)+\r\u001b\[K$/);
  });
});

describe('the policy of a timestamp', () => {
  it('has to be the one that was asked for', async () => {
    const stamps = await service();
    const wanted = await run([...whole(), ...stamps, '--timestamp-policy', '1.2.3.4']);
    expect(wanted.code, wanted.err).toBe(0);
    dist = join(base, `dist-${count}-other`);
    await cp(join(base, 'built'), dist, { recursive: true });
    const other = await run([...whole(), ...stamps, '--timestamp-policy', '1.2.3.5']);
    expect(codesIn(other)).toEqual(['timestamp-failed']);
    expect(other.err).toContain('policy 1.2.3.4');
    const slip = await run([...whole(), ...stamps, '--timestamp-policy', 'fast']);
    expect(slip).toMatchObject({ code: 1 });
    expect(slip.err).toContain('object identifier');
  });
});

describe('psmint build', () => {
  it('with --require-timestamp wants a service, and says until when signatures without one are good', async () => {
    const args = ['build', files.pack, '--out', dist, '--signer', files.signer];
    expect(codesIn(await run([...args, '--require-timestamp']))).toEqual(['missing-timestamp']);
    const answer = await run(args);
    expect(answer.err).toContain('No timestamp: the signatures are good until 2027-04-11');
    expect(answer.err).toContain(`psmint timestamp ${dist}`);
    vi.setSystemTime(days(280));
    expect((await run(args)).err).toContain('ends on 2027-04-11, in 20 days');
  });

  it('--next-signer puts a coming certificate into trust/', async () => {
    const next = join(base, 'next.pem');
    const args = ['build', files.pack, '--out', dist, '--signer', files.signer, '--next-signer', next];
    await writeFile(next, pem(issue('next tls', { issuer: pki.intermediate, purposes: ['1.3.6.1.5.5.7.3.1'] })));
    expect(codesIn(await run(args))).toEqual(['certificate-wrong-usage']);
    await writeFile(next, pem(issue('next leaf', { issuer: pki.intermediate, notBefore: days(10) })));
    const answer = await run(args);
    expect(answer.code, answer.err).toBe(0);
    expect(Object.keys(contentsOf(dist))).toContain('small/trust/next-signer.cer');
    const stamped = await run([...whole(), ...(await service())]);
    expect(stamped.code, stamped.err).toBe(0);
    expect(Object.keys(contentsOf(dist))).toContain('small/trust/next-signer.cer');
  });
});
