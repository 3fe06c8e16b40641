import type { BundleFile, ResolvedPack, ScriptName } from '../script-plan.ts';

/** Folder of the signed files on a machine: only administrators can write there. */
export function scriptFolder(packId: string): string {
  return `C:\\Program Files\\psmint\\${packId}`;
}

/**
 * The line that a console gets where it takes text instead of a file, or changes what it takes: it starts the signed file,
 * and its code arrives as it is.
 */
export function runnerLine(packId: string, script: ScriptName | '{{ Script }}'): string {
  const shell = '"$env:SystemRoot\\System32\\WindowsPowerShell\\v1.0\\powershell.exe"';
  const file = `"${scriptFolder(packId)}\\${script}.ps1"`;
  return `& ${shell} -NoProfile -NonInteractive -ExecutionPolicy AllSigned -File ${file}; exit $LASTEXITCODE`;
}

/** `runner.txt`: a line for each script. */
export function runnerFile({ pack }: ResolvedPack, target: string, scripts: readonly ScriptName[]): BundleFile {
  const lines = scripts.flatMap((script) => [`# ${script}`, runnerLine(pack.id, script), '']);
  const head = `# Copy the signed files to ${scriptFolder(pack.id)} first. One line a script:`;
  return { path: `${pack.id}/${target}/runner.txt`, content: Buffer.from([head, '', ...lines].join('\r\n')) };
}
