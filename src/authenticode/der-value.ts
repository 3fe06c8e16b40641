import { tags, type DerNode } from './der.ts';
import { FormatError } from './format-error.ts';

/** Reads the children of one element in order. Every function throws FormatError when the next child does not fit. */
export interface Cursor {
  /** The next child, which must have this tag. */
  take(tag: number): DerNode;
  takeAny(): DerNode;
  /** The next child if it has this tag. */
  optional(tag: number): DerNode | undefined;
  /** All that is left. */
  rest(): readonly DerNode[];
  /** There must be nothing left. */
  end(): void;
}

/** `name` is what the element is called in messages, for example `SignerInfo`. */
export function fieldsOf(node: DerNode, name: string, tag: number = tags.sequence): Cursor {
  expectTag(node, tag, name);
  let index = 0;
  const next = (): DerNode => {
    const child = node.children[index];
    if (child === undefined) throw new FormatError(`${name} ends too early.`);
    index += 1;
    return child;
  };
  return {
    take: (wanted) => expectTag(next(), wanted, `A part of ${name}`),
    takeAny: next,
    optional: (wanted) => (node.children[index]?.tag === wanted ? next() : undefined),
    rest: () => node.children.slice(index),
    end: () => {
      if (index !== node.children.length) throw new FormatError(`${name} holds more than it should.`);
    },
  };
}

export function expectTag(node: DerNode, tag: number, name: string): DerNode {
  if (node.tag !== tag) throw new FormatError(`${name} has the wrong type.`);
  return node;
}

/** The one child of an element such as `[0] EXPLICIT`. */
export function onlyChild(node: DerNode, name: string): DerNode {
  const [child] = node.children;
  if (child === undefined || node.children.length !== 1)
    throw new FormatError(`${name} must hold exactly one element.`);
  return child;
}

export function readBoolean(node: DerNode): boolean {
  expectTag(node, tags.boolean, 'A BOOLEAN');
  const value = node.content.length === 1 ? node.content[0] : undefined;
  if (value !== 0x00 && value !== 0xff) throw new FormatError('A BOOLEAN is neither 00 nor FF.');
  return value === 0xff;
}

/** Two's complement content octets of an INTEGER in their shortest form. */
export function readInteger(node: DerNode): Buffer {
  expectTag(node, tags.integer, 'An INTEGER');
  const [first, second] = node.content;
  if (first === undefined) throw new FormatError('An INTEGER is empty.');
  const isPadded = second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80));
  if (isPadded) throw new FormatError('An INTEGER is not encoded minimally.');
  return node.content;
}

/** An INTEGER between 0 and 2^31-1. */
export function readSmallInteger(node: DerNode): number {
  const content = readInteger(node);
  if (content.length > 4 || content.readUInt8(0) >= 0x80) throw new FormatError('An INTEGER is out of range.');
  return content.readUIntBE(0, content.length);
}

export function readOid(node: DerNode): string {
  expectTag(node, tags.oid, 'An OBJECT IDENTIFIER');
  if (node.content.length === 0 || node.content.length > 64)
    throw new FormatError('An OBJECT IDENTIFIER has a bad length.');
  const arcs: bigint[] = [];
  let arc = 0n;
  let isFirst = true;
  for (const octet of node.content) {
    if (isFirst && octet === 0x80) throw new FormatError('An OBJECT IDENTIFIER is not encoded minimally.');
    arc = (arc << 7n) | BigInt(octet & 0x7f);
    isFirst = octet < 0x80;
    if (!isFirst) continue;
    arcs.push(arc);
    arc = 0n;
  }
  if (!isFirst) throw new FormatError('An OBJECT IDENTIFIER ends too early.');
  const [head = 0n, ...tail] = arcs;
  const root = head < 80n ? head / 40n : 2n;
  return [root, head - root * 40n, ...tail].join('.');
}

export function readOctets(node: DerNode): Buffer {
  return expectTag(node, tags.octetString, 'An OCTET STRING').content;
}

