import { sequence } from '../../src/authenticode/der-writer.ts';
import { parseDer, type DerNode } from '../../src/authenticode/der.ts';
import { encode, type Encoding } from '../support/foreign-signing.ts';

/** Whole numbers from 0 to below `limit`, the same for the same seed (mulberry32). */
export type Chance = (limit: number) => number;

export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

export const pick = <T>(chance: Chance, values: readonly T[]): T => values[chance(values.length)]!;

/** A signed file in parts that mutations understand. */
export interface Parts {
  readonly encoding: Encoding;
  readonly open: string;
  readonly close: string;
  /** Without byte order mark. */
  readonly body: string;
  readonly cms: Buffer;
}

export function partsOf(bytes: Buffer): Parts {
  const encoding = encodingOf(bytes);
  const text = decoded(bytes, encoding).replace(/^\ufeff/, '');
  const marker = /\r\n(# |<!-- |\/\* )SIG # Begin signature block( -->| \*\/|)\r\n/.exec(text)!;
  const [begin, open = '', close = ''] = marker;
  const lines = text
    .slice(marker.index + begin.length)
    .split('\r\n')
    .slice(0, -2);
  const base64 = lines.map((line) => line.slice(open.length, line.length - close.length)).join('');
  return { encoding, open, close, body: text.slice(0, marker.index), cms: Buffer.from(base64, 'base64') };
}

function encodingOf(bytes: Buffer): Encoding {
  const start = bytes.subarray(0, 3).toString('hex');
  if (start.startsWith('fffe')) return 'utf-16le';
  if (start.startsWith('feff')) return 'utf-16be';
  return start === 'efbbbf' ? 'utf-8' : 'ascii';
}

export function decoded(bytes: Buffer, encoding: Encoding): string {
  if (encoding === 'utf-16le') return bytes.toString('utf16le');
  if (encoding === 'utf-16be')
    return Buffer.from(bytes.subarray(0, bytes.length & ~1))
      .swap16()
      .toString('utf16le');
  return encoding === 'utf-8' ? bytes.toString('utf8') : bytes.toString('latin1');
}

function assemble({ open, close, body, cms, encoding }: Parts, width = 64, newline = '\r\n'): Buffer {
  const lines = cms.toString('base64').replace(new RegExp(`.{1,${width}}`, 'g'), `${open}$&${close}${newline}`);
  const marker = (word: string): string => `${open}SIG # ${word} signature block${close}${newline}`;
  return encode(`${body}${newline}${marker('Begin')}${lines}${marker('End')}`, encoding);
}

type Mutation = (bytes: Buffer, chance: Chance, other: Buffer) => Buffer;

/** One to three mutations of any file. */
export function mutateBytes(bytes: Buffer, chance: Chance): Buffer {
  let result = bytes;
  for (let left = 1 + chance(3); left > 0; left -= 1)
    result = pick(chance, [flipBytes, spliced])(result, chance, bytes);
  return result;
}

/** One to three mutations of a signed file; `other` is another signed file to take parts from. */
export function mutate(bytes: Buffer, chance: Chance, other: Buffer): Buffer {
  let result = bytes;
  for (let left = 1 + chance(3); left > 0; left -= 1) {
    try {
      result = pick(chance, mutations)(result, chance, other);
    } catch {
      // A file that is already broken cannot be taken apart any more; break it further as bytes.
      result = flipBytes(result, chance);
    }
  }
  return result;
}

const interesting = [0x00, 0x01, 0x0a, 0x0d, 0x1a, 0x20, 0x23, 0x30, 0x31, 0x7f, 0x80, 0x81, 0x84, 0xa0, 0xfe, 0xff];

function flipBytes(bytes: Buffer, chance: Chance): Buffer {
  const copy = Buffer.from(bytes);
  for (let left = 1 + chance(4); left > 0 && copy.length > 0; left -= 1) {
    copy[chance(copy.length)] = chance(2) === 0 ? pick(chance, interesting) : chance(256);
  }
  return copy;
}

const spliced: Mutation = (bytes, chance, other) => {
  const source = chance(2) === 0 ? bytes : other;
  const [at, from] = [chance(bytes.length + 1), chance(source.length + 1)];
  const inserted = source.subarray(from, from + chance(200));
  return Buffer.concat([bytes.subarray(0, at), inserted, bytes.subarray(at + chance(2) * chance(200))]);
};

const lineTexts = [
  '',
  '#',
  'exit',
  '# SIG # Begin signature block',
  '# SIG # End signature block',
  '\ufeff',
  '\0',
  '\x1a',
  '# AAAA',
];
const insertedLine: Mutation = (bytes, chance) => {
  const encoding = encodingOf(bytes);
  const lines = decoded(bytes, encoding).split('\r\n');
  lines.splice(chance(lines.length + 1), chance(2), pick(chance, lineTexts) + pick(chance, ['', '\n', '\r', ' ']));
  return encode(lines.join('\r\n').replace(/^\ufeff/, ''), encoding);
};

const otherEncoding: Mutation = (bytes, chance) => {
  const text = decoded(bytes, encodingOf(bytes)).replace(/^\ufeff/, '');
  const ends = pick(chance, ['\r\n', '\n', '\r', '\n\r', '\u2028']);
  return encode(text.replaceAll('\r\n', ends), pick(chance, ['ascii', 'utf-8', 'utf-16le', 'utf-16be'] as const));
};

const otherLayout: Mutation = (bytes, chance) =>
  assemble(partsOf(bytes), pick(chance, [1, 60, 64, 65, 76, 100_000]), pick(chance, ['\r\n', '\n', '\r\n\r\n']));

const trailing: Mutation = (bytes, chance) => {
  const tail = pick(chance, ['\r\n', '\n', '\0', '\x1a', ' ', 'exit', '# a', '\r\n\r\n', '\u00a0']);
  return Buffer.concat([bytes, encode(tail, encodingOf(bytes)).subarray(encode('', encodingOf(bytes)).length)]);
};

const otherCms: Mutation = (bytes, _, other) => assemble({ ...partsOf(bytes), cms: partsOf(other).cms });
const otherBody: Mutation = (bytes, _, other) => assemble({ ...partsOf(bytes), body: partsOf(other).body });
const changedDer: Mutation = (bytes, chance, other) => {
  const parts = partsOf(bytes);
  return assemble({ ...parts, cms: mutateDer(parts.cms, chance, partsOf(other).cms) });
};

const mutations: readonly Mutation[] = [
  flipBytes,
  flipBytes,
  (bytes, chance) => bytes.subarray(0, chance(bytes.length + 1)),
  spliced,
  insertedLine,
  otherEncoding,
  otherLayout,
  trailing,
  otherCms,
  otherBody,
  ...Array.from({ length: 12 }, () => changedDer),
];

function nodesOf(node: DerNode): DerNode[] {
  return [node, ...node.children.flatMap(nodesOf)];
}

const retagged = (tag: number, content: Buffer): Buffer =>
  Buffer.concat([Buffer.of(tag), sequence(content).subarray(1)]);

function exchanged(node: DerNode, target: DerNode, by: Buffer): Buffer {
  if (node === target) return by;
  if (node.children.length === 0) return node.raw;
  return retagged(node.tag, Buffer.concat(node.children.map((child) => exchanged(child, target, by))));
}

/** The file with other content in one element of its CMS. */
export function withElement(bytes: Buffer, { raw, tag }: DerNode, content: Buffer): Buffer {
  const parts = partsOf(bytes);
  const root = parseDer(parts.cms);
  const target = nodesOf(root).find((node) => node.raw.equals(raw))!;
  return assemble({ ...parts, cms: exchanged(root, target, retagged(tag, content)) });
}

/** One element of the DER exchanged for something wrong, with the lengths around it made right again. */
function mutateDer(cms: Buffer, chance: Chance, other: Buffer): Buffer {
  const root = parseDer(cms);
  const nodes = nodesOf(root);
  const target = pick(chance, nodes);
  const stranger = pick(chance, chance(2) === 0 ? nodes : nodesOf(parseDer(other)));
  const { tag, raw, content, children } = target;
  const shuffled = [...children].sort(() => chance(3) - 1).map((child) => child.raw);
  const edits: readonly (() => Buffer)[] = [
    () => stranger.raw,
    () => Buffer.alloc(0),
    () => Buffer.concat([raw, raw]),
    () => Buffer.concat([raw, stranger.raw]),
    () => retagged(chance(256), content),
    () => retagged(tag, Buffer.concat([content, stranger.raw])),
    () => retagged(tag, Buffer.concat(shuffled)),
    () => retagged(tag, Buffer.concat([...children.map((child) => child.raw), ...shuffled])),
    () => retagged(tag, flipBytes(content, chance)),
    () => retagged(tag, Buffer.alloc(chance(300), chance(256))),
    () => nested(raw, chance(100)),
    // Lengths: indefinite, not minimal, huge.
    () => Buffer.concat([Buffer.of(tag, 0x80), content, Buffer.alloc(2)]),
    () => Buffer.concat([Buffer.of(tag, 0x84), lengthOctets(content.length), content]),
    () => Buffer.concat([Buffer.of(tag, 0x84), lengthOctets(pick(chance, [0x7fffffff, 0xffffffff, 1 << 20])), content]),
    () => Buffer.concat([Buffer.of(tag | 0x1f, 0x81), raw.subarray(1)]),
  ];
  return exchanged(root, target, pick(chance, edits)());
}

function lengthOctets(length: number): Buffer {
  const octets = Buffer.alloc(4);
  octets.writeUInt32BE(length);
  return octets;
}

function nested(raw: Buffer, depth: number): Buffer {
  let result = raw;
  for (let level = 0; level < depth; level += 1) result = sequence(result);
  return result;
}
