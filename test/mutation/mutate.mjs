// Are the tests of the generated scripts worth their time? Each mutant is one small mistake in a PowerShell function, made
// in a copy of the project; a mutant that the tests do not notice (a survivor) is a hole in them.
//   node test/mutation/mutate.mjs [every nth mutant, 1 = all] [a part of the path, to look at some functions alone]
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const step = Number(process.argv[2] ?? 1);
const part = process.argv[3] ?? '';
const folders = ['kinds', 'evaluate', 'collect', 'repair'];

/** [what, pattern, replacement]; only code is changed, never a comment. */
const operators = [
  ['boundary', / -ge /, ' -gt '],
  ['boundary', / -lt /, ' -le '],
  ['opposite', / -eq /, ' -ne '],
  ['opposite', / -ne /, ' -eq '],
  ['opposite', / -contains /, ' -notcontains '],
  ['opposite', / -notcontains /, ' -contains '],
  ['opposite', / -match /, ' -notmatch '],
  ['opposite', / -notmatch /, ' -match '],
  ['opposite', /if \(-not /, 'if ('],
  ['either', / -and /, ' -or '],
  ['either', / -or /, ' -and '],
  ['state', /-State 'pass'/, "-State 'fail'"],
  ['state', /-State 'fail'/, "-State 'pass'"],
  ['state', /-State 'unknown'/, "-State 'fail'"],
  ['state', /-State 'pendingReboot'/, "-State 'pass'"],
  ['state', /\{ 'pass' \}/, "{ 'fail' }"],
  ['state', /\{ 'fail' \}/, "{ 'pass' }"],
  ['state', /\{ 'unknown' \}/, "{ 'fail' }"],
  ['state', /\{ 'pendingReboot' \}/, "{ 'pass' }"],
  ['store', /-Role 'Disallowed'/, "-Role 'Store'"],
  ['store', /-Role 'ThirdParty'/, "-Role 'Store'"],
  ['number', /\b112\b/, '113'],
  ['number', /\b96\b/, '97'],
  ['number', /\b6000\b/, '9000'],
];

function mutantsOf(file, text) {
  return text.split('\n').flatMap((line, index) => {
    if (/^\s*#/.test(line)) return [];
    return operators.flatMap(([what, pattern, replacement]) =>
      pattern.test(line)
        ? [{ file, index, what, line: line.replace(pattern, replacement).trimEnd(), before: line.trim() }]
        : [],
    );
  });
}

const work = mkdtempSync(join(tmpdir(), 'psmint-mutants-'));
const run = (test, env = {}) =>
  spawnSync('npx', ['vitest', 'run', test], { cwd: work, env: { ...process.env, ...env }, encoding: 'utf8' }).status ===
  0;
// The quick test first; the others only look at what it lets pass.
const notices = [
  () => !run('test/e2e/second-opinion', { PSMINT_FACT_SETS: '2000' }),
  () => !run('test/e2e/pester.test.ts'),
  () => !run('test/e2e/machines.test.ts'),
];

try {
  for (const name of readdirSync(root)) {
    if (['node_modules', '.git', 'dist'].includes(name)) continue;
    cpSync(join(root, name), join(work, name), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(work, 'node_modules'));
  const files = folders.flatMap((folder) => {
    const path = join(work, 'templates/functions', folder);
    return readdirSync(path, { recursive: true })
      .filter((name) => name.endsWith('.ps1'))
      .map((name) => join(path, name))
      .filter((file) => file.includes(part));
  });
  const mutants = files
    .flatMap((file) => mutantsOf(file, readFileSync(file, 'utf8')))
    .filter((_, index) => index % step === 0);
  // Tests that fail anyway would notice every mutant.
  if (notices.some((notice) => notice())) throw new Error('the tests fail without any mutant');
  const survivors = [];
  for (const [index, { file, index: at, what, line, before }] of mutants.entries()) {
    const original = readFileSync(file, 'utf8');
    const lines = original.split('\n');
    lines[at] = `${line}\r`;
    writeFileSync(file, lines.join('\n'));
    const isNoticed = notices.some((notice) => notice());
    writeFileSync(file, original);
    const place = `${relative(work, file)}:${at + 1}`;
    if (!isNoticed) survivors.push(`${place} (${what})\n  ${before}\n  ${line.trim()}`);
    process.stdout.write(`${index + 1}/${mutants.length} ${isNoticed ? 'noticed ' : 'SURVIVED'} ${place} ${what}\n`);
  }
  process.stdout.write(
    `${mutants.length - survivors.length} of ${mutants.length} mutants noticed\n${survivors.join('\n')}\n`,
  );
  process.exitCode = survivors.length > 0 ? 1 : 0;
} finally {
  rmSync(work, { recursive: true, force: true });
}
