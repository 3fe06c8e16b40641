import { FormatError } from './format-error.ts';

/** A signed script in its two parts. */
export interface SignatureBlock {
  /** What the signature covers: everything before the line end that belongs to the block. One character per byte. */
  readonly body: string;
  /** DER of the CMS. */
  readonly cms: Buffer;
}

/** Largest script that is looked at, bytes. Scripts that run are far smaller. */
export const maximumScriptSize = 8 << 20;

const begin = '\r\n# SIG # Begin signature block\r\n';
const end = '# SIG # End signature block\r\n';
const lineLength = 64;

/**
 * Splits a script into body and signature. Exactly one form is a signature: CRLF, markers letter by letter, lines of 64
 * base64 characters, nothing after the end marker (Windows and other tools tolerate more, and so let text hide there).
 * @returns undefined when nothing in the file looks like a signature
 * @throws FormatError when something does, but has another form
 */
export function readSignatureBlock(bytes: Buffer): SignatureBlock | undefined {
  if (bytes.length > maximumScriptSize) throw new FormatError(`The file is larger than ${maximumScriptSize} bytes.`);
  const text = bytes.toString('latin1');
  const traces = tracesOfMarkers(text);
  if (traces === 0) return undefined;
  if (/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/.test(text)) throw new FormatError('The file has a byte order mark.');
  const start = text.indexOf(begin);
  if (start < 0)
    throw new FormatError('The begin marker of the signature block is missing, changed, or not on a CRLF line.');
  if (traces > 2) throw new FormatError('There is more than one signature block.');
  if (!text.endsWith(end)) throw new FormatError('The file does not end with the end marker of the signature block.');
  const lines = text.slice(start + begin.length, -end.length);
  return { body: text.slice(0, start), cms: readBase64Lines(lines) };
}

// In UTF-16 zero bytes stand between the characters, so a trace is found in any encoding.
const spaced = (words: string): string => words.split('').join('\\0*');
const trace = new RegExp(
  `${spaced('SIG # ')}\\0*(?:${spaced('Begin')}|${spaced('End')})\\0*${spaced(' signature block')}`,
  'gi',
);

/** How often the text speaks of a marker of a signature block, in any form. */
export function tracesOfMarkers(text: string): number {
  return text.match(trace)?.length ?? 0;
}

/** CMS out of the lines of a block: CRLF, 64 characters, each between `open` and `close`. @throws FormatError */
export function readBase64Lines(text: string, open = '# ', close = ''): Buffer {
  const lines = text.split('\r\n');
  const last = lines.pop();
  const frame = open.length + close.length;
  const full = lineLength + frame;
  const isFull = (line: string, index: number): boolean =>
    line.length === full || (index === lines.length - 1 && line.length > frame && line.length < full);
  const isLine = (line: string, index: number): boolean =>
    line.startsWith(open) && line.endsWith(close) && isFull(line, index);
  if (last !== '' || !lines.every(isLine)) {
    throw new FormatError(`The signature block is not made of lines of ${lineLength} base64 characters.`);
  }
  const base64 = lines.map((line) => line.slice(open.length, line.length - close.length)).join('');
  const cms = Buffer.from(base64, 'base64');
  // Buffer.from skips what is not base64; only canonical base64 comes back the same.
  if (cms.toString('base64') !== base64) throw new FormatError('The signature block is not canonical base64.');
  return cms;
}

/** True for the only text whose digest is the same on every machine: ASCII without control characters, CRLF line ends. */
export function isPortableText(body: string): boolean {
  return !/[^\t\r\n -~]|\r(?!\n)|(?<!\r)\n/.test(body);
}
