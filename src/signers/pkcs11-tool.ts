import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diagnostic, failed, ok, type Diagnostic, type Result } from '../diagnostic.ts';
import { errorCode } from '../error-code.ts';
import { runFilter } from '../tools.ts';
import { signerFailed, signerSetup } from './remote-key.ts';
import { quoted } from './secrets.ts';
import type { SignerEnvironment } from './signer.ts';

/** A driver, and how pkcs11-tool of OpenSC is run with it. */
export interface Pkcs11Access {
  /** Name of the signer for messages. */
  readonly id: string;
  /** undefined: the driver that comes with OpenSC, for smart cards. */
  readonly modulePath: string | undefined;
  readonly pin: string;
  /** Drivers find their settings in it. */
  readonly env: SignerEnvironment;
  readonly limitMs: number;
}

/** A token as it describes itself, by the attributes of RFC 7512. */
export type Pkcs11Token = Readonly<Record<'token' | 'manufacturer' | 'serial' | 'model' | 'slot-id', string>>;

export interface Pkcs11Object {
  /** For example `Private Key Object; RSA`. */
  readonly kind: string;
  readonly label: string;
  /** Hexadecimal in lower case. */
  readonly id: string;
}

const program = 'pkcs11-tool';
// The tool reads the PIN from a variable: arguments of a program can be read by everybody on the computer.
const pinVariable = 'PSMINT_PKCS11_PIN';

async function runTool(access: Pkcs11Access, args: readonly string[]): Promise<Result<string>> {
  const { id, modulePath, pin, env, limitMs } = access;
  const module = modulePath === undefined ? [] : ['--module', modulePath];
  const answer = await runFilter(program, [...module, ...args], {
    input: Buffer.alloc(0),
    env: { ...env, [pinVariable]: pin },
    timeoutMs: limitMs,
  });
  if (!answer.started) {
    const help =
      'Install OpenSC (apt install opensc, brew install opensc, or its Windows installer) and put it on PATH.';
    return failed([signerSetup(id, `the program ${program} is not installed`, help)]);
  }
  if (answer.timedOut) return failed([signerFailed(id, `the token did not answer within ${limitMs / 1000} s`)]);
  if (answer.exitCode !== 0) return failed([refused(id, quoted(answer.stderr, [pin]))]);
  return ok(answer.stdout.toString('utf8'));
}

function refused(id: string, said: string): Diagnostic {
  if (!/CKR_PIN_|CKR_USER_PIN/.test(said)) return signerFailed(id, `the token refused (${said.replace(/\.$/, '')})`);
  const isLocked = said.includes('CKR_PIN_LOCKED');
  return diagnostic('wrong-password', {
    message: isLocked ? `${id}: the PIN of the token is locked.` : `${id}: the PIN does not open the token.`,
    help: isLocked
      ? 'Unlock it with the tools of its maker.'
      : 'Set PSMINT_PKCS11_PIN, or PSMINT_PKCS11_PIN_FILE to a file that holds it. It was tried once; tokens lock after a few.',
  });
}

/** The tokens that a driver sees. Needs no PIN. */
export async function listTokens(access: Pkcs11Access): Promise<Result<readonly Pkcs11Token[]>> {
  const listed = await runTool(access, ['--list-token-slots']);
  if (!listed.ok) return listed;
  const slots = blocksOf(listed.value, /^Slot \d+ \((0x[0-9a-f]+)\)/);
  return ok(
    slots
      .filter(({ fields }) => fields.get('token state') !== 'uninitialized')
      .map(({ head, fields }) => ({
        token: fields.get('token label') ?? '',
        manufacturer: fields.get('token manufacturer') ?? '',
        model: fields.get('token model') ?? '',
        serial: fields.get('serial num') ?? '',
        'slot-id': String(Number(head)),
      })),
  );
}

/** The private keys or certificates of a token, after the PIN was given once. */
export async function listObjects(
  access: Pkcs11Access,
  slot: string,
  type: 'privkey' | 'cert',
): Promise<Result<readonly Pkcs11Object[]>> {
  const listed = await runTool(access, [...login(slot), '--list-objects', '--type', type]);
  if (!listed.ok) return listed;
  return ok(
    blocksOf(listed.value, /^((?:Private Key|Certificate) Object;.*)$/).map(({ head, fields }) => ({
      kind: head,
      label: fields.get('label') ?? '',
      id: (fields.get('ID') ?? '').toLowerCase(),
    })),
  );
}

/** DER of a certificate on a token. */
export function readTokenCertificate(
  access: Pkcs11Access,
  slot: string,
  object: Pkcs11Object,
): Promise<Result<Buffer>> {
  const name = object.id === '' ? ['--label', object.label] : ['--id', object.id];
  const args = [...login(slot), '--read-object', '--type', 'cert', ...name];
  return withFiles(access.id, (_, output) => runTool(access, [...args, '--output-file', output]));
}

/** RSA PKCS#1 v1.5 over a DigestInfo: the one mechanism that every RSA token has. */
export function signOnToken(
  access: Pkcs11Access,
  slot: string,
  keyId: string,
  digestInfo: Buffer,
): Promise<Result<Buffer>> {
  const args = [...login(slot), '--sign', '--mechanism', 'RSA-PKCS', '--id', keyId];
  return withFiles(access.id, async (input, output) => {
    await writeFile(input, digestInfo);
    return runTool(access, [...args, '--input-file', input, '--output-file', output]);
  });
}

const login = (slot: string): string[] => ['--slot', slot, '--login', '--pin', `env:${pinVariable}`];

// On Windows the tool's standard streams are text, which would change a signature; digest and signature are no secrets.
async function withFiles(
  id: string,
  run: (input: string, output: string) => Promise<Result<string>>,
): Promise<Result<Buffer>> {
  const folder = await mkdtemp(join(tmpdir(), 'psmint-'));
  try {
    const output = join(folder, 'output');
    const done = await run(join(folder, 'input'), output);
    return done.ok ? ok(await readFile(output)) : done;
  } catch (error) {
    return failed([signerFailed(id, `the answer of the token cannot be read (${errorCode(error)})`)]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Block {
  readonly head: string;
  readonly fields: ReadonlyMap<string, string>;
}

// A line that matches `start` opens a block; "  name:   value" lines after it belong to it.
function blocksOf(text: string, start: RegExp): Block[] {
  const blocks: { head: string; fields: Map<string, string> }[] = [];
  for (const line of text.split(/\r?\n/)) {
    const head = start.exec(line)?.[1];
    const [, name, value = ''] = /^\s+([\w /]+?)\s*:\s*(.*?)\s*$/.exec(line) ?? [];
    if (head !== undefined) blocks.push({ head, fields: new Map() });
    else if (/^\S/.test(line)) blocks.push({ head: '', fields: new Map() });
    else if (name !== undefined) blocks.at(-1)?.fields.set(name, value);
  }
  return blocks.filter(({ head }) => head !== '');
}
