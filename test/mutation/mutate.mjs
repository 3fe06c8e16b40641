// Are the tests of the generated scripts worth their time? Each mutant is one small mistake in a PowerShell function, made
// in a copy of the project; a mutant that the tests do not notice (a survivor) is a hole in them.
//   node test/mutation/mutate.mjs [every nth mutant, 1 = all] [a part of the path, to look at some functions alone]
import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
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

/** Whether a program ends with exit code 0 in a copy of the project; a mutant that never ends is noticed too. */
function passes(copy, program, args, env = {}) {
  const options = {
    cwd: copy,
    env: { ...process.env, ...env },
    maxBuffer: 2 ** 28,
    timeout: 900_000,
    killSignal: 'SIGKILL',
  };
  return new Promise((resolve) => execFile(program, args, options, (error) => resolve(error === null)));
}

/** The Pester file that is about a function file: that of its kind, else that of its folder. */
function nearestTests(copy, file) {
  const [folder, name] = file.split(/[\\/]/);
  const names = [`${folder}.${name}`, folder, folder === 'kinds' ? 'kinds.groups' : 'evaluate'];
  return names.map((one) => join(copy, 'test/pester', `${one}.Tests.ps1`)).find(existsSync);
}

// The quick tests first; the others only look at what they let pass.
const tests = [
  (copy, file) => {
    const run = `(Invoke-Pester -Path '${nearestTests(copy, file)}' -PassThru -Output None).Result -ne 'Passed'`;
    const command = `Import-Module Pester -MinimumVersion 5.0; exit [int](${run})`;
    return passes(copy, 'pwsh', ['-NoProfile', '-NonInteractive', '-Command', command]);
  },
  (copy) => passes(copy, 'npx', ['vitest', 'run', 'test/e2e/second-opinion'], { PSMINT_FACT_SETS: '2000' }),
  (copy) => passes(copy, 'npx', ['vitest', 'run', 'test/e2e/pester.test.ts']),
  (copy) => passes(copy, 'npx', ['vitest', 'run', 'test/e2e/machines.test.ts']),
];

async function areNoticed(copy, file) {
  for (const test of tests) if (!(await test(copy, file))) return true;
  return false;
}

function makeCopy() {
  const copy = mkdtempSync(join(tmpdir(), 'psmint-mutants-'));
  for (const name of readdirSync(root)) {
    if (['node_modules', '.git', 'dist'].includes(name)) continue;
    cpSync(join(root, name), join(copy, name), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

const functions = join(root, 'templates/functions');
const mutants = folders
  .flatMap((folder) => readdirSync(join(functions, folder), { recursive: true }).map((name) => join(folder, name)))
  .filter((file) => file.endsWith('.ps1') && file.includes(part))
  .flatMap((file) => mutantsOf(file, readFileSync(join(functions, file), 'utf8')))
  .filter((_, index) => index % step === 0);
const survivors = [];
let [next, done] = [0, 0];

async function work() {
  const copy = makeCopy();
  try {
    // Tests that fail anyway would notice every mutant.
    for (const file of new Set(mutants.map((mutant) => mutant.file)))
      if (!(await tests[0](copy, file))) throw new Error(`${file}: its tests fail without any mutant`);
    if (await areNoticed(copy, mutants[0].file)) throw new Error('the tests fail without any mutant');
    while (next < mutants.length) {
      const { file, index, what, line, before } = mutants[next++];
      const path = join(copy, 'templates/functions', file);
      const original = readFileSync(path, 'utf8');
      const lines = original.split('\n');
      lines[index] = `${line}\r`;
      writeFileSync(path, lines.join('\n'));
      const isNoticed = await areNoticed(copy, file);
      writeFileSync(path, original);
      const place = `${file}:${index + 1}`;
      if (!isNoticed) survivors.push(`${place} (${what})\n  ${before}\n  ${line.trim()}`);
      process.stdout.write(`${++done}/${mutants.length} ${isNoticed ? 'noticed ' : 'SURVIVED'} ${place} ${what}\n`);
    }
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

await Promise.all(Array.from({ length: Math.min(availableParallelism(), mutants.length) }, work));
process.stdout.write(
  `${mutants.length - survivors.length} of ${mutants.length} mutants noticed\n${survivors.join('\n')}\n`,
);
process.exitCode = survivors.length > 0 ? 1 : 0;
