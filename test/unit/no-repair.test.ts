import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { targetFor } from '../../src/targets/for-pack.ts';
import { targets } from '../../src/targets/index.ts';
import { contentsOf, type Answer } from '../support/cli.ts';
import { hostilePack, otherKindsPack } from '../support/hostile-pack.ts';
import { psmint } from '../support/in-process.ts';
import { signingFiles, type SigningFiles } from '../support/life.ts';
import { now, pem, testPki } from '../support/test-ca.ts';
import { startTsa, testTsa } from '../support/tsa.ts';

/** A pack without an automatic step: its bundle has no fix-cert, and nothing in it speaks of one. */
const id = 'microsoft-secure-boot-2023';
const pack = fileURLToPath(new URL(`../../rules/${id}.json`, import.meta.url));

let base: string;
let dist: string;
let files: SigningFiles;
const run = async (...args: readonly string[]): Promise<Answer> => {
  const answer = await psmint(args, { home: join(base, 'home') });
  expect(answer.code, answer.err).toBe(0);
  return answer;
};
const text = (...path: string[]): Promise<string> => readFile(join(dist, id, ...path), 'utf8');
const json = async (...path: string[]): Promise<Record<string, unknown>> =>
  JSON.parse(await text(...path)) as Record<string, unknown>;

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now });
  base = await mkdtemp(join(tmpdir(), 'psmint-no-repair-'));
  dist = join(base, 'dist');
  files = await signingFiles(base, testPki('no-repair'));
  await run('build', pack, '--out', dist, '--signer', files.signer);
});
afterAll(async () => {
  vi.useRealTimers();
  await rm(base, { recursive: true, force: true });
});

describe('the bundle of a pack that repairs nothing', () => {
  it('has the other scripts of every target', async () => {
    const scripts = Object.keys(contentsOf(dist)).filter((path) => path.endsWith('.ps1'));
    const wanted = targets.flatMap(({ id: target, scripts: names }) =>
      names.filter((name) => name !== 'fix-cert').map((name) => `${id}/${target}/${name}.ps1`),
    );
    expect(scripts.sort()).toEqual([...wanted, `${id}/trust/install-trust.ps1`].sort());
    expect(await text('..', 'manifest.json')).not.toContain('fix-cert');
  });

  it('speaks in no file of a script that is not there', async () => {
    for (const path of Object.keys(contentsOf(dist))) {
      // The functions that judge and answer are the same in every pack, and know the states of a repair.
      if (/\.ps1$|run-command-check\.json$/.test(path)) continue;
      const content = await readFile(join(dist, path), 'utf8');
      const found = /fix-?cert|fixFailed|-Rollback\b|psmint_fix|certutil/i.exec(content);
      expect(found?.[0], path).toBeUndefined();
    }
  });

  it('has companions that only read', async () => {
    expect(await json('intune-remediation', 'device-health-script.json')).not.toHaveProperty(
      'remediationScriptContent',
    );
    const lines = await text('configmgr-ci', 'create-configuration-item.txt');
    expect(lines).toContain('Remediate = $false');
    expect(lines).not.toContain('RemediationScript');
    const tasks = parseYaml(await text('ansible', 'tasks', 'main.yml')) as { block?: Record<string, unknown>[] }[];
    const inner = tasks.flatMap(({ block = [] }) => block);
    expect(inner.map(({ name }) => name)).toEqual(['Copy the signed scripts as they are', 'Check', 'Keep the answer']);
    expect(inner[0]).toMatchObject({ loop: ['check'] });
    expect(parseYaml(await text('ansible', 'defaults', 'main.yml'))).toEqual({
      psmint_execution_policy: 'AllSigned',
      psmint_fail_on: [10, 12],
    });
    expect(await json('aws-ssm', 'ssm-document.json')).toMatchObject({
      parameters: { Script: { default: 'check', allowedValues: ['check'] } },
    });
    const entries = JSON.parse(await text('tactical', 'community_scripts.json')) as { filename: string }[];
    expect(entries.map(({ filename }) => filename)).toEqual(['check.ps1']);
    expect((await text('level', 'runner.txt')).match(/\.ps1"/g)).toHaveLength(1);
    const all = Object.keys(contentsOf(dist));
    expect(all).not.toContain(`${id}/n-sight/runner.txt`);
  });

  it('verifies, is made again, takes a timestamp, and is signed in two steps', async () => {
    await run('verify', dist, '--trust', files.root);
    await run('build', pack, '--out', dist, '--signer', files.signer, '--check');
    const tsa = testTsa();
    const service = await startTsa(tsa, 'good');
    await writeFile(join(base, 'tsa.pem'), pem(tsa.root));
    const stamped = join(base, 'stamped');
    await cp(dist, stamped, { recursive: true });
    const stamps = ['--timestamp', service.url, '--timestamp-trust', join(base, 'tsa.pem')];
    await run('timestamp', stamped, '--trust', files.root, '--pack', pack, '--signer', files.signer, ...stamps);
    await service.close();

    const apart = join(base, 'apart');
    await run('build', pack, '--out', apart, '--unsigned');
    const [requests, answers] = [join(base, 'requests.json'), join(base, 'answers.json')];
    await run('digest', apart, '--pack', pack, '--certificate', files.chain, '--out', requests);
    await run('sign-requests', requests, '--signer', files.signer, '--out', answers);
    await run('attach', requests, answers);
    const { 'manifest.json.p7s': seal, ...direct } = contentsOf(dist);
    expect(seal).toBeDefined();
    expect(contentsOf(apart)).toEqual(direct);
  });
});

describe.each(targets.map((target) => [target.id, target] as const))('the target %s', (_, target) => {
  it('is the same for a pack that repairs', () => {
    expect(targetFor(target, hostilePack.pack)).toBe(target);
  });

  it('keeps steps, traps and a script for one that repairs nothing', () => {
    const own = targetFor(target, otherKindsPack.pack);
    expect(own.steps.length).toBeGreaterThan(0);
    expect(own.traps.length).toBeGreaterThan(0);
    expect(own.scripts.length).toBeGreaterThan(0);
    expect(own.scripts).not.toContain('fix-cert');
  });
});
