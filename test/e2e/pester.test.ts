import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { announceSkip, runPester } from '../support/pester.ts';

const folder = fileURLToPath(new URL('../pester/', import.meta.url));
const files = readdirSync(folder).filter((name) => name.endsWith('.Tests.ps1'));
const run = await runPester(files.map((name) => `${folder}${name}`));

if (!run.ok) announceSkip(`${files.length} Pester files`, run.reason);

describe.skipIf(!run.ok)('the PowerShell functions', () => {
  const tests = run.ok ? run.tests : [];

  it.each(files)('%s has tests', (file) => {
    expect(tests.filter((test) => test.file === file).length).toBeGreaterThan(0);
  });

  for (const [index, test] of tests.entries()) {
    it(`${test.file} ${index}: ${test.name}`, () => {
      expect(test.passed, test.message).toBe(true);
    });
  }
});
