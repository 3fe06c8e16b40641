import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { algorithm } from '../../src/authenticode/der-writer.ts';
import { parseDer, type DerNode } from '../../src/authenticode/der.ts';
import { oids } from '../../src/authenticode/oids.ts';
import type { Result } from '../../src/diagnostic.ts';
import { openZip } from '../../src/file-tree/zip-tree.ts';
import { verifyPaths } from '../../src/verify-paths.ts';
import { zipOf } from '../support/zip.ts';
import { chanceFrom, decoded, mutate, mutateBytes, partsOf, pick, withElement, type Chance } from './mutate.ts';
import { foundSeeds, ownOptions, ownSeeds, sealOf, type Seed } from './seeds.ts';

// `npm run fuzz -- --minutes 10` sets these; the suite runs a slice. Signed files take most of the time, bundles the rest.
const total = Number(process.env['PSMINT_FUZZ_SECONDS'] ?? 2.5);
const seconds = { files: total * 0.8, bundles: total * 0.2 } as const;
const start = Number(process.env['PSMINT_FUZZ_SEED'] ?? 20260615);
const folder = process.env['PSMINT_FUZZ_SEEDS'];
/** A file may take this long on a busy machine, milliseconds. */
const slow = 2000;

const seeds = [...(await ownSeeds()), ...(folder === undefined ? [] : foundSeeds(folder))];

/** What must not change, found without the code under test. */
interface Essence {
  /** Text before the line end that belongs to the block, with its byte order mark; encodings of one text share a digest. */
  readonly head: string;
  /** Octets that the CMS must still hold: content, signed attributes, signature, certificate of the signer. */
  readonly relevant: readonly Buffer[];
}

function essenceOf({ path, bytes, foreign }: Seed): Essence {
  const read = foreign.read(path, bytes);
  if (!read.ok) throw new Error(`${path} is no seed`);
  const { data, signer } = read.value;
  return { head: headOf(bytes), relevant: [data.contentOctets, data.signedAttributes.raw, data.signature, signer.raw] };
}

// The last begin marker, in bytes: what is after it must be lines of base64 and the end marker, to the end of the file.
function headOf(bytes: Buffer): string {
  const { encoding, open, close } = partsOf(bytes);
  const unit = encoding.startsWith('utf-16') ? 2 : 1;
  const needle = Buffer.from(`\r\n${open}SIG # Begin signature block${close}\r\n`, unit === 2 ? 'utf16le' : 'latin1');
  const at = bytes.lastIndexOf(encoding === 'utf-16be' ? needle.swap16() : needle);
  const tail = decoded(bytes.subarray(at), encoding).split('\r\n').slice(2, -2);
  const isBlock = tail.every((line) =>
    /^[A-Za-z0-9+/=]{1,64}$/.test(line.slice(open.length, line.length - close.length)),
  );
  expect(isBlock && decoded(bytes, encoding).endsWith(`${open}SIG # End signature block${close}\r\n`)).toBe(true);
  return decoded(bytes.subarray(0, at), encoding);
}

const essences = new Map(seeds.map((seed) => [seed, essenceOf(seed)]));

/** undefined, or how an accepted mutant escapes. */
function escapeOf(mutant: Buffer, verifiedBy: Seed): string | undefined {
  const head = headOf(mutant);
  const { cms } = partsOf(mutant);
  const origin = seeds.find((seed) => {
    const essence = essences.get(seed)!;
    return essence.head === head && essence.relevant.every((part) => cms.includes(part));
  });
  return origin === undefined ? `accepted as if it were ${verifiedBy.path}` : undefined;
}

const rsa = algorithm(oids.rsaEncryption);
const rsaLong = algorithm(oids.rsaSha256);

/**
 * The same file with the one freedom that the strict verifier has to leave: services list the certificates of a timestamp in
 * any order and name RSA in two ways, and nothing signs either. Here they are sorted, and named in one way.
 */
