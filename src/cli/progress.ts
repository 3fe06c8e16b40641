import type { CliEnvironment } from './environment.ts';

/** One line that says how far something is. */
export interface Progress {
  readonly step: () => void;
  /** Takes the line away. */
  readonly end: () => void;
}

// A terminal needs no more than a few pictures a second.
const minimumPause = 100;

/** A line on a terminal, for example `Signing 12 of 700`; nothing when stderr goes into a file or a pipe. */
export function createProgress(what: string, total: number, environment: CliEnvironment): Progress {
  let done = 0;
  let last = 0;
  if (!environment.isTerminal) return { step: () => undefined, end: () => undefined };
  return {
    step: () => {
      done += 1;
      const now = performance.now();
      if (now - last < minimumPause) return;
      last = now;
      environment.err(`\r${what} ${done} of ${total}`);
    },
    // CSI K: erase to the end of the line (ECMA-48 8.3.41).
    end: () => {
      if (last > 0) environment.err('\r\u001b[K');
    },
  };
}
