import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAwsCredentials } from '../../src/signers/aws-credentials.ts';
import { signAwsRequest } from '../../src/signers/aws-signature.ts';
import { createAzureTokens } from '../../src/signers/azure-token.ts';
import type { Result } from '../../src/diagnostic.ts';
import { createGoogleTokens } from '../../src/signers/google-token.ts';
import { retryAfterMs } from '../../src/signers/retry-after.ts';
import { quoted } from '../../src/signers/secrets.ts';
import { codes, unwrap } from '../support/signing.ts';

const libraries = ['@azure/identity', '@aws-sdk/credential-providers', 'google-auth-library'] as const;
type Library = (typeof libraries)[number];

beforeEach(() => {
  vi.resetModules();
});
afterEach(() => {
  for (const library of libraries) vi.doUnmock(library);
});

const textOf = (result: Result<unknown>): string =>
  result.ok ? '' : result.diagnostics.map(({ message, help }) => `${message} ${help ?? ''}`).join('\n');

interface LibraryCase {
  readonly library: Library;
  /** A module of the library whose answer is this. */
  readonly module: (answer: () => Promise<unknown>) => object;
  readonly good: () => unknown;
  readonly expected: unknown;
  readonly ask: (limitMs: number) => Promise<Result<unknown>>;
}

const aws = { accessKeyId: 'AKID', secretAccessKey: 's', sessionToken: 't' };
const cases: readonly LibraryCase[] = [
  {
    library: '@azure/identity',
    module: (answer) => ({
      DefaultAzureCredential: class {
        getToken = (scope: string): Promise<unknown> =>
          scope === 'scope' ? answer() : Promise.reject(new Error(scope));
      },
    }),
    good: () => ({ token: 'token-1', expiresOnTimestamp: Date.now() + 3_600_000 }),
    expected: 'token-1',
    ask: (limitMs) =>
      createAzureTokens({ id: 'test', scope: 'scope', env: { AZURE_CLIENT_SECRET: 's3cret' }, limitMs })(),
  },
  {
    library: '@aws-sdk/credential-providers',
    module: (answer) => ({ fromNodeProviderChain: () => answer }),
    good: () => aws,
    expected: aws,
    ask: (limitMs) => createAwsCredentials('test', { AWS_SECRET_ACCESS_KEY: 's3cret' }, limitMs)(),
  },
  {
    library: 'google-auth-library',
    module: (answer) => ({
      GoogleAuth: class {
        getAccessToken = answer;
      },
    }),
    good: () => 'token-1',
    expected: 'token-1',
    ask: (limitMs) => createGoogleTokens('test', { PSMINT_KEY_PASSWORD: 's3cret' }, limitMs)(),
  },
];

