import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { targets } from '../../src/targets/index.ts';
import { contentsOf, runCli, type Answer } from '../support/cli.ts';

// Texts that the format allows and that break whatever takes them for code, in every place of a real pack, to the end.
const repository = fileURLToPath(new URL('../..', import.meta.url));
const id = 'trendmicro-vbbss-acs';
const hostile = [
  "'; exit 99; '",
  '"; exit 99; "',
  '\u2018\u2019\u201a\u201b; exit 99; \u201c\u201d\u201e',
  '`" `n $(exit 99) ${env:PATH} @args %TEMP%',
  'first line\n\'@\n"@\nlast line',
  '{{name}} {{{x}}} {{#if a}} {{> header}} {0}',
  '</script></style><script>alert(1)</script><img src=x onerror=alert(1)> &amp; <!--',
  '#> <# # SIG # Begin signature block',
  'Add-MachineCertificate Remove-MachineCertificate Invoke-Expression',
  '\\u0041 \\\\ C:\\dir\\{{name}} | ``` ## heading',
  '__proto__ constructor toString',
  '\u{1f600} \u{10ffff} \ufeff \u00a0 \u200f \uffff',
  // An odd number, so that every text meets both languages.
  '\u8868 \u30bd \u80fd \u00a5 \u203e',
];

let base: string;
let answer: Answer;

/** Every text in two languages gets another hostile string behind its beginning: scripts have a limit. */
function poisoned(value: unknown, next: () => string): unknown {
  if (Array.isArray(value)) return value.map((item) => poisoned(item, next));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      typeof item === 'string' && (key === 'en' || key === 'ja')
        ? `${item.slice(0, 20)} ${next()}`
        : poisoned(item, next),
    ]),
  );
}

const text = (...path: readonly string[]): string => readFileSync(join(base, 'dist', id, ...path), 'utf8');

beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), 'psmint-hostile-'));
  cpSync(join(repository, 'rules'), join(base, 'rules'), { recursive: true });
  const file = join(base, 'rules', `${id}.json`);
  let count = 0;
  const pack = poisoned(JSON.parse(readFileSync(file, 'utf8')), () => hostile[count++ % hostile.length]!);
  writeFileSync(file, JSON.stringify(pack));
  answer = runCli(['build', id], { cwd: base, home: join(base, 'home') });
});
afterAll(() => {
  rmSync(base, { recursive: true, force: true });
});

describe('a pack with hostile texts', () => {
  it('builds: every script parses, keeps the laws of lint, and verifies', () => {
    expect(answer.code, answer.err).toBe(0);
    expect(runCli(['verify', 'dist'], { cwd: base, home: join(base, 'home') }).code).toBe(0);
  });

  it('gives scripts that are ASCII with CRLF and hold no pair of braces', () => {
    const scripts = Object.keys(contentsOf(join(base, 'dist'))).filter((file) => file.endsWith('.ps1'));
    // And the script of the trust kit.
    expect(scripts).toHaveLength(targets.flatMap((target) => target.scripts).length + 1);
    for (const file of scripts) {
      const script = readFileSync(join(base, 'dist', file), 'latin1');
      expect(/^(?:[\t -~]*\r\n)+$/.test(script), file).toBe(true);
      expect(script, file).not.toContain('{{');
      expect(script.match(/# SIG # Begin signature block\r\n/g), file).toHaveLength(1);
    }
  });

  it.each(['en', 'ja'])('gives a guide (%s) whose only markup is its own', (language) => {
    const guide = text(`guide.${language}.html`);
    expect(guide).toContain('&lt;script&gt;alert(1)');
    const tags = new Set([...guide.matchAll(/<([!/a-zA-Z][^\s>]*)/g)].map((match) => match[1]!.toLowerCase()));
    expect([...tags].filter((tag) => /script|img|iframe|!--|link|object/.test(tag))).toEqual([]);
    expect(guide).not.toMatch(/\bon[a-z]+=(?!x? ?onerror)["'{]/);
  });

  it('gives a review in which no text of the pack is a heading, a table row or a comment', () => {
    const review = text('review.md');
    expect(review).not.toContain('<!--');
    const headings = review.split('\n').filter((line) => line.startsWith('#'));
    expect(headings.map((line) => line.replace(/:.*/, ''))).toEqual([
      '# Security review',
      '## Files',
      '## What is read',
      '### VBBSS-OS',
      '### VBBSS-ROOT',
      '### VBBSS-AGENT',
      '## What fix-cert adds',
      '## What fix-cert runs when it is told to',
      '## What the functions do',
      '## How to check this yourself',
    ]);
  });

  it('gives JSON companions that are JSON', () => {
    const body = JSON.parse(text('intune-remediation', 'device-health-script.json')) as Record<string, string>;
    expect(
      Buffer.from(body['detectionScriptContent']!, 'base64').equals(
        readFileSync(join(base, 'dist', id, 'intune-remediation', 'check.ps1')),
      ),
    ).toBe(true);
  });
});
