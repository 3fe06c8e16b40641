import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { escapeHtml } from '../../src/html.ts';
import { guidePage } from '../../src/guide.ts';
import { kinds } from '../../src/kinds/index.ts';
import { createLinter } from '../../src/lint.ts';
import { lower } from '../../src/lower.ts';
import { loadMessages } from '../../src/messages.ts';
import { createRenderer } from '../../src/render.ts';
import { loadTemplates, type Templates } from '../../src/templates.ts';
import { resolve } from '../../src/resolve.ts';
import { reviewText } from '../../src/review.ts';
import { languages, type ResolvedPack } from '../../src/script-plan.ts';
import { parseSource } from '../../src/source.ts';
import { tableOf } from '../../src/checks.ts';
import { readPacks } from '../../src/build.ts';
import { startText } from '../../src/target-page.ts';
import { targets } from '../../src/targets/index.ts';
import { createValidator } from '../../src/validate.ts';
import { acceptUnsigned } from '../../src/verify.ts';
import { otherKindsPack } from '../support/hostile-pack.ts';
import { expectOk, schemaFolder, templatesFolder } from '../support/simulated.ts';

const messages = await loadMessages(templatesFolder);
const templates = await loadTemplates(templatesFolder);
const lint = await createLinter();
const root = readFileSync(new URL('../../rules/certificates/ms-idv-root-2020.pem', import.meta.url));
const smallPack = readFileSync(new URL('../support/small-pack.json', import.meta.url), 'utf8');

function packOf(text: string): ResolvedPack {
  const { validate } = createValidator(schemaFolder);
  const valid = expectOk(validate(parseSource('pack.json', text)));
  return expectOk(resolve(valid, new Map(valid.pack.certificates.map(({ file }) => [file, root]))));
}

/** Every text of a pack made hostile, except ids and addresses. */
function hostilePack(evil: string): ResolvedPack {
  const spoil = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return key === 'en' || key === 'ja' ? `${evil} ${value}` : value;
    if (Array.isArray(value)) return value.map((item) => spoil(item, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, spoil(item, name)]));
  };
  return packOf(JSON.stringify(spoil(JSON.parse(smallPack), '')));
}

const evil = `' " \u2018\u2019\u201a\u201b \`n $(Get-Date) '@ {{x}} <b>&</script> C:\\dir\\{{name}}\n# SIG # Begin`;
const render = createRenderer(templates, '0.0.0');
const scriptsOf = (pack: ResolvedPack): ReturnType<typeof render>[] => lower(pack, targets, messages).map(render);

