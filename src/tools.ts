import { execa } from 'execa';

/** What another program answered. */
export interface ToolAnswer {
  /** Exit code; -1 when the program did not start or was ended by a signal. */
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
}

export interface ToolOptions {
  readonly timeoutMs: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

/** Runs a program without a shell and never throws: whatever happened is in the answer. */
export async function runTool(file: string, args: readonly string[], options: ToolOptions): Promise<ToolAnswer> {
  const result = await execa(file, [...args], {
    reject: false,
    timeout: options.timeoutMs,
    // A PowerShell that phones home would slow every start and leave traces.
    env: { POWERSHELL_TELEMETRY_OPTOUT: '1', POWERSHELL_UPDATECHECK: 'Off', ...options.env },
    stripFinalNewline: false,
    ...(options.input === undefined ? { stdin: 'ignore' as const } : { input: options.input }),
  });
  return {
    exitCode: result.exitCode ?? -1,
    stdout: typeof result.stdout === 'string' ? result.stdout : '',
    stderr: typeof result.stderr === 'string' ? result.stderr : '',
    timedOut: result.timedOut,
  };
}

/** What a program made of the bytes it was given. */
export interface FilterAnswer {
  /** Exit code; -1 when the program did not start or was ended by a signal. */
  readonly exitCode: number;
  readonly stdout: Buffer;
  readonly stderr: string;
  readonly timedOut: boolean;
  /** The program is there and could be started. */
  readonly started: boolean;
}

export interface FilterOptions {
  readonly timeoutMs: number;
  readonly input: Buffer;
  /** Variables beside those of psmint's own process. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

// Signatures and certificates are far shorter; a program that never stops writing is ended.
const maximumFilterOutput = 1 << 20;

/** Gives bytes to a program on its standard input, without a shell, and takes bytes back. Never throws. */
export async function runFilter(file: string, args: readonly string[], options: FilterOptions): Promise<FilterAnswer> {
  const child = execa(file, [...args], {
    reject: false,
    encoding: 'buffer',
    stripFinalNewline: false,
    maxBuffer: maximumFilterOutput,
    forceKillAfterDelay: 1000,
    input: options.input,
    env: options.env,
  });
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    child.kill();
    // What the program started itself may live on and hold the pipes; nobody waits for it.
    child.stdout.destroy();
    child.stderr.destroy();
  }, options.timeoutMs);
  const result = await child;
  clearTimeout(timer);
  return {
    exitCode: result.exitCode ?? -1,
    stdout: Buffer.from(result.stdout),
    stderr: Buffer.from(result.stderr).toString('utf8'),
    timedOut,
    started: child.pid !== undefined,
  };
}
