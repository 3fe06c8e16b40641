import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { reportBug } from './answer.ts';
import type { BuildFlags } from './build-command.ts';
import * as commands from './commands.ts';
import { toolVersion, type CliEnvironment } from './environment.ts';
import { exitCodes, type ExitCode } from './exit-code.ts';
import { newPackOptions, type NewPackFlags } from './new-pack-questions.ts';
import type { TestFlags } from './test-command.ts';
import type { TimestampCommandFlags } from './timestamp-command.ts';
import type { AttachFlags, DigestFlags, SignRequestsFlags } from './two-step-commands.ts';
import type { VerifyFlags } from './verify-command.ts';
import { parseDays, parseMoment, parseObjectIdentifier, parseThumbprint } from './verify-values.ts';

type Action = () => Promise<ExitCode>;
type Run = (action: Action) => Promise<void>;

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];
const json = (): Option => new Option('--json', 'print the result as JSON').default(false);
const several = (option: string, text: string): Option => new Option(option, text).argParser(collect).default([]);
const allowEc = new Option('--allow-ec', 'take EC keys too, which no public authority vouches for').default(false);
const timestamps = (): readonly Option[] => [
  several('--timestamp <url>', 'RFC 3161 timestamp service; several are tried in order'),
  new Option('--timestamp-policy <oid>', 'policy that the timestamps must be made under').argParser(
    valueOf(parseObjectIdentifier, 'An object identifier is written 1.2.3.'),
  ),
  several('--timestamp-trust <pem>', 'root of a timestamp service of your own; several'),
];

function addOptions(command: Command, options: readonly Option[]): Command {
  for (const option of options) command.addOption(option);
  return command;
}

function program(environment: CliEnvironment, secretsHelp: string, run: Run): Command {
  const root = new Command('psmint')
    .description('Compiles requirement packs into signed, standalone PowerShell scripts: check, fix-cert, report.')
    .version(toolVersion(), '--version')
    .showSuggestionAfterError()
    .configureOutput({ writeOut: environment.out, writeErr: environment.err })
    .exitOverride();
  addBuild(root, environment, secretsHelp, run);
  addTimestamp(root, environment, run);
  addTwoStep(root, environment, secretsHelp, run);
  addVerify(root, environment, run);
  addTest(root, environment, run);
  addIdentity(root, environment, run);
  addNew(root, environment, run);
  addLists(root, environment, run);
  return root;
}

function addBuild(root: Command, environment: CliEnvironment, secretsHelp: string, run: Run): void {
  const build = root
    .command('build')
    .description('build, sign and verify the scripts of packs, and write them all or nothing')
    .argument('[pack...]', 'ids of packs in rules/, or paths of pack files (none: every pack in rules/)')
    .option('--target <id>', 'delivery target; several, or all (none: all)', collect, [])
    .option('--out <folder>', 'output folder', 'dist')
    .option('--signer <spec>', 'who signs, see below (none: the local identity, made on first use)');
  addOptions(build, [...timestamps(), allowEc])
    .option('--keep-signed', 'sign again only what changed, or what another certificate signed', false)
    .option('--require-timestamp', 'fail when no timestamp service was named', false)
    .option('--next-signer <cer>', 'certificate that will sign later; trust/ carries it, so that machines are ready')
    .addOption(
      new Option('--unsigned', 'write scripts without a signature')
        .default(false)
        .conflicts(['signer', 'timestamp', 'requireTimestamp', 'nextSigner', 'allowEc', 'keepSigned']),
    )
    .option('--provenance', 'add an in-toto statement with SLSA provenance to each bundle', false)
    .option('--sbom', 'add a CycloneDX bill of materials of psmint to each bundle', false)
    .option('--check', 'write nothing; compare the unsigned bytes with what is on disk', false)
    .addOption(json())
    .addHelpText('after', secretsHelp)
    .action((packs: string[], flags: BuildFlags) => run(() => commands.runBuild(packs, flags, environment)));
}

