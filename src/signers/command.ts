import { X509Certificate } from 'node:crypto';
import { digestInfo } from '../authenticode/digest-info.ts';
import { failed, ok, type Result } from '../diagnostic.ts';
import { runFilter, type FilterAnswer } from '../tools.ts';
import { readCertificateFile } from './key-files.ts';
import { onlyLeaf } from './key-certificates.ts';
import { openRemoteKey, signatureLength, signerFailed, signerSetup, wrongSpec } from './remote-key.ts';
import { quoted, secretsIn } from './secrets.ts';
import type { OpenedSigner, SignerContext, SignRequest } from './signer.ts';
import { readTimeLimit } from './time-limit.ts';

export const commandForm = 'command:<certificates>,<digest|digest-info|tbs>,<program> [argument...]';

/** What the program gets on its standard input. */
const inputs: Readonly<Record<string, (request: SignRequest) => Buffer>> = {
  digest: ({ digest }) => digest,
  'digest-info': ({ digest }) => digestInfo(digest),
  tbs: ({ tbs }) => tbs,
};

/**
 * `command:<certificates>,<input>,<program> [argument...]`: any program that signs. It is started without a shell; words are
 * separated by spaces, double quotes keep spaces together, `{digest}` becomes the digest in base64. The signature comes on
 * its standard output as it is, or in base64.
 */
export async function openCommand(
  argument: string,
  { env, now, allowEc }: SignerContext,
): Promise<Result<OpenedSigner>> {
  const [, path = '', kind = '', line = ''] = /^([^,]+),([a-z-]+),([^]+)$/.exec(argument) ?? [];
  const input = Object.hasOwn(inputs, kind) ? inputs[kind] : undefined;
  const words = wordsOf(line);
  const [program, ...args] = words ?? [];
  if (input === undefined || program === undefined) {
    // The command line is not quoted: somebody may have put a password where it does not belong.
    const problem = 'What follows command: is not a certificate file, a kind of input and a program';
    return failed([wrongSpec(commandForm, problem)]);
  }
  const id = `command:${program}`;
  const limitMs = readTimeLimit(env, id);
  const certificates = await readCertificateFile(path);
  const unread = [limitMs, certificates].flatMap((result) => (result.ok ? [] : result.diagnostics));
  if (!limitMs.ok || !certificates.ok) return failed(unread);
  const leaf = onlyLeaf(
    certificates.value.map((der) => new X509Certificate(der)),
    id,
  );
  if (!leaf.ok) return leaf;
  const form = leaf.value.publicKey.asymmetricKeyType === 'ec' ? derForm : lengthForm(signatureLength(leaf.value));
  const sign = async (request: SignRequest): Promise<Result<Buffer>> => {
    const filled = args.map((word) => word.replaceAll('{digest}', request.digest.toString('base64')));
    const answer = await runFilter(program, filled, { input: input(request), env, timeoutMs: limitMs.value });
    return readAnswer(answer, { id, form, secrets: secretsIn(env), limitMs: limitMs.value });
  };
  const key = { id, certificates: certificates.value, leaf: leaf.value.raw, maximumParallel: 1, allowEc, sign };
  // One at a time: what the program talks to may be a token, and many drivers do not bear a second process.
  return openRemoteKey(key, now);
}

/** Words of a command line; undefined when a quote is not closed. */
function wordsOf(line: string): string[] | undefined {
  const words = line.match(/(?:[^\s"]|"[^"]*")+/g) ?? [];
  const isWhole = (line.match(/"/g)?.length ?? 0) % 2 === 0;
  return isWhole ? words.map((word) => word.replaceAll('"', '')) : undefined;
}

/** How a signature of a key looks before anybody verifies it. */
interface SignatureForm {
  readonly name: string;
  readonly fits: (bytes: Buffer) => boolean;
}

const lengthForm = (length: number): SignatureForm => ({
  name: `signature of ${length} bytes`,
  fits: (bytes) => bytes.length === length,
});

/** SEQUENCE of two numbers (RFC 3279 2.2.3): its first bytes say how long it is. */
const derForm: SignatureForm = {
  name: 'ECDSA signature in DER',
  fits: (bytes) => {
    const [tag, first = 0, second = 0] = bytes;
    const length = first < 0x80 ? first + 2 : first === 0x81 ? second + 3 : 0;
    return tag === 0x30 && bytes.length > 2 && bytes.length === length;
  },
};

interface AnswerContext {
  readonly id: string;
  readonly form: SignatureForm;
  readonly secrets: readonly string[];
  readonly limitMs: number;
}

function readAnswer(answer: FilterAnswer, { id, form, secrets, limitMs }: AnswerContext): Result<Buffer> {
  if (!answer.started) {
    return failed([signerSetup(id, 'the program cannot be started', 'Look at its name and at PATH.')]);
  }
  if (answer.timedOut) {
    const help = 'PSMINT_SIGNER_TIMEOUT sets a longer time, in seconds.';
    return failed([signerFailed(id, `the program did not end within ${limitMs / 1000} s`, help)]);
  }
  if (answer.exitCode !== 0) {
    const said = quoted(answer.stderr, secrets);
    const reason = `the program ended with exit code ${answer.exitCode}${said === '' ? '' : ` (${said.replace(/\.$/, '')})`}`;
    return failed([signerFailed(id, reason)]);
  }
  const signature = signatureOf(answer.stdout, form);
  if (signature !== undefined) return ok(signature);
  const reason = `the program gave ${answer.stdout.length} bytes, which are no ${form.name}, nor its base64`;
  return failed([signerFailed(id, reason)]);
}

// A signature of a known key has one form, and its base64 has another: nothing has to be guessed.
function signatureOf(output: Buffer, { fits }: SignatureForm): Buffer | undefined {
  if (fits(output)) return output;
  const text = output.toString('latin1').replace(/\s+/g, '');
  const decoded = /^[\w+/-]+={0,2}$/.test(text) ? Buffer.from(text, 'base64') : undefined;
  return decoded !== undefined && fits(decoded) ? decoded : undefined;
}
