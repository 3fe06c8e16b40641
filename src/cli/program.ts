import { Command, CommanderError, Option } from 'commander';
import { runBuild, type BuildFlags } from './build-command.ts';
import { toolVersion, type CliEnvironment } from './environment.ts';
import { exitCodes, type ExitCode } from './exit-code.ts';
import { runIdentityCreate, runIdentityExport, runIdentityShow } from './identity-command.ts';
import { runExplain, runRules, runTargets } from './list-commands.ts';
import { languageChoices, runTest, type TestFlags } from './test-command.ts';
import { signerKinds } from '../signers/index.ts';
import { runVerify, type VerifyFlags } from './verify-command.ts';

type Action = () => Promise<ExitCode>;

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];
const json = (): Option => new Option('--json', 'print the result as JSON').default(false);
const timestamps = (): Option =>
  new Option('--timestamp <url>', 'RFC 3161 timestamp service; several are tried in order')
    .argParser(collect)
    .default([]);

function program(environment: CliEnvironment, run: (action: Action) => Promise<void>): Command {
  const root = new Command('psmint')
    .description('Compiles requirement packs into signed, standalone PowerShell scripts: check, fix-cert, report.')
    .version(toolVersion(), '--version')
    .showSuggestionAfterError()
    .configureOutput({ writeOut: environment.out, writeErr: environment.err })
    .exitOverride();
  addBuild(root, environment, run);
  addVerify(root, environment, run);
  addTest(root, environment, run);
  addIdentity(root, environment, run);
  addLists(root, environment, run);
  return root;
}

function addBuild(root: Command, environment: CliEnvironment, run: (action: Action) => Promise<void>): void {
  root
    .command('build')
    .description('build, sign and verify the scripts of packs, and write them all or nothing')
    .argument('[pack...]', 'ids of packs in rules/, or paths of pack files (none: every pack in rules/)')
    .option('--target <id>', 'delivery target; several, or all (none: all)', collect, [])
    .option('--out <folder>', 'output folder', 'dist')
    .option('--signer <spec>', 'who signs, see below (none: the local identity, made on first use)')
    .addOption(timestamps())
    .addOption(
      new Option('--unsigned', 'write scripts without a signature').default(false).conflicts(['signer', 'timestamp']),
    )
    .option('--check', 'write nothing; compare the unsigned bytes with what is on disk', false)
    .addOption(json())
    .addHelpText('after', secretsHelp)
    .action((packs: string[], flags: BuildFlags) => run(() => runBuild(packs, flags, environment)));
}

const signersHelp = Object.values(signerKinds).map(({ form, summary }) => `  ${form}\n      ${summary}`);

const secretsHelp = `
Signers (needs, examples and limits of each: docs/signers.md):
${signersHelp.join('\n')}

Secrets come from the environment, never from the command line:
  PSMINT_PFX_PASSWORD, PSMINT_PFX_PASSWORD_FILE   password of a PFX file, or the file that holds it
  PSMINT_KEY_PASSWORD, PSMINT_KEY_PASSWORD_FILE   password of an encrypted PEM key
  PSMINT_PKCS11_PIN, PSMINT_PKCS11_PIN_FILE       PIN of a token
  PSMINT_AZURE_TOKEN, PSMINT_GOOGLE_TOKEN         access token, where the vendor's identity library is not used
  AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY        and AWS_SESSION_TOKEN, AWS_PROFILE, AWS_REGION as for every AWS tool
Settings:
  PSMINT_SIGNER_TIMEOUT                           longest wait for one signature, seconds (60)
  PSMINT_HOME                                     folder of the local identity`;

function addVerify(root: Command, environment: CliEnvironment, run: (action: Action) => Promise<void>): void {
  root
    .command('verify')
    .description('check the signatures of scripts; of a bundle also every file against its manifest.json')
    .argument('<path...>', 'scripts or folders')
    .option('--trust <pem>', 'root certificate to trust; several (none: the local identity)', collect, [])
    .option('--require-timestamp', 'a signature without a timestamp does not verify', false)
    .addOption(json())
    .action((paths: string[], flags: VerifyFlags) => run(() => runVerify(paths, flags, environment)));
}

function addTest(root: Command, environment: CliEnvironment, run: (action: Action) => Promise<void>): void {
  root
    .command('test')
    .description('run the real scripts of packs on simulated machines, in a real PowerShell')
    .argument('[pack...]', 'ids or paths of packs (none: every pack in rules/)')
    .option('--machines <path>', 'machine file or folder; several (none: test/machines)', collect, [])
    .option('--shell <shell>', 'pwsh, powershell or a path (none: the first that is there)')
    .addOption(
      new Option('--language <mode>', 'language mode for machines that name none')
        .choices([...languageChoices])
        .default('FullLanguage'),
    )
    .option('--junit <file>', 'write the results as JUnit XML too')
    .option('--require-coverage', 'fail when a rule has an outcome, row or threshold that no machine shows', false)
    .addOption(json())
    .action((packs: string[], flags: TestFlags) => run(() => runTest(packs, flags, environment)));
}

function addIdentity(root: Command, environment: CliEnvironment, run: (action: Action) => Promise<void>): void {
  const identity = root
    .command('identity')
    .description('the local signing identity: a private root and a code-signing leaf');
  identity
    .command('create')
    .description('make the identity now instead of on the first build')
    .addOption(json())
    .action((flags: { json: boolean }) => run(() => runIdentityCreate(flags, environment)));
  identity
    .command('show')
    .description('print thumbprints, validity and where the keys are')
    .addOption(json())
    .action((flags: { json: boolean }) => run(() => runIdentityShow(flags, environment)));
  identity
    .command('export')
    .description('write root.cer and signer.cer (never a key)')
    .option('--out <folder>', 'output folder', '.')
    .action((flags: { out: string }) => run(() => runIdentityExport(flags, environment)));
}

function addLists(root: Command, environment: CliEnvironment, run: (action: Action) => Promise<void>): void {
  root
    .command('targets')
    .description('list the delivery targets, or explain one')
    .argument('[id]')
    .addOption(json())
    .action((id: string | undefined, flags: { json: boolean }) => run(() => runTargets(id, flags, environment)));
  root
    .command('rules')
    .description('list the packs and their rules')
    .addOption(json())
    .action((flags: { json: boolean }) => run(() => runRules(flags, environment)));
  root
    .command('explain')
    .description('explain a diagnostic code')
    .argument('<code>')
    .action((code: string) => run(() => runExplain(code, environment)));
}

/** Runs one command line and gives its exit code; never throws and never ends the process. */
export async function main(args: readonly string[], environment: CliEnvironment): Promise<ExitCode> {
  let code: ExitCode = exitCodes.done;
  try {
    await program(environment, async (action) => {
      code = await action();
    }).parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.inputWrong;
    environment.err(
      `This is a bug in psmint: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    return exitCodes.couldNotFinish;
  }
  return code;
}
