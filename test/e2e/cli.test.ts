import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { targets } from '../../src/targets/index.ts';
import { contentsOf, runCli, type Answer } from '../support/cli.ts';
import { psmint as runHere } from '../support/in-process.ts';
import { issue, keyPem, pem, type CertificateOptions } from '../support/test-ca.ts';
import { isInstalled, run } from '../support/tools.ts';

// The command line as a user meets it: what it prints, what it leaves on disk, how it ends.
const repository = fileURLToPath(new URL('../..', import.meta.url));
const packId = 'trendmicro-vbbss-acs';
const day = 86_400_000;

let base: string;
/** Scripts of a full build of one pack; each bundle has install-trust.ps1 too, and all have one manifest. */
const scriptCount = targets.flatMap((target) => target.scripts).length;
/** Scripts of the packs that psmint brings along, with those of the trust kits: what repairs nothing has no fix-cert. */
const shippedScripts = readdirSync(join(repository, 'rules'))
  .filter((name) => name.endsWith('.json'))
  .map((name) => readFileSync(join(repository, 'rules', name), 'utf8').includes('"install-certificate"'))
  .flatMap((repairs) => [
    'install-trust',
    ...targets.flatMap(({ scripts }) => scripts.filter((script) => repairs || script !== 'fix-cert')),
  ]).length;
let home: string;
let built: Answer;
let work: string;
let count = 0;

/** In this process, as a user in the work folder; that the compiled program does the same, the first build shows. */
async function psmint(
  args: readonly string[],
  options: { cwd?: string; home?: string; env?: Record<string, string> } = {},
): Promise<Answer> {
  const { cwd = work, env = {} } = options;
  const before = process.cwd();
  process.chdir(cwd);
  try {
    return await runHere(args, { home: options.home ?? home, env });
  } finally {
    process.chdir(before);
  }
}

beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), 'psmint-cli-'));
  home = join(base, 'home');
  const cwd = join(base, 'built');
  mkdirSync(cwd);
  built = runCli(['build'], { cwd, home });
});
afterAll(() => {
  rmSync(base, { recursive: true, force: true });
});
beforeEach(() => {
  work = join(base, `work-${++count}`);
  mkdirSync(work);
});

/** The first build, copied: what a test does to it hurts no other. */
function copyOfBuilt(): string {
  const dist = join(work, 'dist');
  cpSync(join(base, 'built', 'dist'), dist, { recursive: true });
  return dist;
}

/** A project with its own copy of one shipped pack. */
function ownRules(folder = work): string {
  const isOther = (path: string): boolean => dirname(path) === join(repository, 'rules') && /\.json$/.test(path);
  const filter = (path: string): boolean => !isOther(path) || basename(path, '.json') === packId;
  cpSync(join(repository, 'rules'), join(folder, 'rules'), { recursive: true, filter });
  return join(folder, 'rules', `${packId}.json`);
}

/** The code of every diagnostic that was printed for people. */
const codesIn = ({ err }: Answer): string[] => [...err.matchAll(/ - error ([a-z-]+): /g)].map((match) => match[1]!);

function expectFailure(answer: Answer, code: number, ...codes: readonly string[]): void {
  expect({ code: answer.code, codes: [...new Set(codesIn(answer))], out: answer.out }, answer.err).toEqual({
    code,
    codes,
    out: '',
  });
}

const script = (dist: string, name = 'check', target = 'manual'): string => join(dist, packId, target, `${name}.ps1`);

