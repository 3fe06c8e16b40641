import { sign } from 'node:crypto';
import { appendFile, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SigningAnswers, SigningRequests } from '../../src/two-step/files.ts';
import { contentsOf, type Answer } from '../support/cli.ts';
import { psmint } from '../support/in-process.ts';
import { signingFiles, type SigningFiles } from '../support/life.ts';
import { days, issue, now, pem, testPki, type TestPki } from '../support/test-ca.ts';
import { startTsa, testTsa } from '../support/tsa.ts';
import { isInstalled, run as runProgram } from '../support/tools.ts';

const pki = testPki('remote');
const stranger = testPki('stranger');
let base: string;
let files: SigningFiles;
let dist: string;
let requestsFile: string;
let answersFile: string;

const run = (...args: readonly string[]): Promise<Answer> => psmint(args, { home: join(base, 'home') });
const codesIn = ({ err }: Answer): string[] => [...err.matchAll(/ - error ([a-z-]+): /g)].map((match) => match[1]!);

async function expectDone(...args: readonly string[]): Promise<Answer> {
  const answer = await run(...args);
  expect(answer.code, answer.err).toBe(0);
  return answer;
}

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now });
  base = await mkdtemp(join(tmpdir(), 'psmint-two-step-'));
  files = await signingFiles(base, pki);
  [dist, requestsFile, answersFile] = ['dist', 'requests.json', 'answers.json'].map((name) => join(base, name)) as [
    string,
    string,
    string,
  ];
  const args = ['build', files.pack, '--target', 'manual', '--out'];
  await expectDone(...args, join(base, 'unsigned'), '--unsigned');
  await expectDone(...args, join(base, 'direct'), '--signer', files.signer);
  await cp(join(base, 'unsigned'), dist, { recursive: true });
  await expectDone(
    'digest',
    dist,
    '--pack',
    files.pack,
    '--certificate',
    files.chain,
    '--out',
    join(base, 'asked.json'),
  );
});
afterAll(async () => {
  vi.useRealTimers();
  await rm(base, { recursive: true, force: true });
});
beforeEach(async () => {
  vi.setSystemTime(now);
  await rm(dist, { recursive: true });
  await cp(join(base, 'unsigned'), dist, { recursive: true });
});

const digest = (...more: string[]): Promise<Answer> =>
  run('digest', dist, '--pack', files.pack, '--out', requestsFile, ...more);
const attach = (...more: string[]): Promise<Answer> => run('attach', requestsFile, answersFile, ...more);
const requests = async (): Promise<SigningRequests> =>
  JSON.parse(await readFile(requestsFile, 'utf8')) as SigningRequests;

/** Signs as a machine does that has a key and no psmint. */
async function answer(
  change: (answers: SigningAnswers, asked: SigningRequests) => unknown = (answers) => answers,
  signer: TestPki = pki,
): Promise<void> {
  const asked = await requests();
  const answers = asked.requests.map(({ digest: id, toBeSigned }) => ({
    digest: id,
    signature: sign('sha256', Buffer.from(toBeSigned, 'base64'), signer.leaf.key.privateKey).toString('base64'),
  }));
  const certificates = pem(signer.leaf, signer.intermediate, signer.root);
  await writeFile(answersFile, JSON.stringify(change({ schemaVersion: 1, certificates, answers }, asked)));
}

