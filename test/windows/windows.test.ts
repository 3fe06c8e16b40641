import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { X509Certificate } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { parseSource } from '../../src/source.ts';
import { runTool } from '../../src/tools.ts';
import { createValidator } from '../../src/validate.ts';
import { runCli } from '../support/cli.ts';
import { announceSkip } from '../support/pester.ts';
import { schemaFolder } from '../support/simulated.ts';
import { openSuite, type WindowsAnswer } from './suite.ts';

// The functions and the signed scripts on a real Windows. PSMINT_WINDOWS_SHELL names the PowerShell: powershell or pwsh on
// Windows, or a command that starts one elsewhere and sees the temporary folder of this system under the same path.

const shell = process.env['PSMINT_WINDOWS_SHELL'] ?? '';
if (shell === '') announceSkip('the suite on a real Windows', 'PSMINT_WINDOWS_SHELL names no PowerShell');

const lastFile = '99-nothing-left.ps1';
const files = readdirSync(new URL('cases/', import.meta.url)).filter((name) => name !== lastFile);
const suite = shell === '' ? undefined : await openSuite(shell);
const answers = new Map<string, WindowsAnswer>();
// One after the other, each in a process of its own: what one leaves in a store, the next one finds there.
for (const file of suite === undefined ? [] : files.sort()) answers.set(file, await suite!.runCases(file));
const [first] = answers.values();
const has = (needs: readonly string[]): boolean => needs.every((need) => first?.has[need] === true);
const lacking = (needs: readonly string[]): string => needs.filter((need) => first?.has[need] !== true).join(', ');

/** A test that is skipped by name where the host lacks what it needs. */
function onWindows(name: string, needs: readonly string[], test: () => Promise<void>): void {
  if (has(needs)) it(name, test, 300_000);
  else it.skip(`${name} (this host lacks ${lacking(needs)})`, test);
}

afterAll(async () => {
  await suite?.close();
});

for (const [file, { host, cases }] of answers) {
  describe(`${file} (${host})`, () => {
    for (const { name, needs, state, message } of cases) {
      if (state === 'skipped') it.skip(`${name} (this host lacks ${message})`, () => undefined);
      else
        it(`${name}${needs.length > 0 ? ` (needs ${needs.join(', ')})` : ''}`, () => {
          expect(message).toBe('');
        });
    }
  });
}

const packId = 'psmint-test-pack';
const ruleId = 'T-ROOT';

/** A pack of one rule: the throw-away root is installed. */
function writePack(folder: string, certificate: string): { readonly path: string; readonly sha1: string } {
  const small = JSON.parse(readFileSync(new URL('../support/small-pack.json', import.meta.url), 'utf8')) as {
    certificates: readonly object[];
    rules: readonly { readonly id: string }[];
  };
  const parsed = new X509Certificate(readFileSync(certificate));
  const sha1 = parsed.fingerprint.replaceAll(':', '');
  const sha256 = parsed.fingerprint256.replaceAll(':', '');
  const name = parsed.subject.replace(/^CN=/, '');
  const own = { id: 'ms-idv-root-2020', name, file: 'root.pem', store: 'Root', sha1, sha256 };
  const rules = small.rules.filter(({ id }) => id === ruleId);
  const path = join(folder, 'pack.json');
  writeFileSync(path, JSON.stringify({ ...small, id: packId, certificates: [own], rules }));
  return { path, sha1 };
}

interface ScriptAnswer {
  readonly exitCode: number;
  readonly line: string;
  readonly messageKey: string | undefined;
  readonly out: string;
}

/** What changes a store for a test: by .NET, in a process of its own, never by a function that is tested. */
const changeStore = (change: 'Add' | 'Remove', store: string, file: string): string =>
  [
    `$certificate = New-Object System.Security.Cryptography.X509Certificates.X509Certificate2 -ArgumentList '${file}'`,
    `$store = New-Object System.Security.Cryptography.X509Certificates.X509Store -ArgumentList '${store}', 'LocalMachine'`,
    `$store.Open('ReadWrite'); $store.${change}($certificate); $store.Close()`,
  ].join('; ');

