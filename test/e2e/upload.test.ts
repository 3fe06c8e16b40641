import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { runTool, type ToolAnswer } from '../../src/tools.ts';
import { psmint } from '../support/in-process.ts';
import { signingFiles } from '../support/life.ts';
import { now, testPki } from '../support/test-ca.ts';
import { isInstalled } from '../support/tools.ts';

/** upload.sh of the Intune targets, with a service that plays Microsoft Graph. */
const isAble = isInstalled('curl', '--version') && isInstalled('sh', '-c') && process.platform !== 'win32';

const token = 'eyJ0eXAi.eyJhdWQi-OiJ_~+/=.signature';
const id = '0f8fad5b-d9cb-469f-a165-70867728950e';
const packs = ['trendmicro-vbbss-acs', 'microsoft-secure-boot-2023'];

let base: string;
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'psmint-upload-'));
  vi.useFakeTimers({ toFake: ['Date'], now });
  const { signer } = await signingFiles(base, testPki('upload'));
  const files = packs.map((name) => fileURLToPath(new URL(`../../rules/${name}.json`, import.meta.url)));
  const targets = ['intune-remediation', 'intune-compliance', 'intune-platform', 'intune-win32'];
  const args = [
    'build',
    ...files,
    ...targets.flatMap((target) => ['--target', target]),
    '--out',
    join(base, 'dist'),
    '--signer',
    signer,
  ];
  const built = await psmint(args, { home: join(base, 'home') });
  vi.useRealTimers();
  expect(built.code, built.err).toBe(0);
  // A curl that writes down what everybody on the computer could see of it.
  const spy = `#!/bin/sh\nprintf '%s\\n' "$@" >>"${base}/arguments"\nexec "$(PATH=$REAL_PATH command -v curl)" "$@"\n`;
  await mkdir(join(base, 'bin'));
  await writeFile(join(base, 'bin', 'curl'), spy);
  await chmod(join(base, 'bin', 'curl'), 0o755);
});
afterAll(() => rm(base, { recursive: true, force: true }));

interface Asked {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly authorization: string | undefined;
  readonly type: string | undefined;
  readonly body: Record<string, unknown>;
}
interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly text?: string;
}

let asked: Asked[] = [];
let replies: Reply[] = [];
let server: Server | undefined;
afterEach(async () => {
  const open = server;
  server = undefined;
  if (open !== undefined) await new Promise((done) => open.close(done));
  asked = [];
});

const made: Reply = { status: 201, text: JSON.stringify({ '@odata.context': 'x', id, displayName: 'x' }) };

