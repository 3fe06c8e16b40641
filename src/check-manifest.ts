import { createHash } from 'node:crypto';
import { verifyDetached } from './detached-signature.ts';
import { diagnostic, failed, ok, type Diagnostic, type Result } from './diagnostic.ts';
import type { FileTree, TreeFile } from './file-tree/file-tree.ts';
import { parseManifest, type Manifest, type ManifestFile } from './manifest.ts';
import { refusalsOf, signerProblems, type VerifyOptions } from './signature-checks.ts';

/** The name under which a build writes its manifest. */
export const manifestName = 'manifest.json';

/** The name of its detached signature. */
const sealName = `${manifestName}.p7s`;

/** Largest manifest, its largest signature, and largest file in one, that is looked at, bytes. */
const limits = { manifest: 4 << 20, seal: 1 << 20, file: 64 << 20 } as const;

/**
 * Missing, changed and added files, each once, for a bundle is copied as a whole or not at all; and the signature of the
 * list itself.
 */
export async function checkManifest(
  manifest: TreeFile,
  { files }: Pick<FileTree, 'files'>,
  options: VerifyOptions,
): Promise<Diagnostic[]> {
  const listed = await readManifest(manifest);
  if (!listed.ok) return [...listed.diagnostics];
  const folder = manifest.name.slice(0, -manifestName.length);
  const there = new Map(files.map((file) => [file.name, file]));
  const known = new Set<string>();
  const problems: Diagnostic[] = [];
  for (const file of listed.value.files) {
    const name = folder + file.path;
    const where = manifest.path.slice(0, -manifestName.length) + file.path;
    if (known.has(name)) problems.push(mismatch(where, 'is in the manifest twice'));
    else problems.push(...(await differences(where, there.get(name), file)));
    known.add(name);
  }
  const added = files.filter(({ name }) => ![manifest.name, folder + sealName].includes(name) && !known.has(name));
  const strangers = added.map(({ path }) => mismatch(path, 'is not in the manifest'));
  return [...problems, ...strangers, ...(await checkSeal(manifest, files, options))];
}

async function readManifest(file: TreeFile): Promise<Result<Manifest>> {
  const content = await file.read(limits.manifest);
  if (!content.ok) return content;
  const manifest = parseManifest(content.value.toString('utf8'));
  return manifest === undefined ? failed([mismatch(file.path, 'is no manifest of psmint')]) : ok(manifest);
}

async function differences(where: string, file: TreeFile | undefined, listed: ManifestFile): Promise<Diagnostic[]> {
  if (file === undefined) return [mismatch(where, 'is in the manifest, but missing')];
  const changed = mismatch(where, 'is not the file of the manifest');
  if (file.size !== listed.size) return [changed];
  const content = await file.read(limits.file);
  if (!content.ok) return [...content.diagnostics];
  const sha256 = createHash('sha256').update(content.value).digest('hex').toUpperCase();
  return sha256 === listed.sha256 ? [] : [changed];
}

function mismatch(path: string, what: string): Diagnostic {
  return diagnostic('manifest-mismatch', { message: `"${path}" ${what}.`, file: path });
}

// Without it whoever can write into the folder can write the list, too.
async function checkSeal(
  manifest: TreeFile,
  files: readonly TreeFile[],
  options: VerifyOptions,
): Promise<readonly Diagnostic[]> {
  const seal = files.find(({ name }) => name === `${manifest.name}.p7s`);
  if (seal === undefined) {
    const message = `"${manifest.path}" has no signature (${sealName} is missing).`;
    return [diagnostic('not-signed', { message, file: manifest.path })];
  }
  const bytes = await manifest.read(limits.manifest);
  const cms = await seal.read(limits.seal);
  if (!bytes.ok || !cms.ok) return [bytes, cms].flatMap((read) => (read.ok ? [] : read.diagnostics));
  const { path } = seal;
  const verified = verifyDetached(bytes.value, cms.value, {
    ...options,
    path,
    signerProblems: (signer) => signerProblems(signer, options, refusalsOf(path)),
  });
  return verified.ok ? [] : verified.diagnostics;
}
