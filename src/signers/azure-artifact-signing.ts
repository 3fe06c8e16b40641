import { createHash, verify, X509Certificate } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { certificatesInCms } from '../authenticode/certificate-bag.ts';
import { FormatError } from '../authenticode/format-error.ts';
import { diagnostic, failed, ok, type Result } from '../diagnostic.ts';
import { createAzureTokens } from './azure-token.ts';
import { bearerHeaders, type TokenSource } from './bearer-token.ts';
import { createServiceClient, objectIn, textIn, type JsonObject, type ServiceClient } from './http-request.ts';
import { keyCertificates, onlyLeaf, type KeyCertificates } from './key-certificates.ts';
import { signerFailed, wrongSpec } from './remote-key.ts';
import { readServiceSetup } from './service-setup.ts';
import { signatureIn } from './signature-answer.ts';
import type { OpenedSigner, SignerContext } from './signer.ts';

export const azureArtifactSigningForm = 'azure-artifact-signing:<endpoint>/<account>/<profile>';

// Azure/azure-rest-api-specs, specification/codesigning/data-plane: version, paths, states and the scope of the token.
const version = 'api-version=2022-06-15-preview';
const scope = 'https://codesigning.azure.net/.default';

/** First wait between two looks at an operation, which takes about a second; grows by half with each. */
const firstPauseMs = 100;
const longestPauseMs = 2000;
const requestsUnderWay = 4;

/**
 * `azure-artifact-signing:<endpoint>/<account>/<profile>`: Azure Artifact Signing, earlier Trusted Signing. Its leaf
 * lives three days and comes with each signature, so one signature is asked for now to learn who signs.
 */
export async function openAzureArtifactSigning(
  argument: string,
  { env, now }: SignerContext,
): Promise<Result<OpenedSigner>> {
  const parts = /^(https?:\/\/[^/?#@]+)\/([\w-]+)\/([\w-]+)$/.exec(argument);
  const [, endpoint = '', account = '', profile = ''] = parts ?? [];
  if (parts === null) {
    const problem = 'What follows azure-artifact-signing: is no endpoint with an account and a certificate profile';
    return failed([wrongSpec(azureArtifactSigningForm, problem)]);
  }
  const id = `azure-artifact-signing:${argument}`;
  const setup = await readServiceSetup(id, endpoint, undefined, env);
  if (!setup.ok) return setup;
  const { limitMs } = setup.value;
  const url = new URL(`/codesigningaccounts/${account}/certificateprofiles/${profile}/sign`, setup.value.url);
  const tokens = createAzureTokens({ id, scope, env, limitMs });
  const service: Service = { id, url, limitMs, tokens, ask: createServiceClient({ id }) };
  const first = await askWhoSigns(service, now);
  if (!first.ok) return first;
  const sign: OpenedSigner['signer']['sign'] = async ({ digest }) => {
    const signed = await signDigest(service, digest, now);
    if (!signed.ok) return signed;
    return ok({ signature: signed.value.signature, chain: signed.value.chain, scheme: 'rsa-pkcs1' });
  };
  const { chain, trust } = first.value;
  return ok({ signer: { id, maximumParallel: requestsUnderWay, chain, sign }, trust, needsTimestamp: true });
}

interface Service {
  readonly id: string;
  readonly url: URL;
  readonly limitMs: number;
  readonly tokens: TokenSource;
  readonly ask: ServiceClient;
}

type Signed = KeyCertificates & { readonly signature: Buffer };

async function askWhoSigns(service: Service, now: Date): Promise<Result<Signed>> {
  const text = Buffer.from('psmint asks which certificate signs.\n');
  const signed = await signDigest(service, createHash('sha256').update(text).digest(), now);
  if (!signed.ok || verify('sha256', text, signed.value.leaf.publicKey, signed.value.signature)) return signed;
  const message = `${service.id}: the signature does not verify with the certificate that came with it.`;
  return failed([diagnostic('certificate-key-mismatch', { message })]);
}

async function signDigest(service: Service, digest: Buffer, now: Date): Promise<Result<Signed>> {
  const until = Date.now() + service.limitMs;
  const headers = (): ReturnType<typeof bearerHeaders> => bearerHeaders(service.tokens);
  const body = JSON.stringify({ signatureAlgorithm: 'RS256', digest: digest.toString('base64') });
  const started = new URL(`?${version}`, service.url);
  let answer = await service.ask({ method: 'POST', url: started, headers, body }, until);
  const operation = answer.ok ? textIn(answer.value, 'operationId') || textIn(answer.value, 'id') : '';
  for (let wait = firstPauseMs; answer.ok && isUnderWay(answer.value); wait = Math.min(wait * 1.5, longestPauseMs)) {
    if (!/^[\w-]+$/.test(operation)) return failed([signerFailed(service.id, 'the answer names no operation')]);
    if (Date.now() + wait >= until) return failed([signerFailed(service.id, 'the signature was not ready in time')]);
    await pause(wait);
    const url = new URL(`${service.url.pathname}/${operation}?${version}`, service.url);
    answer = await service.ask({ method: 'GET', url, headers }, until);
  }
  return answer.ok ? readSigned(answer.value, service.id, now) : answer;
}

const isUnderWay = (answer: JsonObject): boolean =>
  /^(?:InProgress|Running|NotStarted)$/.test(textIn(answer, 'status'));

function readSigned(answer: JsonObject, id: string, now: Date): Result<Signed> {
  const status = textIn(answer, 'status');
  if (status !== 'Succeeded') {
    const shown = /^\w{1,40}$/.test(status) ? status : 'unknown';
    return failed([signerFailed(id, `the signing operation ended with the status ${shown}`)]);
  }
  // The service puts both values into the answer itself; the published description puts them into "result".
  const result = objectIn(answer, 'result');
  const holder = objectIn(result, 'signStatus') ?? result ?? answer;
  const signature = signatureIn(holder, 'signature', id);
  const certificates = readCertificates(holder, id);
  if (!signature.ok) return signature;
  if (!certificates.ok) return certificates;
  const leaf = onlyLeaf(certificates.value, id);
  if (!leaf.ok) return leaf;
  const sorted = keyCertificates(leaf.value, certificates.value, id, now);
  return sorted.ok ? ok({ ...sorted.value, signature: signature.value }) : sorted;
}

// Base64 of base64 with line ends of a PKCS#7.
function readCertificates(holder: JsonObject, id: string): Result<readonly X509Certificate[]> {
  const text = Buffer.from(textIn(holder, 'signingCertificate'), 'base64').toString('latin1');
  try {
    return ok(certificatesInCms(Buffer.from(text, 'base64')).map((der) => new X509Certificate(der)));
  } catch (error) {
    const reason = error instanceof FormatError ? error.message : 'A certificate in it is broken.';
    const problem = `the certificates in the answer cannot be read: ${reason.replace(/\.$/, '')}`;
    return failed([signerFailed(id, problem)]);
  }
}
