import { createInterface, type Interface } from 'node:readline';

/** Asks questions and gives the answers, line by line. */
export interface Asker {
  readonly ask: (question: string) => Promise<string>;
  /** Lets go of the input, so that the process can end. */
  readonly close: () => void;
}

/**
 * Questions on `output`, answers from `input`. Lines that come before their question (pasted ones) are kept for it; after
 * the end of the input every answer is empty. Nothing is read before the first question.
 */
export function createAsker(input: NodeJS.ReadableStream, output: NodeJS.WritableStream): Asker {
  const lines: string[] = [];
  const waiting: ((line: string) => void)[] = [];
  let isEnded = false;
  let terminal: Interface | undefined;
  const open = (): Interface => {
    const opened = createInterface({ input, output });
    opened.on('line', (line) => {
      const next = waiting.shift();
      if (next === undefined) lines.push(line);
      else next(line);
    });
    opened.on('close', () => {
      isEnded = true;
      for (const next of waiting.splice(0)) next('');
    });
    return opened;
  };
  return {
    ask: (question) => {
      terminal ??= open();
      output.write(question);
      const line = lines.shift() ?? (isEnded ? '' : undefined);
      if (line !== undefined) return Promise.resolve(line);
      return new Promise((resolve) => waiting.push(resolve));
    },
    close: () => terminal?.close(),
  };
}
