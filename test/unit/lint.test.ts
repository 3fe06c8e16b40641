import { beforeAll, describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/diagnostic.ts';
import { createLinter, type Linter } from '../../src/lint.ts';
import type { ScriptName, ScriptPlan, UnsignedScript } from '../../src/script-plan.ts';
import { renderRealPacks } from '../support/real-pack.ts';

let lint: Linter;
let real: readonly UnsignedScript[];

beforeAll(async () => {
  [lint, real] = await Promise.all([createLinter(), renderRealPacks()]);
});

function scriptOf(text: string, name: ScriptName = 'check', limit = 65_535): UnsignedScript {
  const plan: ScriptPlan = {
    ...real[0]!.plan,
    script: name,
    limits: { scriptCharacters: limit, answerCharacters: 2048 },
  };
  return { plan, path: `pack/manual/${name}.ps1`, bytes: Buffer.from(text, 'latin1') };
}

function lintText(text: string, name: ScriptName = 'check'): Diagnostic[] {
  const lines = `${text}\n`.replaceAll('\n', '\r\n');
  return lint(scriptOf(lines, name), { signatureReserve: 0 });
}

const codes = (diagnostics: readonly Diagnostic[]): string[] => [...new Set(diagnostics.map(({ code }) => code))];

describe('the scripts of the shipped packs', () => {
  it('are clean', () => {
    const found = real.flatMap((script) => lint(script, { signatureReserve: 0 }));
    expect(found.filter(({ code }) => code !== 'script-too-long')).toEqual([]);
  });
});
