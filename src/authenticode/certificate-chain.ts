import { isSignedBy, keyUsages, type Certificate } from './certificate.ts';
import { oids } from './oids.ts';

/** Why a chain does not hold. */
export interface ChainProblem {
  readonly kind: 'untrusted' | 'expired' | 'wrong-usage';
  readonly reason: string;
}

export interface ChainDemand {
  /** Extended key usage that the leaf must have. */
  readonly purpose: string;
  /** Moment at which everything must be valid, milliseconds since 1970. */
  readonly at: number;
}

// Longer chains do not occur; a limit keeps hostile ones cheap.
const maximumLength = 8;

/**
 * The way from `leaf` to a trusted certificate, both included, by name and signature. `pool` are certificates that came
 * with the signature. A trusted certificate ends the way, the leaf itself too. undefined if there is no way.
 */
export function findChain(
  leaf: Certificate,
  pool: readonly Certificate[],
  trust: readonly Certificate[],
): readonly Certificate[] | undefined {
  const untried = new Set(pool);
  const walk = (path: readonly Certificate[], last: Certificate): readonly Certificate[] | undefined => {
    if (trust.some((anchor) => anchor.raw.equals(last.raw))) return path;
    const anchor = trust.find((candidate) => isSignedBy(last, candidate));
    if (anchor !== undefined) return [...path, anchor];
    if (path.length >= maximumLength) return undefined;
    for (const candidate of pool) {
      // Every certificate is tried once, so that a pool of look-alikes costs no more than its size.
      if (!untried.has(candidate) || !candidate.subject.equals(last.issuer)) continue;
      untried.delete(candidate);
      const found = isSignedBy(last, candidate) ? walk([...path, candidate], candidate) : undefined;
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return walk([leaf], leaf);
}

/** Everything that is wrong with a chain, leaf first; signatures were checked by `findChain`. */
export function chainProblems(chain: readonly Certificate[], demand: ChainDemand): ChainProblem[] {
  return chain.flatMap((certificate, index) => [
    ...validityProblems(certificate, demand.at),
    ...(index === 0 ? leafProblems(certificate, demand) : issuerProblems(certificate, index, demand)),
  ]);
}

function validityProblems(certificate: Certificate, at: number): ChainProblem[] {
  const { notBefore, notAfter } = certificate;
  if (at >= notBefore && at <= notAfter) return [];
  const { name } = certificate;
  const when =
    at < notBefore ? `is valid only from ${isoTime(notBefore)}` : `was valid only until ${isoTime(notAfter)}`;
  return [{ kind: 'expired', reason: `"${name}" ${when}, and the moment that counts is ${isoTime(at)}.` }];
}

export function isoTime(time: number): string {
  return new Date(time).toISOString();
}

function leafProblems(certificate: Certificate, { purpose }: ChainDemand): ChainProblem[] {
  const { isCa, keyUsage, extendedKeyUsage } = certificate.extensions;
  const wrong = (what: string): ChainProblem => ({
    kind: 'wrong-usage',
    reason: `"${certificate.name}" ${what}`,
  });
  return [
    ...(isCa ? [wrong('is the certificate of an authority, not of a signer.')] : []),
    ...(keyUsage?.has(keyUsages.digitalSignature) === false ? [wrong('is not for digital signatures.')] : []),
    ...(extendedKeyUsage?.purposes.has(purpose) === true ? [] : [wrong(`is not for ${purposeName(purpose)}.`)]),
    ...unknownCriticalProblems(certificate),
  ];
}

function issuerProblems(certificate: Certificate, index: number, { purpose }: ChainDemand): ChainProblem[] {
  const { isCa, pathLength, keyUsage, extendedKeyUsage } = certificate.extensions;
  const untrusted = (what: string): ChainProblem => ({
    kind: 'untrusted',
    reason: `"${certificate.name}" ${what}`,
  });
  const purposes = extendedKeyUsage?.purposes;
  const mayIssueFor = purposes === undefined || purposes.has(purpose) || purposes.has(oids.anyExtendedKeyUsage);
  return [
    ...(isCa ? [] : [untrusted('issued a certificate and is no authority.')]),
    ...(keyUsage?.has(keyUsages.keyCertSign) === false ? [untrusted('may not issue certificates.')] : []),
    // index - 1 = number of CA certificates between this one and the leaf (RFC 5280 4.2.1.9)
    ...(pathLength !== undefined && index - 1 > pathLength
      ? [untrusted('has more authorities below it than it allows.')]
      : []),
    ...(mayIssueFor ? [] : [untrusted(`may not issue certificates for ${purposeName(purpose)}.`)]),
    ...unknownCriticalProblems(certificate),
  ];
}

function unknownCriticalProblems(certificate: Certificate): ChainProblem[] {
  return certificate.extensions.unknownCritical.map((oid) => ({
    kind: 'untrusted',
    reason: `"${certificate.name}" has the critical extension ${oid}, which psmint does not know.`,
  }));
}

function purposeName(purpose: string): string {
  return purpose === oids.timeStamping ? 'timestamps' : 'code signing';
}
