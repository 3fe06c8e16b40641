import type { ExitCode } from './exit-code.ts';

type Run<Input extends readonly unknown[]> = (...input: Input) => Promise<ExitCode>;

// Each command loads its own modules when it runs: nobody waits for a signer to read a help text.
const later =
  <Input extends readonly unknown[]>(load: () => Promise<Run<Input>>): Run<Input> =>
  async (...input) =>
    (await load())(...input);

export const runBuild = later(async () => (await import('./build-command.ts')).runBuild);
export const runTimestamp = later(async () => (await import('./timestamp-command.ts')).runTimestamp);
export const runDigest = later(async () => (await import('./two-step-commands.ts')).runDigest);
export const runSignRequests = later(async () => (await import('./two-step-commands.ts')).runSignRequests);
export const runAttach = later(async () => (await import('./two-step-commands.ts')).runAttach);
export const runVerify = later(async () => (await import('./verify-command.ts')).runVerify);
export const runTest = later(async () => (await import('./test-command.ts')).runTest);
export const runIdentityCreate = later(async () => (await import('./identity-command.ts')).runIdentityCreate);
export const runIdentityRenew = later(async () => (await import('./identity-command.ts')).runIdentityRenew);
export const runIdentitySwitch = later(async () => (await import('./identity-command.ts')).runIdentitySwitch);
export const runIdentityShow = later(async () => (await import('./identity-command.ts')).runIdentityShow);
export const runIdentityExport = later(async () => (await import('./identity-command.ts')).runIdentityExport);
export const runNewPack = later(async () => (await import('./new-pack-command.ts')).runNewPack);
export const runTargets = later(async () => (await import('./list-commands.ts')).runTargets);
export const runRules = later(async () => (await import('./list-commands.ts')).runRules);
export const runExplain = later(async () => (await import('./list-commands.ts')).runExplain);

/** What the help of a command says about signers and secrets; '' for a command that has to do with neither. */
export async function secretsHelpFor(args: readonly string[]): Promise<string> {
  if (!args.includes('build') && !args.includes('sign-requests')) return '';
  return (await import('./secrets-help.ts')).secretsHelp;
}
