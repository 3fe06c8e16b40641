import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadMessages } from '../../src/messages.ts';
import { createRenderer } from '../../src/render.ts';
import { loadTemplates } from '../../src/templates.ts';
import { runTool } from '../../src/tools.ts';
import { trustPlan } from '../../src/trust-kit.ts';
import { hostilePack } from '../support/hostile-pack.ts';
import { announceSkip, findShell } from '../support/pester.ts';
import { templatesFolder } from '../support/simulated.ts';
import { testPki } from '../support/test-ca.ts';

const shell = process.platform === 'win32' ? undefined : await findShell();
if (shell === undefined) announceSkip('install-trust.ps1 off Windows', 'no PowerShell on the path, or this is Windows');

const caller = `param([string]$Path, [string]$Mode)
$ExecutionContext.SessionState.LanguageMode = $Mode
& $Path
exit $LASTEXITCODE
`;

// Where there is no certificate store, the only right answer is that it could not tell.
describe.skipIf(shell === undefined)('install-trust.ps1 in a real PowerShell, off Windows', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'psmint-trust-'));
    const pki = testPki('trust run');
    const certificates = { chain: [pki.leaf.certificate, pki.intermediate.certificate], roots: [pki.root.certificate] };
    const render = createRenderer(await loadTemplates(templatesFolder), '9.9.9');
    const { bytes } = render(trustPlan(hostilePack, certificates, await loadMessages(templatesFolder)));
    await writeFile(join(folder, 'install-trust.ps1'), bytes);
    await writeFile(join(folder, 'caller.ps1'), caller);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(['FullLanguage', 'ConstrainedLanguage'])('could not tell, in one line (%s)', async (mode) => {
    const args = ['-NoProfile', '-NonInteractive', '-File', join(folder, 'caller.ps1')];
    const answer = await runTool(shell ?? '', [...args, join(folder, 'install-trust.ps1'), mode], {
      timeoutMs: 60_000,
    });
    expect(answer).toMatchObject({ exitCode: 12, stderr: '' });
    expect(answer.stdout).toMatch(
      /^PSMINT install-trust unknown pack=\S+ CA:[0-9A-F]{40}=unknown Root:[0-9A-F]{40}=unknown TrustedPublisher:[0-9A-F]{40}=unknown \| no certificate stores on this system\r?\n$/,
    );
  });
});
