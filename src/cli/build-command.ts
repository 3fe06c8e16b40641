import { compare, compile, deliver, type DeliveryRequest } from '../build.ts';
import { diagnostic, didYouMean, failed, ok, type Diagnostic, type Result } from '../diagnostic.ts';
import type { Manifest } from '../manifest.ts';
import { openSigner } from '../signers/index.ts';
import type { OpenedSigner } from '../signers/signer.ts';
import { targets } from '../targets/index.ts';
import type { Target } from '../targets/target.ts';
import { reportDiagnostics } from './answer.ts';
import { dataFolder, templatesFolder, toolVersion, type CliEnvironment } from './environment.ts';
import { exitCodes, type ExitCode } from './exit-code.ts';
import { loadPacks } from './packs.ts';

export interface BuildFlags {
  readonly target: readonly string[];
  readonly out: string;
  readonly signer?: string;
  readonly timestamp: readonly string[];
  readonly unsigned: boolean;
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
  const request = { packs: packs.value, targets: chosen.value, templatesFolder, toolVersion: toolVersion() };
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
  const opened = flags.unsigned ? ok(undefined) : await open(flags, environment);
  if (!opened.ok) return couldNotFinish(opened.diagnostics, flags, environment);
  const delivery: DeliveryRequest = {
    ...request,
    out: flags.out,
    opened: opened.value,
    timestamps: flags.timestamp.length > 0 ? { urls: flags.timestamp } : undefined,
    now: new Date(),
  };
  const manifest = await deliver(delivery, scripts.value);
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
  const context = { home: dataFolder(environment), env: environment.env, now: new Date() };
  const opened = await openSigner(flags.signer, context);
  if (!opened.ok || opened.value.needsTimestamp !== true || flags.timestamp.length > 0) return opened;
  const message = `${opened.value.signer.id}: the certificate lives only days, and so would the signatures.`;
  const help = 'Sign with --timestamp http://timestamp.acs.microsoft.com or another timestamp service.';
  return failed([diagnostic('missing-timestamp', { message, help })]);
}

function announce(manifest: Manifest, delivery: DeliveryRequest, flags: BuildFlags, environment: CliEnvironment): void {
  const { opened } = delivery;
  if (opened?.createdIdentity !== undefined) {
    environment.err(
      `Made a local signing identity in ${opened.createdIdentity}: a private root that only your machines will trust.\n` +
        'Keep that folder safe. `psmint identity show` prints it; folder trust/ of the bundle says how machines come to trust it.\n',
    );
  }
  if (flags.json) {
    environment.out(`${JSON.stringify({ ok: true, out: flags.out, ...manifest }, null, 2)}\n`);
    return;
  }
  const scripts = manifest.files.filter((file) => file.signature !== undefined);
  const signature = scripts[0]?.signature;
  if (!signature) environment.err('The scripts are not signed: AllSigned and App Control will not run them.\n');
  else if (signature.timestamp === null) {
    environment.err(`No timestamp: the signatures are good until ${signature.signerNotAfter.slice(0, 10)}.\n`);
  }
  const built = new Set(delivery.packs.map(({ pack }) => pack.id));
  const lines = manifest.files.filter((file) => built.has(file.pack)).map((file) => `${flags.out}/${file.path}\n`);
  environment.out(lines.join(''));
}
