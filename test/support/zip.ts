import { crc32, deflateRawSync } from 'node:zlib';

/** An entry of a zip archive, right or wrong in the ways that a test wants. */
export interface ZipEntry {
  readonly name: string;
  readonly content: Buffer;
  readonly deflated?: boolean;
  /** General purpose flags; bit 0 is encryption (APPNOTE.TXT 4.4.4). */
  readonly flags?: number;
  readonly method?: number;
  readonly crc?: number;
  /** Size as the archive says. */
  readonly size?: number;
  /** Name where the data begins. */
  readonly localName?: string;
  /** Info-ZIP Unicode Path: the name for programs that know it. */
  readonly unicodeName?: string;
  /** Mode of the file on a Unix. */
  readonly mode?: number;
}

/** The bytes of a zip archive (APPNOTE.TXT 4.3). */
export function zipOf(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const data = entry.deflated === true ? deflateRawSync(entry.content) : entry.content;
    const local = Buffer.concat([header(entry, data, 'local'), Buffer.from(entry.localName ?? entry.name), data]);
    directory.push(header(entry, data, 'central', offset), Buffer.from(entry.name), extraOf(entry));
    locals.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, central, end]);
}

function extraOf({ name, unicodeName }: ZipEntry): Buffer {
  if (unicodeName === undefined) return Buffer.alloc(0);
  const head = Buffer.alloc(9);
  head.writeUInt16LE(0x7075, 0);
  head.writeUInt16LE(5 + Buffer.byteLength(unicodeName), 2);
  head.writeUInt8(1, 4);
  head.writeUInt32LE(crc32(Buffer.from(name)), 5);
  return Buffer.concat([head, Buffer.from(unicodeName)]);
}

function header(entry: ZipEntry, data: Buffer, kind: 'local' | 'central', offset = 0): Buffer {
  const name = Buffer.from(kind === 'local' ? (entry.localName ?? entry.name) : entry.name);
  const isCentral = kind === 'central';
  const bytes = Buffer.alloc(isCentral ? 46 : 30);
  const shift = isCentral ? 2 : 0;
  bytes.writeUInt32LE(isCentral ? 0x02014b50 : 0x04034b50, 0);
  if (isCentral) bytes.writeUInt16LE((3 << 8) | 20, 4);
  bytes.writeUInt16LE(20, 4 + shift);
  // Bit 11: names are UTF-8.
  bytes.writeUInt16LE((entry.flags ?? 0) | 0x800, 6 + shift);
  bytes.writeUInt16LE(entry.method ?? (entry.deflated === true ? 8 : 0), 8 + shift);
  bytes.writeUInt32LE(entry.crc ?? crc32(entry.content), 14 + shift);
  bytes.writeUInt32LE(data.length, 18 + shift);
  bytes.writeUInt32LE(entry.size ?? entry.content.length, 22 + shift);
  bytes.writeUInt16LE(name.length, 26 + shift);
  if (isCentral) {
    bytes.writeUInt16LE(extraOf(entry).length, 30);
    bytes.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 38);
    bytes.writeUInt32LE(offset, 42);
  }
  return bytes;
}