describe.each(cases)('$library', ({ library, module, good, expected, ask }) => {
  it('gives what the signer needs', async () => {
    vi.doMock(library, () => module(() => Promise.resolve(good())));
    expect(unwrap(await ask(1000))).toEqual(expected);
  });

  it('is named when it is not installed', async () => {
    const result = await ask(1000);
    expect(codes(result)).toEqual(['signer-setup']);
    expect(textOf(result)).toContain(`npm install ${library} `);
  });

  it('is refused when it is of a version that is not known', async () => {
    vi.doMock(library, () => ({ default: {}, DefaultAzureCredential: 1, fromNodeProviderChain: 2, GoogleAuth: 'x' }));
    const result = await ask(1000);
    expect(codes(result)).toEqual(['signer-setup']);
    expect(textOf(result)).toContain('version');
  });

  it('is quoted on one line and without secrets when it says no', async () => {
    vi.doMock(library, () => module(() => Promise.reject(new Error('No account.\n\u001b[31mTried s3cret.'))));
    const result = await ask(1000);
    expect(codes(result)).toEqual(['signer-failed']);
    expect(textOf(result)).toMatch(/No account\. \[31mTried \*\*\*/);
  });

  it('has a time limit', async () => {
    vi.doMock(library, () => module(() => new Promise(() => undefined)));
    expect(codes(await ask(50))).toEqual(['signer-failed']);
  });
});

describe('a token of Microsoft Entra', () => {
  const mock = (lifetimeMs: number): { readonly asked: () => number } => {
    let asked = 0;
    vi.doMock('@azure/identity', () => ({
      DefaultAzureCredential: class {
        getToken = (): Promise<unknown> =>
          Promise.resolve({ token: `token-${++asked}`, expiresOnTimestamp: Date.now() + lifetimeMs });
      },
    }));
    return { asked: () => asked };
  };
  const source = (): ReturnType<typeof createAzureTokens> =>
    createAzureTokens({ id: 'test', scope: 'scope', env: {}, limitMs: 1000 });

  it('is asked for once by signatures that are under way together', async () => {
    const { asked } = mock(3_600_000);
    const tokens = source();
    const all = await Promise.all([tokens(), tokens(), tokens()]);
    expect([...all, await tokens()].map(unwrap)).toEqual(['token-1', 'token-1', 'token-1', 'token-1']);
    expect(asked()).toBe(1);
  });

  it('is asked for again before it ends', async () => {
    mock(60_000);
    const tokens = source();
    expect([await tokens(), await tokens()].map(unwrap)).toEqual(['token-1', 'token-2']);
  });

  it('is taken from the environment before any library', async () => {
    const { asked } = mock(60_000);
    const env = { PSMINT_AZURE_TOKEN: 'mine\n' };
    expect(unwrap(await createAzureTokens({ id: 'test', scope: 'scope', env, limitMs: 1000 })())).toBe('mine');
    expect(asked()).toBe(0);
  });
});

describe('AWS credentials', () => {
  const env = { AWS_ACCESS_KEY_ID: 'AKID', AWS_SECRET_ACCESS_KEY: 's', AWS_SESSION_TOKEN: 't' };

  it('are taken from the environment', async () => {
    expect(unwrap(await createAwsCredentials('test', env, 1000)())).toEqual(aws);
  });

  it('are those of a profile when one is named', async () => {
    expect(codes(await createAwsCredentials('test', { ...env, AWS_PROFILE: 'build' }, 1000)())).toEqual([
      'signer-setup',
    ]);
  });
});

// The test suite that AWS published for Signature Version 4 (aws-sig-v4-test-suite), the cases that are a POST.
describe('AWS Signature Version 4', () => {
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
  const fixed = {
    url: new URL('https://example.amazonaws.com/'),
    region: 'us-east-1',
    service: 'service',
    now: new Date('2015-08-30T12:36:00Z'),
  };
  const form = { 'Content-Type': 'application/x-www-form-urlencoded' };

  it.each([
    ['post-vanilla', {}, '', 'host;x-amz-date', '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b'],
    [
      'post-header-key-sort',
      { 'My-Header1': 'value1' },
      '',
      'host;my-header1;x-amz-date',
      'c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c',
    ],
    [
      'post-x-www-form-urlencoded',
      form,
      'Param1=value1',
      'content-type;host;x-amz-date',
      'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
    ],
  ])('%s', (_, headers, body, names, signature) => {
    expect(signAwsRequest({ ...fixed, headers, body }, credentials)['authorization']).toBe(
      `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=${names}, Signature=${signature}`,
    );
  });

  it('covers the session token', () => {
    const signed = signAwsRequest({ ...fixed, headers: {}, body: '' }, { ...credentials, sessionToken: 'T' });
    expect(signed['x-amz-security-token']).toBe('T');
    expect(signed['authorization']).toContain('SignedHeaders=host;x-amz-date;x-amz-security-token,');
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2026-06-15T12:00:00Z');
  it.each([
    ['0', 0],
    [' 120 ', 120_000],
    ['Mon, 15 Jun 2026 12:00:30 GMT', 30_000],
    ['Monday, 15-Jun-26 12:00:30 GMT', 30_000],
    ['Mon, 15 Jun 2026 11:00:00 GMT', 0],
    ['-5', undefined],
    ['1.5', undefined],
    ['soon', undefined],
    ['2026', 2_026_000],
    ['', undefined],
    [null, undefined],
  ])('%j', (header, wait) => {
    expect(retryAfterMs(header, now)).toBe(wait);
  });
});

describe('a quoted text', () => {
  it.each([
    ['a\r\n\tb\u001b[2J\u202e c', [], 'a b [2J c'],
    ['pin 123456 is wrong', ['123456'], 'pin *** is wrong'],
    ['abc abcdef', ['abc', 'abcdef'], '*** ***'],
    ['nothing', ['', 'x'], 'nothing'],
    ['y'.repeat(400), [], `${'y'.repeat(300)}…`],
  ])('%j', (text, secrets, expected) => {
    expect(quoted(text, secrets)).toBe(expected);
  });
});
