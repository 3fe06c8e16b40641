import { X509Certificate } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve as absolute, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { certificatesIn } from '../authenticode/pem.ts';
import { attempt } from '../authenticode/format-error.ts';
import { collectResults, diagnostic, failed, ok, type Diagnostic, type Result } from '../diagnostic.ts';
import { errorCode } from '../error-code.ts';
import { idFrom, newMachines, newPack, type NewPack } from '../new-pack.ts';
import { replaceFiles, type Replacement } from '../replace-files.ts';
import { resolve } from '../resolve.ts';
import type { PackCertificate } from '../rule-pack.ts';
import { isSelfSigned } from '../signers/certificate-checks.ts';
import { parseSource } from '../source.ts';
import { createValidator } from '../validate.ts';
import { reportDiagnostics } from './answer.ts';
import { schemaFolder, type CliEnvironment } from './environment.ts';
import { exitCodes, type ExitCode } from './exit-code.ts';
import { askForRest, type NewPackFlags } from './new-pack-questions.ts';

/** `psmint new pack`: a first pack that builds, and machines for it. Never writes over a file; all files or none. */
export async function runNewPack(vendor: string, flags: NewPackFlags, environment: CliEnvironment): Promise<ExitCode> {
  const written = await writeNewPack(vendor, await askForRest(vendor, flags, environment));
  if (!written.ok) return reportDiagnostics(written.diagnostics, flags.json, environment);
  const { id, paths } = written.value;
  if (flags.json) environment.out(`${JSON.stringify({ ok: true, id, files: paths }, null, 2)}\n`);
  else {
    environment.out(paths.map((path) => `${path}\n`).join(''));
    environment.err(`Next: put in what the vendor says, then "psmint test ${id}" and "psmint build ${id}".\n`);
  }
  return exitCodes.done;
}

async function writeNewPack(
  vendor: string,
  flags: NewPackFlags,
): Promise<Result<{ readonly id: string; readonly paths: readonly string[] }>> {
  const certificates = collectResults(await Promise.all(flags.certificate.map(readPackCertificate)));
  const content = certificates.ok ? contentOf(vendor, flags, certificates.value) : certificates;
  if (!content.ok) return content;
  const { pack, pems } = content.value;
  const { id } = pack;
  const text = jsonText(newPack(pack));
  const problems = problemsOf(id, text, pems);
  if (problems.length > 0) return failed(problems);
  const files: readonly Replacement[] = [
    { path: join(flags.out, `${id}.json`), content: text },
    ...[...pems].map(([file, content]) => ({ path: join(flags.out, file), content })),
    { path: join(flags.machines, `${id}.json`), content: jsonText(newMachines(pack)) },
  ];
  return writeFresh(id, files);
}

interface Content {
  readonly pack: NewPack;
  /** PEM by the name that the pack has for the file. */
  readonly pems: ReadonlyMap<string, Buffer>;
}

function contentOf(vendor: string, flags: NewPackFlags, certificates: readonly LoadedCertificate[]): Result<Content> {
  const { product = '', source = '', effective = '', registry, minimum } = flags;
  const id = flags.id ?? idFrom(`${vendor} ${product}`);
  const absent = (isAbsent: boolean, option: string, what: string): Diagnostic[] =>
    isAbsent
      ? [diagnostic('missing-property', { message: `${what} is missing.`, help: `Name it with ${option}.` })]
      : [];
  const place = /^(.+)\\([^\\]+)$/.exec(registry ?? '');
  const problems = [
    ...absent(product === '', '--product', 'The name of the product'),
    ...absent(source === '', '--source', 'The page with the requirement'),
    ...absent(effective === '', '--effective', 'The day from which the requirement counts'),
    ...absent(certificates.length === 0 && registry === undefined, '--certificate or --registry', 'A requirement'),
    ...absent(registry !== undefined && minimum === undefined, '--minimum', 'The lowest version'),
    ...absent(registry === undefined && minimum !== undefined, '--registry', 'The registry value of the version'),
    ...absent(id === undefined, '--id', 'An id that the names give'),
    ...(registry !== undefined && place === null ? [noValue(registry)] : []),
  ];
  if (problems.length > 0 || id === undefined) return failed(problems);
  const [, key = '', name = ''] = place ?? [];
  const version = minimum === undefined ? undefined : { key, name, minimum };
  const schemas = { pack: schemaPath(flags.out, 'rule-pack'), machines: schemaPath(flags.machines, 'machine-file') };
  const names = { en: product, ja: flags.productJa ?? product };
  const pack = { vendor, product: names, id, source, effective, version, schemas };
  const entries = certificates.map(({ entry }) => entry);
  return ok({
    pack: { ...pack, certificates: entries },
    pems: new Map(certificates.map(({ entry, pem }) => [entry.file, pem])),
  });
}

