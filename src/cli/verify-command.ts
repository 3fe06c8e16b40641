import { readFile } from 'node:fs/promises';
import { certificatesIn } from '../authenticode/pem.ts';
import { diagnostic, failed, ok, type Diagnostic, type Result } from '../diagnostic.ts';
import { diagnosticsToJson } from '../format-diagnostic.ts';
import { openIdentity } from '../identity.ts';
import { verifyPaths, type PathOptions, type VerifiedFile } from '../verify-paths.ts';
import { reportDiagnostics } from './answer.ts';
import { dataFolder, type CliEnvironment } from './environment.ts';
import { exitCodes, type ExitCode } from './exit-code.ts';

export interface VerifyFlags {
  readonly trust: readonly string[];
  readonly timestampTrust: readonly string[];
  readonly leaf: readonly string[];
  readonly publisher: readonly string[];
  readonly requireTimestamp: boolean;
  readonly allowExpiredWithTimestamp: boolean;
  readonly at?: Date;
  /** Milliseconds. */
  readonly expiresWithin?: number;
  readonly anyForm: boolean;
  readonly allowEc: boolean;
  readonly json: boolean;
}

/** `psmint verify`: scripts by their signatures, bundles also by their manifest. */
export async function runVerify(
  paths: readonly string[],
  flags: VerifyFlags,
  environment: CliEnvironment,
): Promise<ExitCode> {
  const options = await optionsOf(flags, environment);
  if (!options.ok) return reportDiagnostics(options.diagnostics, flags.json, environment);
  const results: VerifiedFile[] = [];
  for await (const result of verifyPaths(paths, options.value)) {
    results.push(result);
    if (!flags.json && result.problems.length === 0) environment.out(verifiedLine(result));
  }
  const problems = results.flatMap((result) => result.problems);
  const isOk = problems.length === 0;
  if (flags.json) {
    const answer = { ok: isOk, at: options.value.at.toISOString(), files: results.map(jsonOf) };
    environment.out(`${JSON.stringify(answer, null, 2)}\n`);
  } else if (!isOk) reportDiagnostics(problems, false, environment);
  return isOk ? exitCodes.done : exitCodes.inputWrong;
}

function verifiedLine({ path, signature, form }: VerifiedFile): string {
  // Names come from outside.
  const shown = path.replace(/\p{C}/gu, '?');
  if (form === null || form === 'psmint' || signature === null) return `verified  ${shown}\n`;
  return `verified  ${shown}  (${signature.signerSubject}; ${form.timestampKind ?? 'no timestamp'})\n`;
}

// `ok` says it; the codes say why not; `signature` is null unless it can be believed.
function jsonOf({ path, kind, signature, form, problems }: VerifiedFile): unknown {
  const codes = [...new Set(problems.map(({ code }) => code))];
  return { path, kind, ok: problems.length === 0, codes, signature, form, diagnostics: diagnosticsToJson(problems) };
}

async function optionsOf(flags: VerifyFlags, environment: CliEnvironment): Promise<Result<PathOptions>> {
  const trust = flags.trust.length > 0 ? await readAll(flags.trust) : await identityRoot(environment);
  const timestampTrust = await readAll(flags.timestampTrust);
  if (!trust.ok || !timestampTrust.ok) {
    return failed([trust, timestampTrust].flatMap((result) => (result.ok ? [] : result.diagnostics)));
  }
  const { requireTimestamp, allowExpiredWithTimestamp, anyForm, allowEc, at = new Date(), expiresWithin } = flags;
  return ok({
    ...{ trust: trust.value, timestampTrust: timestampTrust.value, at },
    ...{ requireTimestamp, allowExpiredWithTimestamp, anyForm, allowEc },
    ...(flags.leaf.length > 0 ? { leaves: flags.leaf } : {}),
    ...(flags.publisher.length > 0 ? { publishers: flags.publisher } : {}),
    ...(expiresWithin === undefined ? {} : { expiresWithin }),
  });
}

async function identityRoot(environment: CliEnvironment): Promise<Result<readonly Buffer[]>> {
  const identity = await openIdentity(dataFolder(environment));
  return identity.ok ? ok([identity.value.root]) : identity;
}

async function readAll(paths: readonly string[]): Promise<Result<readonly Buffer[]>> {
  const files = await Promise.all(paths.map(readCertificates));
  const problems = files.flatMap((file) => (file.ok ? [] : file.diagnostics));
  return problems.length > 0 ? failed(problems) : ok(files.flatMap((file) => (file.ok ? file.value : [])));
}

async function readCertificates(path: string): Promise<Result<readonly Buffer[]>> {
  try {
    const certificates = certificatesIn(await readFile(path));
    if (certificates.length > 0) return ok(certificates);
  } catch {
    // Said below: a file without a certificate and one that is not there are the same mistake.
  }
  return failed([unreadable(path)]);
}

function unreadable(path: string): Diagnostic {
  return diagnostic('key-unreadable', { message: `"${path}" holds no certificate that could be trusted.`, file: path });
}
