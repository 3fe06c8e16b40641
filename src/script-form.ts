import type { DiagnosticCode } from './diagnostic.ts';
import type { Finding } from './powershell-profile.ts';

/**
 * Characters of every script when the local identity signs it (RSA-3072, one certificate, no timestamp: 2,920): the
 * lowest limit of all channels, that of N-able N-sight.
 * https://documentation.n-able.com/remote-management/userguide/Content/script_guide_return.htm
 */
const ownLimit = 65_535;
const ownSignature = 3_000;

export interface LengthLimits {
  /** Characters that the channel takes, signature included. */
  readonly channel: number;
  /** Characters that the longest signature adds. */
  readonly signatureReserve: number;
}

/** A script that is too long for every channel, or for its own with any signature; nothing when it is fine. */
export function checkLength(length: number, { channel, signatureReserve }: LengthLimits): Finding[] {
  if (length + ownSignature <= ownLimit && length + signatureReserve <= channel) return [];
  const [total, limit] =
    length + ownSignature > ownLimit ? [length + ownSignature, ownLimit] : [length + signatureReserve, channel];
  const message = `with its signature the script has up to ${total} characters; ${limit} is the limit.`;
  return [{ code: 'script-too-long', message, index: 0 }];
}

/** Laws of the bytes; the first place of each. */
export function checkBytes(text: string): Finding[] {
  const laws: readonly (readonly [RegExp, DiagnosticCode, string])[] = [
    [/[^\t\n\r -~]/, 'script-not-ascii', 'a character that is not ASCII, or a control character.'],
    [/\r(?!\n)|(?<!\r)\n|(?<!\n)$(?![^])/, 'script-line-ends', 'a line that does not end with CRLF.'],
    [/^[ \t]*# SIG #|SIG # (?:Begin|End) sig/im, 'script-banned-construct', 'something like a signature block.'],
    [
      /^[ \t]*#requires(?! -Version 3\.0\r?$)/im,
      'script-banned-construct',
      'only `#Requires -Version 3.0` is allowed.',
    ],
    // Management tools take double braces for their own variables, in texts too.
    [/\{\{/, 'script-banned-construct', '`{{` is a variable of management tools.'],
  ];
  return laws.flatMap(([pattern, code, message]) => {
    const index = text.search(pattern);
    return index < 0 ? [] : [{ code, message, index }];
  });
}

export interface ScriptPart {
  readonly text: string;
  /** Offset in the script. */
  readonly start: number;
}

/**
 * A script cut at its functions and tables of data, both of which begin and end in the first column. Each part has to be
 * PowerShell by itself, so what opens in one and closes in another is a mistake in both.
 */
export function partsOf(text: string): ScriptPart[] {
  const cuts = [...text.matchAll(/^(?:function [\w-]+ \{|\$[A-Z]\w* = @\{)\r\n[^]*?^\}\r\n/gm)];
  const edges = [0, ...cuts.flatMap(({ index, 0: part }) => [index, index + part.length]), text.length];
  return edges.slice(1).flatMap((end, index) => {
    const start = edges[index] ?? 0;
    const part = text.slice(start, end);
    // Blank lines and comments between two functions are nothing that the grammar takes by itself.
    return /^(?:[ \t]*(?:#.*)?\r\n)*$/.test(part) ? [] : [{ text: part, start }];
  });
}

/** Where a person finds an offset. */
export function placeOf(text: string, index: number): string {
  const before = text.slice(0, index);
  return `line ${before.split('\n').length}, column ${index - before.lastIndexOf('\n')}`;
}
