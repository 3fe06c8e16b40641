import { X509Certificate } from 'node:crypto';
import { diagnostic, failed, ok, type Diagnostic, type Result } from '../diagnostic.ts';
import { chainOf, isSelfSigned, leafProblems, nameOf, type KeyRules } from './certificate-checks.ts';

/** The certificates of a key, sorted out. */
export interface KeyCertificates {
  readonly leaf: X509Certificate;
  /** DER, leaf first, without the root, as it travels with a signature. */
  readonly chain: readonly Buffer[];
  /** DER of the root, or of the last certificate that is known. */
  readonly trust: readonly Buffer[];
}

/** Checks a leaf and puts the certificates above it in order. `id` names the signer in messages. */
export function keyCertificates(
  leaf: X509Certificate,
  certificates: readonly X509Certificate[],
  id: string,
  now: Date,
  rules: KeyRules = {},
): Result<KeyCertificates> {
  const path = chainOf(leaf, certificates);
  const top = path.at(-1) ?? leaf;
  const isComplete = path.length > 1 || isSelfSigned(leaf);
  const problems = [...leafProblems(leaf, now, id, rules), ...(isComplete ? [] : [chainIncomplete(id, leaf)])];
  if (problems.length > 0) return failed(problems);
  // Windows takes the root from its own store; only a self-signed leaf has to travel with the signature.
  const embedded = path.length > 1 && isSelfSigned(top) ? path.slice(0, -1) : path;
  return ok({ leaf, chain: embedded.map((certificate) => certificate.raw), trust: [top.raw] });
}

/** The one certificate that is no authority's: whose key it is cannot be tried out where the key is somewhere else. */
export function onlyLeaf(certificates: readonly X509Certificate[], id: string): Result<X509Certificate> {
  const [only] = certificates;
  if (only !== undefined && certificates.length === 1) return ok(only);
  const [leaf, ...others] = certificates.filter((certificate) => !certificate.ca);
  if (leaf !== undefined && others.length === 0) return ok(leaf);
  const names = [leaf, ...others].flatMap((certificate) => (certificate ? [`"${nameOf(certificate)}"`] : []));
  const found = names.length === 0 ? 'there is none' : `there are ${names.length}: ${names.join(', ')}`;
  return failed([
    diagnostic('chain-incomplete', {
      message: `${id}: the certificates must hold exactly one that signs, and ${found}.`,
      help: 'Keep the certificate of the key and those of the authorities above it, and nothing else.',
    }),
  ]);
}

function chainIncomplete(id: string, leaf: X509Certificate): Diagnostic {
  return diagnostic('chain-incomplete', {
    message: `${id}: the certificate of the authority that issued "${nameOf(leaf)}" is missing.`,
    help: 'Put the certificates of the authorities (PEM) into the same file, up to the root.',
  });
}
