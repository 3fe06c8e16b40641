import { FormatError } from './format-error.ts';
import { maximumScriptSize, readBase64Lines, tracesOfMarkers } from './read-signature-block.ts';
import { decodeScript, type ScriptEncoding } from './script-text.ts';

/** A signed file of PowerShell in its two parts, in any form that Windows reads. */
export interface ScriptBlock {
  readonly encoding: ScriptEncoding;
  /** What the signature covers, with the byte order mark; for `code-page` one character per byte. */
  readonly body: string;
  /** DER of the CMS. */
  readonly cms: Buffer;
}

/** How a kind of file writes a comment of one line. */
interface CommentStyle {
  readonly open: string;
  readonly close: string;
}

const scriptStyle: CommentStyle = { open: '# ', close: '' };
const xmlStyle: CommentStyle = { open: '<!-- ', close: ' -->' };
// By extension, as Windows chooses (PowerShell-OpenAuthenticode; the same in signed modules of Microsoft).
const styles: ReadonlyMap<string, CommentStyle> = new Map([
  ['ps1', scriptStyle],
  ['psm1', scriptStyle],
  ['psd1', scriptStyle],
  ['ps1xml', xmlStyle],
  ['psc1', xmlStyle],
  ['cdxml', xmlStyle],
  ['mof', { open: '/* ', close: ' */' }],
]);

// Windows drops dots and spaces at the end of a name.
const extensionOf = (path: string): string => /\.([^./\\]*?)[. ]*$/.exec(path)?.[1]?.toLowerCase() ?? '';

/** True for the files whose signature PowerShell looks at. */
export function isSignable(path: string): boolean {
  return styles.has(extensionOf(path));
}

/**
 * Splits a file into body and signature. Everything outside the signature is body, and so is hashed: the block is the last
 * thing in the file, there is one, and it is made of base64 lines alone. An LF file has no signature for Windows.
 * @returns undefined when nothing in the file looks like a signature
 * @throws FormatError when something does, but has another form
 */
export function readScriptBlock(path: string, bytes: Buffer): ScriptBlock | undefined {
  if (bytes.length > maximumScriptSize) throw new FormatError(`The file is larger than ${maximumScriptSize} bytes.`);
  const { encoding, text } = decodeScript(bytes);
  if (tracesOfMarkers(text) === 0) return undefined;
  const style = styles.get(extensionOf(path));
  if (style === undefined)
    throw new FormatError('Windows looks for no signature in files of this kind.', 'unsupported');
  const { open, close } = style;
  const begin = `\r\n${open}SIG # Begin signature block${close}\r\n`;
  const end = `${open}SIG # End signature block${close}\r\n`;
  const start = text.indexOf(begin);
  if (start < 0) throw new FormatError('The begin marker of the signature block is missing or not on a CRLF line.');
  if (markerLines(text, open) !== 2) throw new FormatError('There is more than one signature block.');
  if (!text.endsWith(end)) throw new FormatError('The file does not end with the end marker of the signature block.');
  const lines = text.slice(start + begin.length, -end.length);
  return { encoding, body: text.slice(0, start), cms: readBase64Lines(lines, open, close) };
}

// Scripts may speak about the markers; a line that begins with one could be where another reader begins the block.
function markerLines(text: string, open: string): number {
  const comment = open.trim().replace(/[*/]/g, '\\$&');
  return (
    text.match(new RegExp(`^[^\\S\\r\\n]*${comment}[^\\S\\r\\n]*SIG # (?:Begin|End) signature block`, 'gim'))?.length ??
    0
  );
}
