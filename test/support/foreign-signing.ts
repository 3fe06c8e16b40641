import { createHash, sign } from 'node:crypto';
import * as der from '../../src/authenticode/der-writer.ts';
import { parseDer } from '../../src/authenticode/der.ts';
import { oids } from '../../src/authenticode/oids.ts';
import { sipInfo } from '../../src/authenticode/read-signed-data.ts';
import { now, type TestCertificate } from './test-ca.ts';
import { timestampToken, type TestTsa } from './tsa.ts';

export type Hash = 'sha1' | 'sha256' | 'sha384' | 'sha512';
export type Encoding = 'ascii' | 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** What a program other than psmint may write, right or wrong in the ways that a test wants. */
export interface ForeignOptions {
  readonly hash?: Hash;
  readonly encoding?: Encoding;
  /** Comment around each line of the block. */
  readonly comment?: readonly [open: string, close: string];
  /** signtool and psmint leave it out, osslsigncode adds it. */
  readonly signingTime?: boolean;
  /** Set-AuthenticodeSignature writes it, newer services of Microsoft do not. */
  readonly statementType?: boolean;
  /** sha256WithRSAEncryption instead of rsaEncryption. */
  readonly longAlgorithm?: boolean;
  readonly tsa?: TestTsa;
  readonly tsaTime?: Date;
  /** Changes the token of `tsa`, or makes another one for the same signature. */
  readonly token?: (good: Buffer, signature: Buffer) => Buffer;
  readonly counter?: {
    readonly signer: TestCertificate;
    readonly hash?: Hash;
    readonly over?: Buffer;
    readonly time?: Date;
  };
  /** CMS of more signatures. */
  readonly nested?: readonly Buffer[];
  readonly unsignedAttributes?: readonly Buffer[];
  /** In the CMS; the signer is the first of the chain wherever its certificate stands. */
  readonly certificates?: readonly Buffer[];
}

const digestOids: Readonly<Record<Hash, string>> = {
  sha1: oids.sha1,
  sha256: oids.sha256,
  sha384: oids.sha384,
  sha512: oids.sha512,
};
const rsaOids: Readonly<Record<Hash, string>> = {
  sha1: oids.rsaSha1,
  sha256: oids.rsaSha256,
  sha384: oids.rsaSha384,
  sha512: oids.rsaSha512,
};

const hashed = (hash: Hash, bytes: Buffer): Buffer => createHash(hash).update(bytes).digest();
export const attribute = (type: string, ...values: readonly Buffer[]): Buffer =>
  der.sequence(der.oid(type), der.setOf(...values));

export function signerIdentifier({ certificate }: TestCertificate): Buffer {
  const fields = parseDer(certificate).children[0]!.children;
  return der.sequence(fields[3]!.raw, fields[1]!.raw);
}

/** The text as it is hashed: with its byte order mark. */
export const marked = (text: string, encoding: Encoding = 'ascii'): string =>
  encoding === 'ascii' || encoding === 'windows-1252' ? text : `\ufeff${text}`;

export function encode(text: string, encoding: Encoding = 'ascii'): Buffer {
  const all = marked(text, encoding);
  if (encoding === 'utf-8') return Buffer.from(all, 'utf8');
  if (encoding === 'utf-16le') return Buffer.from(all, 'utf16le');
  if (encoding === 'utf-16be') return Buffer.from(all, 'utf16le').swap16();
  return Buffer.from(all, 'latin1');
}

/** CMS of a script's text, as the chain's first certificate signs it. */
export function foreignCms(text: string, chain: readonly TestCertificate[], options: ForeignOptions = {}): Buffer {
  const { hash = 'sha256', signingTime = false, statementType = true } = options;
  const [leaf] = chain;
  const digest = der.algorithm(digestOids[hash]);
  const content = Buffer.concat([
    sipInfo,
    der.sequence(digest, der.octetString(hashed(hash, Buffer.from(marked(text, options.encoding), 'utf16le')))),
  ]);
  const attributes = der.setOf(
    attribute(oids.contentType, der.oid(oids.spcIndirectData)),
    attribute(oids.messageDigest, der.octetString(hashed(hash, content))),
    attribute(oids.spcOpusInfo, der.sequence()),
    ...(statementType ? [attribute(oids.spcStatementType, der.sequence(der.oid(oids.spcIndividualPurpose)))] : []),
    ...(signingTime ? [attribute(oids.signingTime, der.time(now))] : []),
  );
  const signature = sign(hash, attributes, leaf!.key.privateKey);
  const unsigned = unsignedAttributes(signature, options);
  const info = der.sequence(
    der.integer(1),
    signerIdentifier(leaf!),
    digest,
    Buffer.concat([Buffer.of(0xa0), attributes.subarray(1)]),
    der.algorithm(options.longAlgorithm === true ? rsaOids[hash] : oids.rsaEncryption),
    der.octetString(signature),
    ...(unsigned.length > 0 ? [der.contextConstructed(1, ...unsigned)] : []),
  );
  const signedData = der.sequence(
    der.integer(1),
    der.setOf(digest),
    der.sequence(der.oid(oids.spcIndirectData), der.contextConstructed(0, der.sequence(content))),
    der.contextConstructed(0, ...(options.certificates ?? chain.map(({ certificate }) => certificate))),
    der.setOf(info),
  );
  return der.sequence(der.oid(oids.signedData), der.contextConstructed(0, signedData));
}

function unsignedAttributes(signature: Buffer, options: ForeignOptions): Buffer[] {
  const { tsa, counter, nested = [], tsaTime = now, token = (good: Buffer): Buffer => good } = options;
  const stamped = tsa && timestampToken(tsa, hashed('sha256', signature), { time: tsaTime });
  return [
    ...(stamped ? [attribute(oids.spcTimestampToken, token(stamped, signature))] : []),
    ...(counter ? [attribute(oids.counterSignature, counterSignature(signature, counter))] : []),
    ...(nested.length > 0 ? [attribute(oids.spcNestedSignature, ...nested)] : []),
    ...(options.unsignedAttributes ?? []),
  ];
}

/** SignerInfo over a signature, as timestamp services made it before RFC 3161. */
function counterSignature(
  signature: Buffer,
  { signer, hash = 'sha256', over = signature, time = now }: NonNullable<ForeignOptions['counter']>,
): Buffer {
  const attributes = der.setOf(
    attribute(oids.contentType, der.oid(oids.data)),
    attribute(oids.signingTime, der.time(time)),
    attribute(oids.messageDigest, der.octetString(hashed(hash, over))),
  );
  return der.sequence(
    der.integer(1),
    signerIdentifier(signer),
    der.algorithm(digestOids[hash]),
    Buffer.concat([Buffer.of(0xa0), attributes.subarray(1)]),
    der.algorithm(oids.rsaEncryption),
    der.octetString(sign(hash, attributes, signer.key.privateKey)),
  );
}

/** Text and CMS as one file. */
export function withBlock(text: string, cms: Buffer, options: ForeignOptions = {}): Buffer {
  const [open, close] = options.comment ?? ['# ', ''];
  const lines = cms.toString('base64').replace(/.{1,64}/g, `${open}$&${close}\r\n`);
  const block = `\r\n${open}SIG # Begin signature block${close}\r\n${lines}${open}SIG # End signature block${close}\r\n`;
  return encode(text + block, options.encoding);
}

/** A script signed by a program other than psmint. */
export function signForeign(text: string, chain: readonly TestCertificate[], options: ForeignOptions = {}): Buffer {
  return withBlock(text, foreignCms(text, chain, options), options);
}
