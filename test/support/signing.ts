import { openLocalKey } from '../../src/signers/local-key.ts';
import type { OpenedSigner } from '../../src/signers/signer.ts';
import type { Result } from '../../src/diagnostic.ts';
import type { ScriptPlan, SignedScript, UnsignedScript } from '../../src/script-plan.ts';
import { sign, type SignOptions } from '../../src/sign.ts';
import { now, type TestPki } from './test-ca.ts';

export function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.diagnostics.map(({ code, message }) => `${code}: ${message}`).join('\n'));
  return result.value;
}

/** `code` of every diagnostic; empty for a success. */
export function codes(result: Result<unknown>): string[] {
  return result.ok ? [] : result.diagnostics.map(({ code }) => code);
}

export const smallScript = "# A script\r\nparam([string]$Name)\r\n'Hello ' + $Name\r\n";

export function unsigned(text = smallScript, path = 'pack/manual/check.ps1', title = 'Demo pack'): UnsignedScript {
  const plan = { title: { en: title, ja: title } } as unknown as ScriptPlan;
  return { plan, path, bytes: Buffer.from(text, 'latin1') };
}

export function signerOf(pki: TestPki, at = now): OpenedSigner {
  const certificates = [pki.leaf, pki.intermediate, pki.root].map(({ certificate }) => certificate);
  return unwrap(openLocalKey({ id: 'test', key: pki.leaf.key.privateKey, certificates }, at));
}

/** A signed script as the file that it becomes. */
export function fileOf({ script, block }: SignedScript): Buffer {
  return Buffer.concat([script.bytes, block]);
}

/** The signed script whose file has these bytes, right or not. */
export function signedAs(bytes: Buffer, path?: string): SignedScript {
  return { script: { ...unsigned('', path), bytes }, block: Buffer.alloc(0) };
}

export async function signText(pki: TestPki, text = smallScript, options: Partial<SignOptions> = {}): Promise<Buffer> {
  const [script] = unwrap<SignedScript[]>(await sign([unsigned(text)], signerOf(pki).signer, { now, ...options }));
  return fileOf(script!);
}

/** Cuts a signed script into text before the block and CMS, and puts them together again. */
export const beginMarker = '\r\n# SIG # Begin signature block\r\n';

export function split(bytes: Buffer): { text: string; cms: Buffer } {
  const all = bytes.toString('latin1');
  const at = all.indexOf(beginMarker);
  const lines = all
    .slice(at + beginMarker.length)
    .split('\r\n')
    .slice(0, -2);
  return { text: all.slice(0, at), cms: Buffer.from(lines.map((line) => line.slice(2)).join(''), 'base64') };
}

export function join(text: string, cms: Buffer, width = 64): Buffer {
  const lines = cms.toString('base64').replace(new RegExp(`.{1,${width}}`, 'g'), '# $&\r\n');
  return Buffer.from(`${text}${beginMarker}${lines}# SIG # End signature block\r\n`, 'latin1');
}
