import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { certificatesIn } from '../authenticode/pem.ts';
import { diagnostic, failed, ok, type Diagnostic, type Result } from '../diagnostic.ts';
import { diagnosticsToJson } from '../format-diagnostic.ts';
import { openIdentity } from '../identity.ts';
import { parseManifest, type Manifest } from '../manifest.ts';
import { createVerifier, type Verifier } from '../verify.ts';
import { reportDiagnostics } from './answer.ts';
import { dataFolder, type CliEnvironment } from './environment.ts';
import { exitCodes, type ExitCode } from './exit-code.ts';

export interface VerifyFlags {
  readonly trust: readonly string[];
  readonly requireTimestamp: boolean;
  readonly json: boolean;
}

/** One file that was looked at; no problems: it verifies. */
interface Verified {
  readonly path: string;
  readonly problems: readonly Diagnostic[];
}

/** `psmint verify`: scripts by their signatures, bundles also by their manifest. */
export async function runVerify(
  paths: readonly string[],
  flags: VerifyFlags,
  environment: CliEnvironment,
): Promise<ExitCode> {
  const trust = await trusted(flags, environment);
  if (!trust.ok) return reportDiagnostics(trust.diagnostics, flags.json, environment);
  const verifier = createVerifier({ trust: trust.value, at: new Date(), requireTimestamp: flags.requireTimestamp });
  const results = (await Promise.all(paths.map((path) => verifyPath(path, verifier)))).flat();
  const problems = results.flatMap((result) => result.problems);
  if (flags.json) {
    const files = results.map((result) => ({
      path: result.path,
      ok: result.problems.length === 0,
      diagnostics: diagnosticsToJson(result.problems),
    }));
    environment.out(`${JSON.stringify({ ok: problems.length === 0, files }, null, 2)}\n`);
    return problems.length === 0 ? exitCodes.done : exitCodes.inputWrong;
  }
  environment.out(
    results
      .filter((r) => r.problems.length === 0)
      .map((r) => `verified  ${r.path}\n`)
      .join(''),
  );
  if (problems.length > 0) reportDiagnostics(problems, false, environment);
  return problems.length === 0 ? exitCodes.done : exitCodes.inputWrong;
}

async function trusted(flags: VerifyFlags, environment: CliEnvironment): Promise<Result<readonly Buffer[]>> {
  if (flags.trust.length === 0) {
    const identity = await openIdentity(dataFolder(environment));
    return identity.ok ? ok([identity.value.root]) : identity;
  }
  const files = await Promise.all(flags.trust.map(readTrusted));
  const problems = files.flatMap((file) => (file.ok ? [] : file.diagnostics));
  return problems.length > 0 ? failed(problems) : ok(files.flatMap((file) => (file.ok ? file.value : [])));
}

async function readTrusted(path: string): Promise<Result<readonly Buffer[]>> {
  try {
    const certificates = certificatesIn(await readFile(path));
    if (certificates.length > 0) return ok(certificates);
  } catch {
    // Said below: a file without a certificate and one that is not there are the same mistake.
  }
  return failed([
    diagnostic('key-unreadable', { message: `"${path}" holds no certificate that could be trusted.`, file: path }),
  ]);
}

async function verifyPath(path: string, verifier: Verifier): Promise<Verified[]> {
  const info = await stat(path).catch(() => undefined);
  if (info === undefined) {
    return [{ path, problems: [diagnostic('file-not-found', { message: `There is no file "${path}".`, file: path })] }];
  }
  if (!info.isDirectory()) return [await verifyFile(path, verifier)];
  const names = await readdir(path, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name));
  const scripts = files.filter((file) => /\.ps1$/i.test(file)).sort();
  const results = await Promise.all(scripts.map((file) => verifyFile(file, verifier)));
  const manifests = files.filter((file) => file === join(path, 'manifest.json'));
  const bundles = await Promise.all(manifests.map((file) => verifyManifest(path, file, files)));
  if (results.length === 0 && bundles.length === 0) {
    return [{ path, problems: [diagnostic('not-signed', { message: `"${path}" holds no scripts.`, file: path })] }];
  }
  return [...results, ...bundles];
}

async function verifyFile(path: string, verifier: Verifier): Promise<Verified> {
  try {
    const result = verifier(path, await readFile(path));
    return { path, problems: result.ok ? [] : result.diagnostics };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return { path, problems: [diagnostic('file-unreadable', { message: `"${path}" cannot be read.`, file: path })] };
  }
}

// Missing, changed and added files: a bundle is copied as a whole or not at all.
async function verifyManifest(folder: string, path: string, files: readonly string[]): Promise<Verified> {
  const manifest = parseManifest(await readFile(path, 'utf8'));
  if (manifest === undefined) return { path, problems: [mismatch(path, 'is no manifest of psmint')] };
  const listed = await Promise.all(manifest.files.map((file) => listedProblem(folder, file)));
  const known = new Set(manifest.files.map((file) => file.path));
  const added = files
    .filter(
      (file) => file !== path && file !== `${path}.p7s` && !known.has(relative(folder, file).split(sep).join('/')),
    )
    .map((file) => mismatch(file, 'is not in the manifest'));
  return { path, problems: [...listed.flatMap((problem) => problem ?? []), ...added] };
}

async function listedProblem(folder: string, file: Manifest['files'][number]): Promise<Diagnostic | undefined> {
  const path = join(folder, file.path);
  const content = await readFile(path).catch(() => undefined);
  if (content === undefined) return mismatch(path, 'is in the manifest, but missing');
  const sha256 = createHash('sha256').update(content).digest('hex').toUpperCase();
  return sha256 === file.sha256 && content.length === file.size
    ? undefined
    : mismatch(path, 'is not the file of the manifest');
}

function mismatch(path: string, what: string): Diagnostic {
  return diagnostic('manifest-mismatch', { message: `"${path}" ${what}.`, file: path });
}
