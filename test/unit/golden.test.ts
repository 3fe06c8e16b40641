import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { UnsignedScript } from '../../src/script-plan.ts';
import { lineDiff } from '../support/line-diff.ts';
import { renderRealPacks } from '../support/real-pack.ts';

// Every change of generated code shows here, byte by byte. U=1 rewrites the files: read the difference before you commit.
const folder = fileURLToPath(new URL('../golden', import.meta.url));
// One pack shows what the targets make of a script; of the others what is theirs stands in the scripts for use by hand.
const everyTarget = 'trendmicro-vbbss-acs';
const scripts = (await renderRealPacks()).filter(({ plan }) => plan.packId === everyTarget || plan.target === 'manual');
const isUpdate = process.env['U'] === '1';

function filesBelow(path: string): string[] {
  const entries = existsSync(path) ? readdirSync(path, { recursive: true, withFileTypes: true }) : [];
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return files.map((file) => relative(path, file).split(sep).join('/')).sort();
}

/** Targets whose scripts stand here in full. */
const inFull = ['manual', 'intune-remediation', 'scheduled-task', 'gpo-startup'];
/** Those of the others differ in little more than the answer from one that writes events as they do, or writes none. */
const baseOf = ({ events }: UnsignedScript['plan']): string =>
  Object.keys(events).length === 0 ? 'intune-remediation' : 'gpo-startup';
const isFull = (target: string): boolean => inFull.includes(target);

/** Content of the golden file of a script: the script, or its difference from that of another target. */
function goldenOf({ plan, bytes }: UnsignedScript): Buffer {
  if (isFull(plan.target)) return bytes;
  const base = scripts.find(
    (other) =>
      other.plan.packId === plan.packId && other.plan.script === plan.script && other.plan.target === baseOf(plan),
  )!;
  return Buffer.from(lineDiff(base.bytes.toString('latin1'), bytes.toString('latin1')), 'latin1');
}

const goldenPath = ({ path, plan }: UnsignedScript): string => (isFull(plan.target) ? path : `${path}.diff`);

describe('golden scripts', () => {
  it.each(scripts.map((script) => [script.path, script] as const))('%s', (_, script) => {
    const file = join(folder, goldenPath(script));
    const bytes = goldenOf(script);
    if (isUpdate) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, bytes);
    }
    // Compared as bytes: a text comparison would forgive a changed line end.
    const isSame = existsSync(file) && readFileSync(file).equals(bytes);
    if (!isSame) expect(bytes.toString('latin1')).toBe(existsSync(file) ? readFileSync(file, 'latin1') : '');
    expect(isSame).toBe(true);
  });

  it('are exactly the scripts of the shipped packs', () => {
    expect(filesBelow(folder)).toEqual(scripts.map(goldenPath).sort());
  });

  it('are differences of few lines, or the target needs a golden script of its own', () => {
    for (const script of scripts.filter(({ plan }) => !isFull(plan.target)))
      expect(goldenOf(script).toString('latin1').split('\n').length, script.path).toBeLessThan(80);
  });
});

describe('the difference of two scripts', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', '', '}'), { maxLength: 30 }).map((lines) => lines.join('\n'));

  it('leads from one to the other', () => {
    fc.assert(
      fc.property(text, text, (from, to) => {
        const diff = lineDiff(from, to);
        const kept = (mark: string): string[] =>
          diff.split('\n').flatMap((line) => (line.startsWith(mark) ? [line.slice(1)] : []));
        const without = (lines: readonly string[], taken: readonly string[]): string[] => {
          const rest = [...lines];
          for (const line of taken) rest.splice(rest.indexOf(line), 1);
          return rest.sort();
        };
        expect(without(from.split('\n'), kept('-'))).toEqual(without(to.split('\n'), kept('+')));
        expect(diff === '').toBe(from === to);
      }),
    );
  });
});
