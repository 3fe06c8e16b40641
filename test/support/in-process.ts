import { main } from '../../src/cli/program.ts';
import type { Answer } from './cli.ts';

/** Runs a command line in this process, so that local servers answer and the clock can be set; the machine's identity stays out. */
export async function psmint(
  args: readonly string[],
  options: {
    readonly home: string;
    readonly isTerminal?: boolean;
    readonly env?: Readonly<Record<string, string>>;
    /** Somebody who answers questions; nobody, unless a test has one. */
    readonly ask?: (question: string) => Promise<string>;
  },
): Promise<Answer> {
  const text = { out: '', err: '' };
  const code = await main(args, {
    env: { NO_COLOR: '1', PSMINT_HOME: options.home, ...options.env },
    platform: process.platform,
    isTerminal: options.isTerminal ?? false,
    ...(options.ask ? { ask: options.ask } : {}),
    out: (part) => (text.out += part),
    err: (part) => (text.err += part),
  });
  return { code, ...text };
}
