import { isAscii } from 'node:buffer';
import { hash, verify, X509Certificate, type KeyObject } from 'node:crypto';
import { scriptDigest, signatureBlock } from './authenticode/write-signature-block.ts';
import {
  createSignedDataWriter,
  detachedContent,
  programAttribute,
  signatureContent,
  type ProgramInfo,
  type SignatureContent,
} from './authenticode/write-signed-data.ts';
import { diagnostic, failed, ok, type Diagnostic, type Result } from './diagnostic.ts';
import { allOrNothing } from './parallel.ts';
import type { ScriptPlan, SignedScript, UnsignedScript } from './script-plan.ts';
import { chainProblems, signerNameOf, validityOf } from './signers/certificate-checks.ts';
import type { SignAnswer, Signer } from './signers/signer.ts';
import { createTimestampClient, type TimestampOptions, type Validity } from './timestamp.ts';

export interface SignOptions {
  /** Moment at which the certificate must be valid. */
  readonly now: Date;
  readonly timestamps?: TimestampOptions;
  /** Called after each script. */
  readonly onSigned?: () => void;
}

/**
 * Signs scripts, several at once, in the order they came. All or nothing. The same script, RSA key and certificate give the
 * same bytes, unless there is a timestamp.
 */
export async function sign(
  scripts: readonly UnsignedScript[],
  signer: Signer,
  options: SignOptions,
): Promise<Result<SignedScript[]>> {
  const early = signer.chain === undefined ? undefined : createEnvelope(signer.chain, signer, options.now);
  if (early?.ok === false) return early;
  const contentOf = createContents();
  const signContent = createContentSigner(signer, options);
  const signOne = async (script: UnsignedScript): Promise<Result<SignedScript>> => {
    const cms = await signContent(contentOf(script));
    if (!cms.ok) return cms;
    options.onSigned?.();
    // Not put together here: a copy of every script would be most of what signing costs beside the key.
    return ok({ script, block: signatureBlock(cms.value) });
  };
  return allOrNothing(scripts, signer.maximumParallel, signOne);
}

/** A detached signature (CMS, DER) over bytes that stay as they are: `manifest.json.p7s`. */
export function signDetached(bytes: Buffer, signer: Signer, options: SignOptions): Promise<Result<Buffer>> {
  return createContentSigner(signer, options)(detachedContent(hash('sha256', bytes, 'buffer')));
}

/** What signatures of scripts are over. The same script gives the same content. */
function createContents(): (script: UnsignedScript) => SignatureContent {
  // The scripts of a pack share what is told about them.
  const known = new Map<string, Buffer>();
  return ({ bytes, plan, path }) => {
    if (!isAscii(bytes)) throw new Error(`${path} is not ASCII and cannot be signed`);
    const info = programInfoOf(plan);
    const key = JSON.stringify(info);
    const program = known.get(key) ?? programAttribute(info);
    known.set(key, program);
    return signatureContent(scriptDigest(bytes), program);
  };
}

/** What a signature tells about a script: the title of its pack, and where its contact is found. */
export function programInfoOf({ title, moreInfo }: ScriptPlan): ProgramInfo {
  return { programName: title.en, ...(moreInfo === undefined ? {} : { moreInfo }) };
}

function createContentSigner(
  signer: Signer,
  options: SignOptions,
): (content: SignatureContent) => Promise<Result<Buffer>> {
  const client = options.timestamps && createTimestampClient(options.timestamps);
  const envelopeOf = createEnvelopes(signer, options.now);
  return async (content) => {
    const tbs = content.attributes;
    const answer = await signer.sign({ tbs, digest: hash('sha256', tbs, 'buffer'), hash: 'sha256' });
    if (!answer.ok) return answer;
    const { signature, chain } = answer.value;
    const envelope = envelopeOf(chain);
    if (!envelope.ok) return envelope;
    if (!isRightAnswer(answer.value, tbs, envelope.value.publicKey)) return failed([wrongAnswer(signer)]);
    const token = await client?.(signature, envelope.value.validity);
    if (token?.ok === false) return token;
    return ok(envelope.value.write(content, signature, token?.value));
  };
}

/** What is the same for every signature of one chain. */
interface Envelope {
  readonly publicKey: KeyObject;
  readonly validity: Validity;
  readonly write: ReturnType<typeof createSignedDataWriter>;
}

// A leaf may change between two signatures; the checks and constant parts are made once for each.
function createEnvelopes(signer: Signer, now: Date): (chain: readonly Buffer[]) => Result<Envelope> {
  const known = new Map<string, Result<Envelope>>();
  let last: { chain: readonly Buffer[]; envelope: Result<Envelope> } | undefined;
  return (chain) => {
    if (last?.chain === chain) return last.envelope;
    const key = chain.map((der) => hash('sha256', der)).join();
    const envelope = known.get(key) ?? createEnvelope(chain, signer, now);
    known.set(key, envelope);
    last = { chain, envelope };
    return envelope;
  };
}

function createEnvelope(chain: readonly Buffer[], signer: Signer, now: Date): Result<Envelope> {
  const certificates = parseChain(chain);
  if (certificates === undefined) {
    return failed([
      diagnostic('key-unreadable', { message: `${signer.id}: a certificate of the signer cannot be read.` }),
    ]);
  }
  const problems = chainProblems(certificates, now, signer.id, signer);
  const [leaf] = certificates;
  if (problems.length > 0 || leaf === undefined) return failed(problems);
  const write = createSignedDataWriter(chain, signerNameOf(leaf), keyOf(leaf.publicKey));
  return ok({ publicKey: leaf.publicKey, validity: validityOf(leaf), write });
}

function parseChain(chain: readonly Buffer[]): X509Certificate[] | undefined {
  try {
    return chain.map((der) => new X509Certificate(der));
  } catch {
    return undefined;
  }
}

// A signature is not taken on trust: keys get rotated, and services answer for the wrong one.
function isRightAnswer({ signature, scheme }: SignAnswer, tbs: Buffer, publicKey: KeyObject): boolean {
  const expected = keyOf(publicKey) === 'ec' ? 'ecdsa-der' : 'rsa-pkcs1';
  return scheme === expected && verify('sha256', tbs, publicKey, signature);
}

function keyOf({ asymmetricKeyType }: KeyObject): 'rsa' | 'ec' {
  return asymmetricKeyType === 'ec' ? 'ec' : 'rsa';
}

function wrongAnswer({ id }: Signer): Diagnostic {
  return diagnostic('certificate-key-mismatch', {
    message: `${id}: the signature does not verify with the certificate that came with it; nothing was written.`,
    help: 'The key and the certificate do not belong together.',
  });
}
