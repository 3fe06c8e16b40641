import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runCli } from '../support/cli.ts';
import { diagnosticCodes } from '../../src/diagnostic.ts';
import type { RulePack } from '../../src/rule-pack.ts';
import { verifyTexts } from '../../src/verify-texts.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const page = (name: string): string => readFileSync(`${repository}docs/${name}`, 'utf8');

describe('docs/verify.md', () => {
  const text = page('verify.md');
  const codes = [...text.matchAll(/^\| `([a-z-]+)` \|/gm)].map((match) => match[1]!);

  it('explains codes that exist, and every one that verifying alone can give', () => {
    expect(codes.filter((code) => !diagnosticCodes.some((known) => known === code))).toEqual([]);
    const alone = [
      ...Object.keys(verifyTexts),
      ...['not-signed', 'malformed-signature', 'hash-mismatch', 'bad-signature', 'untrusted-signer', 'bad-timestamp'],
      ...['missing-timestamp', 'manifest-mismatch'],
    ];
    expect(alone.filter((code) => !codes.includes(code))).toEqual([]);
  });

  it('has every option of the command', () => {
    const help = runCli(['verify', '--help'], { cwd: repository, home: repository }).out;
    const flags = [...help.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map((match) => match[1]!);
    expect(flags).toContain('--any-form');
    expect(flags.filter((flag) => flag !== '--help' && !text.includes(flag))).toEqual([]);
  });
});

describe('docs/packs.md', () => {
  const packs = readdirSync(`${repository}rules`).filter((name) => name.endsWith('.json'));

  it.each(packs)('has the rules of %s that decide, and the day', (name) => {
    const pack = JSON.parse(readFileSync(`${repository}rules/${name}`, 'utf8')) as RulePack;
    const row = page('packs.md')
      .split('\n')
      .find((line) => line.startsWith(`| \`${pack.id}\` |`));
    const [, , required = '', recommended = '', day] = (row ?? '').split('|').map((cell) => cell.trim());
    expect(day).toContain(pack.effective);
    const count = (cell: string): number => (cell === '–' ? 0 : cell.split(',').length);
    const rulesOf = (severity: string): number => pack.rules.filter((rule) => rule.severity === severity).length;
    expect([count(required), count(recommended)]).toEqual([rulesOf('required'), rulesOf('recommended')]);
  });
});

describe('docs/signing-comparison.md', () => {
  const proofs = [...page('signing-comparison.md').matchAll(/`(test\/[^`]+)`: (.+) \|$/gm)].flatMap(([, file, names]) =>
    [...names!.matchAll(/"([^"]+)"/g)].map(([, name]) => [file!, name!] as const),
  );

  it.each(proofs)('%s has a test with the name "%s"', (file, name) => {
    expect(existsSync(repository + file)).toBe(true);
    expect(readFileSync(repository + file, 'utf8')).toContain(name);
  });

  it('names tests', () => {
    expect(proofs.length).toBeGreaterThan(10);
  });
});
