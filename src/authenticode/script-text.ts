import { isAscii } from 'node:buffer';
import { createHash } from 'node:crypto';
import { FormatError } from './format-error.ts';

/** `code-page`: characters outside ASCII and no byte order mark; what they are depends on the machine that reads them. */
export type ScriptEncoding = 'ascii' | 'utf-8' | 'utf-16le' | 'utf-16be' | 'code-page';

export interface ScriptText {
  readonly encoding: ScriptEncoding;
  /** With its byte order mark, as Windows hashes it; for `code-page` one character per byte. */
  readonly text: string;
}

/**
 * The text of a script as Windows reads it: by its byte order mark, of which UTF-8 and both kinds of UTF-16 are known
 * (PowerShell-OpenAuthenticode, whose tests run against Windows). Text that readers understand differently is refused.
 * @throws FormatError
 */
export function decodeScript(bytes: Buffer): ScriptText {
  const decoded = decode(bytes);
  // A reader in C ends at a NUL, others do not; no encoding that Windows runs has one.
  if (decoded.text.includes('\0')) throw new FormatError('The file has a NUL character.');
  return decoded;
}

function decode(bytes: Buffer): ScriptText {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return { encoding: 'utf-16le', text: utf16(bytes) };
  if (first === 0xfe && second === 0xff) {
    return { encoding: 'utf-16be', text: utf16(Buffer.from(bytes.subarray(0, bytes.length & ~1)).swap16(), bytes) };
  }
  if (first === 0xef && second === 0xbb && third === 0xbf) return { encoding: 'utf-8', text: utf8(bytes) };
  return { encoding: isAscii(bytes) ? 'ascii' : 'code-page', text: bytes.toString('latin1') };
}

function utf16(bytes: Buffer, original = bytes): string {
  const text = bytes.toString('utf16le');
  if (original.length % 2 !== 0 || /[\ud800-\udfff]/u.test(text)) throw new FormatError('The file is not UTF-16.');
  return text;
}

function utf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new FormatError('The file has a UTF-8 byte order mark, and is not UTF-8.');
  }
}

/** ANSI code pages of Windows by the names of the WHATWG Encoding Standard, and UTF-8, which Windows may guess. */
const codePages: readonly string[] = [
  ...[1252, 1250, 1251, 1253, 1254, 1255, 1256, 1257, 1258, 874].map((number) => `windows-${number}`),
  ...['shift_jis', 'gbk', 'euc-kr', 'big5', 'utf-8'],
];

/** Names of the code pages in which the text (one character per byte) has this digest as UTF-16LE. */
export function codePagesWithDigest(body: string, hash: string, digest: Buffer): readonly string[] {
  const bytes = Buffer.from(body, 'latin1');
  return codePages.filter((name) => {
    const text = new TextDecoder(name, { ignoreBOM: true }).decode(bytes);
    return createHash(hash).update(text, 'utf16le').digest().equals(digest);
  });
}