describe('help', () => {
  it.each([
    [
      ['--help'],
      [
        'build',
        'timestamp',
        'digest',
        'sign-requests',
        'attach',
        'verify',
        'test',
        'identity',
        'targets',
        'rules',
        'explain',
      ],
    ],
    [
      ['build', '--help'],
      [
        ...['--target', '--out', '--signer', '--unsigned', '--check', '--json', 'PSMINT_HOME', '--require-timestamp'],
        ...['--timestamp', '--timestamp-policy', '--timestamp-trust', '--next-signer', '--provenance', '--sbom'],
        ...['--allow-ec', '--keep-signed'],
      ],
    ],
    [
      ['verify', '--help'],
      [
        ...['--trust', '--leaf', '--publisher', '--require-timestamp', '--timestamp-trust', '--at'],
        ...['--allow-expired-with-timestamp', '--no-allow-expired-with-timestamp', '--expires-within'],
        ...['--any-form', '--allow-ec', '--json'],
      ],
    ],
    [
      ['test', '--help'],
      ['--machines', '--shell', '--language', '--junit', '--require-coverage', '--json'],
    ],
    [
      ['identity', '--help'],
      ['create', 'renew', 'switch', 'show', 'export'],
    ],
    [['identity', 'export', '--help'], ['--out']],
    [['identity', 'create', '--help'], ['--from-ca']],
    [
      ['timestamp', '--help'],
      ['--trust', '--signer', '--pack', '--timestamp', '--allow-ec'],
    ],
    [
      ['digest', '--help'],
      ['--certificate', '--out', '--pack'],
    ],
    [
      ['sign-requests', '--help'],
      ['--signer', '--out', 'PSMINT_KEY_PASSWORD'],
    ],
    [['attach', '--help'], ['--timestamp']],
  ])('%j names %j', async (args, words) => {
    const answer = await psmint(args);
    expect(answer).toMatchObject({ code: 0, err: '' });
    for (const word of words) expect(answer.out).toContain(word);
  });

  it('is the answer to no command at all, which is a mistake', async () => {
    const answer = await psmint([]);
    expect(answer).toMatchObject({ code: 1, out: '' });
    expect(answer.err).toContain('Usage: psmint');
  });

  it.each([
    [['biuld'], "unknown command 'biuld'", 'build'],
    [['build', '--targt', 'manual'], "unknown option '--targt'", '--target'],
    [['build', '--out'], "option '--out <folder>' argument missing", ''],
    [['verify'], "missing required argument 'path'", ''],
    [['verify', 'dist', '--at', 'soon'], "option '--at <date>' argument 'soon' is invalid", '2026-06-15'],
    [['verify', 'dist', '--expires-within', '60'], "argument '60' is invalid", '60d'],
    [['verify', 'dist', '--leaf', 'ab12'], "argument 'ab12' is invalid", 'SHA-256'],
    [['identity', 'shwo'], "unknown command 'shwo'", 'show'],
  ])('%j: exit 1, and what was meant', async (args, problem, meant) => {
    const answer = await psmint(args);
    expect(answer).toMatchObject({ code: 1, out: '' });
    expect(answer.err).toContain(problem);
    expect(answer.err).toContain(meant);
  });

  it('prints its version', async () => {
    const { version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as { version: string };
    expect(await psmint(['--version'])).toEqual({ code: 0, out: `${version}\n`, err: '' });
  });
});

describe('build', () => {
  it('makes an identity once, announces it, signs, and lists what it wrote', () => {
    expect(built.code, built.err).toBe(0);
    expect(built.err).toContain('Made a local signing identity');
    expect(built.err).toContain('No timestamp');
    const files = Object.keys(contentsOf(join(base, 'built', 'dist')));
    expect(files).toContain('manifest.json');
    expect(built.out.trim().split('\n').sort()).toEqual(
      files.filter((file) => !file.startsWith('manifest.json')).map((file) => `dist/${file}`),
    );
    for (const file of ['manual/check.ps1', 'manual/fix-cert.ps1', 'manual/report.ps1', 'intune-remediation/check.ps1'])
      expect(files).toContain(`${packId}/${file}`);
    for (const file of ['trust/signer.cer', 'trust/root.cer', 'guide.en.html', 'guide.ja.html', 'review.md'])
      expect(files).toContain(`${packId}/${file}`);
  });

  it('gives the same bytes again with the same identity, over an older bundle too', async () => {
    const dist = copyOfBuilt();
    const again = await psmint(['build']);
    expect(again.code, again.err).toBe(0);
    expect(again.err).not.toContain('Made a local signing identity');
    expect(contentsOf(dist)).toEqual(contentsOf(join(base, 'built', 'dist')));
  });

  it('gives the same unsigned scripts in any folder', async () => {
    const folders = ['one', 'another folder'].map((name) => join(work, name));
    const results: Answer[] = [];
    for (const folder of folders) {
      mkdirSync(folder);
      ownRules(folder);
      results.push(await psmint(['build', '--unsigned', '--out', `out-${folder.length}`], { cwd: folder }));
    }
    for (const { code, err } of results) {
      expect(code, err).toBe(0);
      expect(err).toContain('not signed');
    }
    const [one, other] = folders.map((folder) => contentsOf(join(folder, `out-${folder.length}`)));
    expect(Object.keys(one!)).toContain(`${packId}/manual/check.ps1`);
    expect(Object.keys(one!).filter((file) => file.includes('/trust/'))).toEqual([]);
    expect(other).toEqual(one);
  });

  it('--target builds that one alone, and takes the others of an older bundle away', async () => {
    const dist = copyOfBuilt();
    expect((await psmint(['build', '--target', 'manual'])).code).toBe(0);
    const files = Object.keys(contentsOf(dist));
    expect(files).toContain(`${packId}/manual/check.ps1`);
    expect(files.filter((file) => file.includes('intune'))).toEqual([]);
    expect((await psmint(['verify', 'dist'])).code).toBe(0);
  });

  it('--json prints the manifest, and diagnostics as JSON on stdout', async () => {
    const good = await psmint(['build', packId, '--json', '--unsigned']);
    expect(good.code).toBe(0);
    expect(JSON.parse(good.out)).toMatchObject({ ok: true, out: 'dist', schemaVersion: 1, tool: { name: 'psmint' } });
    const bad = await psmint(['build', 'none', '--json']);
    expect(bad).toMatchObject({ code: 1, err: '' });
    expect(JSON.parse(bad.out)).toMatchObject({ ok: false, diagnostics: [{ code: 'unknown-pack', line: null }] });
  });

  it.each([
    ['unknown-target', ['build', '--target', 'manul'], 'Did you mean "manual"?'],
    ['unknown-target', ['targets', 'intune'], 'intune-remediation'],
    ['unknown-pack', ['build', 'trendmicro-vbss-acs'], `Did you mean "${packId}"?`],
    ['unknown-code', ['explain', 'duplicate-kye'], 'Did you mean "duplicate-key"?'],
    ['file-not-found', ['build', './none.json'], ''],
  ])('%s: %j', async (code, args, help) => {
    const answer = await psmint(args);
    expectFailure(answer, 1, code);
    expect(answer.err).toContain(help);
    expect(contentsOf(work)).toEqual({});
  });

  it('writes nothing for a broken pack, and leaves an older bundle as it is', async () => {
    const pack = ownRules();
    const dist = copyOfBuilt();
    writeFileSync(pack, readFileSync(pack, 'utf8').replace('"severity": "required"', '"severity": "requird"'));
    const answer = await psmint(['build']);
    expectFailure(answer, 1, 'invalid-value');
    expect(answer.err).toMatch(/^rules\/trendmicro-vbbss-acs\.json:\d+:\d+ - error invalid-value: /);
    expect(answer.err).toContain('Did you mean "required"?');
    expect(contentsOf(dist)).toEqual(contentsOf(join(base, 'built', 'dist')));
    expect((await psmint(['build', '--out', 'fresh'])).code).toBe(1);
    expect(contentsOf(join(work, 'fresh'))).toEqual({});
  });

  it('says all mistakes of all packs at once', async () => {
    const pack = ownRules();
    writeFileSync(join(work, 'rules', 'broken.json'), '{');
    writeFileSync(pack, readFileSync(pack, 'utf8').replace('"version"', '"id": "x",\n  "version"'));
    expectFailure(await psmint(['build']), 1, 'invalid-json', 'duplicate-key');
  });

  it('ends with 2 when the output folder is a file, or holds files of the user', async () => {
    writeFileSync(join(work, 'dist'), 'a file');
    expectFailure(await psmint(['build']), 2, 'output-unwritable');
    expect(readFileSync(join(work, 'dist'), 'utf8')).toBe('a file');
    mkdirSync(join(work, 'out', packId), { recursive: true });
    writeFileSync(join(work, 'out', packId, 'thesis.txt'), 'mine');
    expectFailure(await psmint(['build', '--out', 'out']), 2, 'output-foreign-files');
    expect(Object.keys(contentsOf(join(work, 'out')))).toEqual([`${packId}/thesis.txt`]);
  });
});

describe('build --check', () => {
  it('is clean after a build, signed or not, and writes nothing', async () => {
    const dist = copyOfBuilt();
    const answer = await psmint(['build', '--check']);
    expect(answer, answer.err).toMatchObject({ code: 0, err: '' });
    expect(answer.out).toContain('dist is what the packs give');
    expect((await psmint(['build', '--check', '--json'])).out).toBe('{ "ok": true }\n');
    expect(contentsOf(dist)).toEqual(contentsOf(join(base, 'built', 'dist')));
    expect((await psmint(['build', '--unsigned', '--out', 'plain'])).code).toBe(0);
    expect((await psmint(['build', '--check', '--out', 'plain'])).code).toBe(0);
  });

  it('finds a changed pack, a changed, a missing and an added script', async () => {
    const pack = ownRules();
    const dist = copyOfBuilt();
    expect((await psmint(['build', '--check'])).code).toBe(0);
    appendFileSync(script(dist, 'report'), '# \r\n');
    rmSync(script(dist, 'fix-cert'));
    writeFileSync(script(dist, 'other'), '');
    const answer = await psmint(['build', '--check']);
    expectFailure(answer, 1, 'output-differs');
    expect(codesIn(answer)).toHaveLength(3);
    writeFileSync(pack, readFileSync(pack, 'utf8').replace('"version": "1.0.0"', '"version": "1.0.1"'));
    expect(codesIn(await psmint(['build', '--check']))).toHaveLength(scriptCount + 1);
  });

  it('finds that nothing was built yet', async () => {
    expectFailure(await psmint(['build', '--check']), 1, 'output-differs');
    expect(contentsOf(work)).toEqual({});
  });
});

function firstSignature(dist: string): { signerSha256: string; signerSubject: string; signerNotAfter: string } {
  const manifest = JSON.parse(readFileSync(join(dist, 'manifest.json'), 'utf8')) as {
    files: { signature?: ReturnType<typeof firstSignature> }[];
  };
  return manifest.files.find(({ signature }) => signature)!.signature!;
}

describe('verify', () => {
  it('says of every script and of the manifest that it verifies', async () => {
    copyOfBuilt();
    const answer = await psmint(['verify', 'dist']);
    expect(answer, answer.err).toMatchObject({ code: 0, err: '' });
    // And the manifest.
    const count = shippedScripts + 1;
    expect(answer.out.trim().split('\n')).toHaveLength(count);
    const json = JSON.parse((await psmint(['verify', 'dist', '--json'])).out) as { ok: boolean; files: unknown[] };
    expect(json).toMatchObject({ ok: true });
    expect(json.files).toHaveLength(count);
  });

  it('answers a program with one code for each reason, and with who signed', async () => {
    const dist = copyOfBuilt();
    writeFileSync(script(dist), "'hello'\r\n");
    type Json = {
      ok: boolean;
      at: string;
      files: { path: string; kind: string; ok: boolean; codes: string[]; signature: unknown }[];
    };
    const json = JSON.parse((await psmint(['verify', 'dist', '--json'])).out) as Json;
    expect(json.ok).toBe(false);
    expect(Date.parse(json.at)).not.toBeNaN();
    expect(json.files.filter(({ ok }) => !ok).map(({ kind, codes }) => [kind, codes])).toEqual([
      ['script', ['not-signed']],
      ['manifest', ['manifest-mismatch']],
    ]);
    expect(json.files[1]).toMatchObject({ ok: true, codes: [], form: 'psmint', signature: { timestamp: null } });
  });

  it('keeps to what the user asked of the signer and of time', async () => {
    const dist = copyOfBuilt();
    const { signerSha256, signerSubject, signerNotAfter } = firstSignature(dist);
    const ends = Math.ceil((Date.parse(signerNotAfter) - Date.now()) / day);
    const verdict = async (...flags: string[]): Promise<string[]> => [
      ...new Set(codesIn(await psmint(['verify', 'dist', ...flags]))),
    ];
    expect(
      await verdict('--leaf', signerSha256, '--publisher', signerSubject, '--expires-within', `${ends - 2}d`),
    ).toEqual([]);
    expect(await verdict('--leaf', 'ab'.repeat(32))).toEqual(['leaf-not-allowed']);
    expect(await verdict('--publisher', 'psmint')).toEqual(['publisher-not-allowed']);
    expect(await verdict('--expires-within', `${ends + 1}d`)).toEqual(['certificate-expires-soon']);
    expect(await verdict('--at', '2099-01-01')).toEqual(['certificate-expired']);
    expect(await verdict('--no-allow-expired-with-timestamp')).toEqual([]);
    expect(await psmint(['verify', 'dist', '--timestamp-trust', 'none.pem'])).toMatchObject({ code: 2 });
  });

  it('needs no identity where the root is named', async () => {
    copyOfBuilt();
    const other = join(work, 'other-home');
    const root = join('dist', packId, 'trust', 'root.cer');
    expect((await psmint(['verify', 'dist', '--trust', root], { home: other })).code).toBe(0);
    expectFailure(await psmint(['verify', 'dist'], { home: other }), 2, 'identity-unreadable');
    expectFailure(await psmint(['verify', 'dist', '--trust', 'none.pem'], { home: other }), 2, 'key-unreadable');
    expect(await psmint(['verify', 'dist', '--require-timestamp'])).toMatchObject({ code: 1 });
  });

  it('does not take a script with one byte flipped', async () => {
    const dist = copyOfBuilt();
    const path = script(dist);
    const good = readFileSync(path);
    const begin = good.indexOf('# SIG # Begin');
    for (const offset of [0, 1000, begin - 1, begin, begin + 200, begin + 2000, good.length - 1]) {
      const bad = Buffer.from(good);
      bad[offset] = bad[offset]! ^ 1;
      writeFileSync(path, bad);
      const answer = await psmint(['verify', path]);
      expect(answer.code, `offset ${offset}`).toBe(1);
      expect(answer.out).toBe('');
    }
  });

  it('finds a missing, an added and a changed file', async () => {
    const dist = copyOfBuilt();
    rmSync(join(dist, packId, 'review.md'));
    appendFileSync(join(dist, packId, 'guide.en.html'), '<!-- -->');
    writeFileSync(join(dist, packId, 'read me.txt'), 'new');
    const answer = await psmint(['verify', 'dist']);
    expect(answer.code).toBe(1);
    expect(codesIn(answer)).toEqual(['manifest-mismatch', 'manifest-mismatch', 'manifest-mismatch']);
    for (const words of [
      'review.md" is in the manifest, but missing',
      'guide.en.html" is not the file',
      'read me.txt" is not in',
    ])
      expect(answer.err).toContain(words);
  });

  it('looks at links too: a script that is one is no way around', async () => {
    const dist = copyOfBuilt();
    writeFileSync(join(work, 'evil.ps1'), "'hello'\r\n");
    symlinkSync(join(work, 'evil.ps1'), script(dist, 'linked'));
    const answer = await psmint(['verify', 'dist']);
    expect(answer.code).toBe(1);
    expect([...new Set(codesIn(answer))].sort()).toEqual(['manifest-mismatch', 'not-signed']);
  });

  it('takes no manifest that leads out of its folder, and no folder without scripts', async () => {
    const dist = copyOfBuilt();
    const manifest = join(dist, 'manifest.json');
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace(`"path": "${packId}/`, '"path": "../'));
    expect(codesIn(await psmint(['verify', 'dist']))).toEqual(['manifest-mismatch']);
    mkdirSync(join(work, 'empty'));
    expectFailure(await psmint(['verify', 'empty']), 1, 'not-signed');
    expectFailure(await psmint(['verify', 'none']), 1, 'file-not-found');
  });

  it('does not take unsigned scripts', async () => {
    expect((await psmint(['build', packId, '--unsigned', '--target', 'manual'])).code).toBe(0);
    const answer = await psmint(['verify', 'dist']);
    expect(answer.code).toBe(1);
    // Three scripts, and the manifest.
    expect(codesIn(answer)).toEqual(['not-signed', 'not-signed', 'not-signed', 'not-signed']);
  });
});

