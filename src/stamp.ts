import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parseDer, tags } from './authenticode/der.ts';
import { readSignatureBlock } from './authenticode/read-signature-block.ts';
import { readSignedData } from './authenticode/read-signed-data.ts';
import { signatureBlock } from './authenticode/write-signature-block.ts';
import { createSignedDataWriter, programAttribute, signatureContent } from './authenticode/write-signed-data.ts';
import { diagnostic, failed, ok, type Diagnostic, type Result } from './diagnostic.ts';
import { errorCode } from './error-code.ts';
import { allOrNothing } from './parallel.ts';
import { replaceFiles } from './replace-files.ts';
import { signerNameOf, validityOf } from './signers/certificate-checks.ts';
import { createTimestampClient, type TimestampClient, type TimestampOptions } from './timestamp.ts';
import { createVerifier } from './verify.ts';

export interface StampRequest {
  readonly paths: readonly string[];
  /** DER of the roots that the signatures must lead to. */
  readonly trust: readonly Buffer[];
  readonly allowEc: boolean;
  readonly timestamps: TimestampOptions;
  readonly now: Date;
  /** Called after each file. */
  readonly onStamped?: () => void;
}

/** What happened to one file. */
export interface Stamped {
  readonly path: string;
  /** Time of the timestamp, ISO 8601 UTC. */
  readonly timestamp: string;
  /** The file had a timestamp before, and stays as it is. */
  readonly isOld: boolean;
}

// Requests under way at once: enough to hide the way to the service, too few to be taken for an attack.
const requestsUnderWay = 8;

/** Adds timestamps to signed scripts. What does not verify is refused; files are replaced all or none. */
export async function stampFiles(request: StampRequest): Promise<Result<readonly Stamped[]>> {
  const stampOne = createStamper(request);
  const stamped = await allOrNothing(request.paths, requestsUnderWay, async (path) => {
    const result = await stampOne(path);
    request.onStamped?.();
    return result;
  });
  if (!stamped.ok) return stamped;
  try {
    await replaceFiles(stamped.value.flatMap(({ path, content }) => (content ? [{ path, content }] : [])));
    return ok(stamped.value.map(({ path, timestamp, content }) => ({ path, timestamp, isOld: content === undefined })));
  } catch (error) {
    return failed([
      diagnostic('output-unwritable', {
        message: `A file cannot be replaced (${errorCode(error)}); nothing was changed.`,
      }),
    ]);
  }
}

interface StampedBytes {
  readonly path: string;
  readonly timestamp: string;
  /** undefined when there is a timestamp already. */
  readonly content?: Buffer;
}

function createStamper({
  trust,
  allowEc,
  timestamps,
  now,
}: StampRequest): (path: string) => Promise<Result<StampedBytes>> {
  const options = { trust, allowEc, at: now, ...(timestamps.trust ? { timestampTrust: timestamps.trust } : {}) };
  const verifier = createVerifier(options);
  const strict = createVerifier({ ...options, requireTimestamp: true });
  const client = createTimestampClient(timestamps);
  return async (path) => {
    const bytes = await readFile(path).catch(() => undefined);
    if (bytes === undefined) return failed([unreadable(path)]);
    const facts = verifier(path, bytes);
    if (!facts.ok) return facts;
    const { timestamp } = facts.value;
    if (timestamp !== null) return ok({ path, timestamp });
    const content = await withTimestamp(bytes, client);
    if (!content.ok) return content;
    const proof = strict(path, content.value);
    return proof.ok ? ok({ path, timestamp: proof.value.timestamp ?? '', content: content.value }) : proof;
  };
}

// `bytes` verify, so their form is the one that is written here; only the token is new.
async function withTimestamp(bytes: Buffer, client: TimestampClient): Promise<Result<Buffer>> {
  const block = readSignatureBlock(bytes);
  if (block === undefined) throw new Error('This is a bug: a file without a signature has verified');
  const data = readSignedData(parseDer(block.cms));
  const chain = data.certificates.map(({ raw }) => raw);
  if (chain[0] === undefined) throw new Error('This is a bug: a signature without a certificate has verified');
  const leaf = new X509Certificate(chain[0]);
  const token = await client(data.signature, validityOf(leaf));
  if (!token.ok) return token;
  const attributes = Buffer.concat([Buffer.of(tags.set), data.signedAttributes.raw.subarray(1)]);
  const program = programAttribute({ programName: '' });
  const content = { ...signatureContent(data.scriptDigest, program), attributes };
  const write = createSignedDataWriter(chain, signerNameOf(leaf), data.key);
  const cms = write(content, data.signature, token.value);
  return ok(Buffer.concat([Buffer.from(block.body, 'latin1'), signatureBlock(cms)]));
}

function unreadable(path: string): Diagnostic {
  return diagnostic('file-unreadable', { message: `"${path}" cannot be read.`, file: path });
}
