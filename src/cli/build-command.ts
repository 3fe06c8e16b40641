import { X509Certificate } from 'node:crypto';
import { compile, deliver, type BuildRequest, type DeliveryRequest } from '../build.ts';
import { compare } from '../compare-output.ts';
import { diagnostic, didYouMean, failed, ok, type Diagnostic, type Result } from '../diagnostic.ts';
import type { Manifest } from '../manifest.ts';
import { toolSbom } from '../sbom.ts';
import type { UnsignedScript } from '../script-plan.ts';
import { openSigner } from '../signers/index.ts';
import { leafProblems, type KeyRules } from '../signers/certificate-checks.ts';
import { readCertificateFile } from '../signers/key-files.ts';
import type { OpenedSigner } from '../signers/signer.ts';
import { targets } from '../targets/index.ts';
import type { Target } from '../targets/target.ts';
import { reportDiagnostics } from './answer.ts';
import { dataFolder, packageFolder, templatesFolder, toolVersion, type CliEnvironment } from './environment.ts';
import { exitCodes, type ExitCode } from './exit-code.ts';
import { loadPacks } from './packs.ts';
import { createProgress } from './progress.ts';
import { noTimestampService, readTimestampFlags, type TimestampFlags } from './timestamp-flags.ts';

export interface BuildFlags extends TimestampFlags {
  readonly target: readonly string[];
  readonly out: string;
  readonly signer?: string;
  readonly requireTimestamp: boolean;
  readonly nextSigner?: string;
  readonly allowEc: boolean;
  readonly provenance: boolean;
  readonly sbom: boolean;
  readonly unsigned: boolean;
  readonly keepSigned: boolean;
  readonly check: boolean;
  readonly json: boolean;
}

/** `psmint build`. */
export async function runBuild(
  names: readonly string[],
  flags: BuildFlags,
  environment: CliEnvironment,
): Promise<ExitCode> {
  const chosen = chooseTargets(flags.target);
  if (!chosen.ok) return reportDiagnostics(chosen.diagnostics, flags.json, environment);
  const packs = await loadPacks(names);
  if (!packs.ok) return reportDiagnostics(packs.diagnostics, flags.json, environment);
  const sbom = flags.sbom ? await toolSbom(packageFolder) : undefined;
  const attest = { provenance: flags.provenance, sbom };
  const request = { packs: packs.value, targets: chosen.value, templatesFolder, toolVersion: toolVersion(), attest };
  const scripts = await compile(request);
  if (!scripts.ok) return reportDiagnostics(scripts.diagnostics, flags.json, environment);
  if (flags.check) {
    const differences = await compare(flags.out, packs.value, scripts.value);
    if (differences.length > 0) return reportDiagnostics(differences, flags.json, environment);
    environment.out(
      flags.json ? '{ "ok": true }\n' : `${flags.out} is what the packs give (${scripts.value.length} scripts).\n`,
    );
    return exitCodes.done;
  }
  return flags.requireTimestamp && flags.timestamp.length === 0
    ? reportDiagnostics([noTimestampService()], flags.json, environment)
    : signAndWrite(request, scripts.value, flags, environment);
}

async function signAndWrite(
  request: BuildRequest,
  scripts: readonly UnsignedScript[],
  flags: BuildFlags,
  environment: CliEnvironment,
): Promise<ExitCode> {
  const timestamps = await readTimestampFlags(flags);
  if (!timestamps.ok) return couldNotFinish(timestamps.diagnostics, flags, environment);
  const opened = flags.unsigned ? ok(undefined) : await open(flags, environment);
  if (!opened.ok) return couldNotFinish(opened.diagnostics, flags, environment);
  // Each pack has one script more: that of its trust kit.
  const progress = createProgress('Signing', scripts.length + request.packs.length, environment);
  const delivery: DeliveryRequest = {
    ...request,
    out: flags.out,
    opened: opened.value,
    timestamps: timestamps.value,
    now: new Date(),
    keepSigned: flags.keepSigned,
    onSigned: progress.step,
  };
  const manifest = await deliver(delivery, scripts);
  progress.end();
  if (!manifest.ok) return couldNotFinish(manifest.diagnostics, flags, environment);
  announce(manifest.value, delivery, flags, environment);
  return exitCodes.done;
}

// The packs are right; signer, timestamp service or disk said no, whatever the code is called.
function couldNotFinish(diagnostics: readonly Diagnostic[], flags: BuildFlags, environment: CliEnvironment): ExitCode {
  reportDiagnostics(diagnostics, flags.json, environment);
  return exitCodes.couldNotFinish;
}