describe.skipIf(suite === undefined)('the signed scripts', () => {
  if (suite === undefined) return;
  const { folder, certificate, run } = suite;
  const pack = writePack(folder, certificate);
  const home = join(folder, 'home');
  const dist = join(folder, 'dist');
  const built = runCli(['build', pack.path, '--target', 'manual', '--out', dist], { cwd: folder, home });
  const scriptPath = (script: string): string => join(dist, packId, 'manual', `${script}.ps1`);
  const trusted = (name: string): string => join(dist, packId, 'trust', name);
  const { validateAs } = createValidator(schemaFolder);
  let count = 0;

  async function runScript(
    script: string,
    switches: readonly string[] = [],
    start: (path: string, args: readonly string[]) => readonly string[] = (path, args) => ['-File', path, ...args],
  ): Promise<ScriptAnswer> {
    const file = join(folder, `answer-${++count}.json`);
    const answer = await run(start(scriptPath(script), ['-ReportPath', file, ...switches]));
    expect(answer.stderr).toBe('');
    const lines = answer.stdout.split(/\r?\n/).filter(Boolean);
    const report = parseSource(file, readFileSync(file, 'utf8').trim());
    const checked = validateAs('report.schema.json', report);
    expect(checked.ok ? [] : checked.diagnostics.map(({ message }) => message)).toEqual([]);
    const { findings } = JSON.parse(report.text) as { findings: readonly { id: string; messageKey: string }[] };
    const messageKey = findings.find(({ id }) => id === ruleId)?.messageKey;
    return { exitCode: answer.exitCode, line: lines.at(-1) ?? '', messageKey, out: answer.stdout };
  }

  const summary = (script: string, verdict: string, state: string): RegExp =>
    new RegExp(`^PSMINT ${script} ${verdict} pack=${packId}@1\\.0\\.0 ${ruleId}=${state} \\| [ -~]+$`);

  /** Runs a script and looks at everything that it promises. */
  async function expectAnswer(
    script: string,
    switches: readonly string[],
    [verdict, exitCode, state, messageKey]: readonly [string, number, string, string],
  ): Promise<void> {
    const answer = await runScript(script, switches);
    expect(answer).toMatchObject({ exitCode, messageKey });
    expect(answer.line).toMatch(summary(script, verdict, state));
  }

  const isMissing = ['fail', 10, 'fail', 'CERT_MISSING'] as const;
  const isThere = ['pass', 0, 'pass', 'CERT_PRESENT'] as const;

  it('are built and verify', () => {
    expect(built.code, built.err).toBe(0);
    expect(runCli(['verify', dist], { cwd: folder, home }).code).toBe(0);
  });

  onWindows('check says that the root is missing', [], () => expectAnswer('check', [], isMissing));

  onWindows('check says the same in ConstrainedLanguage', [], async () => {
    const full = await runScript('check');
    const constrained = await runScript('check', [], (path, args) => [
      '-Command',
      `$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'; & '${path}' ${args.join(' ')}; exit $LASTEXITCODE`,
    ]);
    expect({ ...constrained, out: '' }).toEqual({ ...full, out: '' });
  });

  onWindows('fix-cert -WhatIf says what it would do, and changes nothing', [], async () => {
    await expectAnswer('fix-cert', ['-WhatIf'], ['fail', 10, 'skipped', 'FIX_WHAT_IF']);
    await expectAnswer('check', [], isMissing);
  });

  onWindows('fix-cert -Rollback has nothing to take back', [], () =>
    expectAnswer('fix-cert', ['-Rollback'], isMissing),
  );

  const fixed = ['elevated', 'rights'];
  onWindows('fix-cert adds the root, and again does nothing', fixed, async () => {
    await expectAnswer('fix-cert', [], ['pass', 0, 'fixed', 'FIX_INSTALLED']);
    await expectAnswer('check', [], isThere);
    await expectAnswer('fix-cert', [], isThere);
  });

  onWindows('fix-cert -Rollback -WhatIf changes nothing, -Rollback takes exactly that back', fixed, async () => {
    await expectAnswer('fix-cert', ['-Rollback', '-WhatIf'], ['fail', 10, 'skipped', 'FIX_WHAT_IF_ROLLBACK']);
    await expectAnswer('check', [], isThere);
    await expectAnswer('fix-cert', ['-Rollback'], ['fail', 10, 'fail', 'FIX_ROLLED_BACK']);
    await expectAnswer('check', [], isMissing);
  });

  if (!has(['rights'])) {
    it('fix-cert adds nothing where it cannot write down what it adds', async () => {
      await expectAnswer(
        'fix-cert',
        [],
        ['fail', 10, 'fixFailed', first?.has['elevated'] === true ? 'FIX_FAILED' : 'FIX_NOT_ELEVATED'],
      );
      await expectAnswer('check', [], isMissing);
    }, 300_000);
  }

  /** The root came another way: it is found, and neither the fix nor its rollback touches it. */
  async function expectLeftAlone(add: string, remove: string): Promise<void> {
    expect(await run(['-Command', add])).toMatchObject({ exitCode: 0, stderr: '' });
    try {
      await expectAnswer('check', [], isThere);
      await expectAnswer('fix-cert', [], isThere);
      await expectAnswer('fix-cert', ['-Rollback'], isThere);
      await expectAnswer('check', [], isThere);
    } finally {
      await run(['-Command', remove]);
    }
    await expectAnswer('check', [], isMissing);
  }

  onWindows('a root that came by Group Policy is left alone', ['elevated'], () => {
    const key = `HKLM:\\SOFTWARE\\Policies\\Microsoft\\SystemCertificates\\Root\\Certificates\\${pack.sha1}`;
    return expectLeftAlone(
      `$null = New-Item -Path '${key}' -Force`,
      `Remove-Item -LiteralPath '${key}' -Recurse -Force`,
    );
  });

  onWindows('a root that somebody else added is left alone', ['elevated', 'lastingStores'], () =>
    expectLeftAlone(changeStore('Add', 'Root', certificate), changeStore('Remove', 'Root', certificate)),
  );

  onWindows('report writes three files where it is told to', [], async () => {
    const out = join(folder, 'reports');
    const answer = await runScript('report', ['-OutDir', out, '-Language', 'ja']);
    expect(answer).toMatchObject({ exitCode: 10, messageKey: 'CERT_MISSING' });
    expect(answer.line).toMatch(summary('report', 'fail', 'fail'));
    const names = readdirSync(out);
    expect(names.map((name) => name.replace(/^.*\./, '')).sort()).toEqual(['csv', 'html', 'json']);
    const page = readFileSync(join(out, names.find((name) => name.endsWith('.html')) ?? ''), 'utf8');
    expect(page).toContain('<html lang="ja"');
    expect(page).toContain(pack.sha1);
  });

  // Windows' own judgement of the signature: it runs under AllSigned once the signer is trusted, and not with one byte changed.
  onWindows(
    'run under AllSigned when their signer is trusted, and not when one byte is changed',
    ['elevated', 'authenticode'],
    async () => {
      const stores = [
        ['Root', trusted('root.cer')],
        ['TrustedPublisher', trusted('signer.cer')],
      ] as const;
      const allSigned = (path: string): Promise<Awaited<ReturnType<typeof runTool>>> =>
        runTool(shell, ['-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'AllSigned', '-File', path], {
          timeoutMs: 300_000,
        });
      try {
        for (const [store, file] of stores)
          expect(await run(['-Command', changeStore('Add', store, file)])).toMatchObject({ exitCode: 0, stderr: '' });
        expect((await allSigned(scriptPath('check'))).exitCode).toBe(10);
        const changed = join(folder, 'changed.ps1');
        writeFileSync(
          changed,
          readFileSync(scriptPath('check'), 'latin1').replace('exit $Plan', 'exit  $Plan'),
          'latin1',
        );
        expect((await allSigned(changed)).exitCode).toBe(1);
      } finally {
        for (const [store, file] of stores) await run(['-Command', changeStore('Remove', store, file)]);
      }
    },
  );

  it('nothing is left on the machine', async () => {
    // The folder of the record stays after a rollback; the keys only where a store forgets what was removed from it.
    const places = [
      `$env:ProgramData\\psmint\\${packId}`,
      ...['Root', 'CA'].map(
        (store) => `HKLM:\\SOFTWARE\\Microsoft\\SystemCertificates\\${store}\\Certificates\\${pack.sha1}`,
      ),
    ];
    const remove = places.map(
      (place) => `if (Test-Path -LiteralPath "${place}") { Remove-Item -LiteralPath "${place}" -Recurse -Force }`,
    );
    await run(['-Command', remove.join('; ')]);
    const { cases } = await suite.runCases(lastFile);
    expect(cases.map(({ name, message }) => [name, message])).toEqual(cases.map(({ name }) => [name, '']));
  }, 300_000);
});