function withPlainToken(bytes: Buffer): Buffer {
  const parts = partsOf(bytes);
  const root = parseDer(parts.cms);
  const token = tokenIn(root);
  if (token === undefined) return bytes;
  // What is written into a part is written into the whole: nodes are views.
  const fields = token.children[1]!.children[0]!.children;
  const certificates = fields.find(({ tag }) => tag === 0xa0);
  if (certificates) {
    Buffer.concat(certificates.children.map(({ raw }) => raw).sort((a, b) => Buffer.compare(a, b))).copy(
      certificates.content,
    );
  }
  const name = fields.at(-1)!.children[0]!.children[4]!.raw;
  if (name.equals(rsaLong)) rsa.copy(name);
  return Buffer.from(headOf(bytes) + root.raw.toString('hex'));
}

/** The RFC 3161 token of the first signer. */
function tokenIn(root: DerNode): DerNode | undefined {
  const signer = root.children[1]?.children[0]?.children.at(-1)?.children[0];
  const unsigned = signer?.children.find(({ tag }) => tag === 0xa1);
  return unsigned?.children[0]?.children[1]?.children[0];
}

interface Tally {
  files: number;
  refused: number;
  /** Accepted: the same file, or one whose bytes differ only where nothing is signed. */
  accepted: number;
  readonly codes: Map<string, number>;
  slowest: number;
}

function count(tally: Tally, result: Result<unknown>): void {
  if (result.ok) tally.accepted += 1;
  else tally.refused += 1;
  for (const { code } of result.ok ? [] : result.diagnostics) tally.codes.set(code, (tally.codes.get(code) ?? 0) + 1);
}

/** One mutant through both verifiers; throws when something escapes. */
function tryOne(chance: Chance, tally: Tally): void {
  const seed = seeds[chance(seeds.length)]!;
  const mutant = mutate(seed.bytes, chance, seeds[chance(seeds.length)]!.bytes);
  const begin = performance.now();
  const strict = seed.strict?.(seed.path, mutant);
  const read = seed.foreign.read(seed.path, mutant);
  const judged = read.ok ? seed.foreign.judge(seed.path, read.value) : read;
  tally.slowest = Math.max(tally.slowest, performance.now() - begin);
  tally.files += 1;
  count(tally, judged);
  const isKnown = seeds.some(({ bytes }) => bytes.equals(mutant));
  const isSame = (): boolean => seeds.some(({ bytes }) => withPlainToken(bytes).equals(withPlainToken(mutant)));
  const escape =
    strict?.ok === true && !isKnown && !isSame()
      ? 'accepted by the strict verifier'
      : judged.ok && !isKnown
        ? escapeOf(mutant, seed)
        : undefined;
  if (escape !== undefined) throw new Error(`${escape}: ${mutant.toString('base64')}`);
}

describe('mutants of signed files', () => {
  it(`end in a code, and in time (${seconds.files} s)`, { timeout: (total + 60) * 1000 }, () => {
    const tally: Tally = { files: 0, refused: 0, accepted: 0, codes: new Map(), slowest: 0 };
    const end = performance.now() + seconds.files * 1000;
    for (let round = 0; performance.now() < end; round += 1) {
      const seed = start + round;
      try {
        tryOne(chanceFrom(seed), tally);
      } catch (error) {
        throw new Error(`PSMINT_FUZZ_SEED=${seed} shows it again`, { cause: error });
      }
    }
    const codes = [...tally.codes].sort(([, a], [, b]) => b - a).map(([code, times]) => `${code} ${times}`);
    const memory = Math.round(process.memoryUsage().rss / 1e6);
    console.info(
      `fuzz: ${tally.files} mutants of ${seeds.length} files, ${tally.refused} refused, ${tally.accepted} accepted ` +
        `unchanged where it counts, slowest ${Math.round(tally.slowest)} ms, ${memory} MB; ${codes.join(', ')}`,
    );
    expect(tally.slowest).toBeLessThan(slow);
    expect(tally.refused).toBeGreaterThan(tally.accepted);
  });

  it('are seen when they escape', () => {
    const [first, stamped] = seeds;
    const changed = Buffer.from(first!.bytes);
    changed[5] = changed[5]! ^ 1;
    expect(escapeOf(changed, first!)).toMatch(/^accepted/);
    expect(withPlainToken(changed).equals(withPlainToken(first!.bytes))).toBe(false);
    const certificates = tokenIn(parseDer(partsOf(stamped!.bytes).cms))!.children[1]!.children[0]!.children[3]!;
    for (const [change, isSame] of [
      [[...certificates.children].reverse(), true],
      [certificates.children.slice(1), false],
    ] as const) {
      const other = withElement(stamped!.bytes, certificates, Buffer.concat(change.map(({ raw }) => raw)));
      expect(stamped!.strict!(stamped!.path, other).ok).toBe(isSame);
      expect(withPlainToken(other).equals(withPlainToken(stamped!.bytes))).toBe(isSame);
    }
  });
});

