import { createHash } from 'node:crypto';
import { attempt } from './authenticode/format-error.ts';
import { isoTime, chainProblems, findChain, type ChainProblem } from './authenticode/certificate-chain.ts';
import {
  readableCertificates,
  createCertificateReader,
  readCertificate,
  isValidSignature,
  type Certificate,
  type CertificateReader,
} from './authenticode/certificate.ts';
import { isSorted } from './authenticode/der-value.ts';
import { parseDer, tags } from './authenticode/der.ts';
import { oids } from './authenticode/oids.ts';
import { certificatesIn } from './authenticode/pem.ts';
import { createPlatformRoots } from './authenticode/platform-roots.ts';
import { isPortableText, readSignatureBlock, type SignatureBlock } from './authenticode/read-signature-block.ts';
import { readSignedData, type SignedScriptData } from './authenticode/read-signed-data.ts';
import { checkTimestampToken } from './authenticode/timestamp-token.ts';
import {
  collectResults,
  diagnostic,
  failed,
  ok,
  type Diagnostic,
  type DiagnosticCode,
  type Result,
} from './diagnostic.ts';
import type { SignatureFacts, SignedScript, UnsignedScript, VerifiedScript } from './script-plan.ts';

export interface VerifyOptions {
  /** DER of the certificates that a signature may lead to. */
  readonly trust: readonly Buffer[];
  /** DER of roots of timestamp services, beside the public ones that Node knows. */
  readonly timestampTrust?: readonly Buffer[];
  readonly requireTimestamp?: boolean;
  /** Moment at which a signature without a timestamp must be valid. */
  readonly at: Date;
}

/** Checks one file; `path` is for messages. The facts are true of the bytes when the result is ok. */
export type Verifier = (path: string, bytes: Buffer) => Result<SignatureFacts>;

// A service's clock may be a little ahead of ours.
const clockTolerance = 300_000;

/** A verifier for many files; what is trusted is read once. */
export function createVerifier(options: VerifyOptions): Verifier {
  const trust = readableCertificates(options.trust);
  const timestampTrust = readableCertificates(options.timestampTrust ?? []);
  const platform = createPlatformRoots();
  const read = createCertificateReader();
  const isStamped = (time: number): boolean => time <= options.at.getTime() + clockTolerance;

  const momentOf = (data: SignedScriptData, refuse: Refuse): Result<number | null> => {
    if (data.timestampToken === undefined) {
      if (options.requireTimestamp !== true) return ok(null);
      return failed([refuse('missing-timestamp', 'The signature has no timestamp, and one is required.')]);
    }
    const token = data.timestampToken;
    const demand = {
      stamped: data.signature,
      readCertificate: read,
      trust: (named: readonly Certificate[]) => [...timestampTrust, ...trust, ...platform(named)],
    };
    const time = attempt(
      () => checkTimestampToken(token, demand),
      (error) => refuse('bad-timestamp', error.message),
    );
    if (!time.ok || isStamped(time.value)) return time;
    return failed([refuse('bad-timestamp', `The timestamp is of ${isoTime(time.value)}, which is in the future.`)]);
  };

  return (path, bytes) => {
    const refuse: Refuse = (code, message, help) =>
      diagnostic(code, { message, file: path, ...(help ? { help } : {}) });
    const parts = readParts(bytes, read, refuse);
    if (!parts.ok) return parts;
    const { block, data, certificates } = parts.value;
    const signer = checkCms(data, certificates, refuse);
    if (!signer.ok) return signer;
    const text = checkText(block, data, refuse);
    if (!text.ok) return text;
    const moment = momentOf(data, refuse);
    if (!moment.ok) return moment;
    const problems = trustProblems(certificates, trust, moment.value ?? options.at.getTime(), refuse);
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

type Refuse = (code: DiagnosticCode, message: string, help?: string) => Diagnostic;

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

const editedHelp = 'Take the file from the bundle again; an editor, git or a mail gateway may have changed it.';

// RSA PKCS#1 v1.5 with SHA-256, as readSignedData found it named.
const scheme = { hash: 'sha256', key: 'rsa' } as const;

// Inside out: who signed, that the signature covers the attributes, that the attributes cover the content.
function checkCms(data: SignedScriptData, certificates: readonly Certificate[], refuse: Refuse): Result<Certificate> {
  const bad = (message: string): Result<never> => failed([refuse('bad-signature', message, editedHelp)]);
  const signer = certificates.find(
    ({ issuer, serial }) => issuer.equals(data.signer.issuer) && serial.equals(data.signer.serial),
  );
  if (signer === undefined) return bad('The certificate that the signature names is not in it.');
  if (signer !== certificates[0]) return bad('The certificate of the signer is not the first in the signature.');
  if (!isSorted(data.signedAttributes.children))
    return bad('The signed attributes are not in the order that was signed.');
  const digest = createHash('sha256').update(data.contentOctets).digest();
  if (!digest.equals(data.messageDigest)) return bad('The digest in the signature was exchanged.');
  // Stored as [0] IMPLICIT, signed as SET OF (RFC 5652 5.4).
  const signed = Buffer.concat([Buffer.of(tags.set), data.signedAttributes.raw.subarray(1)]);
  if (!isValidSignature(scheme, signed, signer.publicKey, data.signature))
    return bad('The signature does not fit the certificate.');
  return ok(signer);
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

const problemCodes: Readonly<Record<ChainProblem['kind'], DiagnosticCode>> = {
  untrusted: 'untrusted-signer',
  expired: 'certificate-expired',
  'wrong-usage': 'certificate-wrong-usage',
};

function trustProblems(
  certificates: readonly Certificate[],
  trust: readonly Certificate[],
  at: number,
  refuse: Refuse,
): Diagnostic[] {
  const [leaf, ...others] = certificates;
  const chain = leaf && findChain(leaf, others, trust);
  if (leaf === undefined || chain === undefined) {
    const name = leaf === undefined ? 'Nobody' : `"${leaf.name}"`;
    const message = `${name} signed it, which leads to no certificate that is trusted here.`;
    return [refuse('untrusted-signer', message, 'Name the root certificate of the signer with --trust.')];
  }
  // Nothing signs the list of certificates: it must be exactly the chain, or it could carry anything.
  const isExact = certificates.every((certificate, index) => chain[index]?.raw.equals(certificate.raw) === true);
  if (!isExact)
    return [refuse('malformed-signature', 'The signature carries a certificate that is not part of its chain.')];
  const purpose = oids.codeSigning;
  return chainProblems(chain, { purpose, at }).map(({ kind, reason }) => refuse(problemCodes[kind], reason));
}

function factsOf(signer: Certificate, moment: number | null): SignatureFacts {
  const thumbprint = (hash: string): string => createHash(hash).update(signer.raw).digest('hex').toUpperCase();
  return {
    signerSha1: thumbprint('sha1'),
    signerSha256: thumbprint('sha256'),
    signerSubject: signer.name,
    signerNotAfter: isoTime(signer.notAfter),
    timestamp: moment === null ? null : isoTime(moment),
  };
}

/** Checks signed scripts; only what is exactly right becomes a VerifiedScript. All mistakes of all scripts at once. */
export function verify(scripts: readonly SignedScript[], options: VerifyOptions): Result<VerifiedScript[]> {
  const verifier = createVerifier(options);
  return collectResults(
    scripts.map((script) => {
      const signature = verifier(script.path, script.bytes);
      return signature.ok ? ok(verified(script, signature.value)) : signature;
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
function verified(script: SignedScript, signature: SignatureFacts | null): VerifiedScript {
  return { ...script, signature } as VerifiedScript;
}
