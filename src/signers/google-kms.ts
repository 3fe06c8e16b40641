import { failed, type Result } from '../diagnostic.ts';
import { bearerHeaders } from './bearer-token.ts';
import { createGoogleTokens } from './google-token.ts';
import { createServiceClient } from './http-request.ts';
import { openRemoteKey, wrongSpec } from './remote-key.ts';
import { readServiceSetup } from './service-setup.ts';
import { signatureIn } from './signature-answer.ts';
import type { OpenedSigner, SignerContext, SignRequest } from './signer.ts';

export const googleKmsForm = 'google-kms:<resource name of a key version>,<certificates>';

const keyVersion =
  /^projects\/[\w.:-]+\/locations\/[\w-]+\/keyRings\/[\w-]+\/cryptoKeys\/[\w-]+\/cryptoKeyVersions\/\d+$/;

/**
 * `google-kms:<key version>,<certificates>`: a key in Google Cloud KMS, its chain in a file
 * (https://cloud.google.com/kms/docs/reference/rest/v1/projects.locations.keyRings.cryptoKeys.cryptoKeyVersions/asymmetricSign).
 */
export async function openGoogleKms(argument: string, { env, now }: SignerContext): Promise<Result<OpenedSigner>> {
  const [key = '', path = '', ...more] = argument.split(',');
  if (!keyVersion.test(key) || !path || more.length > 0) {
    const example = 'projects/<p>/locations/<l>/keyRings/<r>/cryptoKeys/<k>/cryptoKeyVersions/<n>';
    const problem = `"google-kms:${argument}" does not name exactly a key version (${example}) and a certificate file`;
    return failed([wrongSpec(googleKmsForm, problem)]);
  }
  const id = `google-kms:${key}`;
  // The variable by which gcloud itself is sent to another address.
  const address = env['CLOUDSDK_API_ENDPOINT_OVERRIDES_CLOUDKMS'] || 'https://cloudkms.googleapis.com/';
  const setup = await readServiceSetup(id, address, path, env);
  if (!setup.ok) return setup;
  const { limitMs, certificates } = setup.value;
  const tokens = createGoogleTokens(id, env, limitMs);
  const ask = createServiceClient({ id });
  const url = new URL(`/v1/${key}:asymmetricSign`, setup.value.url);
  const sign = async ({ digest }: SignRequest): Promise<Result<Buffer>> => {
    const body = JSON.stringify({ digest: { sha256: digest.toString('base64') } });
    const request = { method: 'POST', url, headers: () => bearerHeaders(tokens), body } as const;
    const answer = await ask(request, Date.now() + limitMs);
    return answer.ok ? signatureIn(answer.value, 'signature', id) : answer;
  };
  return openRemoteKey({ id, certificates, sign }, now);
}
