import { createHash } from 'node:crypto';
import { endianness } from 'node:os';

// 32 kB of UTF-16 at a time: it stays in the cache, and memory does not grow with scripts.
const chunkCharacters = 16_384;
const characters = new Uint16Array(chunkCharacters);

/**
 * SHA-256 that a PowerShell signature speaks about: the text as UTF-16LE. `bytes` must be ASCII, then no code page can
 * change the result.
 */
export function scriptDigest(bytes: Buffer): Buffer {
  const hash = createHash('sha256');
  for (let start = 0; start < bytes.length; start += chunkCharacters) {
    const chunk = bytes.subarray(start, start + chunkCharacters);
    // An ASCII byte is its own UTF-16 code unit; no string of the script is made.
    characters.set(chunk);
    hash.update(littleEndian(characters.subarray(0, chunk.length)));
  }
  return hash.digest();
}

function littleEndian(units: Uint16Array): Uint8Array {
  const octets = Buffer.from(units.buffer, units.byteOffset, units.byteLength);
  return endianness() === 'LE' ? octets : Buffer.from(octets).swap16();
}

/** What follows the bytes of a script in the signed file. */
export function signatureBlock(cms: Buffer): Buffer {
  const lines = cms.toString('base64').replace(/.{1,64}/g, '# $&\r\n');
  // The line end before the marker belongs to the block and is not hashed.
  return Buffer.from(`\r\n# SIG # Begin signature block\r\n${lines}# SIG # End signature block\r\n`, 'latin1');
}
