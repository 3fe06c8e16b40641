import type { CertificateCheck } from '../rule-pack.ts';
import type { CertificateContent } from '../script-plan.ts';
import { assessment, type Assessment, type ReadFact } from './facts.ts';

/** In its store, or in the third-party part of Root, and not among the untrusted ones. */
export function assessCertificate(
  check: CertificateCheck,
  certificates: readonly CertificateContent[],
  read: ReadFact,
): Assessment {
  const content = certificates.find(({ id }) => id === check.certificate);
  if (content === undefined) throw new Error(`This is a bug in the compiler: no certificate ${check.certificate}`);
  const look = (store: string): ReturnType<ReadFact> => read({ read: 'Certificate', store, thumbprint: content.sha1 });
  const untrusted = look('Disallowed');
  if (untrusted.status === 'found') return assessment('fail', 'CERT_DISALLOWED');
  // The untrusted store wins, so presence proves nothing without a look at it.
  if (untrusted.status === 'error') return assessment('unknown', 'CERT_UNREADABLE');
  const places = (content.store === 'Root' ? ['Root', 'AuthRoot'] : [content.store]).map(look);
  if (places.some(({ status }) => status === 'found')) return assessment('pass', 'CERT_PRESENT');
  if (places.some(({ status }) => status === 'error')) return assessment('unknown', 'CERT_UNREADABLE');
  return assessment('fail', 'CERT_MISSING');
}
