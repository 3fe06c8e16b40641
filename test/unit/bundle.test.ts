import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exitCodeOf, exitCodes } from '../../src/cli/exit-code.ts';
import { diagnostic, diagnosticCodes, didYouMean } from '../../src/diagnostic.ts';
import { diagnosticTexts } from '../../src/diagnostic-texts.ts';
import { escapeHtml, html } from '../../src/html.ts';
import { manifestOf, manifestText, mergeManifests, parseManifest } from '../../src/manifest.ts';
import { loadMessages } from '../../src/messages.ts';
import type { Bundle, SignatureFacts } from '../../src/script-plan.ts';
import { trustFiles } from '../../src/trust-kit.ts';
import { write } from '../../src/write.ts';
import { templatesFolder } from '../support/simulated.ts';
import { issue, testPki } from '../support/test-ca.ts';

const sha1 = (der: Buffer): string => createHash('sha1').update(der).digest('hex').toUpperCase();
const pki = testPki('bundle');
const facts: SignatureFacts = {
  signerSha1: sha1(pki.leaf.certificate),
  signerSha256: 'B'.repeat(64),
  signerSubject: 'CN=bundle leaf',
  signerNotAfter: '2027-04-11T12:00:00.000Z',
  timestamp: null,
};

describe('the trust kit', () => {
  const chain = [pki.leaf.certificate, pki.intermediate.certificate];
  const kit = { signer: facts, chain, roots: [pki.root.certificate], hasScript: true };
  const files = trustFiles('pack', kit);
  const content = (name: string, from = files): string =>
    from.find(({ path }) => path === `pack/trust/${name}`)?.content.toString('utf8') ?? '';

  it('holds every certificate of the chain once, and no key', () => {
    expect(files.map(({ path }) => path.replace('pack/trust/', ''))).toEqual([
      'signer.cer',
      'root.cer',
      'intermediate-1.cer',
      'thumbprints.txt',
      'oma-uri.txt',
      'trust.en.md',
      'trust.ja.md',
    ]);
    expect(files[0]?.content.equals(pki.leaf.certificate)).toBe(true);
    expect(files[1]?.content.equals(pki.root.certificate)).toBe(true);
    expect(files.map((file) => file.content.toString('latin1')).join()).not.toContain('PRIVATE KEY');
  });

  it('names each certificate by its thumbprints', () => {
    for (const { certificate } of [pki.leaf, pki.intermediate, pki.root])
      expect(content('thumbprints.txt')).toContain(sha1(certificate));
  });

  it('has OMA-URIs that end in the thumbprint of the certificate that they carry', () => {
    const entries = [
      ...content('oma-uri.txt').matchAll(/\/(\w+)\/([0-9A-F]{40})\/EncodedCertificate\n.*\nValue: +(\S+)\n/g),
    ];
    expect(entries.map((entry) => entry[1])).toEqual(['TrustedPublisher', 'Root', 'CA']);
    for (const [, , thumbprint, value] of entries) expect(sha1(Buffer.from(value!, 'base64'))).toBe(thumbprint);
  });

  it('has them in the form that a custom profile of Intune takes', () => {
    const path = './Device/Vendor/MSFT/RootCATrustedCertificates';
    const uris = [...content('oma-uri.txt').matchAll(/^OMA-URI: +(\S+)\nData type: String$/gm)].map(([, uri]) => uri);
    expect(uris).toEqual([
      `${path}/TrustedPublisher/${sha1(pki.leaf.certificate)}/EncodedCertificate`,
      `${path}/Root/${sha1(pki.root.certificate)}/EncodedCertificate`,
      `${path}/CA/${sha1(pki.intermediate.certificate)}/EncodedCertificate`,
    ]);
  });

  const ways = {
    en: [
      '| Group Policy | Computer Configuration > Policies',
      '| Intune |',
      '| ConfigMgr |',
      '| By hand |',
      '| App Control |',
    ],
    ja: ['| グループ ポリシー | コンピューターの構成 >', '| Intune |', '| ConfigMgr |', '| 手動 |', '| App Control |'],
  };
  it.each(['en', 'ja'] as const)('names every way, how to check on a machine, and when to renew (%s)', (language) => {
    const page = content(`trust.${language}.md`);
    for (const way of ways[language]) expect(page).toContain(way);
    for (const words of [
      'install-trust.ps1` ',
      'Add-SignerRule -FilePath policy.xml -CertificatePath signer.cer -User',
      'Get-AuthenticodeSignature .\\check.ps1 | Format-List Status, SignerCertificate',
      `Test-Path Cert:\\LocalMachine\\TrustedPublisher\\${facts.signerSha1}`,
      '*.ps1 -text',
      // 60 days before the end.
      '2027-02-10',
    ])
      expect(page).toContain(words);
  });

  it.each(['en', 'ja'])('says when the signatures end (%s), and warns of a private root alone', (language) => {
    expect(content(`trust.${language}.md`)).toContain(facts.signerSha1);
    expect(content(`trust.${language}.md`)).toContain('2027-04-11');
    const own = issue('psmint root 1', { ca: true });
    const withOwn = trustFiles('pack', { ...kit, roots: [own.certificate] });
    expect(content(`trust.${language}.md`, withOwn)).toContain('**`root.cer`');
    expect(content(`trust.${language}.md`)).not.toContain('**`root.cer`');
    const stamped = { ...facts, timestamp: '2026-06-15T12:00:00.000Z' };
    const withTime = trustFiles('pack', { ...kit, signer: stamped });
    expect(content(`trust.${language}.md`, withTime)).not.toBe(content(`trust.${language}.md`));
  });

  it('carries the leaf before and the one after, so that machines are ready on the day of the change', () => {
    const [next, previous] = [issue('next'), issue('previous')].map(({ certificate }) => certificate);
    const both = trustFiles('pack', { ...kit, next, previous });
    const stores = [...content('thumbprints.txt', both).matchAll(/^(\S+)\.cer, store (\w+)/gm)];
    expect(stores.map(([, file, store]) => `${file} ${store}`)).toEqual([
      'signer TrustedPublisher',
      'next-signer TrustedPublisher',
      'previous-signer TrustedPublisher',
      'root Root',
      'intermediate-1 CA',
    ]);
    for (const language of ['en', 'ja']) {
      expect(content(`trust.${language}.md`, both)).toContain('`next-signer.cer`');
      expect(content(`trust.${language}.md`, both)).toContain('`previous-signer.cer`');
      expect(content(`trust.${language}.md`)).not.toMatch(/next-signer|previous-signer/);
    }
    expect(trustFiles('pack', { ...kit, next: pki.leaf.certificate })).toHaveLength(files.length);
  });

  it('names install-trust.ps1 only when it is there, and does not take an intermediate for a root', () => {
    for (const language of ['en', 'ja']) {
      expect(content(`trust.${language}.md`)).toContain('install-trust.ps1');
      const without = trustFiles('pack', { ...kit, hasScript: false });
      expect(content(`trust.${language}.md`, without)).not.toContain('install-trust.ps1');
    }
    const short = trustFiles('pack', { ...kit, chain: [pki.leaf.certificate], roots: [pki.intermediate.certificate] });
    expect(content('thumbprints.txt', short)).toContain('root.cer, store CA');
  });

  it('is empty for unsigned scripts', () => {
    expect(trustFiles('pack', { signer: null, chain: [], roots: [], hasScript: false })).toEqual([]);
  });
});

