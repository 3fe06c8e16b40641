import { attempt } from '../authenticode/format-error.ts';
import { certificatesIn } from '../authenticode/pem.ts';
import { failed, ok, type Result } from '../diagnostic.ts';
import { createAzureTokens } from './azure-token.ts';
import { bearerHeaders, type TokenSource } from './bearer-token.ts';
import { createServiceClient, objectIn, textIn, type JsonObject, type ServiceClient } from './http-request.ts';
import { openRemoteKey, signerFailed, wrongSpec } from './remote-key.ts';
import { readServiceSetup } from './service-setup.ts';
import { signatureIn } from './signature-answer.ts';
import type { OpenedSigner, SignerContext, SignRequest } from './signer.ts';

export const azureKeyVaultForm = 'azure-key-vault:<URL of a certificate or key>[,<certificates>]';

// https://learn.microsoft.com/rest/api/keyvault/keys/sign/sign
const version = 'api-version=7.2';

/**
 * `azure-key-vault:<URL>[,<certificates>]`: a certificate (https://<vault>/certificates/<name>[/<version>]) whose leaf is
 * in the vault and the certificates above it in a file, or a key (https://<vault>/keys/…) with all of them in a file.
 */
export async function openAzureKeyVault(argument: string, { env, now }: SignerContext): Promise<Result<OpenedSigner>> {
  const [address = '', path, ...more] = argument.split(',');
  const kind = /^https?:\/\/[^/?#@]+\/(certificates|keys)\/[\w-]+(?:\/\w+)?$/.exec(address)?.[1];
  if (kind === undefined || path === '' || more.length > 0 || (kind === 'keys' && path === undefined)) {
    const problem = 'What follows azure-key-vault: is no URL of a certificate, or of a key with a certificate file';
    return failed([wrongSpec(azureKeyVaultForm, problem)]);
  }
  const id = `azure-key-vault:${address}`;
  const setup = await readServiceSetup(id, address, path, env);
  if (!setup.ok) return setup;
  const { url, limitMs, certificates } = setup.value;
  const tokens = createAzureTokens({ id, scope: scopeOf(url), env, limitMs });
  const vault: Vault = { id, url, limitMs, tokens, ask: createServiceClient({ id }) };
  const key = await readKey(vault);
  if (!key.ok) return key;
  const { leaf } = key.value;
  const sign = (request: SignRequest): Promise<Result<Buffer>> => signWith(vault, key.value.url, request);
  return openRemoteKey(
    { id, certificates: [...leaf, ...certificates], sign, ...(leaf[0] ? { leaf: leaf[0] } : {}) },
    now,
  );
}

interface Vault {
  readonly id: string;
  /** URL of the certificate or key. */
  readonly url: URL;
  readonly limitMs: number;
  readonly tokens: TokenSource;
  readonly ask: ServiceClient;
}

interface VaultKey {
  /** With its version: the key must not change between two scripts. */
  readonly url: URL;
  /** DER of the certificate in the vault; empty for a bare key. */
  readonly leaf: readonly Buffer[];
}

// The audience is the domain of the cloud: vault.azure.net, vault.azure.cn, vault.usgovcloudapi.net, managedhsm.azure.net.
function scopeOf({ hostname }: URL): string {
  const domain = hostname.split('.').slice(1).join('.');
  return `https://${/^(?:vault|managedhsm)\./.test(domain) ? domain : 'vault.azure.net'}/.default`;
}

async function readKey(vault: Vault): Promise<Result<VaultKey>> {
  const { id, url } = vault;
  const isCertificate = url.pathname.startsWith('/certificates/');
  if (!isCertificate && url.pathname.split('/').length === 4) return ok({ url, leaf: [] });
  const address = new URL(`${url.pathname}?${version}`, url);
  const request = { method: 'GET', url: address, headers: () => bearerHeaders(vault.tokens) } as const;
  const answer = await vault.ask(request, Date.now() + vault.limitMs);
  if (!answer.ok) return answer;
  const kid = textIn(isCertificate ? answer.value : objectIn(answer.value, 'key'), 'kid');
  const key = URL.canParse(kid) ? new URL(kid) : undefined;
  // The token goes to nobody but the vault that was named.
  if (key?.host !== url.host || !/^\/keys\/[\w-]+\/\w+$/.test(key.pathname)) {
    return failed([signerFailed(id, 'the answer of the vault names no key of this vault ("kid")')]);
  }
  const leaf = isCertificate ? readLeaf(answer.value, id) : ok([]);
  return leaf.ok ? ok({ url: new URL(key.pathname, url), leaf: leaf.value }) : leaf;
}

function readLeaf(answer: JsonObject, id: string): Result<readonly Buffer[]> {
  const refuse = (): ReturnType<typeof signerFailed> =>
    signerFailed(id, 'the answer of the vault holds no certificate ("cer")');
  return attempt(() => certificatesIn(Buffer.from(textIn(answer, 'cer'), 'base64')).slice(0, 1), refuse);
}

async function signWith(vault: Vault, key: URL, { digest }: SignRequest): Promise<Result<Buffer>> {
  const answer = await vault.ask(
    {
      method: 'POST',
      url: new URL(`${key.pathname}/sign?${version}`, key),
      headers: () => bearerHeaders(vault.tokens),
      body: JSON.stringify({ alg: 'RS256', value: digest.toString('base64url') }),
    },
    Date.now() + vault.limitMs,
  );
  return answer.ok ? signatureIn(answer.value, 'value', vault.id) : answer;
}
