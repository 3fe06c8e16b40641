import { stat } from 'node:fs/promises';
import { maximumScriptSize } from './authenticode/read-signature-block.ts';
import { isSignable } from './authenticode/read-script-block.ts';
import { checkManifest, manifestName } from './check-manifest.ts';
import { diagnostic, type Diagnostic, type Result } from './diagnostic.ts';
import type { FileTree, TreeFile } from './file-tree/file-tree.ts';
import { fileOnDisk, openFolder } from './file-tree/folder-tree.ts';
import { isArchive, openZip } from './file-tree/zip-tree.ts';
import type { SignatureFacts } from './script-plan.ts';
import type { VerifyOptions } from './signature-checks.ts';
import { createForeignVerifier, type FormFacts, type IntactSignature } from './verify-foreign.ts';
import { createVerifier } from './verify.ts';

/** One thing that was looked at; no problems: it verifies. */
export interface VerifiedFile {
  readonly path: string;
  readonly kind: 'script' | 'manifest' | 'archive' | 'folder';
  /** Who signed it; null unless the signature verifies. */
  readonly signature: SignatureFacts | null;
  /** How an intact signature is made, whether it verifies or not; null where there is none. */
  readonly form: 'psmint' | FormFacts | null;
  readonly problems: readonly Diagnostic[];
}

export interface PathOptions extends VerifyOptions {
  /** Accept every form that Windows is known to accept, not only the one that psmint writes. */
  readonly anyForm: boolean;
}

type ScriptVerifier = (path: string, bytes: Buffer) => Pick<VerifiedFile, 'signature' | 'form' | 'problems'>;

/** Verifies files, folders and archives, one after the other: what was looked at is not kept. */
export async function* verifyPaths(paths: readonly string[], options: PathOptions): AsyncGenerator<VerifiedFile> {
  const verifier = createScriptVerifier(options);
  for (const path of paths) {
    const info = await stat(path).catch(() => undefined);
    if (info === undefined) yield refused(path, 'script', [notFound(path)]);
    else if (info.isDirectory())
      yield* verifyTree(path, await openFolder(path), verifier, { ...options, isArchive: false });
    else if (isArchive(path) && info.isFile()) yield* verifyArchive(path, verifier, options);
    else yield await verifyFile(await fileOnDisk(path, path), path, verifier);
  }
}

function refused(path: string, kind: VerifiedFile['kind'], problems: readonly Diagnostic[]): VerifiedFile {
  return { path, kind, signature: null, form: null, problems };
}

function notFound(path: string): Diagnostic {
  return diagnostic('file-not-found', { message: `There is no file "${path}".`, file: path });
}

async function* verifyArchive(
  path: string,
  verifier: ScriptVerifier,
  options: PathOptions,
): AsyncGenerator<VerifiedFile> {
  const tree = await openZip(path);
  if (tree.ok) yield* verifyTree(path, tree.value, verifier, { ...options, isArchive: true });
  else yield refused(path, 'archive', tree.diagnostics);
}

async function* verifyTree(
  path: string,
  tree: FileTree,
  verifier: ScriptVerifier,
  container: PathOptions & { readonly isArchive: boolean },
): AsyncGenerator<VerifiedFile> {
  const kind = container.isArchive ? 'archive' : 'folder';
  try {
    if (tree.problems.length > 0) yield refused(path, kind, tree.problems);
    const manifest = manifestOf(tree, container);
    const scripts = tree.files.filter(({ name }) => isSignable(name));
    const archives = tree.files.filter(({ name }) => isArchive(name));
    if (scripts.length + archives.length === 0 && manifest === undefined && tree.problems.length === 0) {
      const nothing = diagnostic('not-signed', { message: `"${path}" holds no scripts.`, file: path });
      yield refused(path, kind, [nothing]);
    }
    for await (const { path: name, content } of readAhead(scripts)) yield verifyContent(content, name, verifier);
    for (const file of archives) {
      if (container.isArchive) yield refused(file.path, 'archive', [archiveInArchive(file.path)]);
      else yield* verifyArchive(file.path, verifier, container);
    }
    if (manifest !== undefined)
      yield refused(manifest.path, 'manifest', await checkManifest(manifest, tree, container));
  } finally {
    tree.close();
  }
}

