import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { languages, type Language } from '../../src/script-plan.ts';
import { comparisonPage, targetPage } from '../../src/target-page.ts';
import { targetFor } from '../../src/targets/for-pack.ts';
import { targets } from '../../src/targets/index.ts';
import { runEvents } from '../../src/targets/run-events.ts';
import type { Target } from '../../src/targets/target.ts';
import { otherKindsPack } from '../support/hostile-pack.ts';

// The pages of docs/ that are made from the contract table. U=1 rewrites them: read the difference before you commit.
const docs = fileURLToPath(new URL('../../docs', import.meta.url));
const isUpdate = process.env['U'] === '1';

const subtitles = {
  en: (id: string): string => `\`psmint build --target ${id}\` · [all targets](../targets.en.md)`,
  ja: (id: string): string => `\`psmint build --target ${id}\` · [ターゲット一覧](../targets.ja.md)`,
};

const pages = languages.flatMap((language: Language) => [
  [`targets.${language}.md`, comparisonPage(targets, language, (id) => `targets/${id}.${language}.md`)] as const,
  ...targets.map(
    (target) =>
      [`targets/${target.id}.${language}.md`, targetPage(target, language, subtitles[language](target.id))] as const,
  ),
]);

describe('the pages of the targets', () => {
  it.each(pages)('docs/%s is what the contract table gives', (name, text) => {
    const file = join(docs, name);
    if (isUpdate) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    expect(existsSync(file) ? readFileSync(file, 'utf8') : '').toBe(text);
  });

  it('are one for each target and language', () => {
    const found = readdirSync(join(docs, 'targets')).map((name) => `targets/${name}`);
    expect(found.sort()).toEqual(pages.flatMap(([name]) => (name.includes('/') ? [name] : [])).sort());
  });

  it('lead to pages that exist', () => {
    for (const [name, text] of pages) {
      for (const [, link] of text.matchAll(/\]\(([^)h][^)]*)\)/g))
        expect(existsSync(join(docs, dirname(name), link!)), `${name}: ${link!}`).toBe(true);
    }
  });

  it.each([
    ['manual', '0 pass, 10 fail, 11 pendingReboot, 12 unknown (1 when the script did not run)'],
    ['ninjaone', '0 pass, 1 fail, 1 pendingReboot, 1 unknown (1 also when the script did not run)'],
    ['configmgr-ci', '0 pass, 0 fail, 0 pendingReboot, 0 unknown (any other code: the script did not run)'],
    [
      'tanium',
      'check: 0 pass, 0 fail, 0 pendingReboot, 0 unknown (any other code: the script did not run); ' +
        'fix-cert: 0 pass, 1 fail, 1 pendingReboot, 1 unknown (1 also when the script did not run)',
    ],
  ])('say of %s what each code means, and which one is no verdict', (id, codes) => {
    const [, page] = pages.find(([name]) => name === `targets/${id}.en.md`)!;
    expect(page).toContain(`| Exit codes | ${codes} |\n`);
  });

  it('list the events of repairs where something is repaired, and not where nothing is', () => {
    const target = targets.find(({ id }) => id === 'gpo-startup')!;
    const eventsOf = (own: Target): string[] =>
      [...targetPage(own, 'en', '').matchAll(/^\| (\d+) \| /gm)].map(([, id]) => id!);
    expect(eventsOf(target)).toEqual(Object.values(runEvents).map(({ id }) => `${id}`));
    expect(eventsOf(targetFor(target, otherKindsPack.pack))).toEqual(['100', '101', '102', '103']);
  });

  it('are told of in the README', () => {
    const readme = readFileSync(join(docs, '../README.md'), 'utf8');
    for (const language of languages) expect(readme).toContain(`docs/targets.${language}.md`);
    for (const { id } of targets) expect(readme).toContain(`\`${id}\``);
  });
});
