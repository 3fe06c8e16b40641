import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLinter } from '../../src/lint.ts';
import { commentText, literal, scriptText } from '../../src/powershell.ts';
import type { PsValue, ScriptPlan } from '../../src/script-plan.ts';

/** What a pack can make hard: quotes of both sorts and their typographic sisters, escapes, line ends, formats. */
const nasty = [
  '',
  "'",
  "''",
  '"',
  '\\',
  '\\\\',
  '\\u0041',
  '\\n',
  '`n',
  '$x $(1) ${y} @z',
  '\u2018\u2019\u201a\u201b',
  '\u201c\u201d\u201e',
  'a\r\nb\nc\rd',
  '\t\u0000\u0007\u007f\u0085\u2028',
  '\u8a3c\u660e\u66f8 \u5931\u6557',
  '\ud83d\ude00',
  '\ud83d',
  "'@",
  '#> <#',
  '{0} {1} {{0}}',
  '(?<x>.)[a-z]*+?|^$',
  '# SIG # Begin signature block',
  'sig # End Signature block',
  '%TEMP% ^&|<>',
];

/** One megabyte of them. */
const piece = nasty.join('');
const long = piece.repeat(Math.ceil(1_000_000 / piece.length));

/** Half of a pair survives in PowerShell but not in the UTF-8 file of the test, so strings are compared by code unit. */
const anyString = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 }).map((units) => String.fromCharCode(...units)),
  fc.array(fc.constantFrom(...nasty, 'a', ' '), { maxLength: 5 }).map((parts) => parts.join('')),
);

/** Names of a table that differ in case alone are one name in PowerShell. */
const namesDiffer = (table: object): boolean =>
  new Set(Object.keys(table).map((name) => name.toLowerCase())).size === Object.keys(table).length;

const anyValue: fc.Arbitrary<PsValue> = fc.letrec<{ value: PsValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    anyString,
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(anyString, tie('value'), { maxKeys: 4, noNullPrototype: true }).filter(namesDiffer),
  ),
})).value;

const sample = (count: number): string[] => [...nasty, ...fc.sample(anyString, { numRuns: count, seed: 3 })];

describe('a literal', () => {
  it('is pure ASCII and parses, whatever the value', async () => {
    const lint = await createLinter();
    const limits = { scriptCharacters: 50_000_000, answerCharacters: 2048 };
    const plan = {
      script: 'check',
      limits,
      answerCommand: 'Write-ManualAnswer',
      agentCommands: {},
    } as unknown as ScriptPlan;
    fc.assert(
      fc.property(anyValue, (value) => {
        const text = `$x = ${literal(value)}\n`;
        expect(text).toMatch(/^[\t\n -~]*$/);
        const bytes = Buffer.from(text.replaceAll('\n', '\r\n'), 'latin1');
        const found = lint({ plan, path: 'x.ps1', bytes }, { signatureReserve: 0 });
        expect(found).toEqual([]);
      }),
      { numRuns: 500 },
    );
    const bytes = Buffer.from(`$x = ${literal(long)}\r\n`);
    const found = lint({ plan, path: 'x.ps1', bytes }, { signatureReserve: 0 });
    expect(found.map(({ code }) => code)).toEqual(['script-too-long']);
  });

  it('takes whole numbers only', () => {
    expect(literal(-5)).toBe('-5');
    for (const number of [0.5, Number.NaN, Infinity, 2 ** 53]) expect(() => literal(number)).toThrow('bug');
  });

  it('takes names that PowerShell takes for one as a bug', () => {
    expect(literal({ a: 1, b: 2 })).toBe('@{ a = 1; b = 2 }');
    expect(() => literal({ name: 1, Name: 2 })).toThrow('bug');
  });

  it('hides what other tools would take for theirs', () => {
    for (const text of ['{{x}}', '{{{', '# SIG # Begin signature block', 'sig # END']) {
      expect(literal(text)).not.toMatch(/\{\{|sig #/i);
      expect(commentText(text)).not.toMatch(/\{\{|sig #/i);
    }
  });

  it('keeps a list of one list a list of lists', () => {
    expect(literal([['a']])).toContain(",@('a')");
  });
});

describe('a text for Get-Text', () => {
  it.each([
    [{ en: 'Met' }, 'Met'],
    [{ en: 'Met', ja: '適合' }, 'Met|ja:\\u9069\\u5408'],
    [{ en: 'a<b|c\\d\n', ja: 'か' }, 'a<b\\u007cc\\\\d\\n|ja:\\u304b'],
    [{ en: 'Old', ja: '旧', do: 'DO_UPDATE DO_RESTART' }, 'Old|ja:\\u65e7|do:DO_UPDATE DO_RESTART'],
    [{ en: '{{x}}' }, '{\\u007bx}}'],
  ])('%j is %s', (text, expected) => {
    expect(scriptText(text)).toMatch(/^[ -~]*$/);
    expect(scriptText(text)).toBe(expected);
  });
});

/** Starts the script in a runspace of the given language mode and passes its output on. */
const runner = `param([string]$Path, [string]$Mode)
$state = [System.Management.Automation.Runspaces.InitialSessionState]::CreateDefault()
$state.LanguageMode = $Mode
$shell = [powershell]::Create($state)
$null = $shell.AddScript((Get-Content -LiteralPath $Path -Raw -Encoding Ascii))
$shell.Invoke()
if ($shell.HadErrors) { $shell.Streams.Error; exit 1 }
`;

/** Code units in, code units out: nothing on the way can repair or break a string. */
const printer = `
'mode ' + $ExecutionContext.SessionState.LanguageMode
foreach ($text in $texts) { "$(foreach ($unit in $text.ToCharArray()) { [int]$unit })" }
'long ' + $long.Length + ' ' + [string]::CompareOrdinal($long, $piece * ($long.Length / $piece.Length))
`;

const codeUnits = (text: string): string => Array.from({ length: text.length }, (_, i) => text.charCodeAt(i)).join(' ');

async function shellVersion(): Promise<string | undefined> {
  const { exitCode, stdout } = await execa('pwsh', ['-NoProfile', '-Command', '$PSVersionTable.PSVersion.Major'], {
    reject: false,
  });
  return exitCode === 0 ? stdout : undefined;
}

const hasShell = (await shellVersion()) !== undefined;

describe.skipIf(!hasShell)('a string literal in PowerShell', () => {
  it.each(['FullLanguage', 'ConstrainedLanguage'])('is the same string again in %s', async (mode) => {
    const texts = sample(800);
    const folder = await mkdtemp(join(tmpdir(), 'psmint-literal-'));
    try {
      await writeFile(join(folder, 'run.ps1'), runner);
      const lists = `$texts = @(\n${texts.map((text) => literal(text)).join('\n')}\n)\n`;
      const script = `${lists}$long = ${literal(long)}\n$piece = ${literal(piece)}\n${printer}`;
      await writeFile(join(folder, 'texts.ps1'), script.replaceAll('\n', '\r\n'), 'latin1');
      const args = ['-NoProfile', '-NonInteractive', '-File', join(folder, 'run.ps1'), join(folder, 'texts.ps1'), mode];
      const { stdout } = await execa('pwsh', args, { env: { POWERSHELL_TELEMETRY_OPTOUT: '1' } });
      expect(stdout.split(/\r?\n/)).toEqual([`mode ${mode}`, ...texts.map(codeUnits), `long ${long.length} 0`]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