function addTimestamp(root: Command, environment: CliEnvironment, run: Run): void {
  addOptions(root.command('timestamp'), [...timestamps(), allowEc])
    .description('add timestamps to scripts that were signed without one; what does not verify is refused')
    .argument('<path...>', 'output folders of a build as a whole, or other signed scripts and folders of them')
    .option('--trust <pem>', 'root certificate to trust; several (none: the local identity)', collect, [])
    .option('--signer <spec>', 'signer of the bundle, which signs its manifest again (none: the local identity)')
    .option('--pack <path>', 'pack file that a bundle was built from, when it is not in rules/; several', collect, [])
    .addOption(json())
    .action((paths: string[], flags: TimestampCommandFlags) =>
      run(() => commands.runTimestamp(paths, flags, environment)),
    );
}

function addTwoStep(root: Command, environment: CliEnvironment, secretsHelp: string, run: Run): void {
  root
    .command('digest')
    .description('list what has to be signed in unsigned builds, for a key on another machine')
    .argument('[path...]', 'output folders of "psmint build --unsigned"', ['dist'])
    .option('--out <file>', 'requests to write', 'requests.json')
    .option('--certificate <pem>', 'certificates of the signer, leaf first up to the root: nobody else may then sign')
    .option('--pack <path>', 'pack file that a folder was built from, when it is not in rules/; several', collect, [])
    .addOption(json())
    .action((paths: string[], flags: DigestFlags) => run(() => commands.runDigest(paths, flags, environment)));
  root
    .command('sign-requests')
    .description('sign requests on the machine that has the key')
    .argument('<requests>', 'file that "psmint digest" wrote')
    .option('--signer <spec>', 'pem:<cert>,<key> or pfx:<file> (none: the local identity)')
    .option('--out <file>', 'answers to write', 'answers.json')
    .addOption(json())
    .addHelpText('after', secretsHelp)
    .action((path: string, flags: SignRequestsFlags) => run(() => commands.runSignRequests(path, flags, environment)));
  addOptions(root.command('attach'), timestamps())
    .description('put the signatures into the build that they were asked for, all or nothing')
    .argument('<requests>', 'file that "psmint digest" wrote')
    .argument('<answers>', 'signatures and certificates that came back')
    .addOption(json())
    .action((requests: string, answers: string, flags: AttachFlags) =>
      run(() => commands.runAttach(requests, answers, flags, environment)),
    );
}

function addVerify(root: Command, environment: CliEnvironment, run: Run): void {
  const verify = root
    .command('verify')
    .description('check the signatures of scripts; of a bundle also every file against its manifest.json')
    .argument('<path...>', 'scripts, folders or zip archives')
    .option('--trust <pem>', 'root certificate to trust; several (none: the local identity)', collect, []);
  addVerifyPolicy(verify);
  verify
    .option('--any-form', 'judge signatures of other programs too, as Windows does', false)
    .addOption(allowEc)
    .addOption(json())
    .action((paths: string[], flags: VerifyFlags) => run(() => commands.runVerify(paths, flags, environment)));
}

function addVerifyPolicy(verify: Command): void {
  const leaf = valueOf(parseThumbprint, 'It takes a SHA-256 thumbprint, 64 hex digits.');
  const leaves = (value: string, before: readonly string[]): readonly string[] => [...before, leaf(value)];
  const moment = valueOf(parseMoment, 'It takes 2026-06-15 or 2026-06-15T12:00:00Z.');
  const days = valueOf(parseDays, 'It takes days, for example 60d.');
  verify
    .option('--leaf <sha256>', 'only this certificate may have signed; several', leaves, [])
    .option('--publisher <name>', 'only this common name or whole subject may have signed; several', collect, [])
    .option('--require-timestamp', 'a signature without a timestamp does not verify', false)
    .option('--timestamp-trust <pem>', 'root of a timestamp service, beside the public ones; several', collect, [])
    .option('--at <date>', 'verify as of this moment, ISO 8601 (none: now)', moment)
    .option('--allow-expired-with-timestamp', 'a timestamp keeps a signature good after its certificate ended', true)
    .option('--no-allow-expired-with-timestamp', 'the certificate must be valid at the moment too')
    .option('--expires-within <days>', 'a signature that ends within, for example, 60d does not verify', days);
}

