import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { copySmallPack, runCli } from '../support/cli.ts';
import { announceSkip } from '../support/pester.ts';
import { run } from '../support/tools.ts';

const cli = fileURLToPath(new URL('../../lib/cli.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'psmint-progress-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
copySmallPack(folder);
const pack = join(folder, 'small-pack.json');
const home = join(folder, 'home');

/** Starts a command line in a terminal of its own, as util-linux does it. */
function inTerminal(command: string): string {
  const log = join(folder, 'terminal.txt');
  run('script', ['--quiet', '--return', '--command', command, log]);
  return readFileSync(log, 'utf8');
}

const hasScript = /util-linux/.test(run('script', ['--version']).output);
if (!hasScript) announceSkip('progress on a terminal', 'no script of util-linux');

describe('the progress of a build', () => {
  const args = ['build', pack, '--out'];

  it('is nothing where the output goes into a file or a pipe', () => {
    const { code, out, err } = runCli([...args, join(folder, 'piped')], { cwd: folder, home });
    expect(code, err).toBe(0);
    expect(out + err).not.toMatch(/\r(?!\n)|\u001b|Signing \d/);
  });

  it.skipIf(!hasScript)('is one line on a terminal, which is gone when the build is done', () => {
    const words = [process.execPath, cli, ...args, join(folder, 'shown')].map((word) => `'${word}'`);
    const text = inTerminal(`PSMINT_HOME='${home}' ${words.join(' ')}`);
    expect(text).toMatch(/(?:\rSigning \d+ of \d+)+\r\u001b\[K/);
    const [, progress = ''] = /((?:\rSigning \d+ of \d+)+)\r\u001b\[K/.exec(text) ?? [];
    expect(progress).not.toContain('\n');
    expect(text.match(/\u001b\[K/g)).toHaveLength(1);
    expect(text).toContain('check.ps1');
  });
});
