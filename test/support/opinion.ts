import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UnsignedScript } from '../../src/script-plan.ts';
import { runTool } from '../../src/tools.ts';
import type { FactSet } from './fact-sets.ts';

// Data and functions of the real script; what it does is exchanged for a loop over fact sets.
const loop = `
$sets = [System.IO.File]::ReadAllText($ReportPath) | ConvertFrom-Json -AsHashtable -NoEnumerate
$lines = foreach ($set in $sets) {
    $facts = @{}
    foreach ($id in @($set.Keys)) {
        $value = $set[$id]['value']
        if ($value -is [array] -and $value.Length -gt 0 -and $value[0] -is [hashtable]) {
            $value = @(foreach ($package in $value) { @{ Name = $package.name; State = $package.state; Error = '' } })
        }
        $facts[$id] = @{ Id = $id; Status = $set[$id].status; Value = $value; Error = '' }
    }
    $findings = @(Get-Finding -Rules $Rules -Facts $facts)
    $states = @(foreach ($finding in $findings) { "$($finding.Id)=$($finding.State):$($finding.MessageKey)" })
    "$(Get-Verdict -Findings $findings) $([string]::Join(' ', $states))"
}
[System.IO.File]::WriteAllLines($Language, [string[]]@($lines))
exit 0
`;

/** What a script says about sets of facts, one line each: the verdict, then `<rule>=<state>:<message key>`. */
export async function opinionOf(script: UnsignedScript, shell: string, sets: readonly FactSet[]): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'psmint-opinion-'));
  try {
    const [head] = script.bytes.toString('latin1').split('# === What the script does');
    const [loopScript, input, output] = [
      join(folder, 'loop.ps1'),
      join(folder, 'sets.json'),
      join(folder, 'lines.txt'),
    ];
    writeFileSync(loopScript, `${head ?? ''}\r\n${loop}`);
    writeFileSync(input, JSON.stringify(sets.map((facts) => Object.fromEntries(facts))));
    const args = ['-NoProfile', '-NonInteractive', '-File', loopScript, input, output];
    const answer = await runTool(shell, args, { timeoutMs: 900_000 });
    if (answer.exitCode !== 0 || answer.stderr + answer.stdout !== '')
      throw new Error(`${shell} exit code ${answer.exitCode}: ${answer.stderr}${answer.stdout}`);
    return readFileSync(output, 'utf8').trimEnd().split(/\r?\n/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