describe('hostile texts', () => {
  it('reach every script as data: the script keeps every law', () => {
    const scripts = scriptsOf(hostilePack(evil));
    expect(scripts).toHaveLength(targets.flatMap((target) => target.scripts).length);
    for (const script of scripts) expect(lint(script, { signatureReserve: 0 })).toEqual([]);
  });

  it.each(languages)('are escaped in the guide (%s), which loads nothing from outside', (language) => {
    const page = guidePage(hostilePack(evil), targets, language, messages.guide[language]);
    expect(page).not.toContain('<b>');
    expect(page).not.toContain('</script>');
    expect(page).not.toMatch(/<(script|link|img|iframe)|url\(|@import/);
    expect(page).toContain(`<html lang="${language}">`);
  });
});

const shipped = fileURLToPath(new URL('../../rules/trendmicro-vbbss-acs.json', import.meta.url));
const [pack] = expectOk(await readPacks([shipped], schemaFolder)) as [ResolvedPack];

describe('the guide', () => {
  it.each(languages)('names every build, certificate, target and step by hand (%s)', (language) => {
    const page = guidePage(pack, targets, language, messages.guide[language]);
    const builds = pack.pack.rules.flatMap(({ check }) => (check.kind === 'os-build' ? tableOf(check).builds : []));
    expect(builds).toHaveLength(26);
    for (const { build } of builds) expect(page).toContain(`>${build}</td>`);
    for (const text of ['winver', 'certlm.msc', 'F40042E2E5F7E8EF8189FED15519AECE42C3BFA2', '2023-04-12'])
      expect(page).toContain(text);
    for (const target of targets) expect(page).toContain(startText(target, language).replaceAll("'", '&#39;'));
    for (const rule of pack.pack.rules) expect(page).toContain(rule.id);
  });

  it.each(languages)('has the settings, events and queries that the steps of a target speak of (%s)', (language) => {
    const page = guidePage(pack, targets, language, messages.guide[language]);
    for (const { settings = [], events = [], queries = [] } of targets) {
      for (const { name, value, why } of settings)
        expect(page).toContain(
          `<code>${escapeHtml(name)}</code>: <code>${escapeHtml(value)}</code>. ${escapeHtml(why[language])}</li>`,
        );
      for (const { name } of events) expect(page).toMatch(new RegExp(`<td role="cell" [^>]*>${name}</td>`));
      for (const { text } of queries) expect(page).toContain(`<pre><code>${escapeHtml(text)}</code></pre>`);
    }
  });

  it('has one line a code, and says which one is no verdict', () => {
    const own = targets.filter(({ id }) => id === 'ninjaone' || id === 'configmgr-ci');
    const page = guidePage(pack, own, 'en', messages.guide.en);
    const codes = [...page.matchAll(/<li><code>(\d+)<\/code> ([^<]*)<\/li>/g)].map(
      ([, code, text]) => `${code} ${text}`,
    );
    expect(codes).toEqual([
      '0 Met (pass), Not met (fail), Restart pending (pendingReboot), Could not tell (unknown)',
      '1 PowerShell did not run the script: there is no verdict',
      '0 Met (pass)',
      '1 Not met (fail), Restart pending (pendingReboot), Could not tell (unknown)',
    ]);
  });

  it.each([
    ['Windows', 'Windows をご利用中'],
    ['ウイルスバスター', 'ウイルスバスターをご利用中'],
  ])('spaces the product %s as Japanese does', (product, expected) => {
    const named = { ...pack, pack: { ...pack.pack, product: { en: 'Example', ja: product } } };
    expect(guidePage(named, targets, 'ja', messages.guide.ja)).toContain(`${expected}、`);
  });

  it('has the same texts in both languages, and uses every one', () => {
    expect(Object.keys(messages.guide.en)).toEqual(Object.keys(messages.guide.ja));
    const parts = ['guide', 'guide-builds', 'guide-checks', 'guide-deployment', 'guide-rules', 'guide-text'];
    const source = parts.map((part) => readFileSync(new URL(`../../src/${part}.ts`, import.meta.url), 'utf8')).join('');
    const editions = readFileSync(new URL('../../rules/schema/build-table.schema.json', import.meta.url), 'utf8');
    const unused = Object.keys(messages.guide.en).filter((key) =>
      key.startsWith('edition-')
        ? !editions.includes(`"${key.slice(8)}"`)
        : !source.includes(`'${key}'`) &&
          !source.includes(`${key.split('-')[0] ?? ''}-\${`) &&
          !['required', 'recommended'].includes(key),
    );
    expect(unused).toEqual([]);
  });

  it.each(languages)('says of every other kind what exactly is asked for (%s)', (language) => {
    const page = guidePage(otherKindsPack, targets, language, messages.guide[language]);
    const shown = [
      'HKEY_LOCAL_MACHINE\\SOFTWARE\\Small',
      '%ProgramFiles(x86)%\\Small\\it&#39;s {{here}}.exe',
      'Small$Service',
      'KB4536952',
      '7601.24544',
      '20,480 MB',
      ...['start-manual', 'status-running', 'noRebootFiles', 'group-any-of', 'group-all-of', 'name-notApplicable'].map(
        (key) => messages.guide[language][key]!,
      ),
    ];
    for (const text of shown) expect(page).toContain(text);
  });

  it('says in the head of a script and in the review what an answer leaves on the machine, and of no other target', () => {
    const scripts = acceptUnsigned(scriptsOf(pack));
    for (const { plan, bytes } of scripts) {
      const left = bytes.toString('latin1').includes('# It also leaves the summary line in the registry value HKLM:');
      expect(left, plan.path).toBe(plan.target === 'datto');
      if (left && plan.script === 'check') expect(bytes.toString('latin1')).not.toContain('no code that could change');
    }
    const certificates = { signer: null };
    const review = reviewText({ pack, scripts, functions: templates.functions, certificates, toolVersion: '0' });
    expect(review.match(/datto: the summary line in the registry value/g)).toHaveLength(1);
  });

  it('stands next to a review that names every script and read', () => {
    const scripts = acceptUnsigned(scriptsOf(pack));
    const review = reviewText({
      pack,
      scripts,
      functions: templates.functions,
      certificates: { signer: null },
      toolVersion: '0.0.0',
    });
    for (const { path, plan } of scripts) {
      expect(review).toContain(path);
      for (const { request } of plan.rules.flatMap((rule) => rule.reads)) {
        if (request.read === 'RegistryValue') expect(review).toContain(`${request.key}\\${request.name}`);
      }
    }
    for (const [name, { synopsis }] of templates.functions) {
      expect(synopsis, name).toMatch(/^[ -~]{10,}[.?]$/);
      expect(review.includes(`\n| ${name} | `), name).toBe(
        scripts.some(({ bytes }) => bytes.includes(`function ${name} {`)),
      );
    }
  });
});

describe('the messages', () => {
  it('are the same keys with the same places in both languages', () => {
    const places = (texts: Readonly<Record<string, string>>): [string, string][] =>
      Object.entries(texts).map(([key, text]) => [key, [...new Set(text.match(/\{\d\}/g) ?? [])].sort().join('')]);
    expect(places(messages.texts.ja)).toEqual(places(messages.texts.en));
  });

  it('exist for every key that a function uses', () => {
    const functions = [...templates.functions.values()].map(({ text }) => text).join('\n');
    const used = new Set(
      [...functions.matchAll(/'((?:OS|CERT|PRODUCT|FIX)_[A-Z_]+)'/g)].map((match) => match[1] ?? ''),
    );
    expect([...used].filter((key) => messages.texts.en[key] === undefined)).toEqual([]);
    expect(used.size).toBeGreaterThan(40);
  });

  it('say what to do wherever a kind leaves that to its findings', () => {
    const told = new Set(Object.keys(messages.advice));
    const texts = (key: string): string[] =>
      (messages.advice[key] ?? '').split(' ').map((name) => messages.texts.en[name] ?? '');
    for (const key of told)
      expect(
        texts(key).every((text) => text.length > 0),
        key,
      ).toBe(true);
    const good = /NATIVE|REACHED|_BY_|_NOTE_/;
    const prefixes = Object.values(kinds).flatMap(({ advises, messagePrefixes }) => (advises ? messagePrefixes : []));
    const bad = Object.keys(messages.texts.en).filter(
      (key) => prefixes.some((p) => key.startsWith(p)) && !good.test(key),
    );
    expect(bad.filter((key) => !told.has(key))).toEqual([]);
    expect(bad.length).toBeGreaterThan(8);
  });

  it('are ASCII in English, and depend on nothing but what was expected: the summary line is made of them', () => {
    expect(Object.values(messages.texts.en).filter((text) => !/^[ -~]+$/.test(text) || /\{[1-9]/.test(text))).toEqual(
      [],
    );
  });
});

describe('handlebars, a shell without logic', () => {
  const [plan] = lower(packOf(smallPack), targets, messages);
  const withShell = (shell: string): (() => unknown) => {
    const changed: Templates = { ...templates, shells: { ...templates.shells, check: shell } };
    return () => createRenderer(changed, '0.0.0')(plan!);
  };

  it.each([
    ['{{nope}}', 'an unknown name'],
    ['{{#each nope}}x{{/each}}', 'an unknown list, which handlebars would render as nothing'],
    ['{{#if nope}}x{{/if}}', 'an unknown condition'],
    ['{{ps nope}}', 'an unknown value'],
    ['{{#each functions}}{{nope}}{{/each}}', 'an unknown name inside a list'],
  ])('refuses %s: %s', (shell) => {
    expect(withShell(shell)).toThrow();
  });

  it('does not escape for HTML, and inserts the code of function files as it is', () => {
    const [script] = scriptsOf(packOf(smallPack));
    const text = script!.bytes.toString('latin1');
    expect(text).not.toMatch(/&(amp|quot|#x27);/);
    const body = templates.functions.get('Test-OsBuild')?.text ?? '';
    expect(text).toContain(body.replaceAll('\n', '\r\n'));
  });

  it('gives equal bytes for equal plans and leaves the plan alone', () => {
    const pack = packOf(smallPack);
    const before = JSON.stringify(pack.pack);
    expect(scriptsOf(pack).map(({ bytes }) => bytes)).toEqual(scriptsOf(pack).map(({ bytes }) => bytes));
    expect(JSON.stringify(pack.pack)).toBe(before);
  });
});

describe('the sets that grow', () => {
  it.each(Object.keys(kinds))('kind %s has a schema, a function folder and messages', (kind) => {
    const schema = new URL(`../../rules/schema/kinds/${kind}.schema.json`, import.meta.url);
    expect(JSON.parse(readFileSync(schema, 'utf8'))).toMatchObject({ properties: { kind: { const: kind } } });
    const known = kinds[kind as keyof typeof kinds].messagePrefixes;
    for (const prefix of known) expect(Object.keys(messages.texts.en).some((key) => key.startsWith(prefix))).toBe(true);
  });

  it.each(targets.map((target) => [target.id, target] as const))(
    'target %s has an output function and distinct ids',
    (id, target) => {
      expect(templates.functions.has(target.answerCommand)).toBe(true);
      expect(targets.filter((other) => other.id === id)).toHaveLength(1);
      expect(target.exitCodes.pass).toBe(0);
    },
  );

  it('function files hold one function, named as the file, in ASCII with CRLF', async () => {
    for (const [name, { text }] of templates.functions) {
      expect(text.match(/^function [\w-]+/gm)).toEqual([`function ${name}`]);
      expect(text).toMatch(/^[\t\n -~]*$/);
    }
    const simulated = await loadTemplates(templatesFolder, { simulated: true });
    expect([...templates.functions.keys()].filter((name) => !simulated.functions.has(name))).toEqual([]);
  });
});