/** A BIT STRING of whole octets, as keys and signatures are. */
export function readBitOctets(node: DerNode): Buffer {
  expectTag(node, tags.bitString, 'A BIT STRING');
  if (node.content[0] !== 0) throw new FormatError('A BIT STRING does not consist of whole octets.');
  return node.content.subarray(1);
}

/** Numbers of the bits that are set in a named-bit BIT STRING (X.690 11.2: no trailing zero bits). */
export function readNamedBits(node: DerNode): ReadonlySet<number> {
  expectTag(node, tags.bitString, 'A BIT STRING');
  const [unused, ...octets] = node.content;
  const last = octets.at(-1);
  const isCanonical =
    unused !== undefined &&
    (last === undefined ? unused === 0 : unused < 8 && (last & ((2 << unused) - 1)) === 1 << unused);
  if (!isCanonical) throw new FormatError('A BIT STRING is not encoded canonically.');
  const set = octets.flatMap((octet, index) =>
    [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => octet & (0x80 >> bit)).map((bit) => index * 8 + bit),
  );
  return new Set(set);
}

const times: Readonly<Record<number, RegExp>> = {
  [tags.utcTime]: /^(?<year>\d\d)(?<month>\d\d)(?<day>\d\d)(?<hour>\d\d)(?<minute>\d\d)(?<second>\d\d)Z$/,
  // Fractions of a second are for timestamps (RFC 3161 2.4.2: no trailing zero).
  [tags.generalizedTime]:
    /^(?<year>\d{4})(?<month>\d\d)(?<day>\d\d)(?<hour>\d\d)(?<minute>\d\d)(?<second>\d\d)(?:\.(?<fraction>\d{0,8}[1-9]))?Z$/,
};

/** UTCTime or GeneralizedTime in the forms of RFC 5280 4.1.2.5 and RFC 3161, as milliseconds since 1970. */
export function readTime(node: DerNode): number {
  const text = node.content.toString('latin1');
  const parts = times[node.tag]?.exec(text)?.groups;
  if (parts === undefined) throw new FormatError('A time does not have the form that DER wants.');
  const { year = '', month = '', day = '', hour = '', minute = '', second = '', fraction = '0' } = parts;
  // RFC 5280 4.1.2.5.1: two-digit years 50 to 99 are 19xx.
  const century = year.length === 4 ? '' : Number(year) >= 50 ? '19' : '20';
  const iso = `${century}${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const time = Date.parse(`${iso}Z`);
  // Date.parse rolls 30 February over; a date that does not print back is none.
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 19) !== iso)
    throw new FormatError('A time does not exist.');
  return time + Math.floor(Number(`0.${fraction}`) * 1000);
}

/** AlgorithmIdentifier: the OID, and the parameters if there are any. */
export function readAlgorithm(node: DerNode): { readonly oid: string; readonly parameters: DerNode | undefined } {
  const fields = fieldsOf(node, 'AlgorithmIdentifier');
  const oid = readOid(fields.take(tags.oid));
  const [parameters, ...more] = fields.rest();
  if (more.length > 0) throw new FormatError('AlgorithmIdentifier holds more than it should.');
  return { oid, parameters };
}

/** AlgorithmIdentifier whose parameters are absent or NULL; `strict` wants the NULL. */
export function readPlainAlgorithm(node: DerNode, strict = false): string {
  const { oid, parameters } = readAlgorithm(node);
  const isNull = parameters?.tag === tags.null && parameters.content.length === 0;
  if (!isNull && (strict || parameters !== undefined))
    throw new FormatError(`Algorithm ${oid} has unexpected parameters.`);
  return oid;
}

/** Children of a SET OF, which DER wants in ascending order of their encodings (X.690 11.6). */
export function readSetOf(node: DerNode, name: string, tag: number = tags.set): readonly DerNode[] {
  expectTag(node, tag, name);
  if (!isSorted(node.children)) throw new FormatError(`${name} is not in DER order.`);
  return node.children;
}

export function isSorted(nodes: readonly DerNode[]): boolean {
  return nodes.every((node, index) => index === 0 || Buffer.compare(nodes[index - 1]?.raw ?? node.raw, node.raw) <= 0);
}
