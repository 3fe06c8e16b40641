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
  if (!opened.ok || !isNew) return opened;
  return ok({ ...opened.value, createdIdentity: identity.folder });
}
