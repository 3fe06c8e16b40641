import { failed, ok, type Result } from '../diagnostic.ts';
import type { AwsCredentials } from './aws-signature.ts';
import { hasFunction, loadPeer } from './peer.ts';
import { signerFailed } from './remote-key.ts';
import { quoted, secretsIn } from './secrets.ts';
import type { SignerEnvironment } from './signer.ts';
import { within } from './time-limit.ts';

// What is used of @aws-sdk/credential-providers. The provider keeps credentials and renews them itself.
type CredentialProvider = () => Promise<AwsCredentials>;
interface CredentialProviders {
  readonly fromNodeProviderChain: () => CredentialProvider;
}

const peer = {
  name: '@aws-sdk/credential-providers',
  isRight: (module: unknown): module is CredentialProviders => hasFunction(module, 'fromNodeProviderChain'),
  otherwise: 'Or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
};

/**
 * Credentials as every AWS tool finds them: the variables AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and
 * AWS_SESSION_TOKEN unless AWS_PROFILE names a profile; otherwise profiles, SSO, web identity, containers, instances.
 */
export function createAwsCredentials(
  id: string,
  env: SignerEnvironment,
  limitMs: number,
): () => Promise<Result<AwsCredentials>> {
  const accessKeyId = env['AWS_ACCESS_KEY_ID'];
  const secretAccessKey = env['AWS_SECRET_ACCESS_KEY'];
  if (accessKeyId && secretAccessKey && !env['AWS_PROFILE']) {
    const credentials = { accessKeyId, secretAccessKey, sessionToken: env['AWS_SESSION_TOKEN'] };
    return () => Promise.resolve(ok(credentials));
  }
  let provider: CredentialProvider | undefined;
  return async () => {
    const library = await loadPeer(peer, id);
    if (!library.ok) return library;
    return askProvider((provider ??= library.value.fromNodeProviderChain()), id, env, limitMs);
  };
}

async function askProvider(
  provider: CredentialProvider,
  id: string,
  env: SignerEnvironment,
  limitMs: number,
): Promise<Result<AwsCredentials>> {
  const help = 'Sign in (aws sso login), name a profile in AWS_PROFILE, or give the build a role.';
  try {
    const credentials = await within(limitMs, provider());
    return credentials ? ok(credentials) : failed([signerFailed(id, 'AWS gave no credentials in time', help)]);
  } catch (error) {
    const said = error instanceof Error ? quoted(error.message, secretsIn(env)) : '';
    return failed([signerFailed(id, `AWS gave no credentials (${said})`, help)]);
  }
}