function noValue(registry: string): Diagnostic {
  return diagnostic('invalid-value', {
    message: `"${registry}" is no registry value.`,
    help: 'It is written HKLM:\\SOFTWARE\\Vendor\\Product\\Version (HKLM32: for the 32-bit view).',
  });
}

interface LoadedCertificate {
  readonly entry: PackCertificate;
  readonly pem: Buffer;
}

async function readPackCertificate(path: string): Promise<Result<LoadedCertificate>> {
  const bytes = await readFile(path).catch(() => undefined);
  if (bytes === undefined)
    return failed([diagnostic('file-not-found', { message: `There is no file "${path}".`, file: path })]);
  const ders = attempt(
    () => certificatesIn(bytes),
    (error) => diagnostic('certificate-unreadable', { message: `"${path}": ${error.message}`, file: path }),
  );
  if (!ders.ok) return ders;
  const [der, ...others] = ders.value;
  const x509 = der && new X509Certificate(der);
  const name = x509 && /^CN=(.*)$/m.exec(x509.subject)?.[1];
  const id = name === undefined ? undefined : idFrom(name);
  if (x509 === undefined || name === undefined || id === undefined || others.length > 0) {
    const message = `"${path}" is not one certificate with a common name.`;
    return failed([diagnostic('certificate-unreadable', { message, file: path })]);
  }
  const [sha1, sha256] = [x509.fingerprint, x509.fingerprint256].map((text) => text.replaceAll(':', ''));
  const store = isSelfSigned(x509) ? 'Root' : 'CA';
  const entry = { id, name, file: `certificates/${id}.pem`, store, sha1: sha1 ?? '', sha256: sha256 ?? '' } as const;
  return ok({ entry, pem: Buffer.from(x509.toString()) });
}

// What the flags say becomes a pack like any other; a mistake in it has no place in a file yet.
function problemsOf(id: string, text: string, pems: ReadonlyMap<string, Buffer>): Diagnostic[] {
  const valid = createValidator(schemaFolder).validate(parseSource(`${id}.json`, text));
  const resolved = valid.ok ? resolve(valid.value, pems) : valid;
  if (resolved.ok) return [];
  return resolved.diagnostics.map(({ code, message, help, at }) => {
    const path = at !== undefined && 'path' in at ? at.path.join('.') : '';
    return diagnostic(code, { message: `${path}: ${message}`, ...(help === undefined ? {} : { help }) });
  });
}

async function writeFresh(
  id: string,
  files: readonly Replacement[],
): Promise<Result<{ readonly id: string; readonly paths: readonly string[] }>> {
  const found = await Promise.all(files.map(({ path }) => readFile(path).catch(() => undefined)));
  const isSame = (index: number): boolean => found[index]?.equals(Buffer.from(files[index]?.content ?? '')) === true;
  // A certificate that another pack brought is taken as it is.
  const kept = (index: number): boolean => isSame(index) && files[index]?.path.endsWith('.pem') === true;
  const taken = files.filter((_, index) => found[index] !== undefined && !kept(index));
  if (taken.length > 0) return failed(taken.map(({ path }) => alreadyThere(path)));
  const fresh = files.filter((_, index) => !kept(index));
  try {
    for (const folder of new Set(fresh.map(({ path }) => dirname(path)))) await mkdir(folder, { recursive: true });
    await replaceFiles(fresh);
    return ok({ id, paths: fresh.map(({ path }) => path) });
  } catch (error) {
    return failed([
      diagnostic('output-unwritable', { message: `The pack "${id}" cannot be written (${errorCode(error)}).` }),
    ]);
  }
}

function alreadyThere(path: string): Diagnostic {
  return diagnostic('output-foreign-files', {
    message: `"${path}" is there already.`,
    help: 'Choose another id with --id, or another folder with --out and --machines.',
    file: path,
  });
}

// An editor finds the schema by a path inside of the project, or where this psmint is installed.
function schemaPath(folder: string, schema: string): string {
  const file = join(schemaFolder, `${schema}.schema.json`);
  const fromHere = relative(absolute('.'), file);
  // On Windows there is no way from one drive to another.
  const isInside = !fromHere.startsWith('..') && !isAbsolute(fromHere);
  return isInside ? relative(absolute(folder), file).split(sep).join('/') : pathToFileURL(file).href;
}

function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
