import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { diagnosticCodes, type Diagnostic, type Result } from '../../src/diagnostic.ts';
import { formatDiagnostics } from '../../src/format-diagnostic.ts';
import { load, loadSource, loadTables } from '../../src/load.ts';
import { duplicatePacks, resolve } from '../../src/resolve.ts';
import type { ResolvedPack } from '../../src/script-plan.ts';
import { createValidator } from '../../src/validate.ts';
import { schemaFolder } from '../support/simulated.ts';

// One folder a code: pack.json is the mistake, expected.txt what the user reads. U=1 rewrites the texts.
const folder = fileURLToPath(new URL('../diagnostics/', import.meta.url));
const root = readFileSync(new URL('../../rules/certificates/ms-idv-root-2020.pem', import.meta.url));
const { validate } = createValidator(schemaFolder);
const codes = readdirSync(folder).sort();
const isUpdate = process.env['U'] === '1';

/** Codes that need more than a pack file, and the test that proves each. */
const elsewhere: Readonly<Record<string, string>> = {
  'file-not-found': 'unit/diagnostics.test.ts',
  'file-unreadable': 'unit/diagnostics.test.ts',
  'file-too-large': 'unit/diagnostics.test.ts',
  'duplicate-pack': 'unit/diagnostics.test.ts',
  'script-not-ascii': 'unit/lint.test.ts',
  'script-line-ends': 'unit/lint.test.ts',
  'script-too-long': 'unit/lint.test.ts',
  'script-syntax': 'unit/lint.test.ts',
  'script-banned-construct': 'unit/lint.test.ts',
  'script-unknown-command': 'unit/lint.test.ts',
  'script-changes-machine': 'unit/lint.test.ts',
  'signer-unknown': 'unit/signers.test.ts',
  'signer-setup': 'unit/signers-cloud.test.ts',
  'signer-failed': 'unit/signers-cloud.test.ts',
  'key-unreadable': 'unit/signers.test.ts',
  'wrong-password': 'unit/signers.test.ts',
  'unsupported-key': 'unit/signers.test.ts',
  'certificate-expired': 'unit/sign.test.ts',
  'certificate-not-yet-valid': 'unit/sign.test.ts',
  'certificate-wrong-usage': 'unit/sign.test.ts',
  'certificate-key-mismatch': 'unit/sign.test.ts',
  'chain-incomplete': 'unit/sign.test.ts',
  'timestamp-failed': 'unit/sign-timestamp.test.ts',
  'identity-unreadable': 'unit/identity.test.ts',
  'identity-exists': 'unit/identity.test.ts',
  'not-signed': 'unit/tamper.test.ts',
  'malformed-signature': 'unit/tamper.test.ts',
  'hash-mismatch': 'unit/tamper.test.ts',
  'bad-signature': 'unit/tamper.test.ts',
  'untrusted-signer': 'unit/tamper.test.ts',
  'bad-timestamp': 'unit/tamper.test.ts',
  'missing-timestamp': 'unit/tamper.test.ts',
  'manifest-mismatch': 'e2e/cli.test.ts',
  'output-unwritable': 'unit/write.test.ts',
  'foreign-form': 'unit/verify-paths.test.ts',
  'machine-dependent-text': 'unit/verify-foreign.test.ts',
  'weak-signature': 'unit/verify-foreign.test.ts',
  'unsupported-signature': 'unit/verify-foreign.test.ts',
  'leaf-not-allowed': 'unit/verify-paths.test.ts',
  'publisher-not-allowed': 'unit/verify-paths.test.ts',
  'certificate-expires-soon': 'unit/verify-paths.test.ts',
  'archive-unreadable': 'unit/verify-paths.test.ts',
  'archive-refused': 'unit/verify-paths.test.ts',
  'archive-encrypted': 'unit/verify-paths.test.ts',
  'output-foreign-files': 'unit/write.test.ts',
  'output-differs': 'e2e/cli.test.ts',
  'unknown-target': 'e2e/cli.test.ts',
  'unknown-pack': 'e2e/cli.test.ts',
  'unknown-code': 'e2e/cli.test.ts',
  'shell-missing': 'e2e/cli.test.ts',
  'next-signer-exists': 'unit/identity-life.test.ts',
  'next-signer-missing': 'unit/identity-life.test.ts',
  'request-mismatch': 'unit/two-step.test.ts',
  'answers-incomplete': 'unit/two-step.test.ts',
  'already-signed': 'unit/two-step.test.ts',
};