describe('two steps', () => {
  it('give the same bytes as a build with the key at hand: first the scripts, then the manifest', async () => {
    const asked = await digest('--certificate', files.chain);
    expect(asked.code, asked.err).toBe(0);
    expect((await requests()).requests.map(({ path }) => path)).toEqual([
      'small/manual/check.ps1',
      'small/manual/fix-cert.ps1',
      'small/manual/report.ps1',
      'small/trust/install-trust.ps1',
    ]);
    await answer();
    const attached = await attach();
    expect(attached.code, attached.err).toBe(0);
    expect(attached.err).toContain('Signed by CN=remote leaf, SHA-256 ');
    expect(attached.err).toContain('No timestamp: the signatures are good until 2027-04-11');
    expect(attached.err).toContain('manifest.json is not signed yet');
    const direct = contentsOf(join(base, 'direct'));
    const { 'manifest.json.p7s': seal, ...rest } = direct;
    expect(contentsOf(dist)).toEqual(rest);

    await expectDone('digest', dist, '--pack', files.pack, '--out', requestsFile);
    expect((await requests()).requests.map(({ path }) => path)).toEqual(['manifest.json']);
    await answer();
    const sealed = await attach();
    expect(sealed).toMatchObject({ code: 0, out: `${dist}/manifest.json.p7s\n` });
    expect(contentsOf(dist)).toEqual({ ...rest, 'manifest.json.p7s': seal });
    expect(codesIn(await digest())).toEqual(['already-signed']);
  });

  it('work without certificates in advance; then there is no install-trust.ps1', async () => {
    await digest();
    expect((await requests()).requests).toHaveLength(3);
    await answer();
    expect((await attach()).code).toBe(0);
    const written = Object.keys(contentsOf(dist));
    expect(written).toContain('small/trust/signer.cer');
    expect(written).not.toContain('small/trust/install-trust.ps1');
    expect(await readFile(join(dist, 'small/trust/trust.en.md'), 'utf8')).not.toContain('install-trust.ps1');
  });

  it('are signed by psmint where it is installed beside the key', async () => {
    await digest('--certificate', files.chain);
    const signed = await expectDone('sign-requests', requestsFile, '--signer', files.signer, '--out', answersFile);
    expect(signed.out.match(/^signed {2}[0-9A-F]{64} {2}.*dist\/small\//gm)).toHaveLength(4);
    expect((await attach('--json')).code).toBe(0);
  });

  it.skipIf(!isInstalled('openssl'))('are signed by openssl, from the digest alone', async () => {
    await digest('--certificate', files.chain);
    const asked = await requests();
    const [input, output] = [join(base, 'digest.bin'), join(base, 'signature.bin')];
    const answers = [];
    for (const { digest: id } of asked.requests) {
      await writeFile(input, Buffer.from(id, 'hex'));
      const args = ['pkeyutl', '-sign', '-inkey', files.key, '-pkeyopt', 'digest:sha256', '-in', input, '-out', output];
      expect(runProgram('openssl', args).exitCode).toBe(0);
      answers.push({ digest: id.toLowerCase(), signature: (await readFile(output)).toString('base64') });
    }
    const certificates = await readFile(files.chain, 'utf8');
    await writeFile(answersFile, JSON.stringify({ schemaVersion: 1, certificates, answers }));
    expect((await attach()).code).toBe(0);
  });

  it('take timestamps when the signatures come back', async () => {
    const tsa = testTsa();
    const service = await startTsa(tsa, 'good');
    const root = join(base, 'tsa.pem');
    await writeFile(root, pem(tsa.root));
    await digest('--certificate', files.chain);
    await answer();
    const attached = await attach('--timestamp', service.url, '--timestamp-trust', root);
    expect(attached.code, attached.err).toBe(0);
    expect(attached.err).not.toContain('No timestamp');
    expect(service.requests()).toBe(4);
    await service.close();
  });
});

describe('several folders in one file of requests', () => {
  const second = (): string => join(base, 'second');
  const both = (...more: string[]): Promise<Answer> =>
    run('digest', dist, second(), '--pack', files.pack, '--out', requestsFile, ...more);

  beforeEach(async () => {
    await rm(second(), { recursive: true, force: true });
    await cp(join(base, 'unsigned'), second(), { recursive: true });
  });

  it('are signed as each of them alone would be, with the same names in both', async () => {
    const asked = await both('--certificate', files.chain);
    expect(asked).toMatchObject({ code: 0, out: `${requestsFile}: 8 to sign\n` });
    await answer();
    const attached = await attach();
    expect(attached.code, attached.err).toBe(0);
    await both();
    expect((await requests()).requests.map(({ folder, path }) => [folder, path])).toEqual([
      [dist, 'manifest.json'],
      [second(), 'manifest.json'],
    ]);
    await answer();
    expect((await attach()).out).toBe(`${dist}/manifest.json.p7s\n${second()}/manifest.json.p7s\n`);
    const direct = contentsOf(join(base, 'direct'));
    expect(contentsOf(dist)).toEqual(direct);
    expect(contentsOf(second())).toEqual(direct);
  });

  it('count once, however they are named', async () => {
    const asked = await run('digest', dist, `${dist}/.`, dist, '--pack', files.pack, '--out', requestsFile);
    expect(asked.out).toBe(`${requestsFile}: 3 to sign\n`);
  });

  it('stay as they are when one of them was changed meanwhile', async () => {
    await both('--certificate', files.chain);
    await answer();
    await appendFile(join(second(), 'small/manual/check.ps1'), '# x\r\n');
    const before = [contentsOf(dist), contentsOf(second())];
    expect(codesIn(await attach())).toEqual(['output-differs']);
    expect([contentsOf(dist), contentsOf(second())]).toEqual(before);
  });

  it('stay as they are when a request for one of them was left out', async () => {
    await both('--certificate', files.chain);
    const asked = await requests();
    const kept = asked.requests.filter(({ folder, path }) => folder !== second() || path.endsWith('check.ps1'));
    await writeFile(requestsFile, JSON.stringify({ ...asked, requests: kept }));
    await answer();
    const before = [contentsOf(dist), contentsOf(second())];
    expect([...new Set(codesIn(await attach()))]).toEqual(['request-mismatch']);
    expect([contentsOf(dist), contentsOf(second())]).toEqual(before);
  });

  it('are asked for one after the other when the scripts of one are signed already', async () => {
    await rm(second(), { recursive: true });
    await cp(join(base, 'direct'), second(), { recursive: true });
    await rm(join(second(), 'manifest.json.p7s'));
    const asked = await both();
    expect(codesIn(asked)).toEqual(['already-signed']);
    expect(asked.err).toContain(`The scripts in "${second()}" are signed already, those in "${dist}" are not.`);
  });
});

describe('nothing is attached, and nothing is changed', () => {
  const flip = (text: string): string => {
    const bytes = Buffer.from(text, 'base64');
    bytes.writeUInt8(bytes.readUInt8(40) ^ 1, 40);
    return bytes.toString('base64');
  };
  const firstOf = (answers: SigningAnswers, signature: string): SigningAnswers => ({
    ...answers,
    answers: answers.answers.map((one, index) => (index === 0 ? { ...one, signature } : one)),
  });
  const nobody = { schemaVersion: 1, certificates: pem(issue('server', { purposes: ['1.3.6.1.5.5.7.3.1'] })) };

  it.each<[string, string, (answers: SigningAnswers) => unknown, TestPki?]>([
    ['a signature with one changed bit', 'certificate-key-mismatch', (a) => firstOf(a, flip(a.answers[0]!.signature))],
    ['the signature of another file', 'certificate-key-mismatch', (a) => firstOf(a, a.answers[1]!.signature)],
    ['a missing answer', 'answers-incomplete', (a) => ({ ...a, answers: a.answers.slice(1) })],
    [
      'an answer nobody asked for',
      'answers-incomplete',
      (a) => ({ ...a, answers: [...a.answers, { digest: '0'.repeat(64), signature: 'AAAA' }] }),
    ],
    [
      'two answers for one request',
      'answers-incomplete',
      (a) => ({ ...a, answers: [...a.answers, { ...a.answers[0], signature: 'AAAA' }] }),
    ],
    ['the answers of another signer', 'answers-incomplete', (a) => a, stranger],
    [
      'certificates of another signer',
      'answers-incomplete',
      (a) => ({ ...a, certificates: pem(stranger.leaf, stranger.intermediate, stranger.root) }),
    ],
    ['a certificate that may not sign code', 'certificate-wrong-usage', (a) => ({ ...a, ...nobody })],
    ['no certificate of the authority', 'chain-incomplete', (a) => ({ ...a, certificates: pem(pki.leaf) })],
    ['certificates that are none', 'invalid-value', (a) => ({ ...a, certificates: 'hello' })],
    ['an unknown property', 'unknown-property', (a) => ({ ...a, comment: 'x' })],
    ['no answers', 'too-many', (a) => ({ ...a, answers: [] })],
  ])('for %s: %s', async (_, code, change, signer) => {
    await cp(join(base, 'asked.json'), requestsFile);
    await answer(change, signer);
    const before = contentsOf(dist);
    const attached = await attach();
    expect([...new Set(codesIn(attached))], attached.err).toEqual([code]);
    expect(attached.code).not.toBe(0);
    expect(contentsOf(dist)).toEqual(before);
  });

  it.each<[string, string, () => Promise<unknown>]>([
    [
      'a script that was exchanged meanwhile',
      'output-differs',
      () => appendFile(join(dist, 'small/manual/check.ps1'), '# x\r\n'),
    ],
    [
      'a guide that was exchanged meanwhile',
      'manifest-mismatch',
      () => appendFile(join(dist, 'small/guide.en.html'), ' '),
    ],
    [
      'a request that was exchanged',
      'request-mismatch',
      async () => {
        const asked = await requests();
        const [first, ...others] = asked.requests;
        await writeFile(
          requestsFile,
          JSON.stringify({ ...asked, requests: [{ ...first!, size: first!.size + 1 }, ...others] }),
        );
      },
    ],
    [
      'a request that was left out',
      'request-mismatch',
      async () => {
        const asked = await requests();
        await writeFile(requestsFile, JSON.stringify({ ...asked, requests: asked.requests.slice(1) }));
        await answer();
      },
    ],
    [
      'a pack that was changed, with its script',
      'output-differs',
      async () => {
        const pack = await readFile(files.pack, 'utf8');
        await writeFile(files.pack, pack.replace('"Small pack"', '"Small pack!"'));
      },
    ],
  ])('for %s: %s', async (_, code, change) => {
    await cp(join(base, 'asked.json'), requestsFile);
    await answer();
    const pack = await readFile(files.pack, 'utf8');
    await change();
    const before = contentsOf(dist);
    const attached = await attach();
    await writeFile(files.pack, pack);
    expect([...new Set(codesIn(attached))], attached.err).toEqual([code]);
    expect(contentsOf(dist)).toEqual(before);
  });

  it('when the certificate has ended meanwhile', async () => {
    await cp(join(base, 'asked.json'), requestsFile);
    await answer();
    vi.setSystemTime(days(400));
    expect(codesIn(await attach())).toEqual(['certificate-expired']);
  });
});

describe('sign-requests', () => {
  it('signs nothing but what a request says: a signature over other bytes is not to be had', async () => {
    await cp(join(base, 'asked.json'), requestsFile);
    const asked = await requests();
    const [first] = asked.requests;
    const evil = Buffer.from('anything').toString('base64');
    for (const change of [
      { toBeSigned: evil },
      { programName: 'Another name' },
      { moreInfo: 'https://x.example' },
      { contentDigest: '0'.repeat(64) },
    ]) {
      await writeFile(requestsFile, JSON.stringify({ ...asked, requests: [{ ...first!, ...change }] }));
      const signed = await run('sign-requests', requestsFile, '--signer', files.signer, '--out', answersFile);
      expect(codesIn(signed), JSON.stringify(change)).toEqual(['request-mismatch']);
    }
  });
});

describe('digest', () => {
  it('is refused where no build is, and for a certificate that may not sign', async () => {
    expect(codesIn(await run('digest', join(base, 'none'), '--out', requestsFile))).toEqual(['file-not-found']);
    const wrong = join(base, 'wrong.pem');
    await writeFile(wrong, nobodyPem());
    expect(codesIn(await digest('--certificate', wrong))).toContain('certificate-wrong-usage');
  });

  function nobodyPem(): string {
    return pem(issue('tls', { purposes: ['1.3.6.1.5.5.7.3.1'] }));
  }
});
