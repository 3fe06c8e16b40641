import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { isoTime } from './authenticode/certificate-chain.ts';
import { readableCertificates, readCertificate } from './authenticode/certificate.ts';
import { FormatError } from './authenticode/format-error.ts';
import { createPlatformRoots } from './authenticode/platform-roots.ts';
import { readTimestampResponse, timestampRequest } from './authenticode/timestamp-request.ts';
import { checkTimestampToken } from './authenticode/timestamp-token.ts';
import { diagnostic, failed, ok, type Diagnostic, type Result } from './diagnostic.ts';
import { readLimited } from './read-limited.ts';

export interface TimestampOptions {
  /** RFC 3161 services, tried in this order. */
  readonly urls: readonly string[];
  /** OID of the policy that a timestamp must be made under; none: that of the service. */
  readonly policy?: string | undefined;
  /** DER of roots that are trusted beside the public ones that Node knows. */
  readonly trust?: readonly Buffer[];
  /** Longest wait for one timestamp over all services and tries, milliseconds. */
  readonly limitMs?: number;
  /** Longest wait for one answer, milliseconds. */
  readonly requestMs?: number;
  /** Wait after the first round of tries; doubles with each round, milliseconds. */
  readonly pauseMs?: number;
}

/** When the certificate that made a signature is valid; both ends included. */
export interface Validity {
  readonly from: Date;
  readonly to: Date;
}

/** Gets a timestamp for a signature value. @returns DER of the token, fully checked, of a time at which the signer was valid */
export type TimestampClient = (signature: Buffer, signer: Validity) => Promise<Result<Buffer>>;

const rounds = 3;
// Real answers are below 10 kB.
const maximumAnswer = 256 << 10;

/** A client for several services. A service that failed goes to the end of the line for the next signature. */
export function createTimestampClient(options: TimestampOptions): TimestampClient {
  const { limitMs = 60_000, requestMs = 15_000, pauseMs = 500, policy } = options;
  const roots = readableCertificates(options.trust ?? []);
  const platform = createPlatformRoots();
  let order = [...options.urls];
  return async (signature, signer) => {
    const limit = AbortSignal.timeout(limitMs);
    const reasons = new Map<string, string>();
    for (let round = 0; round < rounds && !limit.aborted; round += 1) {
      if (round > 0) await pause(pauseMs * 2 ** (round - 1), undefined, { signal: limit }).catch(() => undefined);
      for (const url of [...order]) {
        const signal = AbortSignal.any([limit, AbortSignal.timeout(requestMs)]);
        const answer = await ask(url, { signature, policy }, signal);
        const trust = (names: Parameters<typeof platform>[0]): ReturnType<typeof platform> => [
          ...roots,
          ...platform(names),
        ];
        const token = answer.ok ? checkAnswer(answer, { signature, signer, policy }, trust) : answer;
        if (token.ok) return ok(token.token);
        reasons.set(url, token.reason);
        order = [...order.filter((other) => other !== url), url];
      }
    }
    return failed([timestampFailed(options.urls, reasons)]);
  };
}

type Refused = { readonly ok: false; readonly reason: string };
type Answer = { readonly ok: true; readonly bytes: Buffer; readonly nonce: Buffer };

/** What is stamped, and under which policy. */
interface Wanted {
  readonly signature: Buffer;
  readonly signer: Validity;
  readonly policy: string | undefined;
}

async function ask(
  url: string,
  { signature, policy }: Omit<Wanted, 'signer'>,
  signal: AbortSignal,
): Promise<Answer | Refused> {
  const nonce = newNonce();
  const body = timestampRequest(createHash('sha256').update(signature).digest(), nonce, policy);
  const headers = { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' };
  try {
    const response = await fetch(url, { method: 'POST', headers, body: new Uint8Array(body), signal });
    if (!response.ok) {
      await response.body?.cancel();
      return { ok: false, reason: `it answered with HTTP status ${response.status}` };
    }
    const bytes = await readLimited(response, maximumAnswer);
    return bytes ? { ok: true, bytes, nonce } : { ok: false, reason: 'its answer is too long' };
  } catch (error) {
    return { ok: false, reason: reasonOf(error) };
  }
}

// Eight octets that are a positive INTEGER without a leading zero, so that the bytes come back as they were sent.
function newNonce(): Buffer {
  const nonce = randomBytes(8);
  nonce.writeUInt8((nonce.readUInt8(0) & 0x7f) | 0x40, 0);
  return nonce;
}

function checkAnswer(
  { bytes, nonce }: Answer,
  { signature: stamped, signer, policy }: Wanted,
  trust: Parameters<typeof checkTimestampToken>[1]['trust'],
): { readonly ok: true; readonly token: Buffer } | Refused {
  try {
    const token = readTimestampResponse(bytes);
    const time = checkTimestampToken(token, { stamped, nonce, policy, trust, readCertificate });
    if (time < signer.from.getTime() || time > signer.to.getTime()) {
      const reason = `its clock says ${isoTime(time)}, when the certificate of the signer is not valid`;
      return { ok: false, reason };
    }
    return { ok: true, token: token.raw };
  } catch (error) {
    if (error instanceof FormatError) return { ok: false, reason: error.message.replace(/\.$/, '') };
    throw error;
  }
}

// Messages of fetch can quote the address with a password in it, so only known facts are told.
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'it cannot be reached';
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'it did not answer in time';
  const cause: unknown = error.cause;
  const code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? ` (${cause.code})` : '';
  return `it cannot be reached${code}`;
}

function timestampFailed(urls: readonly string[], reasons: ReadonlyMap<string, string>): Diagnostic {
  const services = urls.map((url) => `${displayed(url)}: ${reasons.get(url) ?? 'there was no time left to ask it'}`);
  return diagnostic('timestamp-failed', {
    message: `No timestamp service gave a timestamp. ${services.join('; ')}.`,
    help: 'Name several services with --timestamp, or sign without a timestamp.',
  });
}

function displayed(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  return parsed === undefined ? `"${url}"` : `${parsed.origin}${parsed.pathname}`;
}