/** Answers with one reply after the other, the last one again and again. */
async function graph(...given: readonly Reply[]): Promise<string> {
  replies = [...given];
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method, url, headers } = request;
      const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, unknown>;
      asked.push({ method, url, authorization: headers.authorization, type: headers['content-type'], body });
      const reply = replies.length > 1 ? replies.shift()! : replies[0]!;
      response.writeHead(reply.status, reply.headers).end(reply.text ?? '');
    });
  });
  await new Promise<void>((done) => server!.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const folderOf = (target: string, pack = packs[0]!): string => join(base, 'dist', pack, target);

function upload(
  url: string,
  args: readonly string[] = ['device-health-script.json'],
  { target = 'intune-remediation', pack = packs[0]!, env = {} } = {},
): Promise<ToolAnswer> {
  const path = process.env['PATH'] ?? '';
  const folder = folderOf(target, pack);
  const own = { GRAPH_URL: url, GRAPH_TOKEN: token, PATH: `${join(base, 'bin')}:${path}`, REAL_PATH: path };
  // The folder as a file that is started there: the names of bodies are those of the page.
  const line = 'cd "$FOLDER" && sh upload.sh "$@"';
  return runTool('sh', ['-c', line, 'sh', ...args], { timeoutMs: 60_000, env: { ...own, FOLDER: folder, ...env } });
}

const bodies = [
  ['intune-remediation', 'device-health-script.json', 'deviceHealthScripts', 'detectionScriptContent', 'check'],
  ['intune-remediation', 'device-health-script.json', 'deviceHealthScripts', 'remediationScriptContent', 'fix-cert'],
  ['intune-compliance', 'device-compliance-script.json', 'deviceComplianceScripts', 'detectionScriptContent', 'check'],
  ['intune-platform', 'device-management-script-check.json', 'deviceManagementScripts', 'scriptContent', 'check'],
  ['intune-platform', 'device-management-script-fix-cert.json', 'deviceManagementScripts', 'scriptContent', 'fix-cert'],
] as const;

describe.skipIf(!isAble)('upload.sh', () => {
  it.each(bodies)('of %s sends %s to %s: %s is the signed %s.ps1', async (target, file, collection, field, script) => {
    const answer = await upload(await graph(made), [file], { target });
    expect(answer).toMatchObject({ exitCode: 0, stdout: `POST ${id}\n`, stderr: '' });
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({
      method: 'POST',
      url: `/beta/deviceManagement/${collection}`,
      authorization: `Bearer ${token}`,
      type: 'application/json',
    });
    const sent = Buffer.from(String(asked[0]!.body[field]), 'base64');
    expect(sent.equals(await readFile(join(folderOf(target), `${script}.ps1`)))).toBe(true);
  });

  it('sends a detection alone where the pack repairs nothing', async () => {
    const options = { pack: packs[1]! };
    expect((await upload(await graph(made), undefined, options)).exitCode).toBe(0);
    expect(asked[0]?.body).not.toHaveProperty('remediationScriptContent');
  });

  it('replaces what has the id', async () => {
    const answer = await upload(await graph({ ...made, status: 200 }), ['device-health-script.json', id]);
    expect(answer).toMatchObject({ exitCode: 0, stdout: `PATCH ${id}\n` });
    expect(asked[0]).toMatchObject({ method: 'PATCH', url: `/beta/deviceManagement/deviceHealthScripts/${id}` });
  });

  it('replaces the rules of a Win32 app by the signed check.ps1 as its detection', async () => {
    const args = ['win32-lob-app-detection.json', id];
    const answer = await upload(await graph({ ...made, status: 200 }), args, { target: 'intune-win32' });
    expect(answer).toMatchObject({ exitCode: 0, stdout: `PATCH ${id}\n`, stderr: '' });
    expect(asked).toHaveLength(1);
    const { method, url, authorization, body } = asked[0]!;
    expect([method, url]).toEqual(['PATCH', `/beta/deviceAppManagement/mobileApps/${id}`]);
    expect(authorization).toBe(`Bearer ${token}`);
    const rules = body['rules'] as Record<string, unknown>[];
    expect(rules.map(({ ruleType }) => ruleType)).toEqual(['detection']);
    const signed = await readFile(join(folderOf('intune-win32'), 'check.ps1'));
    expect(Buffer.from(String(rules[0]!['scriptContent']), 'base64').equals(signed)).toBe(true);
  });

  it('gives the signed check.ps1 as a requirement rule too, with nothing to send where nothing is repaired', async () => {
    for (const pack of packs) {
      const folder = folderOf('intune-win32', pack);
      const rule = JSON.parse(await readFile(join(folder, 'win32-lob-app-requirement-rule.json'), 'utf8')) as object;
      expect(rule).toMatchObject({
        ruleType: 'requirement',
        scriptContent: (await readFile(join(folder, 'check.ps1'))).toString('base64'),
      });
    }
    await expect(readFile(join(folderOf('intune-win32', packs[1]), 'upload.sh'))).rejects.toThrow('ENOENT');
  });

  it.each([
    ['without its id', ['win32-lob-app-detection.json'], 'id of an app is needed'],
    ['by one rule alone', ['win32-lob-app-requirement-rule.json', id], 'is no app'],
  ])('does not touch a Win32 app %s', async (_, args, text) => {
    const { exitCode, stderr } = await upload(await graph(made), args, { target: 'intune-win32' });
    expect(exitCode).toBe(1);
    expect(stderr).toContain(text);
    expect(asked).toEqual([]);
  });

  it('gives the token to nobody but the service', async () => {
    await rm(join(base, 'arguments'), { force: true });
    const answer = await upload(await graph({ status: 403, text: '{"error":{"code":"Forbidden"}}' }));
    const seen = await readFile(join(base, 'arguments'), 'utf8');
    expect(seen).toContain('--config');
    expect(`${seen}${answer.stdout}${answer.stderr}`).not.toContain(token);
  });

  it.each([
    ['400', 1],
    ['401', 1],
    ['403', 1],
    ['404', 1],
    ['302', 1],
    ['500', 2],
    ['503', 2],
  ])('asks once, and ends with what Graph says, for %s', async (status, code) => {
    const text = `{"error":{"code":"Because","message":"\u001b[31mred\u0007 証明書 ${'x'.repeat(2000)}"}}`;
    const reply = { status: Number(status), text, headers: { Location: 'http://127.0.0.1:1/' } };
    const { exitCode, stdout, stderr } = await upload(await graph(reply));
    expect({ exitCode, stdout }).toEqual({ exitCode: code, stdout: '' });
    expect(asked).toHaveLength(1);
    expect(stderr).toMatch(new RegExp(`^Graph answered ${status}: .*Because[ -~\\n]*$`));
    expect(stderr.includes('before you try again')).toBe(code === 2);
    expect(stderr.length).toBeLessThan(800);
  });

  it('waits as long as Graph says and asks again, five times at most', async () => {
    const busy = { status: 429, headers: { 'Retry-After': '0' } };
    const started = Date.now();
    const slow = { status: 429, headers: { 'Retry-After': '1' } };
    expect(await upload(await graph(busy, slow, made))).toMatchObject({ exitCode: 0, stdout: `POST ${id}\n` });
    expect(Date.now() - started).toBeGreaterThan(900);
    expect(asked).toHaveLength(3);
    server?.close();
    asked = [];
    const { exitCode, stderr } = await upload(await graph(busy));
    expect([exitCode, asked.length]).toEqual([1, 5]);
    expect(stderr).toContain('Graph answered 429');
  });

  it('does not know what was done when the service is not there', async () => {
    const { exitCode, stderr } = await upload('http://127.0.0.1:9');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('before you try again');
  });

  it.each([
    ['no body', [], {}, 'Usage'],
    ['too much', ['device-health-script.json', id, 'more'], {}, 'Usage'],
    ['a file that is not there', ['other.json'], {}, 'no file other.json'],
    ['an id that is none', ['device-health-script.json', '../users'], {}, 'An id has'],
    ['no token', undefined, { GRAPH_TOKEN: '' }, 'GRAPH_TOKEN is empty'],
    [
      'a token with a line in it',
      undefined,
      { GRAPH_TOKEN: 'a"\nurl = "http://127.0.0.1/' },
      'GRAPH_TOKEN is no token',
    ],
    ['a service without encryption', undefined, { GRAPH_URL: 'http://graph.example' }, 'GRAPH_URL has to be'],
    ['a service with a path', undefined, { GRAPH_URL: 'https://graph.example/x?y' }, 'GRAPH_URL has to be'],
    ['a service with somebody in it', undefined, { GRAPH_URL: 'https://a@graph.example' }, 'GRAPH_URL has to be'],
  ] as const)('refuses %s before it asks', async (_, args, env, text) => {
    const url = await graph(made);
    const { exitCode, stderr } = await upload(url, args, { env });
    expect(exitCode).toBe(1);
    expect(stderr).toContain(text);
    expect(stderr).not.toContain('url =');
    expect(asked).toEqual([]);
  });
});
