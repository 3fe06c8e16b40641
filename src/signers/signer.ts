import type { Result } from '../diagnostic.ts';

/** What a key holder gets: the bytes to sign and their digest, because some hash themselves and some do not. */
export interface SignRequest {
  readonly tbs: Buffer;
  readonly digest: Buffer;
  readonly hash: 'sha256';
}

export interface SignAnswer {
  readonly signature: Buffer;
  /** DER, leaf first, without the root. Comes with each signature: a leaf may be exchanged between two of them. */
  readonly chain: readonly Buffer[];
  readonly scheme: 'rsa-pkcs1' | 'ecdsa-der';
}

/** Whoever holds the key. */
export interface Signer {
  /** Name for messages, for example `pfx:signer.pfx`; never holds a secret. */
  readonly id: string;
  /** How many signatures may be under way at once. */
  readonly maximumParallel: number;
  /** The chain, if it is known before the first signature. */
  readonly chain?: readonly Buffer[];
  readonly sign: (request: SignRequest) => Promise<Result<SignAnswer>>;
  /** It may sign with an EC key, because the user said so. */
  readonly allowEc?: boolean | undefined;
  readonly close?: () => Promise<void>;
}

/** A signer, and what must be trusted for its signatures to verify. */
export interface OpenedSigner {
  readonly signer: Signer;
  /** DER of the root, or of the last certificate that is known. */
  readonly trust: readonly Buffer[];
  /** DER of a leaf that will sign later, or that signed until now: the trust kit carries it too. */
  readonly next?: Buffer | undefined;
  readonly previous?: Buffer | undefined;
  /** Folder of a local identity that was made just now and has to be announced. */
  readonly createdIdentity?: string;
  /** The leaf lives only days: a signature without a timestamp would end with it. */
  readonly needsTimestamp?: boolean;
}

/** Environment variables. Passwords, PINs and tokens in it never show up in a message. */
export type SignerEnvironment = Readonly<Record<string, string | undefined>>;

export interface SignerContext {
  /** Folder of the local identity. */
  readonly home: string;
  readonly env: SignerEnvironment;
  readonly now: Date;
  /** An EC key may sign: its authority is a private one, and the user knows that no public root vouches for such keys. */
  readonly allowEc?: boolean | undefined;
}
