import { failed, ok, type Result } from '../diagnostic.ts';
import type { TokenSource } from './bearer-token.ts';
import { hasFunction, loadPeer } from './peer.ts';
import { signerFailed } from './remote-key.ts';
import { quoted, secretsIn } from './secrets.ts';
import type { SignerEnvironment } from './signer.ts';
import { within } from './time-limit.ts';

// What is used of @azure/identity.
interface AccessToken {
  readonly token: string;
  /** Milliseconds since 1970. */
  readonly expiresOnTimestamp: number;
}
interface AzureIdentity {
  readonly DefaultAzureCredential: new () => { getToken: (scope: string) => Promise<AccessToken | null> };
}

const peer = {
  name: '@azure/identity',
  isRight: (module: unknown): module is AzureIdentity => hasFunction(module, 'DefaultAzureCredential'),
  otherwise: 'Or put a token into PSMINT_AZURE_TOKEN.',
};

// A token is not used in its last minutes: the clocks of the service and of this computer differ.
const expiryMarginMs = 120_000;

export interface AzureTokenOptions {
  readonly id: string;
  /** For example `https://vault.azure.net/.default`. */
  readonly scope: string;
  readonly env: SignerEnvironment;
  readonly limitMs: number;
}

/** Tokens of Microsoft Entra: PSMINT_AZURE_TOKEN, or whatever DefaultAzureCredential finds on this computer. */
export function createAzureTokens(options: AzureTokenOptions): TokenSource {
  const { env } = options;
  const given = env['PSMINT_AZURE_TOKEN'];
  if (given) return () => Promise.resolve(ok(given.trim()));
  let latest: Promise<Result<AccessToken>> | undefined;
  let goodUntil = 0;
  const renew = async (): Promise<Result<AccessToken>> => {
    const token = await askIdentity(options);
    goodUntil = token.ok ? token.value.expiresOnTimestamp - expiryMarginMs : 0;
    return token;
  };
  return async () => {
    // Signatures under way at once share one request for a token.
    if (latest === undefined || (goodUntil > 0 && Date.now() > goodUntil)) {
      goodUntil = 0;
      latest = renew();
    }
    const token = await latest;
    return token.ok ? ok(token.value.token) : token;
  };
}

async function askIdentity({ id, scope, env, limitMs }: AzureTokenOptions): Promise<Result<AccessToken>> {
  const identity = await loadPeer(peer, id);
  if (!identity.ok) return identity;
  const help = 'Sign in (az login), or give the build a managed or workload identity; docs/signers.md has both.';
  try {
    const credential = new identity.value.DefaultAzureCredential();
    const token = await within(limitMs, credential.getToken(scope));
    if (token) return ok(token);
    return failed([signerFailed(id, 'Microsoft Entra gave no token in time', help)]);
  } catch (error) {
    const said = error instanceof Error ? quoted(error.message, secretsIn(env)) : '';
    return failed([signerFailed(id, `Microsoft Entra gave no token (${said})`, help)]);
  }
}
