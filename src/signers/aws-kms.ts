import { failed, ok, type Result } from '../diagnostic.ts';
import { createAwsCredentials } from './aws-credentials.ts';
import { signAwsRequest, type AwsCredentials } from './aws-signature.ts';
import { createServiceClient, type ServiceRequest } from './http-request.ts';
import { openRemoteKey, signerSetup, wrongSpec } from './remote-key.ts';
import { readServiceSetup } from './service-setup.ts';
import { signatureIn } from './signature-answer.ts';
import type { OpenedSigner, SignerContext, SignerEnvironment, SignRequest } from './signer.ts';

export const awsKmsForm = 'aws-kms:<key id, ARN or alias>,<certificates>';

// https://docs.aws.amazon.com/kms/latest/developerguide/throttling.html: HTTP 400, to be tried again with back-off.
const throttlingCodes = ['ThrottlingException', 'LimitExceededException', 'RequestLimitExceeded'];

/** `aws-kms:<key>,<certificates>`: a key in AWS KMS (operation Sign, MessageType DIGEST), its chain in a file. */
export async function openAwsKms(argument: string, { env, now }: SignerContext): Promise<Result<OpenedSigner>> {
  const [keyId = '', path = '', ...more] = argument.split(',');
  if (!keyId || !path || more.length > 0) {
    return failed([wrongSpec(awsKmsForm, `"aws-kms:${argument}" does not name exactly a key and a certificate file`)]);
  }
  const id = `aws-kms:${keyId}`;
  const region = readRegion(keyId, env, id);
  if (!region.ok) return region;
  const setup = await readServiceSetup(id, addressOf(region.value, env), path, env);
  if (!setup.ok) return setup;
  const { url, limitMs, certificates } = setup.value;
  const credentials = createAwsCredentials(id, env, limitMs);
  const ask = createServiceClient({ id, throttlingCodes });
  const sign = async ({ digest }: SignRequest): Promise<Result<Buffer>> => {
    const request = signRequest({ keyId, url, region: region.value, credentials }, digest);
    const answer = await ask(request, Date.now() + limitMs);
    return answer.ok ? signatureIn(answer.value, 'Signature', id) : answer;
  };
  return openRemoteKey({ id, certificates, sign }, now);
}

interface AwsKey {
  readonly keyId: string;
  readonly url: URL;
  readonly region: string;
  readonly credentials: () => Promise<Result<AwsCredentials>>;
}

// https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html
function signRequest({ keyId, url, region, credentials }: AwsKey, digest: Buffer): ServiceRequest {
  const body = JSON.stringify({
    KeyId: keyId,
    Message: digest.toString('base64'),
    MessageType: 'DIGEST',
    SigningAlgorithm: 'RSASSA_PKCS1_V1_5_SHA_256',
  });
  const fixed = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'TrentService.Sign' };
  const headers: ServiceRequest['headers'] = async () => {
    const found = await credentials();
    if (!found.ok) return found;
    const now = new Date();
    return ok(signAwsRequest({ url, headers: fixed, body, region, service: 'kms', now }, found.value));
  };
  return { method: 'POST', url, headers, body };
}

// arn:<partition>:kms:<region>:<account>:key/<id>
function readRegion(keyId: string, env: SignerEnvironment, id: string): Result<string> {
  const named = keyId.startsWith('arn:') ? keyId.split(':')[3] : undefined;
  const region = named ?? (env['AWS_REGION'] || env['AWS_DEFAULT_REGION'] || '');
  if (/^[a-z]{2,}(?:-[a-z0-9]+)+$/.test(region)) return ok(region);
  return failed([signerSetup(id, 'the region of the key is not known', 'Name the key by its ARN, or set AWS_REGION.')]);
}

// https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
function addressOf(region: string, env: SignerEnvironment): string {
  const own = env['AWS_ENDPOINT_URL_KMS'] || env['AWS_ENDPOINT_URL'];
  return own || `https://kms.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}/`;
}
