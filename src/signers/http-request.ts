import { setTimeout as pause } from 'node:timers/promises';
import { failed, ok, type Result } from '../diagnostic.ts';
import { readLimited } from '../read-limited.ts';
import { retryAfterMs } from './retry-after.ts';
import { signerFailed } from './remote-key.ts';
import { quoted } from './secrets.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export interface ServiceRequest {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  /** Made anew for each try: tokens and dates in them grow old. Their values are never shown. */
  readonly headers: () => Promise<Result<Readonly<Record<string, string>>>>;
  readonly body?: string;
}

/** Asks a service for JSON. `until` is the moment (milliseconds since 1970) at which nobody waits any longer. */
export type ServiceClient = (request: ServiceRequest, until: number) => Promise<Result<JsonObject>>;

export interface ServiceClientOptions {
  /** Name of the signer for messages. */
  readonly id: string;
  /** Error codes in an answer that mean "later", beside the HTTP statuses that do. */
  readonly throttlingCodes?: readonly string[];
  /** Wait before the second try; doubles with each, milliseconds. */
  readonly pauseMs?: number;
}

const late = 'the service did not answer in time';
const tries = 6;
const requestMs = 20_000;
// The longest real answer, a signature with its chain, is below 20 kB.
const maximumAnswer = 1 << 20;
/** RFC 9110 15.5.9, 15.6 and RFC 6585 4: the same request may be answered later. Signing twice does no harm. */
const passingStatuses = new Set([408, 429, 500, 502, 503, 504]);

/** A client that tries again what passes (throttling, 5xx, broken connections) and obeys Retry-After. */
export function createServiceClient(options: ServiceClientOptions): ServiceClient {
  const { id, pauseMs = 500 } = options;
  return async (request, until) => {
    let reason = 'there was no time left to ask the service';
    for (let attempt = 0; attempt < tries && Date.now() < until; attempt += 1) {
      const headers = await request.headers();
      if (!headers.ok) return headers;
      const outcome = await ask(request, headers.value, until, options.throttlingCodes ?? []);
      if ('answer' in outcome) return ok(outcome.answer);
      // A try that ran out of time says less than what the service answered before.
      if (attempt === 0 || outcome.reason !== late) reason = outcome.reason;
      // Workers that were throttled together must not come back together.
      const ownMs = pauseMs * 2 ** attempt * (0.75 + Math.random() / 2);
      const waitMs = Math.max(ownMs, outcome.waitMs ?? 0);
      if (!outcome.passes || Date.now() + waitMs >= until) break;
      if (attempt < tries - 1) await pause(waitMs);
    }
    return failed([signerFailed(id, reason)]);
  };
}

type Outcome =
  | { readonly answer: JsonObject }
  | { readonly reason: string; readonly passes: boolean; readonly waitMs?: number | undefined };

async function ask(
  { method, url, body }: ServiceRequest,
  headers: Readonly<Record<string, string>>,
  until: number,
  throttlingCodes: readonly string[],
): Promise<Outcome> {
  const signal = AbortSignal.timeout(Math.max(1, Math.min(requestMs, until - Date.now())));
  try {
    // A redirect would carry the token to somebody else.
    const init = { method, headers, redirect: 'manual', signal } as const;
    const response = await fetch(url, body === undefined ? init : { ...init, body });
    const bytes = await readLimited(response, maximumAnswer);
    if (bytes === undefined) return { reason: 'the answer of the service is too long', passes: false };
    const json = parseObject(bytes);
    if (response.ok && json !== undefined) return { answer: json };
    if (response.ok) return { reason: 'the answer of the service is not a JSON object', passes: false };
    const code = errorOf(json).code;
    const passes = passingStatuses.has(response.status) || throttlingCodes.includes(code);
    const waitMs = retryAfterMs(response.headers.get('retry-after'), Date.now());
    const asks = waitMs === undefined ? '' : `, and asks to wait ${Math.ceil(waitMs / 1000)} s`;
    const reason = `the service answered with HTTP status ${response.status}${saidBy(json, headers)}${asks}`;
    return { reason, passes, waitMs };
  } catch (error) {
    return { reason: reasonOf(error), passes: true };
  }
}

function parseObject(bytes: Buffer): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return asObject(value);
  } catch {
    return undefined;
  }
}

function asObject(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}

/** An object in an answer, or undefined. */
export function objectIn(answer: JsonObject | undefined, name: string): JsonObject | undefined {
  return asObject(answer?.[name]);
}

/** A text in an answer; empty when there is none. */
export function textIn(answer: JsonObject | undefined, name: string): string {
  const value = answer?.[name];
  return typeof value === 'string' ? value : '';
}

// Azure and Google put { code, message } under "error" (Artifact Signing also under "errorDetail"), AWS has __type.
function errorOf(json: JsonObject | undefined): { readonly code: string; readonly message: string } {
  const error = objectIn(json, 'error') ?? objectIn(json, 'errorDetail') ?? json;
  const code = textIn(error, '__type') || textIn(error, 'code') || textIn(error, 'status');
  return { code: code.replace(/^.*#/, ''), message: textIn(error, 'message') || textIn(error, 'Message') };
}

function saidBy(json: JsonObject | undefined, headers: Readonly<Record<string, string>>): string {
  const { code, message } = errorOf(json);
  // A service may repeat what it was sent.
  const secrets = Object.values(headers).flatMap((value) => [value, ...value.split(/[\s=,]+/).filter(isLong)]);
  const said = quoted([code, message].filter(Boolean).join(': '), secrets);
  return said === '' ? '' : ` (${said.replace(/\.$/, '')})`;
}

const isLong = (word: string): boolean => word.length >= 16;

// Messages of fetch can quote the address, so only known facts are told.
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'the service cannot be reached';
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return late;
  const cause: unknown = error.cause;
  const code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? ` (${cause.code})` : '';
  return `the service cannot be reached, or broke off${code}`;
}
