// npm run fuzz -- --minutes 10 [--seed 1] [--seeds <folder with signed files>]
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string', default: String(Date.now() % 1e9) },
    seeds: { type: 'string' },
  },
});
const seconds = Math.round(Number(values.minutes) * 60);
process.stdout.write(`seed ${values.seed}, ${seconds} s\n`);
const { status, signal } = spawnSync(
  'npx',
  ['vitest', 'run', 'test/fuzz/fuzz.test.ts', '--disable-console-intercept'],
  {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    shell: process.platform === 'win32',
    stdio: 'inherit',
    // A file that never ends would keep the run from ending: that is an escape too.
    timeout: (seconds + 120) * 1000,
    env: {
      ...process.env,
      PSMINT_FUZZ_SECONDS: String(seconds),
      PSMINT_FUZZ_SEED: values.seed,
      ...(values.seeds ? { PSMINT_FUZZ_SEEDS: values.seeds } : {}),
    },
  },
);
if (signal !== null) process.stderr.write('A file took too long: run again with the same seed and fewer minutes.\n');
process.exitCode = status ?? 1;
