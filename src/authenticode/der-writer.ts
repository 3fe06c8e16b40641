/** DER encodings (X.690) as buffers; values are ours, so a value that cannot be encoded is a bug and throws RangeError. */

function element(tag: number, ...parts: readonly Buffer[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([header(tag, length), ...parts]);
}

function header(tag: number, length: number): Buffer {
  if (length < 0x80) return Buffer.of(tag, length);
  const octets = Math.ceil((32 - Math.clz32(length)) / 8);
  const bytes = Buffer.alloc(2 + octets);
  bytes.writeUInt8(tag, 0);
  bytes.writeUInt8(0x80 | octets, 1);
  bytes.writeUIntBE(length, 2, octets);
  return bytes;
}

export const sequence = (...parts: readonly Buffer[]): Buffer => element(0x30, ...parts);
/** SET OF: sorted as DER wants it. */
export const setOf = (...parts: readonly Buffer[]): Buffer =>
  element(0x31, ...[...parts].sort((a, b) => Buffer.compare(a, b)));
/** `[n] EXPLICIT`, or `[n] IMPLICIT` of a constructed type whose children are `parts`. */
export const contextConstructed = (n: number, ...parts: readonly Buffer[]): Buffer => element(0xa0 | n, ...parts);
/** `[n] IMPLICIT` of a primitive type with these content octets. */
export const contextPrimitive = (n: number, content: Buffer): Buffer => element(0x80 | n, content);

export const octetString = (content: Buffer): Buffer => element(0x04, content);
/** BIT STRING of whole octets. */
export const bitOctets = (content: Buffer): Buffer => element(0x03, Buffer.of(0), content);
export const nullValue = (): Buffer => Buffer.of(0x05, 0x00);
export const boolean = (value: boolean): Buffer => Buffer.of(0x01, 0x01, value ? 0xff : 0x00);
export const utf8String = (text: string): Buffer => element(0x0c, Buffer.from(text, 'utf8'));

/** Big-endian UCS-2. */
export const bmpOctets = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

/** Named-bit BIT STRING with the given bits set; bits 0 to 7 only. */
export function namedBits(...bits: readonly number[]): Buffer {
  const octet = bits.reduce((sum, bit) => sum | (0x80 >> bit), 0);
  if (bits.some((bit) => bit > 7) || octet === 0) throw new RangeError('namedBits takes bits 0 to 7');
  return element(0x03, Buffer.of(31 - Math.clz32(octet & -octet), octet));
}

/** A non-negative INTEGER, from a number or from unsigned big-endian octets. */
export function integer(value: number | Buffer): Buffer {
  let octets = typeof value === 'number' ? unsignedOctets(value) : value;
  while (octets.length > 1 && octets[0] === 0) octets = octets.subarray(1);
  return octets.readUInt8(0) < 0x80 ? element(0x02, octets) : element(0x02, Buffer.of(0), octets);
}

function unsignedOctets(value: number): Buffer {
  const octets = Buffer.alloc(6);
  octets.writeUIntBE(value, 0, 6);
  return octets;
}

export function oid(dotted: string): Buffer {
  const [root = 0, second = 0, ...arcs] = dotted.split('.').map(Number);
  return element(0x06, ...[root * 40 + second, ...arcs].map(base128));
}

function base128(arc: number): Buffer {
  const septets = [arc % 128];
  for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) septets.unshift((rest % 128) | 0x80);
  return Buffer.from(septets);
}

/** AlgorithmIdentifier with NULL parameters. */
export const algorithm = (dotted: string): Buffer => sequence(oid(dotted), nullValue());

/** Time of a certificate: UTCTime through 2049, GeneralizedTime after (RFC 5280 4.1.2.5). */
export function time(date: Date): Buffer {
  const digits = date.toISOString().replace(/\D/g, '').slice(0, 14);
  const year = date.getUTCFullYear();
  if (year < 1950 || year > 9999) throw new RangeError('time takes the years 1950 to 9999');
  return year < 2050 ? element(0x17, Buffer.from(`${digits.slice(2)}Z`)) : element(0x18, Buffer.from(`${digits}Z`));
}
