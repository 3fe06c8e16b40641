import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../../lib/cli.js', import.meta.url));

export interface Answer {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

interface RunOptions {
  readonly cwd: string;
  readonly home: string;
  readonly env?: Readonly<Record<string, string>>;
}

// Nothing of the caller's identity or passwords reaches it.
function environmentOf({ home, env = {} }: RunOptions): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^PSMINT_|COLOR/.test(name));
  return { ...Object.fromEntries(inherited), NO_COLOR: '1', PSMINT_HOME: home, ...env };
}

/** Runs the compiled command line as a user does. */
export function runCli(args: readonly string[], options: RunOptions): Answer {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd: options.cwd,
    encoding: 'utf8',
    maxBuffer: 64 << 20,
    timeout: 120_000,
    env: environmentOf(options),
  });
  return { code: status, out: stdout, err: stderr };
}

/** The same while the test goes on: it may be the service that is asked, or look on. */
export async function startCli(args: readonly string[], options: RunOptions): Promise<Answer> {
  const child = spawn(process.execPath, [cli, ...args], { cwd: options.cwd, env: environmentOf(options) });
  const read = async (stream: NodeJS.ReadableStream): Promise<string> => {
    const parts: Buffer[] = [];
    for await (const part of stream) parts.push(Buffer.from(part));
    return Buffer.concat(parts).toString('utf8');
  };
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [out, err, code] = await Promise.all([read(child.stdout), read(child.stderr), ended]);
  return { code, out, err };
}

/** The small pack with its certificates, copied: what it builds takes half the time of a real one. @returns its path */
export function copySmallPack(folder: string): string {
  const repository = fileURLToPath(new URL('../../', import.meta.url));
  cpSync(join(repository, 'test/support/small-pack.json'), join(folder, 'small-pack.json'));
  cpSync(join(repository, 'rules/certificates'), join(folder, 'certificates'), { recursive: true });
  return join(folder, 'small-pack.json');
}

/** Every file below a folder with its SHA-256; empty when there is no folder. */
export function contentsOf(folder: string): Readonly<Record<string, string>> {
  const entries = existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }) : [];
  const files = entries.filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    files
      .map((file) => [relative(folder, file).split(sep).join('/'), sha256(readFileSync(file))] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
