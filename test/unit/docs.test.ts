import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runCli } from '../support/cli.ts';
import { diagnosticCodes } from '../../src/diagnostic.ts';
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
