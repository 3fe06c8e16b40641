import { createHash } from 'node:crypto';
import { diagnostic, failed, ok } from '../diagnostic.ts';
import type { SignAnswer, Signer } from './signer.ts';

/** A signature that exists already, and the bytes it is over. */
export interface GivenSignature {
  readonly tbs: Buffer;
  readonly answer: SignAnswer;
}

/** A signer without a key: it gives the signatures that were made before or elsewhere, and no others. */
export function givenSignatures(id: string, signatures: readonly GivenSignature[]): Signer {
  const answers = new Map(signatures.map(({ tbs, answer }) => [digestOf(tbs), answer]));
  return {
    id,
    maximumParallel: 8,
    // They are given only after they were verified by rules that allowed it.
    allowEc: signatures.some(({ answer }) => answer.scheme === 'ecdsa-der'),
    sign: ({ tbs }) => {
      const answer = answers.get(digestOf(tbs));
      return Promise.resolve(answer === undefined ? failed([notGiven(id)]) : ok(answer));
    },
  };
}

function digestOf(tbs: Buffer): string {
  return createHash('sha256').update(tbs).digest('hex');
}

function notGiven(id: string): ReturnType<typeof diagnostic> {
  return diagnostic('certificate-key-mismatch', {
    message: `${id}: there is no signature over what the packs give now; nothing was written.`,
    help: 'The packs, psmint or its templates have changed since it was signed: build and sign again.',
  });
}
