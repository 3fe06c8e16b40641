import { createHash } from 'node:crypto';
import { join } from 'node:path';
import {
  detachedContent,
  programAttribute,
  signatureContent,
  type ProgramInfo,
} from '../authenticode/write-signed-data.ts';
import { scriptDigest } from '../authenticode/write-signature-block.ts';
import { collectResults, diagnostic, failed, ok, type Diagnostic, type Result } from '../diagnostic.ts';
import { load } from '../load.ts';
import type { UnsignedScript } from '../script-plan.ts';
import { programInfoOf } from '../sign.ts';
import type { Validator } from '../validate.ts';

/** Request for one signature (`rules/schema/signing-requests.schema.json`). Digests are upper-case hex. */
export interface SigningRequest {
  /** Output folder as it was named, and the file in it with forward slashes. */
  readonly folder: string;
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
  /** undefined: a detached signature. */
  readonly programName?: string;
  /** Address of a page that the signature of a script gives. */
  readonly moreInfo?: string;
  readonly contentDigest: string;
  /** Base64. */
  readonly toBeSigned: string;
  readonly digest: string;
}

export interface SigningRequests {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: 'psmint'; readonly version: string };
  readonly algorithm: 'rsa-pkcs1-sha256';
  readonly packs: readonly string[];
  /** PEM, leaf first. */
  readonly certificates?: string;
  readonly requests: readonly SigningRequest[];
}

/** The signatures (`rules/schema/signing-answers.schema.json`). */
export interface SigningAnswers {
  readonly schemaVersion: 1;
  readonly certificates: string;
  readonly answers: readonly { readonly digest: string; readonly signature: string }[];
}

export function requestForScript(folder: string, { path, bytes, plan }: UnsignedScript): SigningRequest {
  return requestFor({ folder, path }, bytes, scriptDigest(bytes), programInfoOf(plan));
}

export function requestForFile(folder: string, path: string, bytes: Buffer): SigningRequest {
  return requestFor({ folder, path }, bytes, createHash('sha256').update(bytes).digest(), undefined);
}

function requestFor(
  place: Pick<SigningRequest, 'folder' | 'path'>,
  bytes: Buffer,
  digest: Buffer,
  info: ProgramInfo | undefined,
): SigningRequest {
  return {
    ...place,
    size: bytes.length,
    sha256: hexDigest(bytes),
    ...info,
    contentDigest: digest.toString('hex').toUpperCase(),
    ...toBeSigned(digest, info),
  };
}

function toBeSigned(digest: Buffer, info: ProgramInfo | undefined): Pick<SigningRequest, 'toBeSigned' | 'digest'> {
  const { attributes } =
    info === undefined ? detachedContent(digest) : signatureContent(digest, programAttribute(info));
  return { toBeSigned: attributes.toString('base64'), digest: hexDigest(attributes) };
}

/** A script's signature is in it and names the program; that of a manifest is a file beside it. */
export function isForManifest({ programName }: SigningRequest): boolean {
  return programName === undefined;
}

/** Path of the file that a request is for. */
export function fileOf({ folder, path }: SigningRequest): string {
  return join(folder, path);
}

function hexDigest(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex').toUpperCase();
}

/** What is wrong with a request by itself: it must ask for a script's signature or a detached one and for nothing else. */
export function requestProblem(request: SigningRequest): Diagnostic | undefined {
  const { programName } = request;
  const info = programName === undefined ? undefined : { ...request, programName };
  const right = toBeSigned(Buffer.from(request.contentDigest, 'hex'), info);
  const isRight = right.toBeSigned === request.toBeSigned && right.digest === request.digest;
  return isRight
    ? undefined
    : diagnostic('request-mismatch', {
        message: `The request for "${fileOf(request)}" asks for a signature over something else than it says.`,
        help: 'Do not sign it. Take the file from the machine that made it again.',
      });
}

export async function readRequests(path: string, validator: Validator): Promise<Result<SigningRequests>> {
  const value = await readAs(path, 'signing-requests.schema.json', validator);
  // A value that passes the schema has the shape that is written down above.
  return value.ok ? ok(value.value as SigningRequests) : value;
}

export async function readAnswers(path: string, validator: Validator): Promise<Result<SigningAnswers>> {
  const value = await readAs(path, 'signing-answers.schema.json', validator);
  return value.ok ? ok(value.value as SigningAnswers) : value;
}

async function readAs(path: string, schema: string, { validateAs }: Validator): Promise<Result<unknown>> {
  const sources = await load([path]);
  if (!sources.ok) return sources;
  const values = collectResults(sources.value.map((source) => validateAs(schema, source)));
  return values.ok ? ok(values.value[0]) : failed(values.diagnostics);
}
