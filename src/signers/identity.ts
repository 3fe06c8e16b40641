import { X509Certificate } from 'node:crypto';
import { ok, type Result } from '../diagnostic.ts';
import { ensureIdentity } from '../identity.ts';
import { openLocalKey } from './local-key.ts';
import type { OpenedSigner, SignerContext } from './signer.ts';

/** No spec: the local identity, made on first use. */
export async function openIdentitySigner({ home, now }: SignerContext): Promise<Result<OpenedSigner>> {
  const ensured = await ensureIdentity(home, now);
  if (!ensured.ok) return ensured;
  const { identity, isNew } = ensured.value;
  const certificates = [identity.signer, identity.root];
  const opened = openLocalKey({ id: 'The local identity', key: identity.key, certificates }, now);
  if (!opened.ok) return opened;
  const { next } = identity;
  const previous = identity.previous && isOver(identity.previous, now) ? undefined : identity.previous;
  return ok({ ...opened.value, next, previous, ...(isNew ? { createdIdentity: identity.folder } : {}) });
}

// Nothing that it signed without a timestamp is good any more; machines need not trust it.
function isOver(der: Buffer, now: Date): boolean {
  return now > new Date(new X509Certificate(der).validTo);
}
