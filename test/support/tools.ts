import { spawnSync } from 'node:child_process';

/** True when a program is installed; says loudly when a test therefore does not run. */
export function isInstalled(program: string, versionArgument = 'version'): boolean {
  const answer = spawnSync(program, [versionArgument], { encoding: 'utf8' });
  if (answer.error === undefined) return true;
  console.warn(`SKIPPED: ${program} is not installed, so nothing compares psmint with it.`);
  return false;
}

/** Output of a program, both streams together, and its exit code. */
export function run(program: string, args: readonly string[]): { exitCode: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  return { exitCode: status, output: `${stdout}${stderr}` };
}
