import type { Result } from '../diagnostic.ts';
import { exportIdentity, identityFacts } from '../identity-facts.ts';
import { reissueSigner, renewIdentity, switchSigner } from '../identity-renewal.ts';
import { createIdentity, openIdentity, type Identity } from '../identity.ts';
import { reportDiagnostics } from './answer.ts';
import { dataFolder, type CliEnvironment } from './environment.ts';
import { exitCodes, type ExitCode } from './exit-code.ts';

interface CreateFlags {
  readonly json: boolean;
  /** A new leaf under the root that is there. */
  readonly fromCa: boolean;
}

/** `psmint identity create`. */
export async function runIdentityCreate(flags: CreateFlags, environment: CliEnvironment): Promise<ExitCode> {
  const create = flags.fromCa ? reissueSigner : createIdentity;
  const created = await create(dataFolder(environment), new Date());
  const note = 'Machines must trust this signer before they run what it signs: build, and distribute folder trust/.\n';
  return answer(created, flags.json, environment, flags.fromCa ? note : '');
}

/** `psmint identity renew`. */
export async function runIdentityRenew({ json }: { json: boolean }, environment: CliEnvironment): Promise<ExitCode> {
  const note =
    'The next signer is in trust/ from the next build on. Distribute next-signer.cer; when every machine has it, run "psmint identity switch".\n';
  return answer(await renewIdentity(dataFolder(environment), new Date()), json, environment, note);
}

/** `psmint identity switch`. */
export async function runIdentitySwitch({ json }: { json: boolean }, environment: CliEnvironment): Promise<ExitCode> {
  const note =
    'Builds are signed by the new signer from now on; trust/ carries the one before as previous-signer.cer.\n';
  return answer(await switchSigner(dataFolder(environment), new Date()), json, environment, note);
}

/** `psmint identity show`: thumbprints and validity, never a key. */
export async function runIdentityShow({ json }: { json: boolean }, environment: CliEnvironment): Promise<ExitCode> {
  return answer(await openIdentity(dataFolder(environment)), json, environment, '');
}

function answer(identity: Result<Identity>, json: boolean, environment: CliEnvironment, note: string): ExitCode {
  if (!identity.ok) return reportDiagnostics(identity.diagnostics, json, environment);
  printIdentity(identity.value, json, environment);
  environment.err(note);
  return exitCodes.done;
}

/** `psmint identity export`: root.cer and signer.cer. */
export async function runIdentityExport({ out }: { out: string }, environment: CliEnvironment): Promise<ExitCode> {
  const opened = await openIdentity(dataFolder(environment));
  const written = opened.ok ? await exportIdentity(opened.value, out) : opened;
  if (!written.ok) return reportDiagnostics(written.diagnostics, false, environment);
  environment.out(written.value.map((path) => `${path}\n`).join(''));
  return exitCodes.done;
}

function printIdentity(identity: Identity, json: boolean, environment: CliEnvironment): void {
  const facts = identityFacts(identity, new Date());
  if (json) {
    environment.out(`${JSON.stringify(facts, null, 2)}\n`);
    return;
  }
  const named = { root: facts.root, signer: facts.signer, next: facts.nextSigner, previous: facts.previousSigner };
  const lines = Object.entries(named).flatMap(([name, certificate]) =>
    certificate === undefined
      ? []
      : [
          `${name.padEnd(8)}  ${certificate.subject}`,
          `          SHA-1    ${certificate.sha1}`,
          `          SHA-256  ${certificate.sha256}`,
          `          valid    ${certificate.notBefore.slice(0, 10)} to ${certificate.notAfter.slice(0, 10)} (${certificate.daysLeft} days left)`,
        ],
  );
  environment.out([`folder    ${facts.folder}`, ...lines, ''].join('\n'));
}
