import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { assess, verdictOf } from '../../src/assess/assess.ts';
import type { Fact } from '../../src/assess/facts.ts';
import { readPacks } from '../../src/build.ts';
import { factId } from '../../src/machine-reads.ts';
import type { ResolvedPack, UnsignedScript } from '../../src/script-plan.ts';
import { createFactSource, type FactSet } from '../support/fact-sets.ts';
import { opinionOf } from '../support/opinion.ts';
import { announceSkip, findShell } from '../support/pester.ts';
import { renderRealPacks } from '../support/real-pack.ts';
import { expectOk, schemaFolder } from '../support/simulated.ts';

// PSMINT_FACT_SETS=100000 for the long run before a release.
const count = Number(process.env['PSMINT_FACT_SETS'] ?? 4000);
const chunkSize = 2000;

const path = fileURLToPath(new URL('../../rules/trendmicro-vbbss-acs.json', import.meta.url));
const [pack] = expectOk(await readPacks([path], schemaFolder)) as [ResolvedPack];
const scripts = await renderRealPacks('trendmicro-vbbss-acs');
const isRight = ({ packId, target, script }: UnsignedScript['plan']): boolean =>
  packId === pack.pack.id && target === 'manual' && script === 'check';
const check = scripts.find(({ plan }) => isRight(plan))!;
const reads = check.plan.rules.flatMap((rule) =>
  rule.reads.map(({ role, request }) => ({ rule: rule.id, role, request })),
);
const nextFacts = createFactSource(pack, reads, 20261124);

function inTypeScript(facts: FactSet): string {
  const assessments = assess(
    pack,
    (request): Fact => facts.get(factId(request)) ?? { status: 'error', error: 'not read' },
  );
  const states = assessments.map(({ id, state, messageKey }) => `${id}=${state}:${messageKey}`);
  return `${verdictOf(pack, assessments)} ${states.join(' ')}`;
}

const shell = await findShell();
if (shell === undefined) announceSkip(`${count} fact sets for a second opinion`, 'no PowerShell on the path');

describe.skipIf(shell === undefined)('the second opinion', () => {
  it(`agrees with the scripts on ${count} fact sets`, { timeout: 3_600_000 }, async () => {
    const seen = new Set<string>();
    for (let done = 0; done < count; done += chunkSize) {
      const sets = Array.from({ length: Math.min(chunkSize, count - done) }, nextFacts);
      const lines = await opinionOf(check, shell ?? '', sets);
      const ours = sets.map(inTypeScript);
      const differences = ours.flatMap((line, index) =>
        line === lines[index]
          ? []
          : [{ typescript: line, powershell: lines[index], facts: Object.fromEntries(sets[index]!) }],
      );
      // The lines first: which rule differs is seen at once; then the facts of one machine to reproduce it.
      expect(differences.slice(0, 20).map(({ typescript, powershell }) => [typescript, powershell])).toEqual([]);
      expect(differences.slice(0, 1)).toEqual([]);
      for (const line of ours) for (const part of line.split(' ').slice(1)) seen.add(part.split(':')[1] ?? '');
    }
    // A generator that never reaches a message would prove nothing about it.
    const keys = [...Object.keys(check.plan.messages)].filter((key) => /^(OS|CERT|PRODUCT)_(?!NOTE)/.test(key));
    expect(keys.filter((key) => !seen.has(key))).toEqual([]);
  });
});
