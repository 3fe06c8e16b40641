import { isAscii } from 'node:buffer';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Certificate } from '../../src/authenticode/certificate.ts';
import { certificatesIn } from '../../src/authenticode/pem.ts';
import { isSignable } from '../../src/authenticode/read-script-block.ts';
import { readToken } from '../../src/authenticode/read-timestamp-token.ts';
import { createForeignVerifier } from '../../src/verify-foreign.ts';
import { announceSkip, findShell } from '../support/pester.ts';
import { codes } from '../support/signing.ts';
import { run } from '../support/tools.ts';

// Files that others signed and that are on this computer anyway: what PowerShell and its modules are delivered with.
const at = new Date();
const marker = /SIG # Begin signature block/;

async function moduleFolders(): Promise<readonly string[]> {
  const shell = await findShell();
  if (shell === undefined) return [];
  const { output } = run(shell, ['-NoProfile', '-NonInteractive', '-Command', '"$PSHOME;$env:PSModulePath"']);
  const [home = '', paths = ''] = output.trim().split(/;(.*)/s);
  return [home, ...paths.split(delimiter)].filter((folder) => folder !== '' && existsSync(folder));
}

function signedFilesIn(folders: readonly string[]): ReadonlyMap<string, Buffer> {
  const found = new Map<string, Buffer>();
  for (const folder of folders) {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      if (!entry.isFile() || !isSignable(entry.name) || found.has(path)) continue;
      const bytes = readFileSync(path);
      if (marker.test(bytes.toString('latin1').replaceAll('\0', ''))) found.set(path, bytes);
    }
  }
  return found;
}

/** The roots for code and for timestamps that the .NET SDK carries for NuGet; empty where it is not installed. */
function sdkRoots(name: 'codesignctl.pem' | 'timestampctl.pem'): readonly Buffer[] {
  const sdks = run('dotnet', ['--list-sdks']).output.matchAll(/^(\S+) \[(.+)\]\r?$/gm);
  const paths = [...sdks].map(([, version = '', folder = '']) => join(folder, version, 'trustedroots', name));
  const path = paths.find((candidate) => existsSync(candidate));
  return path === undefined ? [] : certificatesIn(readFileSync(path));
}

const files = signedFilesIn(await moduleFolders());
const roots = { trust: sdkRoots('codesignctl.pem'), timestampTrust: sdkRoots('timestampctl.pem') };
if (files.size === 0) announceSkip('signed files of others', 'no PowerShell on the path, so there are none to look at');
else if (roots.trust.length === 0)
  announceSkip('the roots of signed files of others', 'no .NET SDK with its root lists');

const withRoots = createForeignVerifier({ ...roots, at });

/** Without the roots, those that the file carries itself: then the chain proves nothing, the rest as much. */
function verdict(path: string, bytes: Buffer): readonly string[] {
  const read = withRoots.read(path, bytes);
  if (!read.ok) return codes(read);
  if (roots.trust.length > 0) return codes(withRoots.judge(path, read.value));
  const { certificates, data } = read.value;
  const { timestampToken } = data.unsigned;
  const timestampTrust = timestampToken ? readToken(timestampToken).certificates.map(({ raw }) => raw) : [];
  const trust = certificates.filter(({ extensions }: Certificate) => extensions.isCa).map(({ raw }) => raw);
  return codes(createForeignVerifier({ trust, timestampTrust, at }).judge(path, read.value));
}

const hasMark = ([first, second, third]: Buffer): boolean =>
  (first === 0xef && second === 0xbb && third === 0xbf) || (first === 0xff && second === 0xfe);

describe.skipIf(files.size === 0)('signed files that came with PowerShell and its modules', () => {
  it('verify, each and every one, unless its text depends on the code page', () => {
    for (const [path, bytes] of files) {
      const expected = isAscii(bytes) || hasMark(bytes) ? [] : ['machine-dependent-text'];
      expect(verdict(path, bytes), path).toEqual(expected);
    }
    // So that looking in the wrong place does not look like success.
    expect(files.size).toBeGreaterThan(5);
  });

  it('do not verify with a letter of their text changed', () => {
    for (const [path, bytes] of files) {
      const changed = Buffer.from(bytes);
      const index = changed.findIndex((byte) => byte >= 0x61 && byte <= 0x7a);
      changed.writeUInt8(bytes.readUInt8(index) ^ 0x20, index);
      expect(verdict(path, changed), path).toEqual(['hash-mismatch']);
    }
  });
});
