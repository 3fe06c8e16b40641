import { failed, ok, type Result } from '../diagnostic.ts';
import { textIn, type JsonObject } from './http-request.ts';
import { signerFailed } from './remote-key.ts';

/** A signature in an answer, in base64 or base64url. */
export function signatureIn(answer: JsonObject, name: string, id: string): Result<Buffer> {
  const signature = Buffer.from(textIn(answer, name), 'base64');
  if (signature.length > 0) return ok(signature);
  return failed([signerFailed(id, `the answer of the service holds no signature ("${name}")`)]);
}
