import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readFileSync } from 'node:fs';

/** Everything a command takes from outside; tests make their own. */
export interface CliEnvironment {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly isTerminal: boolean;
  /** Asks the user a question; undefined where nobody is there to answer. */
  readonly ask?: (question: string) => Promise<string>;
  /** Result of the command. */
  readonly out: (text: string) => void;
  /** Progress and diagnostics. */
  readonly err: (text: string) => void;
}

/** Folder of psmint itself. */
export const packageFolder = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Folders that travel with psmint. */
export const templatesFolder = join(packageFolder, 'templates');
export const shippedRulesFolder = join(packageFolder, 'rules');
export const schemaFolder = join(packageFolder, 'rules', 'schema');

export function toolVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
  if (typeof manifest !== 'object' || manifest === null || !('version' in manifest)) throw new Error('no version');
  return String(manifest.version);
}

/**
 * Folder of the local identity: PSMINT_HOME, or the user's data folder as the platform has it
 * (XDG Base Directory Specification, Apple's File System Programming Guide, %LOCALAPPDATA%).
 */
export function dataFolder({ env, platform }: Pick<CliEnvironment, 'env' | 'platform'>): string {
  if (env['PSMINT_HOME']) return env['PSMINT_HOME'];
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'psmint');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'psmint');
  return join(env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'psmint');
}