describe('signers', () => {
  const from = (days: number): Date => new Date(Date.now() + days * day);

  /** chain.pem and key.pem in the work folder; valid now but for what the options say. */
  function writeSigner(options: CertificateOptions = {}): string {
    const root = issue('CLI root', { ca: true, notBefore: from(-10), notAfter: from(1000) });
    const leaf = issue('CLI leaf', { issuer: root, notBefore: from(-5), notAfter: from(100), ...options });
    writeFileSync(join(work, 'chain.pem'), pem(leaf, root));
    writeFileSync(join(work, 'root.pem'), pem(root));
    writeFileSync(join(work, 'key.pem'), keyPem(leaf.key));
    return 'pem:chain.pem,key.pem';
  }

  it('signs with a key of its own, and what it signed verifies under its root', async () => {
    const spec = writeSigner();
    const answer = await psmint(['build', '--signer', spec, '--target', 'manual'], { home: join(work, 'home') });
    expect(answer.code, answer.err).toBe(0);
    expect(answer.err).not.toContain('identity');
    expect((await psmint(['verify', 'dist', '--trust', 'root.pem'])).code).toBe(0);
    expect(codesIn(await psmint(['verify', 'dist']))).toContain('untrusted-signer');
  });

  it.each([
    ['certificate-expired', { notAfter: from(-1) }],
    ['certificate-not-yet-valid', { notBefore: from(1) }],
    // serverAuth, RFC 5280 4.2.1.12
    ['certificate-wrong-usage', { purposes: ['1.3.6.1.5.5.7.3.1'] }],
  ])('%s: exit 2, nothing written', async (code, options) => {
    const spec = writeSigner(options);
    expectFailure(await psmint(['build', '--signer', spec]), 2, code);
    expect(contentsOf(join(work, 'dist'))).toEqual({});
  });

  it.skipIf(!isInstalled('openssl'))('a wrong PFX password: exit 2, and the password is nowhere', async () => {
    writeSigner();
    const inputs = ['-in', join(work, 'chain.pem'), '-inkey', join(work, 'key.pem'), '-passout', 'pass:right'];
    const made = run('openssl', ['pkcs12', '-export', '-out', join(work, 'own.pfx'), ...inputs]);
    expect(made.exitCode, made.output).toBe(0);
    const secret = 'wr0ng-s3cret';
    for (const json of [[], ['--json']]) {
      const answer = await psmint(['build', '--signer', 'pfx:own.pfx', ...json], {
        env: { PSMINT_PFX_PASSWORD: secret },
      });
      expect(answer.code).toBe(2);
      expect(answer.out + answer.err).toContain('wrong-password');
      expect(answer.out + answer.err).not.toContain(secret);
    }
    expect(contentsOf(join(work, 'dist'))).toEqual({});
    const good = await psmint(['build', '--signer', 'pfx:own.pfx'], { env: { PSMINT_PFX_PASSWORD: 'right' } });
    expect(good.code, good.err).toBe(0);
  });

  it('an unknown signer and a file that is not there: exit 2', async () => {
    expectFailure(await psmint(['build', '--signer', 'hsm:slot']), 2, 'signer-unknown');
    expectFailure(await psmint(['build', '--signer', 'pem:none.pem,none.pem']), 2, 'key-unreadable');
  });

  it('a dead timestamp service: exit 2, nothing written', async () => {
    const answer = await psmint(['build', '--target', 'manual', '--timestamp', 'http://127.0.0.1:9']);
    expectFailure(answer, 2, 'timestamp-failed');
    expect(answer.err).toContain('http://127.0.0.1:9');
    expect(contentsOf(join(work, 'dist'))).toEqual({});
  });
});