// A bundle of two strict files with its sealed manifest: as a folder in which the manifest or its signature is broken, or as
// a broken archive.
const content: Readonly<Record<string, Buffer>> = { 'p/a.ps1': seeds[0]!.bytes, 'p/b.ps1': seeds[1]!.bytes };
const manifest = Buffer.from(
  JSON.stringify({
    schemaVersion: 1,
    tool: { name: 'psmint', version: '0' },
    files: Object.entries(content).map(([path, bytes]) => ({
      path,
      pack: 'p',
      packVersion: '1.0.0',
      size: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex').toUpperCase(),
    })),
  }),
);

const sealed = { 'manifest.json': manifest, 'manifest.json.p7s': await sealOf(manifest) };

async function isAccepted(path: string): Promise<boolean> {
  let isGood = true;
  for await (const { problems } of verifyPaths([path], { ...ownOptions, anyForm: false }))
    isGood &&= problems.length === 0;
  return isGood;
}

/** Names and contents of an archive that verified; the manifest may say the same in other words. */
async function scriptsIn(path: string): Promise<Record<string, Buffer>> {
  const tree = await openZip(path);
  if (!tree.ok) throw new Error('accepted, and then not');
  const scripts: Record<string, Buffer> = {};
  for (const { name, read } of tree.value.files) {
    const bytes = await read(1 << 20);
    if (bytes.ok && /\.ps1$/.test(name)) scripts[name.replace(/^[^/]*\/p\//, 'p/')] = bytes.value;
  }
  tree.value.close();
  return scripts;
}

describe('mutants of bundles', () => {
  const folder = mkdtempSync(join(tmpdir(), 'psmint-fuzz-'));
  mkdirSync(join(folder, 'dist', 'p'), { recursive: true });
  const all = Object.entries({ ...content, ...sealed });
  const write = (name: string, bytes: Buffer): void => {
    writeFileSync(join(folder, name), bytes);
  };
  for (const [name, bytes] of all) write(join('dist', name), bytes);
  const zip = zipOf(all.map(([name, bytes]) => ({ name, content: bytes, deflated: true })));

  it('verify while nothing is broken', async () => {
    write('dist.zip', zip);
    for (const path of ['dist', 'dist.zip']) expect(await isAccepted(join(folder, path)), path).toBe(true);
  });

  it(`end in a code, and in time (${seconds.bundles} s)`, { timeout: (total + 60) * 1000 }, async () => {
    let [files, accepted, slowest] = [0, 0, 0];
    const end = performance.now() + seconds.bundles * 1000;
    for (let round = 0; performance.now() < end; round += 1) {
      const chance = chanceFrom(start + round);
      const name = pick(chance, ['dist.zip', 'dist.zip', 'manifest.json', 'manifest.json.p7s'] as const);
      const whole = name === 'dist.zip' ? zip : sealed[name];
      const mutant = mutateBytes(whole, chance);
      const path = join(folder, name === 'dist.zip' ? name : 'dist');
      write(name === 'dist.zip' ? name : join('dist', name), mutant);
      const begin = performance.now();
      const isGood = await isAccepted(path);
      slowest = Math.max(slowest, performance.now() - begin);
      if (name !== 'dist.zip') write(join('dist', name), whole);
      files += 1;
      if (!isGood) continue;
      accepted += 1;
      // An archive has bytes that nothing reads; what lies beside the scripts has none.
      if (name === 'dist.zip') expect(await scriptsIn(path), `PSMINT_FUZZ_SEED=${start + round}`).toEqual(content);
      else expect(mutant.equals(whole), `PSMINT_FUZZ_SEED=${start + round} in ${name}`).toBe(true);
    }
    console.info(`fuzz: ${files} mutants of bundles, ${accepted} accepted, slowest ${Math.round(slowest)} ms`);
    rmSync(folder, { recursive: true });
    expect(slowest).toBeLessThan(slow);
    expect(files).toBeGreaterThan(accepted);
  });
});
