import { createHash } from 'node:crypto';
import { attempt } from './authenticode/format-error.ts';
import {
  createCertificateReader,
  readableCertificates,
  readCertificate,
  type Certificate,
  type CertificateReader,
} from './authenticode/certificate.ts';
import { parseDer } from './authenticode/der.ts';
import { certificatesIn } from './authenticode/pem.ts';
import { isPortableText, readSignatureBlock, type SignatureBlock } from './authenticode/read-signature-block.ts';
import { readSignedData, type SignedScriptData } from './authenticode/read-signed-data.ts';
import { checkTimestampToken } from './authenticode/timestamp-token.ts';
import { collectResults, diagnostic, failed, ok, type Diagnostic, type Result } from './diagnostic.ts';
import type { SignatureFacts, SignedScript, UnsignedScript, VerifiedScript } from './script-plan.ts';
import {
  checkSignedParts,
  createTimestampTrust,
  editedHelp,
  exactChain,
  factsOf,
  keyProblems,
  notFromTheFuture,
  policyProblems,
  refusalsOf,
  type Refuse,
  type VerifyOptions,
} from './signature-checks.ts';

export type { VerifyOptions };

/** Checks one file; `path` is for messages. The facts are true of the bytes when the result is ok. */
export type Verifier = (path: string, bytes: Buffer) => Result<SignatureFacts>;

/** A verifier for many files; what is trusted is read once. */
export function createVerifier(options: VerifyOptions): Verifier {
  const trust = readableCertificates(options.trust);
  const timestampTrust = createTimestampTrust(options, trust);
  const read = createCertificateReader();

  const momentOf = (data: SignedScriptData, refuse: Refuse): Result<number | null> => {
    const token = data.timestampToken;
    if (token === undefined) {
      if (options.requireTimestamp !== true) return ok(null);
      return failed([refuse('missing-timestamp', 'The signature has no timestamp, and one is required.')]);
    }
    const demand = { stamped: data.signature, readCertificate: read, trust: timestampTrust };
    const time = attempt(
      () => checkTimestampToken(token, demand),
      (error) => refuse('bad-timestamp', error.message),
    );
    return time.ok ? notFromTheFuture(time.value, options, refuse) : time;
  };

  return (path, bytes) => {
    const refuse = refusalsOf(path);
    const parts = readParts(bytes, read, refuse);
    if (!parts.ok) return parts;
    const { block, data, certificates } = parts.value;
    const signer = checkSigner(data, certificates, refuse);
    if (!signer.ok) return signer;
    const text = checkText(block, data, refuse);
    if (!text.ok) return text;
    const unfit = keyProblems(data, options, refuse);
    if (unfit.length > 0) return failed(unfit);
    const moment = momentOf(data, refuse);
    if (!moment.ok) return moment;
    const chain = exactChain(signer.value, certificates, trust, refuse);
    if (!chain.ok) return chain;
    const problems = policyProblems(chain.value, moment.value, options, refuse);
    return problems.length > 0 ? failed(problems) : ok(factsOf(signer.value, moment.value));
  };
}

/** Checks one file. For many files `createVerifier` reads the trusted certificates only once. */
export function verifySignature(path: string, bytes: Buffer, options: VerifyOptions): Result<SignatureFacts> {
  return createVerifier(options)(path, bytes);
}

/** DER of the certificates in a file (PEM with one or more, or DER) that the user names as trusted. */
export function readTrust(path: string, bytes: Buffer): Result<readonly Buffer[]> {
  const unreadable = (error: Error): Diagnostic =>
    diagnostic('key-unreadable', { message: `The certificate cannot be used: ${error.message}`, file: path });
  return attempt(() => certificatesIn(bytes).map((der) => readCertificate(der).raw), unreadable);
}

interface Parts {
  readonly block: SignatureBlock;
  readonly data: SignedScriptData;
  readonly certificates: readonly Certificate[];
}

function readParts(bytes: Buffer, read: CertificateReader, refuse: Refuse): Result<Parts> {
  const malformed = (error: Error): Diagnostic => refuse('malformed-signature', error.message, editedHelp);
  const block = attempt(() => readSignatureBlock(bytes), malformed);
  if (!block.ok) return block;
  const found = block.value;
  if (found === undefined) return failed([refuse('not-signed', 'The file has no signature.')]);
  return attempt(() => {
    const data = readSignedData(parseDer(found.cms));
    return { block: found, data, certificates: data.certificates.map(read) };
  }, malformed);
}

function checkSigner(
  data: SignedScriptData,
  certificates: readonly Certificate[],
  refuse: Refuse,
): Result<Certificate> {
  const signer = checkSignedParts(data, 'sha256', certificates, refuse);
  if (!signer.ok || signer.value === certificates[0]) return signer;
  const message = 'The certificate of the signer is not the first in the signature.';
  return failed([refuse('bad-signature', message, editedHelp)]);
}

function checkText({ body }: SignatureBlock, data: SignedScriptData, refuse: Refuse): Result<null> {
  const digest = createHash('sha256').update(body, 'utf16le').digest();
  if (!digest.equals(data.scriptDigest)) {
    return failed([refuse('hash-mismatch', 'The script was changed after it was signed.', editedHelp)]);
  }
  if (isPortableText(body)) return ok(null);
  const message = 'The script is not ASCII with CRLF line ends; whether its signature holds depends on the machine.';
  return failed([refuse('malformed-signature', message)]);
}

/** Checks signed scripts; only what is exactly right becomes a VerifiedScript. All mistakes of all scripts at once. */
export function verify(scripts: readonly SignedScript[], options: VerifyOptions): Result<VerifiedScript[]> {
  const verifier = createVerifier(options);
  return collectResults(
    scripts.map(({ script, block }) => {
      const file = { ...script, bytes: Buffer.concat([script.bytes, block]) };
      const signature = verifier(file.path, file.bytes);
      return signature.ok ? ok(verified(file, signature.value)) : signature;
    }),
  );
}

/** For builds that the user wants unsigned: takes scripts that hold nothing like a signature. */
export function acceptUnsigned(scripts: readonly UnsignedScript[]): VerifiedScript[] {
  return scripts.map((script) => {
    if (readSignatureBlock(script.bytes) !== undefined) throw new Error(`${script.path} has a signature block already`);
    return verified(script, null);
  });
}

// The one place where the brand is given; nothing else may cast.
function verified(file: UnsignedScript, signature: SignatureFacts | null): VerifiedScript {
  return { ...file, signature } as VerifiedScript;
}
