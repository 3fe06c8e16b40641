import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTool } from '../../src/tools.ts';

/** Outcome of one `It` of a Pester file. */
export interface PesterTest {
  readonly file: string;
  readonly name: string;
  readonly passed: boolean;
  readonly message: string;
}

export type PesterRun =
  { readonly ok: true; readonly tests: readonly PesterTest[] } | { readonly ok: false; readonly reason: string };

// Errors outside of any It (a file that does not parse, a failed BeforeAll) come as failed tests of their own.
const runner = `
param([string]$Out, [string[]]$Path)
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module Pester -MinimumVersion 5.0
$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path -split '\\|'
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'None'
$run = Invoke-Pester -Configuration $configuration
$tests = @(
    foreach ($test in $run.Tests) {
        @{ file = Split-Path -Leaf $test.Block.BlockContainer.Item.FullName; name = $test.ExpandedPath; passed = ($test.Result -eq 'Passed'); message = [string]::Join(' / ', @($test.ErrorRecord | ForEach-Object { "$_" })) }
    }
    foreach ($container in $run.FailedContainers) {
        @{ file = Split-Path -Leaf $container.Item.FullName; name = 'the file itself'; passed = $false; message = [string]::Join(' / ', @($container.ErrorRecord | ForEach-Object { "$_" })) }
    }
    foreach ($block in $run.FailedBlocks) {
        @{ file = Split-Path -Leaf $block.BlockContainer.Item.FullName; name = $block.ExpandedPath; passed = $false; message = [string]::Join(' / ', @($block.ErrorRecord | ForEach-Object { "$_" })) }
    }
)
[System.IO.File]::WriteAllText($Out, (ConvertTo-Json -InputObject $tests -Depth 4))
`;

/** Name of a PowerShell that can be started, or undefined. */
export async function findShell(): Promise<string | undefined> {
  for (const shell of ['pwsh', 'powershell']) {
    const answer = await runTool(shell, ['-NoProfile', '-NonInteractive', '-Command', 'exit 7'], { timeoutMs: 60_000 });
    if (answer.exitCode === 7) return shell;
  }
  return undefined;
}

/** Runs Pester files in one PowerShell; not ok when there is no PowerShell or no Pester 5. */
export async function runPester(paths: readonly string[]): Promise<PesterRun> {
  const shell = await findShell();
  if (shell === undefined) return { ok: false, reason: 'no PowerShell (pwsh or powershell) on the path' };
  const folder = await mkdtemp(join(tmpdir(), 'psmint-pester-'));
  try {
    const script = join(folder, 'run.ps1');
    const out = join(folder, 'tests.json');
    await writeFile(script, runner);
    const args = ['-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass', '-File', script, out, paths.join('|')];
    const answer = await runTool(shell, args, { timeoutMs: 600_000 });
    const text = await readFile(out, 'utf8').catch(() => undefined);
    if (text === undefined)
      return { ok: false, reason: `${shell} could not run Pester 5: ${answer.stderr || answer.stdout}`.trim() };
    return { ok: true, tests: JSON.parse(text) as PesterTest[] };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A skip that nobody overlooks. */
export function announceSkip(what: string, reason: string): void {
  process.stderr.write(`\n*** SKIPPED: ${what}: ${reason}\n\n`);
}