function archiveInArchive(path: string): Diagnostic {
  const message = `"${path}" is an archive in an archive, which is not looked into.`;
  return diagnostic('archive-refused', { message, help: 'Unpack the outer one, and verify the folder.', file: path });
}

// Of an archive also the manifest in its one folder, as when the folder was packed and not its content.
function manifestOf({ files }: FileTree, container: { readonly isArchive: boolean }): TreeFile | undefined {
  const [first] = files;
  const top = first?.name.includes('/') === true ? first.name.slice(0, first.name.indexOf('/') + 1) : '';
  const isOneFolder = container.isArchive && top !== '' && files.every(({ name }) => name.startsWith(top));
  return files.find(({ name }) => name === (isOneFolder ? top : '') + manifestName);
}

interface ReadFile {
  readonly path: string;
  readonly content: Result<Buffer>;
}

// The disk is asked for the next files while one is verified; a few, because each may be large.
const filesAhead = 4;

async function* readAhead(files: readonly TreeFile[]): AsyncGenerator<ReadFile> {
  const read = async (file: TreeFile): Promise<ReadFile> => ({
    path: file.path,
    content: await file.read(maximumScriptSize),
  });
  const ahead = files.slice(0, filesAhead).map(read);
  for (let index = filesAhead; ahead.length > 0; index += 1) {
    const next = ahead.shift();
    if (next !== undefined) yield await next;
    const further = files[index];
    if (further !== undefined) ahead.push(read(further));
  }
}

async function verifyFile(file: Result<TreeFile>, path: string, verifier: ScriptVerifier): Promise<VerifiedFile> {
  return verifyContent(file.ok ? await file.value.read(maximumScriptSize) : file, path, verifier);
}

function verifyContent(content: Result<Buffer>, path: string, verifier: ScriptVerifier): VerifiedFile {
  if (!content.ok) return refused(path, 'script', content.diagnostics);
  return { path, kind: 'script', ...verifier(path, content.value) };
}

// What psmint wrote is asked first. What it did not write either is another program's, or was changed.
function createScriptVerifier(options: PathOptions): ScriptVerifier {
  const strict = createVerifier(options);
  const foreign = createForeignVerifier(options);
  return (path, bytes) => {
    const own = strict(path, bytes);
    if (own.ok) return { signature: own.value, form: 'psmint', problems: [] };
    const isOtherForm = own.diagnostics.every(({ code }) => code === 'malformed-signature' || code === 'bad-signature');
    const read = isOtherForm || options.anyForm ? foreign.read(path, bytes) : own;
    if (!read.ok) return { signature: null, form: null, problems: explained(own, read, options) };
    const { form } = read.value;
    if (!options.anyForm) return { signature: null, form, problems: [foreignForm(path, read.value, own.diagnostics)] };
    const judged = foreign.judge(path, read.value);
    return judged.ok
      ? { signature: judged.value, form, problems: [] }
      : { signature: null, form, problems: judged.diagnostics };
  };
}

type Failed = Extract<Result<never>, { ok: false }>;

// The strict reader's words, unless the user asked for more, or the other reader knows why the file looks damaged.
function explained(own: Failed, read: Failed, { anyForm }: PathOptions): readonly Diagnostic[] {
  const isKnown = read.diagnostics.some(({ code }) => code === 'machine-dependent-text');
  return anyForm || isKnown ? read.diagnostics : own.diagnostics;
}

function foreignForm(path: string, { signer, form }: IntactSignature, problems: readonly Diagnostic[]): Diagnostic {
  const reasons = problems.map(({ message }) => message).join(' ');
  const facts = [form.hash, form.encoding, `line ends ${form.lineEnds}`, form.timestampKind ?? 'no timestamp'];
  return diagnostic('foreign-form', {
    message: `"${signer.name}" signed it (${facts.join(', ')}); intact, but not as psmint signs: ${reasons}`,
    help: 'If another program signed it, use --any-form with --trust; if psmint did, take it from the bundle again.',
    file: path,
  });
}
