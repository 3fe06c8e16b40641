import { createHash } from 'node:crypto';

/**
 * SHA-256 that a PowerShell signature speaks about: the text as UTF-16LE. `bytes` must be ASCII, then no code page can
 * change the result.
 */
export function scriptDigest(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes.toString('latin1'), 'utf16le').digest();
}

/** The script with its signature block; the bytes of the script stay as they are. */
export function appendSignatureBlock(bytes: Buffer, cms: Buffer): Buffer {
  const base64 = cms.toString('base64');
  const lines: string[] = [];
  for (let start = 0; start < base64.length; start += 64) lines.push(`# ${base64.slice(start, start + 64)}\r\n`);
  // The line end before the marker belongs to the block and is not hashed.
  const block = `\r\n# SIG # Begin signature block\r\n${lines.join('')}# SIG # End signature block\r\n`;
  return Buffer.concat([bytes, Buffer.from(block, 'latin1')]);
}
