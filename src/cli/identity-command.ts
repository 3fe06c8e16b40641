import { createIdentity, exportIdentity, identityFacts, openIdentity, type Identity } from '../identity.ts';
import { reportDiagnostics } from './answer.ts';
import { dataFolder, type CliEnvironment } from './environment.ts';
import { exitCodes, type ExitCode } from './exit-code.ts';

/** `psmint identity create`. */
export async function runIdentityCreate({ json }: { json: boolean }, environment: CliEnvironment): Promise<ExitCode> {
  const created = await createIdentity(dataFolder(environment), new Date());
  if (!created.ok) return reportDiagnostics(created.diagnostics, json, environment);
  printIdentity(created.value, json, environment);
  return exitCodes.done;
}

/** `psmint identity show`: thumbprints and validity, never a key. */
export async function runIdentityShow({ json }: { json: boolean }, environment: CliEnvironment): Promise<ExitCode> {
  const opened = await openIdentity(dataFolder(environment));
  if (!opened.ok) return reportDiagnostics(opened.diagnostics, json, environment);
  printIdentity(opened.value, json, environment);
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
  const lines = [facts.root, facts.signer].flatMap((certificate, index) => [
    `${index === 0 ? 'root  ' : 'signer'}  ${certificate.subject}`,
    `        SHA-1    ${certificate.sha1}`,
    `        SHA-256  ${certificate.sha256}`,
    `        valid    ${certificate.notBefore.slice(0, 10)} to ${certificate.notAfter.slice(0, 10)} (${certificate.daysLeft} days left)`,
  ]);
  environment.out([`folder  ${facts.folder}`, ...lines, ''].join('\n'));
}
