import { failed, ok, type Result } from '../diagnostic.ts';
import type { TokenSource } from './bearer-token.ts';
import { hasFunction, loadPeer } from './peer.ts';
import { signerFailed } from './remote-key.ts';
import { quoted, secretsIn } from './secrets.ts';
import type { SignerEnvironment } from './signer.ts';
import { within } from './time-limit.ts';

// What is used of google-auth-library. It keeps tokens and renews them itself.
interface GoogleAuth {
  getAccessToken: () => Promise<string | null | undefined>;
}
interface GoogleAuthLibrary {
  readonly GoogleAuth: new (options: { readonly scopes: readonly string[] }) => GoogleAuth;
}

const peer = {
  name: 'google-auth-library',
  isRight: (module: unknown): module is GoogleAuthLibrary => hasFunction(module, 'GoogleAuth'),
  otherwise: 'Or put a token into PSMINT_GOOGLE_TOKEN.',
};

/** https://developers.google.com/identity/protocols/oauth2/scopes#cloudkms */
const scopes = ['https://www.googleapis.com/auth/cloudkms'];

/** Tokens of Google Cloud: PSMINT_GOOGLE_TOKEN, or the application default credentials of this computer. */
export function createGoogleTokens(id: string, env: SignerEnvironment, limitMs: number): TokenSource {
  const given = env['PSMINT_GOOGLE_TOKEN'];
  if (given) return () => Promise.resolve(ok(given.trim()));
  let auth: GoogleAuth | undefined;
  return async () => {
    const library = await loadPeer(peer, id);
    if (!library.ok) return library;
    return askLibrary((auth ??= new library.value.GoogleAuth({ scopes })), id, env, limitMs);
  };
}

async function askLibrary(
  auth: GoogleAuth,
  id: string,
  env: SignerEnvironment,
  limitMs: number,
): Promise<Result<string>> {
  const help = 'Sign in (gcloud auth application-default login), or set GOOGLE_APPLICATION_CREDENTIALS.';
  try {
    const token = await within(limitMs, auth.getAccessToken());
    return token ? ok(token) : failed([signerFailed(id, 'Google gave no token in time', help)]);
  } catch (error) {
    const said = error instanceof Error ? quoted(error.message, secretsIn(env)) : '';
    return failed([signerFailed(id, `Google gave no token (${said})`, help)]);
  }
}
