import { Constructed, fromBER, type BaseBlock } from 'asn1js';
import { FormatError } from './format-error.ts';

/** One DER element. `raw` and `content` are views into the parsed bytes. */
export interface DerNode {
  /** Identifier octet, for example 0x30 for SEQUENCE; tag numbers over 30 are refused. */
  readonly tag: number;
  readonly raw: Buffer;
  readonly content: Buffer;
  /** Empty for primitive elements. */
  readonly children: readonly DerNode[];
}

/** Identifier octets (X.690 8.1.2). */
export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  utf8String: 0x0c,
  sequence: 0x30,
  set: 0x31,
  printableString: 0x13,
  teletexString: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  bmpString: 0x1e,
  /** [n] primitive */
  context: (n: number): number => 0x80 | n,
  /** [n] constructed */
  contextConstructed: (n: number): number => 0xa0 | n,
} as const;

/** What hostile input may cost at most; real signatures stay far below. */
export const derLimits = { bytes: 1 << 20, depth: 32, nodes: 10_000 } as const;

/**
 * Parses exactly one DER element. Refuses what DER refuses: indefinite and non-minimal lengths, constructed strings,
 * bytes after the element. Values of primitive elements are checked by the functions of der-value.ts that read them.
 * @throws FormatError
 */
export function parseDer(bytes: Buffer): DerNode {
  // The library recurses and copies, so it sees nothing that this loop has not bounded.
  assertBoundedStructure(bytes);
  const node = toNode(decode(bytes));
  if (node.raw.length !== bytes.length) throw new FormatError('The DER element does not fill its bytes.');
  return node;
}

interface Header {
  readonly tag: number;
  readonly start: number;
  readonly end: number;
}

function assertBoundedStructure(bytes: Buffer): void {
  if (bytes.length > derLimits.bytes) throw new FormatError(`The DER is longer than ${derLimits.bytes} bytes.`);
  const ends = [bytes.length];
  let offset = 0;
  for (let nodes = 1; ends.length > 0; nodes += 1) {
    const header = headerAt(bytes, offset, ends.at(-1) ?? 0);
    if (nodes > derLimits.nodes) throw new FormatError(`The DER has more than ${derLimits.nodes} elements.`);
    if ((header.tag & 0x20) !== 0) ends.push(header.end);
    if (ends.length > derLimits.depth)
      throw new FormatError(`The DER is nested deeper than ${derLimits.depth} levels.`);
    offset = (header.tag & 0x20) !== 0 ? header.start : header.end;
    while (ends.at(-1) === offset) ends.pop();
    if (ends.length === 1) throw new FormatError('There are bytes after the DER element.');
  }
}

function headerAt(bytes: Buffer, offset: number, limit: number): Header {
  if (offset + 2 > limit) throw new FormatError('The DER ends in the middle of an element.');
  const tag = bytes.readUInt8(offset);
  if ((tag & 0x1f) === 0x1f) throw new FormatError('The DER has a tag number over 30.');
  const isUniversal = (tag & 0xc0) === 0;
  const isSequenceOrSet = (tag & 0x1f) === 0x10 || (tag & 0x1f) === 0x11;
  if (isUniversal && tag === 0) throw new FormatError('The DER has an end-of-contents element.');
  if (isUniversal && isSequenceOrSet !== ((tag & 0x20) !== 0)) {
    throw new FormatError('The DER has a string in pieces, or a sequence that is primitive.');
  }
  const { length, size } = lengthAt(bytes, offset + 1, limit);
  const start = offset + 1 + size;
  if (length > limit - start) throw new FormatError('A DER length reaches beyond its element.');
  return { tag, start, end: start + length };
}

function lengthAt(bytes: Buffer, offset: number, limit: number): { length: number; size: number } {
  const first = bytes.readUInt8(offset);
  if (first < 0x80) return { length: first, size: 1 };
  const octets = first & 0x7f;
  if (octets === 0) throw new FormatError('The DER has an indefinite length.');
  if (octets > 4 || offset + 1 + octets > limit) throw new FormatError('A DER length reaches beyond its element.');
  const length = bytes.readUIntBE(offset + 1, octets);
  const minimal = length < 0x80 ? 0 : Math.ceil((32 - Math.clz32(length)) / 8);
  if (octets !== minimal) throw new FormatError('A DER length is not encoded minimally.');
  return { length, size: 1 + octets };
}

function decode(bytes: Buffer): BaseBlock {
  let decoded;
  try {
    // parseEmbedded would parse digests and signatures as if they could be DER.
    const { depth: maxDepth, nodes: maxNodes } = derLimits;
    decoded = fromBER(bytes, { parseEmbedded: false, copyInput: false, maxDepth, maxNodes });
  } catch {
    throw new FormatError('The DER has a value that cannot be decoded.');
  }
  if (decoded.offset !== bytes.length) throw new FormatError('The DER has a value that cannot be decoded.');
  return decoded.result;
}

// Encoding what the library understood must give the bytes back: nothing is hidden between its view and ours.
function toNode(block: BaseBlock): DerNode {
  const view = block.valueBeforeDecodeView;
  const raw = Buffer.from(view.buffer, view.byteOffset, view.byteLength);
  const { tagClass, tagNumber, isConstructed } = block.idBlock;
  const tag = ((tagClass - 1) << 6) | (isConstructed ? 0x20 : 0) | tagNumber;
  const children = block instanceof Constructed ? block.valueBlock.value.map(toNode) : [];
  const header = headerAt(raw, 0, raw.length);
  const content = raw.subarray(header.start, header.end);
  const encodes = tag === header.tag && header.end === raw.length && block.lenBlock.length === content.length;
  if (!encodes || !isFilledBy(content, children, isConstructed)) {
    throw new FormatError('The DER does not encode back to the same bytes.');
  }
  return { tag, raw, content, children };
}

function isFilledBy(content: Buffer, children: readonly DerNode[], isConstructed: boolean): boolean {
  if (!isConstructed) return children.length === 0;
  let offset = content.byteOffset;
  for (const child of children) {
    if (child.raw.byteOffset !== offset) return false;
    offset += child.raw.length;
  }
  return offset === content.byteOffset + content.length;
}
