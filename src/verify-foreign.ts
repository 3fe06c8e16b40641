import { createHash } from 'node:crypto';
import { createCertificateReader, readableCertificates, type Certificate } from './authenticode/certificate.ts';
import { checkCounterSignature } from './authenticode/counter-signature.ts';
import { parseDer, type DerNode } from './authenticode/der.ts';
import { attempt, FormatError } from './authenticode/format-error.ts';
import { readAuthenticode, type AuthenticodeData } from './authenticode/read-authenticode.ts';
import { readScriptBlock, type ScriptBlock } from './authenticode/read-script-block.ts';
import { codePagesWithDigest, type ScriptEncoding } from './authenticode/script-text.ts';
import { checkTimestampToken } from './authenticode/timestamp-token.ts';
import { failed, ok, type Diagnostic, type DiagnosticCode, type Result } from './diagnostic.ts';
import type { SignatureFacts } from './script-plan.ts';
import {
  checkSignedParts,
  createTimestampTrust,
  editedHelp,
  factsOf,
  keyProblems,
  notFromTheFuture,
  policyProblems,
  refusalsOf,
  trustedChain,
  type Refuse,
  type VerifyOptions,
} from './signature-checks.ts';

/** How a file is signed, beside who signed it. */
export interface FormFacts {
  readonly encoding: ScriptEncoding;
  /** Line ends of what is signed. */
  readonly lineEnds: 'crlf' | 'lf' | 'mixed' | 'none';
  readonly hash: string;
  /** `counter-signature` is the kind before RFC 3161. */
  readonly timestampKind: 'rfc3161' | 'counter-signature' | null;
  readonly nestedSignatures: number;
}

/** A signature that covers the whole text of its file and was made with the certificate it names; nobody trusts it yet. */
export interface IntactSignature {
  readonly signer: Certificate;
  readonly certificates: readonly Certificate[];
  readonly data: AuthenticodeData;
  readonly form: FormFacts;
}

/** Judges files that other programs signed as Windows would; what Windows is not known to accept is refused. */
export interface ForeignVerifier {
  /** The form, the digest and the signature of one file. */
  readonly read: (path: string, bytes: Buffer) => Result<IntactSignature>;
  /** Strength, timestamp, trust and policy. */
  readonly judge: (path: string, signature: IntactSignature) => Result<SignatureFacts>;
}

export function createForeignVerifier(options: VerifyOptions): ForeignVerifier {
  const trust = readableCertificates(options.trust);
  const timestampTrust = createTimestampTrust(options, trust);
  const readOne = createCertificateReader();
  const certificatesOf = (data: AuthenticodeData): readonly Certificate[] =>
    data.certificates.flatMap((node) => readIfPossible(node, readOne));

  const stampOf = ({ data, certificates }: IntactSignature, refuse: Refuse): Result<number | null> => {
    const { timestampToken: token, counterSignature: counter } = data.unsigned;
    const demand = { stamped: data.signature, trust: timestampTrust, readCertificate: readOne, asWindows: true };
    const times = [
      ...(token ? [stamp(() => checkTimestampToken(token, demand), refuse)] : []),
      ...(counter ? [stamp(() => checkCounterSignature(counter, { ...demand, certificates }), refuse)] : []),
    ];
    const [first = ok(null)] = times;
    const bad = times.find((time) => !time.ok) ?? first;
    return bad.ok && bad.value !== null ? notFromTheFuture(bad.value, options, refuse) : bad;
  };

  return {
    read: (path, bytes) => readIntact(path, bytes, certificatesOf, refusalsOf(path)),
    judge: (path, signature) => {
      const refuse = refusalsOf(path);
      const { signer, certificates } = signature;
      const weak = weaknesses(signature, refuse);
      const stamped = stampOf(signature, refuse);
      const chain = trustedChain(signer, certificates, trust, refuse);
      const missing = options.requireTimestamp === true && stamped.ok && stamped.value === null;
      const problems = [
        ...weak,
        ...keyProblems(signature.data, options, refuse),
        ...(stamped.ok ? [] : stamped.diagnostics),
        ...(missing ? [refuse('missing-timestamp', 'The signature has no timestamp, and one is required.')] : []),
        ...(chain.ok ? [] : chain.diagnostics),
        ...(chain.ok && stamped.ok ? policyProblems(chain.value, stamped.value, options, refuse) : []),
      ];
      return problems.length > 0 || !stamped.ok ? failed(problems) : ok(factsOf(signer, stamped.value));
    },
  };
}

function stamp(check: () => number, refuse: Refuse): Result<number> {
  const help = 'Name the root certificate of the timestamp service with --timestamp-trust if it is not a public one.';
  return attempt(check, ({ kind, message }) =>
    kind === 'unsupported' ? refuse('weak-signature', message) : refuse('bad-timestamp', message, help),
  );
}