describe('identity', () => {
  it('is made once, shown and exported, and never shows a key', async () => {
    const own = join(work, 'own home');
    expectFailure(await psmint(['identity', 'show'], { home: own }), 2, 'identity-unreadable');
    const created = await psmint(['identity', 'create'], { home: own });
    expect(created, created.err).toMatchObject({ code: 0, err: '' });
    expectFailure(await psmint(['identity', 'create'], { home: own }), 2, 'identity-exists');
    const shown = await psmint(['identity', 'show'], { home: own });
    expect(shown).toEqual(created);
    for (const words of [own, 'root', 'signer', 'SHA-256', 'days left']) expect(shown.out).toContain(words);
    const facts = JSON.parse((await psmint(['identity', 'show', '--json'], { home: own })).out) as { folder: string };
    expect(facts).toMatchObject({ folder: join(own, 'identity') });
    const exported = await psmint(['identity', 'export', '--out', 'certificates'], { home: own });
    expect(exported.code).toBe(0);
    expect(Object.keys(contentsOf(join(work, 'certificates')))).toEqual(['root.cer', 'signer.cer']);
    expect(shown.out + JSON.stringify(facts) + exported.out).not.toContain('PRIVATE');
  });
});

describe('lists', () => {
  it('targets: one line a target, or everything about one', async () => {
    expect((await psmint(['targets'])).out.split('\n').map((line) => line.split(' ')[0])).toEqual([
      'TARGET',
      ...targets.map(({ id }) => id),
      '',
    ]);
    const one = (await psmint(['targets', 'manual'])).out;
    for (const words of ['exit codes', '10 fail', 'Steps:', 'Traps:']) expect(one).toContain(words);
    expect((await psmint(['targets', 'ninjaone'])).out).toContain('Not documented by the vendor:');
    const listed = JSON.parse((await psmint(['targets', '--json'])).out) as { id: string; channel: object }[];
    expect(listed.map(({ id, channel }) => [id, channel])).toEqual(targets.map(({ id, channel }) => [id, channel]));
  });

  it('rules: the packs, their rules and the kinds', async () => {
    const { out, code } = await psmint(['rules']);
    expect(code).toBe(0);
    for (const words of [packId, 'VBBSS-OS', 'VBBSS-ROOT', 'VBBSS-AGENT', 'Rule kinds:', 'os-build', 'product-version'])
      expect(out).toContain(words);
    const acs = (prefix: string): object => ({ rules: [{ id: `${prefix}-OS` }, { id: `${prefix}-ROOT` }] });
    expect(JSON.parse((await psmint(['rules', '--json'])).out)).toMatchObject([
      { id: 'cybereason-acs', ...acs('CYBEREASON') },
      { id: 'eset-acs', ...acs('ESET') },
      { id: 'microsoft-acs', ...acs('ACS') },
      { id: 'microsoft-secure-boot-2023', rules: [{ id: 'SECUREBOOT-CERTIFICATES' }] },
      { id: 'sophos-acs', ...acs('SOPHOS') },
      { id: packId, rules: [{ id: 'VBBSS-OS' }, {}, {}] },
      { id: 'withsecure-acs', ...acs('WITHSECURE') },
    ]);
  });

  it('explain: what a code means and how to mend it', async () => {
    expect((await psmint(['explain', 'duplicate-key'])).out).toMatch(/^duplicate-key: .+\n\n.+\n$/);
  });

  it('test: says that a shell is missing, exit 2, or that there is nothing to run, exit 1', async () => {
    const folder = join(repository, 'test', 'machines', 'certificate.json');
    expectFailure(await psmint(['test', '--machines', folder, '--shell', 'no-such-shell']), 2, 'shell-missing');
    expectFailure(await psmint(['test', '--machines', 'none']), 1, 'file-not-found');
    const other = { name: 'a machine', pack: 'other-pack', machine: {}, expect: {} };
    writeFileSync(join(work, 'other.json'), JSON.stringify(other));
    expectFailure(await psmint(['test', packId, '--machines', 'other.json']), 1, 'file-not-found');
    expect(runCli(['test', '--machines', folder], { cwd: work, home, env: { PATH: '' } })).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining('Install PowerShell 7 (https://aka.ms/powershell)') as string,
    });
  });
});