describe('html', () => {
  it('lets no text become markup', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(html`<p title="${text}">${text}</p>`.html).toBe(
          `<p title="${escapeHtml(text)}">${escapeHtml(text)}</p>`,
        );
        expect(escapeHtml(text)).not.toMatch(/[<>"']/);
      }),
    );
  });

  it('joins lists, keeps markup, and leaves nothing for undefined and false', () => {
    expect(html`${['<', html`<b>${1}</b>`]}${undefined}${false}`.html).toBe('&lt;<b>1</b>');
  });
});

describe('the message files', () => {
  it('give the guide the same places in both languages, and hold no markup', async () => {
    const { guide } = await loadMessages(templatesFolder);
    const places = (texts: Readonly<Record<string, string>>): string[] =>
      Object.entries(texts).map(([key, text]) => `${key} ${[...new Set(text.match(/\{\d\}/g) ?? [])].sort().join('')}`);
    // A long date is YYYY-MM-DD in English and year, month, day in Japanese.
    const both = (texts: Readonly<Record<string, string>>): string[] =>
      places(texts).filter((text) => !text.startsWith('longDate '));
    expect(both(guide.ja)).toEqual(both(guide.en));
    for (const text of [...Object.values(guide.en), ...Object.values(guide.ja)]) {
      expect(text.trim()).toBe(text);
      expect(text).toMatch(/\S/);
    }
  });

  it('do not leave an English text in the Japanese file', async () => {
    const { texts, guide } = await loadMessages(templatesFolder);
    const same = (en: Readonly<Record<string, string>>, ja: Readonly<Record<string, string>>): string[] =>
      Object.entries(en).flatMap(([key, text]) => (/ .* /.test(text) && ja[key] === text ? [key] : []));
    expect([...same(texts.en, texts.ja), ...same(guide.en, guide.ja)]).toEqual([]);
  });
});

