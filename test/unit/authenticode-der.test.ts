import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { derLimits, parseDer, tags } from '../../src/authenticode/der.ts';
import * as value from '../../src/authenticode/der-value.ts';
import * as writer from '../../src/authenticode/der-writer.ts';
import { FormatError } from '../../src/authenticode/format-error.ts';
import { oids } from '../../src/authenticode/oids.ts';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');

/** Milliseconds that the refusal took. */
function refusalTime(bytes: Buffer): number {
  const start = performance.now();
  expect(() => parseDer(bytes)).toThrow(FormatError);
  return performance.now() - start;
}

function nested(depth: number): Buffer {
  let bytes: Buffer = Buffer.alloc(0);
  for (let level = 0; level < depth; level += 1) bytes = writer.sequence(bytes);
  return bytes;
}

describe('parseDer refuses', () => {
  it.each([
    ['nothing', ''],
    ['a tag alone', '30'],
    ['an indefinite length', '30 80 0500 0000'],
    ['an indefinite length inside', '30 04 3080 0000'],
    ['a length in the long form that fits the short', '04 81 01 00'],
    ['a length with leading zeros', `04 82 0080 ${'00'.repeat(128)}`],
    ['a length of 5 octets', '04 85 0000000001 00'],
    ['a length of 4 GB', '04 84 ffffffff'],
    ['a length of 127 octets', `04 ff ${'ff'.repeat(127)}`],
    ['a length beyond its parent', '30 03 04 02 00'],
    ['bytes after the element', '05 00 00'],
    ['bytes after a sequence', '30 00 05 00'],
    ['end-of-contents', '00 00'],
    ['a high tag number', '1f 81 01 00'],
    ['a string in pieces', '24 04 04 02 0000'],
    ['a constructed integer', '22 03 02 01 00'],
    ['a primitive sequence', '10 00'],
    ['a primitive set', '11 00'],
    ['a child without length', '30 01 05'],
  ])('%s', (_, bytes) => {
    expect(() => parseDer(hex(bytes))).toThrow(FormatError);
  });

  it('deep nesting, at once', () => {
    expect(refusalTime(nested(12_000))).toBeLessThan(100);
    expect(refusalTime(Buffer.alloc(500_000, 0x30))).toBeLessThan(100);
    expect(parseDer(nested(derLimits.depth - 1)).tag).toBe(tags.sequence);
    expect(() => parseDer(nested(derLimits.depth + 1))).toThrow(/nested deeper/);
  });

  it('very many elements and very long input, at once', () => {
    expect(refusalTime(writer.sequence(Buffer.alloc(100_000 * 2, Buffer.of(5, 0))))).toBeLessThan(500);
    expect(refusalTime(Buffer.alloc(derLimits.bytes + 1))).toBeLessThan(100);
  });

  it('everything that is random, with a FormatError and nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        try {
          const input = Buffer.from(bytes);
          expect(parseDer(input).raw.equals(input)).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('every changed byte of a real structure, or reads the changed bytes back', () => {
    const good = writer.sequence(
      writer.algorithm(oids.sha256),
      writer.octetString(Buffer.alloc(200, 1)),
      writer.integer(5),
    );
    for (let index = 0; index < good.length; index += 1) {
      for (let byte = 0; byte < 256; byte += 1) {
        const bytes = Buffer.from(good);
        bytes.writeUInt8(byte, index);
        try {
          expect(parseDer(bytes).raw.equals(bytes)).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
      }
    }
  });
});

describe('values', () => {
  const reads = (read: (node: ReturnType<typeof parseDer>) => unknown, bytes: string): unknown =>
    read(parseDer(hex(bytes)));

  it.each([
    ['a BOOLEAN of 01', value.readBoolean, '010101'],
    ['an empty BOOLEAN', value.readBoolean, '0100'],
    ['an empty INTEGER', value.readInteger, '0200'],
    ['an INTEGER with a leading zero', value.readInteger, '02020001'],
    ['an INTEGER with leading ones', value.readInteger, '0202ff80'],
    ['a negative small INTEGER', value.readSmallInteger, '0201ff'],
    ['a small INTEGER of five octets', value.readSmallInteger, '02050100000000'],
    ['an empty OID', value.readOid, '0600'],
    ['an OID with padding', value.readOid, '06032a8001'],
    ['an OID that stops', value.readOid, '06022a86'],
    ['a BIT STRING with a half octet', value.readBitOctets, '03020480'],
    ['an empty BIT STRING', value.readNamedBits, '0300'],
    ['named bits with trailing zeros', value.readNamedBits, '03020680'],
    ['named bits with set padding', value.readNamedBits, '03020781'],
    ['named bits in nine unused bits', value.readNamedBits, '03020980'],
    ['a time without seconds', value.readTime, '170b323630363135313230305a'],
    ['a time in a zone', value.readTime, '1711323630363135313230303030 2b30393030'],
    ['30 February', value.readTime, '170d3236303233303132303030305a'],
    ['a fraction with a trailing zero', value.readTime, '181132303236303631353132303030302e305a'],
  ])('refuses %s', (_, read, bytes) => {
    expect(() => reads(read, bytes)).toThrow(FormatError);
  });

  it('reads times', () => {
    expect(reads(value.readTime, '170d3439313233313233353935395a')).toBe(Date.parse('2049-12-31T23:59:59Z'));
    expect(reads(value.readTime, '170d3530303130313030303030305a')).toBe(Date.parse('1950-01-01T00:00:00Z'));
    expect(reads(value.readTime, '181332303530303130313030303030302e3132355a')).toBe(
      Date.parse('2050-01-01T00:00:00.125Z'),
    );
  });

  it('reads what the writer wrote', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(2 ** 30), { maxLength: 8 }),
        fc.nat(2 ** 31 - 1),
        fc.uint8Array({ minLength: 1, maxLength: 40 }),
        fc.date({ min: new Date('1950-01-01'), max: new Date('9999-01-01'), noInvalidDate: true }),
        (arcs, number, octets, date) => {
          const dotted = [2, 999, ...arcs].join('.');
          const unsigned = Buffer.from(octets);
          const node = parseDer(
            writer.sequence(
              writer.oid(dotted),
              writer.integer(number),
              writer.integer(unsigned),
              writer.octetString(unsigned),
              writer.bitOctets(unsigned),
              writer.time(date),
              writer.boolean(true),
            ),
          );
          const fields = value.fieldsOf(node, 'test');
          expect(value.readOid(fields.takeAny())).toBe(dotted);
          expect(value.readSmallInteger(fields.takeAny())).toBe(number);
          expect(BigInt(`0x${value.readInteger(fields.takeAny()).toString('hex')}`)).toBe(
            BigInt(`0x${unsigned.toString('hex')}`),
          );
          expect(value.readOctets(fields.takeAny())).toEqual(unsigned);
          expect(value.readBitOctets(fields.takeAny())).toEqual(unsigned);
          expect(value.readTime(fields.takeAny())).toBe(Math.floor(date.getTime() / 1000) * 1000);
          expect(value.readBoolean(fields.takeAny())).toBe(true);
          fields.end();
        },
      ),
    );
  });

  it('knows every length of length', () => {
    for (const length of [0, 1, 127, 128, 255, 256, 65_535, 65_536, 200_000]) {
      expect(parseDer(writer.octetString(Buffer.alloc(length))).content.length).toBe(length);
    }
  });

  it('sorts a SET OF and sees when it is not sorted', () => {
    const set = writer.setOf(writer.integer(300), writer.integer(2), writer.integer(1));
    expect(value.isSorted(parseDer(set).children)).toBe(true);
    expect(set.toString('hex')).toBe('310a0201010201020202012c');
    expect(() => value.readSetOf(parseDer(hex('3106 020102 020101')), 'test')).toThrow(/DER order/);
  });

  it('encodes named bits', () => {
    expect(writer.namedBits(0).toString('hex')).toBe('03020780');
    expect(writer.namedBits(5, 6).toString('hex')).toBe('03020106');
    expect(value.readNamedBits(parseDer(writer.namedBits(5, 6)))).toEqual(new Set([5, 6]));
  });
});
