import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lower } from '../../src/lower.ts';
import { loadMessages } from '../../src/messages.ts';
import { createRenderer } from '../../src/render.ts';
import { loadTemplates } from '../../src/templates.ts';
import type { UnsignedScript } from '../../src/script-plan.ts';
import { targets } from '../../src/targets/index.ts';
import { runTool } from '../../src/tools.ts';
import { announceSkip, findShell } from '../support/pester.ts';
import { distinct, renderRealPacks } from '../support/real-pack.ts';
import { templatesFolder, withFunction } from '../support/simulated.ts';
import { hostilePack } from '../support/hostile-pack.ts';

/**
 * The scripts as they are delivered, without any simulation, where there is no registry and no certificate store:
 * they have to say that they could not tell, and nothing else.
 */
const shell = process.platform === 'win32' ? undefined : await findShell();
if (shell === undefined)
  announceSkip('the delivered scripts off Windows', 'no PowerShell on the path, or this is Windows');

const languageModes = ['FullLanguage', 'ConstrainedLanguage'] as const;

const templates = await loadTemplates(templatesFolder);
const messages = await loadMessages(templatesFolder);
const render = createRenderer(templates, '0.0.0');
// Hostile texts reach the scripts of every target in the same way, so one target is enough for them.
const manual = targets.filter(({ id }) => id === 'manual');
const small = lower(hostilePack, manual, messages).map(render);
// Every other target is started as its channel does in channels.test.ts; it parses here.
const delivered = distinct(await renderRealPacks());
const isStarted = ({ packId, target }: UnsignedScript['plan']): boolean =>
  target === 'manual' || (target === 'intune-remediation' && packId === 'trendmicro-vbbss-acs');
const scripts = [...delivered.filter(({ plan }) => isStarted(plan)), ...small];

/** Calls a script as -File does, in a session of the given language mode. */
const caller = `param([string]$Path, [string]$Mode, [string]$OutDir)
$ExecutionContext.SessionState.LanguageMode = $Mode
if ($OutDir) { & $Path -OutDir $OutDir } else { & $Path }
exit $LASTEXITCODE
`;

const parser = `param([string]$Folder)
foreach ($file in Get-ChildItem -LiteralPath $Folder -Filter '*.ps1') {
    $tokens = $null
    $errors = $null
    $null = [System.Management.Automation.Language.Parser]::ParseFile($file.FullName, [ref]$tokens, [ref]$errors)
    foreach ($problem in $errors) { '{0}:{1} {2}' -f $file.Name, $problem.Extent.StartLineNumber, $problem.Message }
}
`;

interface Answer {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly left: readonly string[];
}

let folder = '';
const fileOf = (path: string): string => join(folder, 'scripts', path.replaceAll('/', '_'));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'psmint-off-windows-'));
  await mkdir(join(folder, 'scripts'));
  await writeFile(join(folder, 'call.ps1'), caller);
  await writeFile(join(folder, 'parse.ps1'), parser);
  for (const { path, bytes } of [...delivered, ...small]) await writeFile(fileOf(path), bytes);
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Runs a script in an empty folder and says what is in it afterwards. */
async function run(path: string, mode: string, withReport = false): Promise<Answer> {
  const empty = await mkdtemp(join(folder, 'run-'));
  const command = `Set-Location -LiteralPath '${empty}'; & '${join(folder, 'call.ps1')}' '${fileOf(path)}' '${mode}' '${withReport ? empty : ''}'; exit $LASTEXITCODE`;
  const args = ['-NoProfile', '-NonInteractive', '-Command', command];
  const { exitCode, stdout, stderr } = await runTool(shell ?? '', args, { timeoutMs: 60_000 });
  return { exitCode, stdout, stderr, left: await readdir(empty) };
}

const cases = scripts.flatMap((script) => languageModes.map((mode) => [script.path, mode, script] as const));

describe.skipIf(shell === undefined)('a delivered script off Windows', () => {
  it('parses without an error, like every other', async () => {
    const args = ['-NoProfile', '-NonInteractive', '-File', join(folder, 'parse.ps1'), join(folder, 'scripts')];
    const { exitCode, stdout, stderr } = await runTool(shell ?? '', args, { timeoutMs: 60_000 });
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  });

  it.each(languageModes)('is really called in %s', async (mode) => {
    await writeFile(
      fileOf('probe.ps1'),
      '"$($ExecutionContext.SessionState.LanguageMode)"; try { [Math]::Abs(-1) } catch { 0 }',
    );
    const { stdout } = await run('probe.ps1', mode);
    expect(stdout.trim().split(/\s+/)).toEqual([mode, mode === 'FullLanguage' ? '1' : '0']);
  });

  it.each(cases)('%s in %s could not tell, and leaves nothing behind', async (_, mode, script) => {
    const { exitCode, stdout, stderr, left } = await run(script.path, mode);
    const { plan } = script;
    const summary = stdout.trimEnd().split('\n').at(-1) ?? '';
    expect(summary).toMatch(new RegExp(`^PSMINT ${plan.script} unknown pack=${plan.packId}@`));
    for (const { id } of plan.rules) expect(summary).toContain(` ${id}=unknown`);
    expect(summary).toMatch(/^[ -~]{1,2048}$/);
    expect(summary).toMatch(/ \| .+/);
    expect({ exitCode, stderr, left }).toEqual({ exitCode: plan.exitCodes.unknown, stderr: '', left: [] });
  });

  const failures = [
    ['throw "line one`r`nline two $([char]0x8a3c)"', 'line one??line two ? at line '],
    ['$nothing.Name', 'VariableIsUndefined at line '],
    ["Get-Item -LiteralPath '/not/there'", 'PathNotFound,Microsoft.PowerShell.Commands.GetItemCommand at line '],
  ] as const;

  it.each(failures.flatMap(([code, said]) => languageModes.map((mode) => [code, mode, said] as const)))(
    'that fails itself (%s, %s) says so in one line of ASCII and exits with 1',
    async (code, mode, said) => {
      const failing = withFunction(templates, 'Get-Verdict', `function Get-Verdict {\n    ${code}\n}`);
      const broken = lower(hostilePack, manual, messages).map(createRenderer(failing, '0.0.0'))[0]!;
      await writeFile(fileOf('broken.ps1'), broken.bytes);
      const { exitCode, stdout, stderr, left } = await run('broken.ps1', mode);
      const head = 'PSMINT check unknown pack=hostile-pack@1.2.3 | script error: ';
      expect(stdout.replace(/\d+\r?\n$/, '')).toBe(`${head}${said}`);
      expect({ exitCode, stderr, left }).toEqual({ exitCode: 1, stderr: '', left: [] });
    },
  );

  it.each(languageModes)('a report in %s writes three files where it is told to', async (mode) => {
    const reports = scripts.filter(({ plan }) => plan.script === 'report' && plan.target === 'manual');
    for (const script of reports) {
      const { exitCode, stderr, left } = await run(script.path, mode, true);
      expect({ exitCode, stderr }).toEqual({ exitCode: 12, stderr: '' });
      expect(left.map((name) => basename(name).replace(/^.*\./, '')).sort()).toEqual(['csv', 'html', 'json']);
    }
  });
});