describe('the diagnostic texts', () => {
  it.each(diagnosticCodes)('%s has a title and an explanation, each in sentences', (code) => {
    const { title, explanation } = diagnosticTexts[code];
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(title).toMatch(/^[A-Z].*\.$/);
    expect(explanation).toMatch(/^[A-Z`].*\.$/s);
  });

  it('are all used: a code that nothing gives is no code', async () => {
    const source = new URL('../../src/', import.meta.url);
    const files = (await readdir(source, { recursive: true })).filter(
      (name) => name.endsWith('.ts') && !/^(diagnostic-texts|cli[\\/]exit-code)\.ts$/.test(name),
    );
    const all = (
      await Promise.all(files.map((name) => readFile(new URL(name.replaceAll('\\', '/'), source), 'utf8')))
    ).join('\n');
    expect(diagnosticCodes.filter((code) => !all.includes(`'${code}'`))).toEqual([]);
  });

  it('lead to an exit code: 2 wins over 1', () => {
    expect(exitCodeOf([])).toBe(exitCodes.done);
    const wrong = diagnostic('invalid-json', { message: '' });
    expect(exitCodeOf([wrong])).toBe(1);
    expect(exitCodeOf([wrong, diagnostic('output-unwritable', { message: '' })])).toBe(2);
  });

  it('suggest a word only when one is near, and never take long', () => {
    expect(didYouMean('manul', ['manual', 'other'])).toBe('Did you mean "manual"?');
    expect(didYouMean('xyz', ['manual', 'other'])).toBeUndefined();
    expect(didYouMean('', [])).toBeUndefined();
    expect(didYouMean('x'.repeat(1_000_000), ['manual'])).toBeUndefined();
  });
});

describe('the manifest', () => {
  const bundle = (packId: string, ...names: string[]): Bundle => ({
    packId,
    packVersion: '1.0.0',
    scripts: [],
    files: names.map((name) => ({ path: `${packId}/${name}`, content: Buffer.from(name) })),
  });

  it('is the same for bundles in any order, and is read back', () => {
    const [one, two] = [bundle('one', 'b', 'a', 'B'), bundle('two', 'c')];
    const text = manifestText(manifestOf([one, two], '1.2.3'));
    expect(manifestText(manifestOf([two, one], '1.2.3'))).toBe(text);
    expect(manifestText(parseManifest(text)!)).toBe(text);
    expect(parseManifest(text)?.files.map(({ path }) => path)).toEqual(['one/B', 'one/a', 'one/b', 'two/c']);
  });

  it('forgets the older files of a pack that is built again, and keeps those of others', () => {
    const older = manifestOf([bundle('one', 'old'), bundle('two', 'c')], '1.0.0');
    const merged = mergeManifests(manifestOf([bundle('one', 'new')], '1.1.0'), older);
    expect(merged.files.map(({ path }) => path)).toEqual(['one/new', 'two/c']);
    expect(merged.tool.version).toBe('1.1.0');
  });

  it('is undefined for any text that is none, and never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(parseManifest(text)).toBeUndefined();
      }),
    );
  });
});

describe('write', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'psmint-bundle-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  const bundle: Bundle = {
    packId: 'one',
    packVersion: '1.0.0',
    scripts: [],
    files: [{ path: 'one/a.txt', content: Buffer.from('a') }],
  };
  const content = { bundles: [bundle], manifest: manifestOf([bundle], '0.0.0'), seal: undefined };
  const build = (): ReturnType<typeof write> => write([{ out: join(folder, 'dist'), content }]);

  it('follows no link of the bundle folder to write somewhere else', async () => {
    await mkdir(join(folder, 'dist'));
    await mkdir(join(folder, 'elsewhere'));
    await writeFile(join(folder, 'elsewhere', 'mine.txt'), 'mine');
    await symlink(join(folder, 'elsewhere'), join(folder, 'dist', 'one'));
    await build();
    expect(await readdir(join(folder, 'elsewhere'))).toEqual(['mine.txt']);
  });

  it('keeps files of the user beside the bundles, and leaves no staging folder', async () => {
    await mkdir(join(folder, 'dist'));
    await writeFile(join(folder, 'dist', 'notes.txt'), 'mine');
    expect((await build()).ok).toBe(true);
    expect((await readdir(join(folder, 'dist'))).sort()).toEqual(['manifest.json', 'notes.txt', 'one']);
  });

  it.each(['{ "short_name": "web app" }', 'no JSON', '{"schemaVersion":1,"files":[{"path":"../../x"}]}'])(
    'leaves a manifest.json alone that is not its own: %s',
    async (text) => {
      await mkdir(join(folder, 'dist'));
      await writeFile(join(folder, 'dist', 'manifest.json'), text);
      const result = await build();
      expect(result.ok ? [] : result.diagnostics.map(({ code }) => code)).toEqual(['output-foreign-files']);
      expect(await readdir(join(folder, 'dist'))).toEqual(['manifest.json']);
      expect(await readFile(join(folder, 'dist', 'manifest.json'), 'utf8')).toBe(text);
    },
  );
});
