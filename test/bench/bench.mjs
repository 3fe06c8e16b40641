// Prints the budgets as ratios that were measured in one run on this machine: absolute times say little about another one.
import { generateKeyPairSync, sign as rawSign } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const lib = (name) => import(new URL(`../../lib/${name}.js`, import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'psmint-bench-'));
const env = { ...process.env, PSMINT_HOME: join(work, 'home') };
const print = (name, value, budget) => process.stdout.write(`${name.padEnd(46)} ${value.padStart(12)}   ${budget}\n`);

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
async function time(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
const node = (...args) => spawnSync(process.execPath, args, { cwd: root, env, encoding: 'utf8' });

try {
  node('lib/cli.js', 'identity', 'create');
  const bare = median(await Promise.all([0, 0, 0].map(() => time(() => node('-e', '0')))));
  const builds = [];
  for (let i = 0; i < 3; i++)
    builds.push(await time(() => node('lib/cli.js', 'build', 'trendmicro-vbbss-acs', '--out', join(work, 'dist'))));
  print('full build of the first pack, all targets', `${Math.round(median(builds))} ms`, 'budget 1000 ms');
  print('full build / node -e 0', (median(builds) / bare).toFixed(1), '');

  const { readPacks, compile } = await lib('build');
  const { targets } = await lib('targets/index');
  const { sign } = await lib('sign');
  const { verify } = await lib('verify');
  const { openSigner } = await lib('signers/index');
  const request = { templatesFolder: join(root, 'templates'), toolVersion: '0.0.0', targets };
  const packs = (await readPacks([join(root, 'rules/trendmicro-vbbss-acs.json')], join(root, 'rules/schema'))).value;
  const scripts = (await compile({ ...request, packs })).value;
  const opened = (await openSigner(undefined, { home: env.PSMINT_HOME, env: {}, now: new Date() })).value;

  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 3072 });
  const raw = promisify(rawSign);
  // In turns of 100, so that what else the machine does hits both alike; processor time beside the clock for the same reason.
  const many = Array.from({ length: 100 }, (_, index) => scripts[index % scripts.length]);
  const processor = async (work) => {
    const before = process.cpuUsage();
    const wall = await time(work);
    const { user, system } = process.cpuUsage(before);
    return { wall, busy: user + system };
  };
  const turns = [];
  const residents = [];
  let signed = [];
  for (let turn = 0; turn < 50; turn++) {
    const rsa = await processor(() => Promise.all(many.map(() => raw('sha256', Buffer.alloc(200), privateKey))));
    const own = await processor(async () => {
      signed = [...signed.slice(-900), ...(await sign(many, opened.signer, { now: new Date() })).value];
    });
    turns.push({ wall: own.wall / rsa.wall, busy: own.busy / rsa.busy });
    residents.push(process.memoryUsage().rss / 1e6);
  }
  const ratio = (kind) => median(turns.slice(5).map((turn) => turn[kind])).toFixed(2);
  print('sign / raw RSA-3072, both on all cores', ratio('wall'), 'budget 1.15');
  print('the same in processor time', ratio('busy'), '');
  // Whatever the thousands after the first add on top is not given back.
  print(
    'memory that 4,000 more scripts to sign take',
    `${(residents[49] - residents[9]).toFixed(0)} MB`,
    'flat: below 50 MB',
  );

  const strict = { trust: opened.trust, at: new Date() };
  const files = verify(signed, strict).value;
  const rounds = [];
  for (let round = 0; round < 5; round++) {
    rounds.push((await time(() => verify(signed, strict))) / signed.length);
  }
  print('strict verify of a script', `${median(rounds).toFixed(2)} ms`, 'budget 2 ms');

  const { verifyPaths } = await lib('verify-paths');
  const many1000 = join(work, 'thousand');
  mkdirSync(many1000);
  for (let i = 0; i < 1000; i++) writeFileSync(join(many1000, `${i}.ps1`), files[i % files.length].bytes);
  const verifyAll = async (anyForm) => {
    let good = 0;
    const options = { trust: opened.trust, at: new Date(), anyForm };
    for await (const { problems } of verifyPaths([many1000], options)) good += problems.length === 0 ? 1 : 0;
    if (good !== 1000) throw new Error(`${1000 - good} of the files do not verify`);
  };
  await verifyAll(false);
  const before = process.memoryUsage().rss;
  const thousands = [];
  for (let round = 0; round < 5; round++) thousands.push(await time(() => verifyAll(false)));
  print('verify of 1,000 files in a folder, each', `${(median(thousands) / 1000).toFixed(2)} ms`, 'budget 2 ms');
  const growth = (process.memoryUsage().rss - before) / 1e6;
  print('memory that 5,000 more files take', `${growth.toFixed(0)} MB`, 'flat: below 50 MB');

  const { createForeignVerifier } = await lib('verify-foreign');
  const foreign = createForeignVerifier({ trust: opened.trust, at: new Date() });
  const foreignRounds = [];
  for (let round = 0; round < 5; round++) {
    const all = () => files.forEach(({ path, bytes }) => foreign.judge(path, foreign.read(path, bytes).value));
    foreignRounds.push((await time(all)) / files.length);
  }
  print('verify in any form of a script', `${median(foreignRounds).toFixed(2)} ms`, 'budget 2 ms');

  const { lower } = await lib('lower');
  const { loadMessages } = await lib('messages');
  const { createRenderer } = await lib('render');
  const { loadTemplates } = await lib('templates');
  const messages = await loadMessages(request.templatesFolder);
  const render = createRenderer(await loadTemplates(request.templatesFolder), '0.0.0');
  const compileAll = (all) => all.flatMap((pack) => lower(pack, targets, messages)).map(render);
  const withRules = (count) => {
    const [pack] = packs;
    const agent = pack.pack.rules.find((rule) => rule.id === 'VBBSS-AGENT');
    const rules = Array.from({ length: count }, (_, index) => ({ ...agent, id: `RULE-${index}` }));
    return { ...pack, pack: { ...pack.pack, rules } };
  };
  compileAll([withRules(10)]);
  const one = await time(() => compileAll([withRules(100)]));
  const thousand = await time(() => compileAll([withRules(1000)]));
  print('compile: 1,000 rules / 100 rules', (thousand / one).toFixed(1), 'linear is 10');
  const onePack = await time(() => compileAll(packs));
  const hundred = await time(() => compileAll(Array.from({ length: 100 }, () => packs[0])));
  print('compile: 100 packs / 1 pack', (hundred / onePack).toFixed(1), 'linear is 100');
  if (spawnSync('pwsh', ['-NoProfile', '-Command', 'exit 0']).status === 0) {
    const empty = join(work, 'empty.ps1');
    writeFileSync(empty, 'exit 0\r\n');
    const start = (file) => time(() => spawnSync('pwsh', ['-NoProfile', '-NonInteractive', '-File', file], { env }));
    const [bareStart, check] = [[], []];
    for (let round = 0; round < 7; round++) {
      bareStart.push(await start(empty));
      check.push(await start(join(work, 'dist/trendmicro-vbbss-acs/manual/check.ps1')));
    }
    print(
      'check.ps1 over an empty script (pwsh)',
      `${Math.round(median(check) - median(bareStart))} ms`,
      'budget 150 ms',
    );
    print('check.ps1 / an empty script (pwsh)', (median(check) / median(bareStart)).toFixed(1), '');
    // One start of PowerShell for all of them; what the start itself costs is the run of one machine.
    const testOf = (file) => node('lib/cli.js', 'test', '--machines', file, '--language', 'both', '--json');
    const single = join(work, 'machine.json');
    writeFileSync(single, JSON.stringify({ name: 'one', pack: packs[0].pack.id, machine: {}, expect: {} }));
    const alone = await time(() => testOf(single));
    let machines = [];
    const together = await time(() => {
      machines = JSON.parse(testOf(join(root, 'test/machines/windows-10-and-later.json')).stdout).machines;
    });
    const runs = machines.reduce((sum, { steps }) => sum + steps.length, 0);
    print(
      `a script on a simulated machine (of ${runs})`,
      `${Math.round((together - alone) / runs)} ms`,
      'budget 80 ms',
    );
  }
  print('memory after all that', `${Math.round(process.memoryUsage().rss / 1e6)} MB`, '');
} finally {
  rmSync(work, { recursive: true, force: true });
}