function valueOf<T>(parse: (text: string) => T | undefined, hint: string): (text: string) => T {
  return (text) => {
    const value = parse(text);
    if (value === undefined) throw new InvalidArgumentError(hint);
    return value;
  };
}

function addTest(root: Command, environment: CliEnvironment, run: Run): void {
  root
    .command('test')
    .description('run the real scripts of packs on simulated machines, in a real PowerShell')
    .argument('[pack...]', 'ids or paths of packs (none: every pack in rules/)')
    .option('--machines <path>', 'machine file or folder; several (none: test/machines)', collect, [])
    .option('--shell <shell>', 'pwsh, powershell or a path (none: the first that is there)')
    .addOption(
      new Option('--language <mode>', 'language mode for machines that name none')
        .choices(['FullLanguage', 'ConstrainedLanguage', 'both'] satisfies TestFlags['language'][])
        .default('FullLanguage'),
    )
    .option('--junit <file>', 'write the results as JUnit XML too')
    .option('--require-coverage', 'fail when a rule has an outcome, row or threshold that no machine shows', false)
    .addOption(json())
    .action((packs: string[], flags: TestFlags) => run(() => commands.runTest(packs, flags, environment)));
}

function addIdentity(root: Command, environment: CliEnvironment, run: Run): void {
  const identity = root
    .command('identity')
    .description('the local signing identity: a private root and a code-signing leaf');
  identity
    .command('create')
    .description('make the identity now instead of on the first build')
    .option('--from-ca', 'a new signer under the root that is there, for a key that was lost or stolen', false)
    .addOption(json())
    .action((flags: { json: boolean; fromCa: boolean }) => run(() => commands.runIdentityCreate(flags, environment)));
  const plain = [
    ['renew', 'make the next signer under the same root; trust/ carries it, and it signs nothing yet', 'Renew'],
    ['switch', 'sign with the next signer from now on', 'Switch'],
    ['show', 'print thumbprints, validity and where the keys are', 'Show'],
  ] as const;
  for (const [name, text, action] of plain)
    addOptions(identity.command(name).description(text), [json()]).action((flags: { json: boolean }) =>
      run(() => commands[`runIdentity${action}`](flags, environment)),
    );
  identity
    .command('export')
    .description('write root.cer and signer.cer (never a key)')
    .option('--out <folder>', 'output folder', '.')
    .action((flags: { out: string }) => run(() => commands.runIdentityExport(flags, environment)));
}

function addNew(root: Command, environment: CliEnvironment, run: Run): void {
  const pack = root
    .command('new')
    .description('start something of your own')
    .command('pack')
    .description('write a first pack that builds, and machines for it; on a terminal, asks for what no option says')
    .argument('<vendor>', 'who makes the requirement')
    .option('--certificate <file>', 'certificate of an authority that must be there; several', collect, []);
  for (const [option, text, value] of newPackOptions) pack.option(option, text, value);
  pack
    .addOption(json())
    .action((vendor: string, flags: NewPackFlags) => run(() => commands.runNewPack(vendor, flags, environment)));
}

function addLists(root: Command, environment: CliEnvironment, run: Run): void {
  root
    .command('targets')
    .description('list the delivery targets, or explain one')
    .argument('[id]')
    .addOption(json())
    .action((id: string | undefined, flags: { json: boolean }) =>
      run(() => commands.runTargets(id, flags, environment)),
    );
  const rules = addOptions(root.command('rules').description('list the packs and their rules'), [json()]);
  rules.action((flags: { json: boolean }) => run(() => commands.runRules(flags, environment)));
  root
    .command('explain')
    .description('explain a diagnostic code')
    .argument('<code>')
    .action((code: string) => run(() => commands.runExplain(code, environment)));
}

/** Runs one command line and gives its exit code; never throws and never ends the process. */
export async function main(args: readonly string[], environment: CliEnvironment): Promise<ExitCode> {
  let code: ExitCode = exitCodes.done;
  try {
    await program(environment, await commands.secretsHelpFor(args), async (action) => {
      code = await action();
    }).parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.inputWrong;
    reportBug(error, environment);
    return exitCodes.couldNotFinish;
  }
  return code;
}