async function read(path: string): Promise<Result<ResolvedPack>> {
  const source = await loadSource(path);
  if (!source.ok) return source;
  const valid = validate({ ...source.value, path: 'pack.json' });
  if (!valid.ok) return valid;
  const tables = await loadTables([valid.value]);
  if (!tables.ok) return tables;
  const files = new Map(
    valid.value.pack.certificates.map(({ file }) => [file, /not-there/.test(file) ? Buffer.from('') : root]),
  );
  return resolve(valid.value, files);
}

const found = (result: Result<unknown>): readonly Diagnostic[] => (result.ok ? [] : result.diagnostics);
const codesOf = (result: Result<unknown>): string[] => found(result).map(({ code }) => code);

describe('diagnostics', () => {
  it.each(codes)('%s', async (code) => {
    const result = await read(join(folder, code, 'pack.json'));
    const text = formatDiagnostics(found(result), false).replaceAll(folder.replaceAll('\\', '/'), '');
    const expected = join(folder, code, 'expected.txt');
    if (isUpdate) writeFileSync(expected, text);
    expect(text).toBe(existsSync(expected) ? readFileSync(expected, 'utf8') : '');
    expect(codesOf(result)).toContain(code);
  });

  it('has a folder or a test for every code, and no folder for anything else', () => {
    expect([...codes, ...Object.keys(elsewhere)].sort()).toEqual([...diagnosticCodes].sort());
    const unproved = Object.entries(elsewhere).filter(
      ([code, file]) => !readFileSync(new URL(`../${file}`, import.meta.url), 'utf8').includes(`'${code}'`),
    );
    expect(unproved).toEqual([]);
  });

  it('the small pack that the mistakes are made from is right', async () => {
    expect(found(await read(fileURLToPath(new URL('../support/small-pack.json', import.meta.url))))).toEqual([]);
  });

  it('finds a missing file, a folder and a file that is too large', async () => {
    const temporary = mkdtempSync(join(tmpdir(), 'psmint-load-'));
    writeFileSync(join(temporary, 'large.json'), Buffer.alloc((4 << 20) + 1, 0x20));
    const results = await load([join(temporary, 'none.json'), temporary, join(temporary, 'large.json')]);
    expect(codesOf(results)).toEqual(['file-not-found', 'file-unreadable', 'file-too-large']);
    rmSync(temporary, { recursive: true });
  });

  it('finds two packs with one id: duplicate-pack', async () => {
    const source = await loadSource(fileURLToPath(new URL('../support/small-pack.json', import.meta.url)));
    const valid = source.ok ? validate(source.value) : source;
    if (!valid.ok) throw new Error('the small pack is wrong');
    expect(duplicatePacks([valid.value, valid.value]).map(({ code }) => code)).toEqual(['duplicate-pack' as const]);
  });

  it.each([
    ['nothing', ''],
    ['100,000 brackets', '['.repeat(100_000)],
    ['100,000 objects', '{"a":'.repeat(100_000)],
    ['half a string', '{"a": "'],
    ['a NUL', '{"a": \u0000}'],
    ['a comment', '// no\n{}'],
    ['two values', '{} {}'],
    ['a byte order mark alone', '\ufeff'],
  ])('says that %s is not JSON, at once', async (_, text) => {
    const temporary = mkdtempSync(join(tmpdir(), 'psmint-load-'));
    writeFileSync(join(temporary, 'pack.json'), text);
    expect(codesOf(await loadSource(join(temporary, 'pack.json')))).toEqual(['invalid-json']);
    rmSync(temporary, { recursive: true });
  });
});
