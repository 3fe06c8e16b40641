import { failed, ok, type Result } from '../diagnostic.ts';
import { signerSetup } from './remote-key.ts';
import type { SignerEnvironment } from './signer.ts';

const defaultSeconds = 60;
const longestSeconds = 3600;

/** Longest wait for one signature, milliseconds: PSMINT_SIGNER_TIMEOUT in seconds, or a minute. */
export function readTimeLimit(env: SignerEnvironment, id: string): Result<number> {
  const text = env['PSMINT_SIGNER_TIMEOUT'] ?? '';
  if (text === '') return ok(defaultSeconds * 1000);
  const seconds = /^\d{1,4}(?:\.\d{1,3})?$/.test(text) ? Number(text) : 0;
  if (seconds > 0 && seconds <= longestSeconds) return ok(seconds * 1000);
  const help = `Set it to seconds, more than 0 and at most ${longestSeconds}.`;
  return failed([signerSetup(id, 'PSMINT_SIGNER_TIMEOUT is not a number of seconds', help)]);
}

/** What a promise gives, or undefined when it takes longer. */
export async function within<T>(limitMs: number, work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, Math.max(1, limitMs), undefined);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
