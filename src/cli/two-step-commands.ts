import { resolve } from 'node:path';
import { collectResults, failed, diagnostic, ok, type Result } from '../diagnostic.ts';
import { errorCode } from '../error-code.ts';
import { replaceFiles } from '../replace-files.ts';
import { readSignerFile } from '../signers/key-files.ts';
import { attach, type Attached } from '../two-step/attach.ts';
import { readRemoteSigner, type RemoteSigner } from '../two-step/certificates.ts';
import { createRequests, type BuiltFolder } from '../two-step/digest.ts';
import { fileOf, readAnswers, readRequests } from '../two-step/files.ts';
import { signRequests } from '../two-step/sign-requests.ts';
import { createValidator } from '../validate.ts';
import { reportDiagnostics } from './answer.ts';
import { openNamedSigner } from './build-command.ts';
import { schemaFolder, toolVersion, type CliEnvironment } from './environment.ts';
import { exitCodes, type ExitCode } from './exit-code.ts';
import { createProgress } from './progress.ts';
import { readTimestampFlags, type TimestampFlags } from './timestamp-flags.ts';
import { requestOf } from './written-folder.ts';

export interface DigestFlags {
  readonly out: string;
  readonly certificate?: string;
  readonly pack: readonly string[];
  readonly json: boolean;
}

/** `psmint digest`: first step, on the machine with the packs. */
export async function runDigest(
  folders: readonly string[],
  flags: DigestFlags,
  environment: CliEnvironment,
): Promise<ExitCode> {
  const signer = await namedSigner(flags.certificate);
  const built = signer.ok ? await builtFolders(folders, flags.pack) : signer;
  if (!signer.ok || !built.ok) return reportDiagnostics(built.ok ? [] : built.diagnostics, flags.json, environment);
  const request = { folders: built.value, packs: flags.pack, signer: signer.value, toolVersion: toolVersion() };
  const requests = await createRequests(request);
  if (!requests.ok) return reportDiagnostics(requests.diagnostics, flags.json, environment);
  const written = await writeJson(flags.out, requests.value);
  if (!written.ok) return reportDiagnostics(written.diagnostics, flags.json, environment);
  const count = requests.value.requests.length;
  environment.out(
    flags.json
      ? `${JSON.stringify({ ok: true, out: flags.out, count }, null, 2)}\n`
      : `${flags.out}: ${count} to sign\n`,
  );
  return exitCodes.done;
}

/** Each folder once, however often and in whatever way it is named. */
async function builtFolders(folders: readonly string[], packs: readonly string[]): Promise<Result<BuiltFolder[]>> {
  const places = new Map(folders.map((folder) => [resolve(folder), folder]));
  const built = [...places.values()].map(async (folder): Promise<Result<BuiltFolder>> => {
    const build = await requestOf(folder, packs);
    return build.ok ? ok({ folder, build: build.value }) : build;
  });
  return collectResults(await Promise.all(built));
}

async function namedSigner(path: string | undefined): Promise<Result<RemoteSigner | undefined>> {
  if (path === undefined) return ok(undefined);
  const file = await readSignerFile(path, 'certificate');
  return file.ok ? readRemoteSigner(file.value, path, new Date()) : file;
}

export interface SignRequestsFlags {
  readonly signer?: string;
  readonly out: string;
  readonly json: boolean;
}

/** `psmint sign-requests`: second step, on the machine with the key; other tools can do it too. */
export async function runSignRequests(
  path: string,
  flags: SignRequestsFlags,
  environment: CliEnvironment,
): Promise<ExitCode> {
  const requests = await readRequests(path, createValidator(schemaFolder));
  if (!requests.ok) return reportDiagnostics(requests.diagnostics, flags.json, environment);
  const opened = await openNamedSigner(flags, environment);
  const answers = opened.ok ? await signRequests(requests.value, opened.value, new Date()) : opened;
  const written = answers.ok ? await writeJson(flags.out, answers.value) : answers;
  if (!answers.ok || !written.ok)
    return reportDiagnostics(written.ok ? [] : written.diagnostics, flags.json, environment);
  const lines = requests.value.requests.map((request) => `signed  ${request.sha256}  ${fileOf(request)}\n`);
  environment.out(
    flags.json
      ? `${JSON.stringify({ ok: true, out: flags.out, count: answers.value.answers.length }, null, 2)}\n`
      : lines.join(''),
  );
  return exitCodes.done;
}

export interface AttachFlags extends TimestampFlags {
  readonly json: boolean;
}

/** `psmint attach`: third step, on the machine with the packs. */
export async function runAttach(
  requestsPath: string,
  answersPath: string,
  flags: AttachFlags,
  environment: CliEnvironment,
): Promise<ExitCode> {
  const attached = await attachFiles(requestsPath, answersPath, flags, environment);
  if (!attached.ok) return reportDiagnostics(attached.diagnostics, flags.json, environment);
  const { paths, signer, isSealed, signature } = attached.value;
  const thumbprint = signer.leaf.fingerprint256.replaceAll(':', '');
  environment.err(`Signed by ${signer.leaf.subject.split('\n').join(', ')}, SHA-256 ${thumbprint}\n`);
  if (signature?.timestamp === null) {
    environment.err(`No timestamp: the signatures are good until ${signature.signerNotAfter.slice(0, 10)}.\n`);
  }
  if (!isSealed) {
    environment.err('manifest.json is not signed yet: "psmint digest" once more asks for its signature.\n');
  }
  const result = { ok: true, signerSha256: thumbprint, isManifestSigned: isSealed, files: paths };
  environment.out(flags.json ? `${JSON.stringify(result, null, 2)}\n` : paths.map((path) => `${path}\n`).join(''));
  return exitCodes.done;
}

async function attachFiles(
  requestsPath: string,
  answersPath: string,
  flags: AttachFlags,
  environment: CliEnvironment,
): Promise<Result<Attached>> {
  const validator = createValidator(schemaFolder);
  const requests = await readRequests(requestsPath, validator);
  const answers = await readAnswers(answersPath, validator);
  const timestamps = await readTimestampFlags(flags);
  const unread = [requests, answers, timestamps].flatMap((result) => (result.ok ? [] : result.diagnostics));
  if (!requests.ok || !answers.ok || !timestamps.ok) return failed(unread);
  const named = requests.value.requests.map(({ folder }) => folder);
  const folders = await builtFolders(named, requests.value.packs);
  if (!folders.ok) return folders;
  const progress = createProgress('Attaching', requests.value.requests.length, environment);
  const attached = await attach({
    requests: requests.value,
    answers: answers.value,
    folders: folders.value,
    timestamps: timestamps.value,
    now: new Date(),
    onSigned: progress.step,
  });
  progress.end();
  return attached;
}

async function writeJson(path: string, value: unknown): Promise<Result<null>> {
  try {
    await replaceFiles([{ path, content: `${JSON.stringify(value, null, 2)}\n` }]);
    return ok(null);
  } catch (error) {
    return failed([diagnostic('output-unwritable', { message: `"${path}" cannot be written (${errorCode(error)}).` })]);
  }
}
