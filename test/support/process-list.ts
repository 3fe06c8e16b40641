import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** True where the arguments of every process can be read as another user reads them; says loudly when not. */
export function hasProcessList(): boolean {
  if (process.platform === 'linux') return true;
  console.warn('SKIPPED: there is no /proc, so nobody looks for secrets in the list of processes.');
  return false;
}

/** Arguments of all processes now. */
function commandLines(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return [readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ')];
      } catch {
        return [];
      }
    });
}

/** Looks at all processes again and again until `work` is done. @returns every command line that was seen */
export async function watchProcesses<T>(
  work: Promise<T>,
): Promise<{ readonly seen: readonly string[]; readonly value: T }> {
  const seen = new Set<string>();
  const state = { isDone: false };
  const end = work.finally(() => {
    state.isDone = true;
  });
  while (!state.isDone) {
    for (const line of commandLines()) seen.add(line);
    await pause(20);
  }
  return { seen: [...seen], value: await end };
}
