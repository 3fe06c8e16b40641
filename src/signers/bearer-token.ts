import { ok, type Result } from '../diagnostic.ts';

/** Gives a token that is good now; the same one until it grows old. */
export type TokenSource = () => Promise<Result<string>>;

/** Headers of a JSON request that carries a token (RFC 6750). */
export async function bearerHeaders(tokens: TokenSource): Promise<Result<Readonly<Record<string, string>>>> {
  const token = await tokens();
  if (!token.ok) return token;
  return ok({ authorization: `Bearer ${token.value}`, 'content-type': 'application/json', accept: 'application/json' });
}