function chooseTargets(ids: readonly string[]): Result<readonly Target[]> {
  if (ids.length === 0 || ids.includes('all')) return ok(targets);
  const known = targets.map((target) => target.id);
  const unknown = ids.filter((id) => !known.includes(id));
  if (unknown.length === 0) return ok(targets.filter((target) => ids.includes(target.id)));
  return failed(
    unknown.map((id) =>
      diagnostic('unknown-target', {
        message: `There is no target "${id}".`,
        help: didYouMean(id, known) ?? `The targets are ${known.join(', ')}.`,
      }),
    ),
  );
}

async function open(flags: BuildFlags, environment: CliEnvironment): Promise<Result<OpenedSigner>> {
  const opened = await openNamedSigner(flags, environment);
  if (!opened.ok) return opened;
  if (opened.value.needsTimestamp === true && flags.timestamp.length === 0)
    return failed([withoutTimestamp(opened.value)]);
  if (flags.nextSigner === undefined) return opened;
  const next = await readNextSigner(flags.nextSigner, flags);
  return next.ok ? ok({ ...opened.value, next: next.value }) : next;
}

function withoutTimestamp({ signer }: OpenedSigner): Diagnostic {
  const message = `${signer.id}: the certificate lives only days, and so would the signatures.`;
  const help = 'Sign with --timestamp http://timestamp.acs.microsoft.com or another timestamp service.';
  return diagnostic('missing-timestamp', { message, help });
}

// It signs later, so it may be not valid yet; everything else must be right before machines come to trust it.
async function readNextSigner(path: string, rules: KeyRules): Promise<Result<Buffer>> {
  const file = await readCertificateFile(path);
  if (!file.ok) return file;
  const [der = Buffer.alloc(0)] = file.value;
  const problems = leafProblems(new X509Certificate(der), new Date(), path, rules);
  const serious = problems.filter(({ code }) => code !== 'certificate-not-yet-valid');
  return serious.length > 0 ? failed(serious) : ok(der);
}

/** Opens the signer that a spec names, with the secrets of the environment. */
/** The signer of the flags; none named: the local identity. */
export function openNamedSigner(
  { signer, allowEc }: { readonly signer?: string; readonly allowEc?: boolean },
  environment: CliEnvironment,
): Promise<Result<OpenedSigner>> {
  return openSigner(signer, { home: dataFolder(environment), env: environment.env, now: new Date(), allowEc });
}

function announce(manifest: Manifest, delivery: DeliveryRequest, flags: BuildFlags, environment: CliEnvironment): void {
  const { opened } = delivery;
  if (opened?.createdIdentity !== undefined) {
    environment.err(
      `Made a local signing identity in ${opened.createdIdentity}: a private root that only your machines will trust.\n` +
        'Keep that folder safe. `psmint identity show` prints it; folder trust/ of the bundle says how machines come to trust it.\n',
    );
  }
  const built = new Set(delivery.packs.map(({ pack }) => pack.id));
  const files = manifest.files.filter((file) => built.has(file.pack));
  environment.err(signatureNotes(files, flags.out, delivery.now));
  if (flags.json) {
    environment.out(`${JSON.stringify({ ok: true, out: flags.out, ...manifest }, null, 2)}\n`);
    return;
  }
  environment.out(files.map((file) => `${flags.out}/${file.path}\n`).join(''));
}

/** What people should know about the signatures before they hand the scripts out; empty when there is nothing. */
export function signatureNotes(files: Manifest['files'], out: string, now: Date): string {
  const signatures = files.flatMap(({ signature }) => signature ?? []);
  const [first] = signatures.map(({ signerNotAfter }) => signerNotAfter).sort();
  if (first === undefined) return 'The scripts are not signed: AllSigned and App Control will not run them.\n';
  const end = first.slice(0, 10);
  const notes = [];
  if (signatures.some(({ timestamp }) => timestamp === null)) {
    notes.push(
      `No timestamp: the signatures are good until ${end}, then the scripts stop running under AllSigned.\n` +
        `Build with --timestamp <url>, or add one later: psmint timestamp ${out}\n`,
    );
  }
  const daysLeft = Math.floor((Date.parse(first) - now.getTime()) / 86_400_000);
  if (daysLeft < renewalDays) {
    notes.push(
      `The signing certificate ends on ${end}, in ${daysLeft} days: machines must trust its successor before that.\n`,
    );
  }
  return notes.join('');
}

// Time to distribute a renewed certificate to every machine.
const renewalDays = 60;