// A certificate of a kind that we do not read cannot vouch for anything, and harms nobody either.
function readIfPossible(node: DerNode, read: (node: DerNode) => Certificate): Certificate[] {
  try {
    return [read(node)];
  } catch (error) {
    if (error instanceof FormatError) return [];
    throw error;
  }
}

type ReadCertificates = (data: AuthenticodeData) => readonly Certificate[];

function readIntact(
  path: string,
  bytes: Buffer,
  certificatesOf: ReadCertificates,
  refuse: Refuse,
): Result<IntactSignature> {
  const refused = ({ kind, message }: FormatError): Diagnostic =>
    kind === 'unsupported'
      ? refuse('unsupported-signature', message)
      : refuse('malformed-signature', message, editedHelp);
  const block = attempt(() => readScriptBlock(path, bytes), refused);
  if (!block.ok) return block;
  const found = block.value;
  if (found === undefined) return failed([refuse('not-signed', 'The file has no signature.')]);
  const all = attempt(() => signaturesIn(found), refused);
  if (!all.ok) return all;
  const [data, ...nested] = all.value;
  const certificates = certificatesOf(data);
  const signer = checkSignedParts(data, data.hash, certificates, refuse, { allowWeak: true });
  if (!signer.ok) return signer;
  const text = checkText(found, data, refuse);
  if (!text.ok) return text;
  for (const one of nested) {
    const inner = checkSignedParts(one, one.hash, certificatesOf(one), refuse, { allowWeak: true });
    if (!inner.ok) return inner;
    const innerText = checkText(found, one, refuse);
    if (!innerText.ok) return innerText;
  }
  return ok({ signer: signer.value, certificates, data, form: formOf(found, data) });
}

function signaturesIn({ cms }: ScriptBlock): [AuthenticodeData, ...AuthenticodeData[]] {
  const first = readAuthenticode(parseDer(cms));
  const nested = first.unsigned.nested.map(readAuthenticode);
  if (nested.some((one) => one.unsigned.nested.length > 0)) {
    throw new FormatError('A nested signature holds another one.', 'unsupported');
  }
  return [first, ...nested];
}

// Trying all code pages on more text than any script has would take seconds.
const maximumProbed = 1 << 20;

function checkText({ encoding, body }: ScriptBlock, data: AuthenticodeData, refuse: Refuse): Result<null> {
  if (encoding !== 'code-page') {
    const digest = createHash(data.hash).update(body, 'utf16le').digest();
    if (digest.equals(data.scriptDigest)) return ok(null);
    return failed([refuse('hash-mismatch', 'The script was changed after it was signed.', editedHelp)]);
  }
  const isProbed = body.length <= maximumProbed;
  const pages = isProbed ? codePagesWithDigest(body, data.hash, data.scriptDigest) : [];
  if (isProbed && pages.length === 0) {
    const message = 'The script was changed after it was signed, or signed in a code page that psmint does not know.';
    return failed([refuse('hash-mismatch', message, editedHelp)]);
  }
  const where = isProbed ? `; it holds where the code page is ${pages.join(' or ')}` : '';
  const message = `The script is not ASCII and has no byte order mark: its digest depends on the machine${where}.`;
  return failed([refuse('machine-dependent-text', message)]);
}

function weaknesses({ data, signer }: IntactSignature, refuse: Refuse): Diagnostic[] {
  const bits = signer.publicKey.asymmetricKeyDetails?.modulusLength ?? 0;
  const weak = (code: DiagnosticCode, message: string): Diagnostic[] => [refuse(code, message)];
  return [
    ...(data.hash === 'sha1' ? weak('weak-signature', 'The signature is intact, but uses SHA-1.') : []),
    ...(data.key === 'rsa' && bits < 2048
      ? weak('weak-signature', `The signature is intact, but its key has only ${bits} bits.`)
      : []),
  ];
}

function formOf({ encoding, body }: ScriptBlock, { hash, unsigned }: AuthenticodeData): FormFacts {
  const { timestampToken, counterSignature, nested } = unsigned;
  const timestampKind = timestampToken ? 'rfc3161' : counterSignature ? 'counter-signature' : null;
  return { encoding, lineEnds: lineEndsOf(body), hash, timestampKind, nestedSignatures: nested.length };
}

function lineEndsOf(body: string): FormFacts['lineEnds'] {
  const isCrlf = body.includes('\r\n');
  const isOther = /\r(?!\n)|(?<!\r)\n/.test(body);
  if (!isOther) return isCrlf ? 'crlf' : 'none';
  return isCrlf || /\r(?!\n)/.test(body) ? 'mixed' : 'lf';
}
