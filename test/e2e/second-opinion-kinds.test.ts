import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { assess, verdictOf } from '../../src/assess/assess.ts';
import type { Fact } from '../../src/assess/facts.ts';
import { readPacks } from '../../src/build.ts';
import { lower } from '../../src/lower.ts';
import { factId } from '../../src/machine-reads.ts';
import { loadMessages } from '../../src/messages.ts';
import { createRenderer } from '../../src/render.ts';
import type { ResolvedPack } from '../../src/script-plan.ts';
import { manual } from '../../src/targets/manual.ts';
import { loadTemplates } from '../../src/templates.ts';
import type { FactSet } from '../support/fact-sets.ts';
import { createKindFacts } from '../support/kind-facts.ts';
import { opinionOf } from '../support/opinion.ts';
import { announceSkip, findShell } from '../support/pester.ts';
import { expectOk, schemaFolder, templatesFolder } from '../support/simulated.ts';

// PSMINT_FACT_SETS=100000 for the long run before a release.
const count = Number(process.env['PSMINT_FACT_SETS'] ?? 600);
const chunkSize = 1000;

// The rules of all test packs in one pack: one start of PowerShell judges them all.
const folder = fileURLToPath(new URL('../packs/', import.meta.url));
const paths = readdirSync(folder).filter((name) => name.endsWith('.json'));
const packs = expectOk(
  await readPacks(
    paths.map((name) => `${folder}${name}`),
    schemaFolder,
  ),
);
const first = packs[0]!;
const pack: ResolvedPack = {
  ...first,
  certificates: packs.flatMap(({ certificates }) => certificates),
  pack: { ...first.pack, id: 'test-kinds', rules: packs.flatMap((one) => one.pack.rules) },
};
const render = createRenderer(await loadTemplates(templatesFolder), '0.0.0');
const check = render(lower(pack, [manual], await loadMessages(templatesFolder))[0]!);
const nextFacts = createKindFacts(pack, 20_261_125);

function inTypeScript(facts: FactSet): string {
  const assessments = assess(
    pack,
    (request): Fact => facts.get(factId(request)) ?? { status: 'error', error: 'not read' },
  );
  const states = assessments.map(({ id, state, messageKey }) => `${id}=${state}:${messageKey}`);
  return `${verdictOf(pack, assessments)} ${states.join(' ')}`;
}

const shell = await findShell();
if (shell === undefined)
  announceSkip(`${count} fact sets for a second opinion on rule kinds`, 'no PowerShell on the path');

describe.skipIf(shell === undefined)('the second opinion on the kinds of the test packs', () => {
  it(`agrees with the scripts on ${count} fact sets`, { timeout: 10_800_000 }, async () => {
    const seen = new Set<string>();
    for (let done = 0; done < count; done += chunkSize) {
      const sets = Array.from({ length: Math.min(chunkSize, count - done) }, nextFacts);
      const lines = await opinionOf(check, shell ?? '', sets);
      const differences = sets.flatMap((facts, index) => {
        const [ours, theirs] = [inTypeScript(facts).split(' '), lines[index]?.split(' ') ?? []];
        const rules = ours.flatMap((part, at) => (part === theirs[at] ? [] : [`${part} <> ${theirs[at] ?? ''}`]));
        return rules.length === 0 ? [] : [{ rules, facts: Object.fromEntries(facts) }];
      });
      expect(differences.flatMap(({ rules }) => rules).slice(0, 20)).toEqual([]);
      expect(differences.slice(0, 1)).toEqual([]);
      for (const line of lines) for (const part of line.split(' ').slice(1)) seen.add(part.split(':')[1] ?? '');
    }
    // A generator that never reaches a message would prove nothing about it.
    const form = /^(REGISTRY|FILE|SERVICE|POWERSHELL|DISK|REBOOT|HOTFIX|GROUP)_/;
    expect(Object.keys(check.plan.messages).filter((key) => form.test(key) && !seen.has(key))).toEqual([]);
  });
});
