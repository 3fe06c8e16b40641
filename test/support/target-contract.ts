import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createLinter } from '../../src/lint.ts';
import { lower } from '../../src/lower.ts';
import { loadMessages } from '../../src/messages.ts';
import { createRenderer } from '../../src/render.ts';
import { languages, verdicts, type BundleFile, type UnsignedScript } from '../../src/script-plan.ts';
import { targetPage } from '../../src/target-page.ts';
import { targetFor } from '../../src/targets/for-pack.ts';
import type { Target, TargetText } from '../../src/targets/target.ts';
import type { Templates } from '../../src/templates.ts';
import { acceptUnsigned } from '../../src/verify.ts';
import { hostilePack, otherKindsPack } from './hostile-pack.ts';
import { templatesFolder } from './simulated.ts';

const messages = await loadMessages(templatesFolder);
const lint = await createLinter();

/** What every target promises, the shipped ones and those of others. */
export function itKeepsTheContract(target: Target, templates: Templates): void {
  const { id } = target;
  const scripts = (): UnsignedScript[] =>
    lower(hostilePack, [target], messages).map(createRenderer(templates, '0.0.0'));
  const textsOf = (): TargetText[] => [
    ...[target.title, target.when, target.bitness, target.executionPolicy, target.timeout, target.answer],
    ...[...target.steps, ...target.traps, ...target.unconfirmed],
    ...[...(target.settings ?? []), ...(target.events ?? [])].map(({ why }) => why),
    ...(target.queries ?? []).map(({ title }) => title),
  ];

  it('says everything in both languages', () => {
    expect(target.steps.length).toBeGreaterThan(0);
    expect(target.traps.length).toBeGreaterThan(0);
    for (const text of textsOf()) {
      expect(text.en).toMatch(/^[ -~]+$/);
      expect(text.ja).toMatch(/\S/);
      // A name stays a name; a sentence does not stay English.
      if (/ .* .* /.test(text.en)) expect(text.ja).not.toBe(text.en);
    }
  });

  it('says in both languages how it reads without fix-cert', () => {
    const others = textsOf().flatMap(({ withoutFix }) => withoutFix ?? []);
    for (const text of others) {
      expect(text.en).toMatch(/^[ -~]+$/);
      expect(text.ja).toMatch(/\S/);
    }
    const shown = targetFor(target, otherKindsPack.pack);
    const texts = [...shown.steps, ...shown.traps, ...shown.unconfirmed, shown.when, shown.answer];
    for (const { en, ja } of texts) expect(`${en} ${ja}`).not.toContain('fix-cert');
  });

  it('names pages of its vendor, and what they do not say', () => {
    expect(target.sources.length + target.unconfirmed.length).toBeGreaterThan(0);
    for (const source of target.sources) expect(source).toMatch(/^https:\/\/\S+$/);
    const isGuess = target.channel.launch === 'unconfirmed';
    expect(target.start === '').toBe(isGuess);
    if (isGuess) expect(target.unconfirmed.length).toBeGreaterThan(0);
  });

  it('is started with -File, or tells its host the exit code', () => {
    if (target.channel.launch === 'file') expect(target.start).toMatch(/ -file /i);
    const codes = [target.exitCodes, ...Object.values(target.scriptExitCodes ?? {})];
    const hasCodes = codes.some((of) => verdicts.some((verdict) => of[verdict] !== 0));
    if (target.channel.launch !== 'file' && hasCodes)
      expect(templates.functions.get(target.answerCommand)?.text).toContain('Set-HostExitCode');
  });

  it('gives no state but pass the code of pass where codes count, and none that restarts a machine', () => {
    for (const codes of [target.exitCodes, ...Object.values(target.scriptExitCodes ?? {})]) {
      expect(codes.pass).toBe(0);
      const others = verdicts.filter((verdict) => verdict !== 'pass').map((verdict) => codes[verdict]);
      if (target.channel.codes !== 'ignored') expect(others).not.toContain(0);
      // 3010 and 1641 mean "restart me" to installers and to some management tools.
      for (const code of others) expect([3010, 1641]).not.toContain(code);
    }
  });

  it('leaves room for the summary line where the line is the answer', () => {
    if (target.channel.state.in === 'line') expect(target.limits.answerCharacters).toBeGreaterThanOrEqual(2048);
  });

  it('has scripts that keep every law of lint, with the texts of a hostile pack in them', () => {
    expect(scripts().map(({ plan }) => plan.script)).toEqual(target.scripts);
    expect(scripts().flatMap((script) => lint(script, { signatureReserve: 15_000 }))).toEqual([]);
  });

  it('carries no Japanese where it shows nothing to a person', () => {
    if (target.showsTexts) return;
    for (const { plan, bytes } of scripts())
      if (plan.script !== 'report') expect(bytes.toString('latin1')).not.toMatch(/\|ja:/);
  });

  it('puts its companions into its own folder, and makes the same ones again', () => {
    const companions = (): readonly BundleFile[] => target.companions(hostilePack, acceptUnsigned(scripts()));
    const paths = companions().map(({ path }) => path);
    expect(paths.filter((path) => !path.startsWith(`hostile-pack/${id}/`))).toEqual([]);
    expect(new Set(paths).size).toBe(paths.length);
    // A script that could be signed and is not has no place in a bundle; batch files cannot, the manifest vouches for them.
    expect(paths.filter((path) => /\.(ps1|psm1|vbs|js|wsf)$/i.test(path))).toEqual([]);
    expect(companions()).toEqual(companions());
  });

  it.each(languages)('has a page with everything (%s)', (language) => {
    const page = targetPage(target, language, 'subtitle');
    for (const text of textsOf()) expect(page).toContain(text[language]);
    for (const source of target.sources) expect(page).toContain(`<${source}>`);
    for (const { text } of target.queries ?? []) expect(page).toContain(`\n${text}\n\`\`\`\n`);
    for (const { name } of target.events ?? []) expect(page).toMatch(new RegExp(`^\\| ${name} \\| `, 'm'));
    for (const { name, value } of target.settings ?? []) expect(page).toContain(`\`${name}\`: \`${value}\``);
    if (target.start !== '') expect(page).toContain(target.start.replaceAll('|', '\\|'));
    expect(page.match(/^# /gm)).toHaveLength(1);
  });

  if (target.byRunner !== undefined)
    it('has a line that starts the file where the channel does not get it', () => {
      const text = target.companions(hostilePack, acceptUnsigned(scripts())).map(({ content }) => content.toString());
      for (const script of target.byRunner ?? []) expect(text.join('\n')).toContain(script);
    });
}

/** Files that a shipped target needs besides its line in src/targets/index.ts. */
export function itHasItsFiles({ id, answerCommand }: Target): void {
  it('has a file of its own and an output function', () => {
    expect(existsSync(new URL(`../../src/targets/${id}.ts`, import.meta.url)), `src/targets/${id}.ts`).toBe(true);
    const file = `functions/output/${answerCommand}.ps1`;
    expect(existsSync(join(templatesFolder, file)), `templates/${file} is missing`).toBe(true);
  });
}
