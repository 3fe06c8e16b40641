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
