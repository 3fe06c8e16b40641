import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lower } from '../../src/lower.ts';
import { loadMessages } from '../../src/messages.ts';
import { createRenderer } from '../../src/render.ts';
import { loadTemplates } from '../../src/templates.ts';
import type { BundleFile, VerifiedScript } from '../../src/script-plan.ts';
import { targets } from '../../src/targets/index.ts';
import type { Target } from '../../src/targets/target.ts';
import { acceptUnsigned } from '../../src/verify.ts';
import { hostilePack } from '../support/hostile-pack.ts';
import { templatesFolder } from '../support/simulated.ts';

const messages = await loadMessages(templatesFolder);
const render = createRenderer(await loadTemplates(templatesFolder), '0.0.0');

function scriptsFor(target: Target): readonly VerifiedScript[] {
  return acceptUnsigned(lower(hostilePack, [target], messages).map(render));
}

/** Everything that a new target needs besides its entry in src/targets/index.ts. */
describe.each(targets.map((target) => [target.id, target] as const))('the target %s', (id, target) => {
  it('has a file of its own and an output function', () => {
    expect(existsSync(new URL(`../../src/targets/${id}.ts`, import.meta.url)), `src/targets/${id}.ts`).toBe(true);
    const file = `functions/output/${target.answerCommand}.ps1`;
    expect(existsSync(join(templatesFolder, file)), `templates/${file} is missing`).toBe(true);
  });

  it('says everything in both languages', () => {
    const { title, bitness, executionPolicy, timeout, answer, steps, traps } = target;
    expect(steps.length).toBeGreaterThan(0);
    expect(traps.length).toBeGreaterThan(0);
    for (const text of [title, bitness, executionPolicy, timeout, answer, ...steps, ...traps]) {
      expect(text.en).toMatch(/\S/);
      expect(text.ja).toMatch(/\S/);
      expect(text.en).toMatch(/^[ -~]+$/);
    }
  });

  it('starts scripts with -File, so that an exit code arrives as it is', () => {
    expect(target.start).toMatch(/ -file /i);
  });

  it('gives no state but pass the code of pass, and none that would make a tool restart the machine', () => {
    const { pass, ...others } = target.exitCodes;
    expect(pass).toBe(0);
    for (const code of Object.values(others)) {
      expect(code).toBeGreaterThan(0);
      // 3010 and 1641 mean "restart me" to installers and to some management tools.
      expect([3010, 1641]).not.toContain(code);
    }
  });

  it('leaves room for the summary line', () => {
    expect(target.limits.answerCharacters).toBeGreaterThanOrEqual(2048);
  });

  it('puts its companions into its own folder, and makes the same ones again', () => {
    const companions = (): readonly BundleFile[] => target.companions(hostilePack, scriptsFor(target));
    const paths = companions().map(({ path }) => path);
    expect(paths.filter((path) => !path.startsWith(`hostile-pack/${id}/`))).toEqual([]);
    expect(new Set(paths).size).toBe(paths.length);
    expect(companions()).toEqual(companions());
  });
});

describe('the targets', () => {
  it('have ids of their own', () => {
    const ids = targets.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('are those that have an output function', () => {
    const functions = readdirSync(join(templatesFolder, 'functions/output')).filter((name) =>
      /^Write-\w+Answer\.ps1$/.test(name),
    );
    expect(functions.sort()).toEqual(targets.map(({ answerCommand }) => `${answerCommand}.ps1`).sort());
  });
});

describe('manual', () => {
  it('has a code for every verdict', () => {
    expect(targets.find(({ id }) => id === 'manual')?.exitCodes).toEqual({
      pass: 0,
      fail: 10,
      pendingReboot: 11,
      unknown: 12,
    });
  });
});

describe('intune-remediation', () => {
  const target = targets.find(({ id }) => id === 'intune-remediation')!;
  const scripts = scriptsFor(target);
  const files = new Map(target.companions(hostilePack, scripts).map(({ path, content }) => [path, content]));
  const textOf = (name: string): string => files.get(`hostile-pack/intune-remediation/${name}`)?.toString('utf8') ?? '';

  it('knows 0 and 1 alone: whatever is not pass takes the side that an admin looks at', () => {
    expect(target.exitCodes).toEqual({ pass: 0, fail: 1, pendingReboot: 1, unknown: 1 });
  });

  it('has a body for Graph that carries the bytes of the scripts', () => {
    const body = JSON.parse(textOf('device-health-script.json')) as Record<string, unknown>;
    const bytesOf = (script: string): string =>
      scripts.find(({ plan }) => plan.script === script)!.bytes.toString('base64');
    expect(body).toMatchObject({
      '@odata.type': '#microsoft.graph.deviceHealthScript',
      version: '1.2.3',
      runAsAccount: 'system',
      runAs32Bit: false,
      enforceSignatureCheck: false,
      detectionScriptContent: bytesOf('check'),
      remediationScriptContent: bytesOf('fix-cert'),
    });
  });

  it.each(['en', 'ja'])('explains the upload and each of its settings in %s', (language) => {
    const text = textOf(`upload.${language}.md`);
    const body = JSON.parse(textOf('device-health-script.json')) as Record<string, unknown>;
    for (const name of ['runAsAccount', 'runAs32Bit', 'enforceSignatureCheck']) {
      expect(text).toContain(`\`${name}\`: \`${String(body[name])}\``);
    }
    expect(text).toContain('check.ps1');
    expect(text).toContain('Restricted');
    // A title of several lines stays in its heading.
    expect(text.split('\n')[2]).toBe('hostile-pack 1.2.3');
  });

  it('takes a missing script for a bug', () => {
    expect(() => target.companions(hostilePack, [])).toThrow('bug in the compiler');
  });
});
