import { constants, privateEncrypt, sign } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import * as der from '../../src/authenticode/der-writer.ts';
import { digestInfo } from '../../src/authenticode/digest-info.ts';
import { oids } from '../../src/authenticode/oids.ts';
import { rsaKey, type TestCertificate, type TestKey, type TestPki } from './test-ca.ts';

/** What goes wrong with the answers to signing requests. */
export const faults = [
  'none',
  'throttled-once',
  'throttled-for-an-hour',
  'unavailable-twice',
  'unavailable',
  'slow',
  'broken-once',
  'broken',
  'cut-json',
  'no-json',
  'endless',
  'forbidden',
  'redirect',
  'no-signature',
  'wrong-key',
  'wrong-digest',
  'pss',
] as const;
export type Fault = (typeof faults)[number];

interface Answer {
  readonly status: number;
  readonly json: unknown;
}

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Readonly<Record<string, unknown>>;
}

/** One cloud as its documentation describes it. `signature` signs a digest, rightly or as the fault wants it. */
export interface CloudProtocol {
  /** Answers a request; undefined: there is no such resource, or the request is not as documented. */
  readonly answer: (request: Received, signature: (digest: Buffer) => Buffer) => Answer | undefined;
  /** True for the request that faults happen to. */
  readonly isSigning: (request: Received) => boolean;
}

/** RSA PKCS#1 v1.5 over a digest that somebody else made. */
export function signDigest(key: TestKey, digest: Buffer): Buffer {
  return privateEncrypt({ key: key.privateKey, padding: constants.RSA_PKCS1_PADDING }, digestInfo(digest));
}

function faultySignature(key: TestKey, fault: Fault): (digest: Buffer) => Buffer {
  return (digest) => {
    if (fault === 'wrong-key') return signDigest(rsaKey('another key'), digest);
    if (fault === 'wrong-digest') return signDigest(key, Buffer.alloc(32, 1));
    if (fault === 'no-signature') return Buffer.alloc(0);
    if (fault === 'pss')
      return sign('sha256', digest, { key: key.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING });
    return signDigest(key, digest);
  };
}

/** A service may repeat in a message what it was sent. */
export const echoed = (request: Received): string =>
  `\u001b[31mNot allowed: ${request.headers.authorization ?? ''} ${String(request.headers['x-amz-security-token'])}`;

function spoil(response: ServerResponse, request: Received, fault: Fault, count: number): boolean {
  const end = (
    status: number,
    headers: Record<string, string>,
    text = '{"error":{"code":"Busy","message":"Later."}}',
  ): true => {
    response.writeHead(status, headers).end(text);
    return true;
  };
  if (fault === 'throttled-once' && count === 1) return end(429, { 'retry-after': '1' });
  if (fault === 'throttled-for-an-hour') return end(429, { 'retry-after': '3600' });
  if (fault === 'unavailable' || (fault === 'unavailable-twice' && count <= 2)) return end(503, {}, '<html>');
  if (fault === 'slow') return true;
  if (fault === 'cut-json') return end(200, {}, '{"signature":"AAAA');
  if (fault === 'no-json') return end(200, {}, '<html>proxy</html>');
  if (fault === 'redirect') return end(307, { location: `http://${request.headers.host}/elsewhere` });
  if (fault === 'forbidden') {
    return end(403, {}, JSON.stringify({ error: { code: 'Forbidden', message: echoed(request) } }));
  }
  if (fault === 'broken' || (fault === 'broken-once' && count === 1)) {
    response.writeHead(200, { 'content-length': '5000' });
    response.write('{"signature":"AAAA', () => response.destroy());
    return true;
  }
  if (fault === 'endless') {
    response.writeHead(200);
    const write = (): void => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536, 0x20))) {
        // until the buffer is full
      }
    };
    response.on('drain', write);
    write();
    return true;
  }
  return false;
}

export interface CloudServer {
  readonly url: string;
  readonly requests: readonly Received[];
  readonly close: () => Promise<void>;
}

/** A cloud on this computer that signs with a real key, and goes wrong in one way. */
export async function startCloud(protocol: CloudProtocol, key: TestKey, fault: Fault = 'none'): Promise<CloudServer> {
  const requests: Received[] = [];
  let signing = 0;
  const signature = faultySignature(key, fault);
  const server = createServer((message, response) => {
    const parts: Buffer[] = [];
    message.on('data', (part: Buffer) => parts.push(part));
    message.on('end', () => {
      const request = receivedOf(message, Buffer.concat(parts).toString());
      requests.push(request);
      if (protocol.isSigning(request) && spoil(response, request, fault, ++signing)) return;
      const answer = protocol.answer(request, signature) ?? { status: 404, json: { error: { code: 'NotFound' } } };
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.json));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no address');
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function receivedOf(message: IncomingMessage, text: string): Received {
  const body = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
  return { method: message.method ?? '', path: message.url ?? '', headers: message.headers, body };
}

/** The tokens and credentials that these clouds take. */
export const cloudSecrets = {
  token: 'eyJ0b2tlbi0x.s3cret-token-0123456789',
  accessKeyId: 'AKIDEXAMPLE0123456789',
  secretAccessKey: 's3cret/aws/key+0123456789',
  sessionToken: 's3cret-session-0123456789',
} as const;

const isBearer = ({ headers }: Received): boolean => headers.authorization === `Bearer ${cloudSecrets.token}`;
const unauthorized: Answer = { status: 401, json: { error: { code: 'Unauthorized', message: 'Token is not valid.' } } };
const bytesOf = (value: unknown): Buffer => Buffer.from(typeof value === 'string' ? value : '', 'base64');

/** Certificates in a PKCS#7 without signers. */
export function certificateBag(...certificates: readonly TestCertificate[]): Buffer {
  const signedData = der.sequence(
    der.integer(1),
    der.setOf(),
    der.sequence(der.oid(oids.data)),
    der.contextConstructed(0, ...certificates.map(({ certificate }) => certificate)),
    der.setOf(),
  );
  return der.sequence(der.oid(oids.signedData), der.contextConstructed(0, signedData));
}

/** Azure Artifact Signing. `bag` gives the certificates of each signature; `ready`: at which look an operation is. */
export function artifactSigning(bag: (operation: number) => Buffer, ready = 1): CloudProtocol {
  const operations: { digest: Buffer; looks: number }[] = [];
  const path = '/codesigningaccounts/acct/certificateprofiles/prof/sign';
  const isSigning = ({ method }: Received): boolean => method === 'POST';
  const form = (index: number, status: string, signature: Buffer | null): unknown => {
    const lines = bag(index)
      .toString('base64')
      .replace(/.{1,64}/g, '$&\r\n');
    const signingCertificate = signature && Buffer.from(lines).toString('base64');
    return { operationId: `op-${index}`, status, signature: signature?.toString('base64') ?? null, signingCertificate };
  };
  return {
    isSigning,
    answer: (request, signature) => {
      if (!isBearer(request)) return unauthorized;
      if (!request.path.endsWith('?api-version=2022-06-15-preview')) return undefined;
      if (isSigning(request)) {
        const { signatureAlgorithm, digest } = request.body;
        if (!request.path.startsWith(`${path}?`) || signatureAlgorithm !== 'RS256') return undefined;
        operations.push({ digest: bytesOf(digest), looks: 0 });
        return { status: 202, json: form(operations.length - 1, 'InProgress', null) };
      }
      const index = Number(/\/sign\/op-(\d+)\?/.exec(request.path)?.[1]);
      const operation = operations[index];
      if (operation === undefined) return undefined;
      operation.looks += 1;
      const isReady = operation.looks >= ready;
      return {
        status: 200,
        json: form(index, isReady ? 'Succeeded' : 'InProgress', isReady ? signature(operation.digest) : null),
      };
    },
  };
}

/** Azure Key Vault with a certificate and its key; `kid` is the key's URL instead of the right one. */
export function keyVault(leaf: TestCertificate, wrongKid?: string): CloudProtocol {
  const key = '/keys/code/0123abcd';
  const isSigning = ({ path }: Received): boolean => path.startsWith(`${key}/sign?`);
  return {
    isSigning,
    answer: (request, signature) => {
      if (!isBearer(request)) return unauthorized;
      const { method, path, body } = request;
      if (!path.endsWith('?api-version=7.2')) return undefined;
      const kid = wrongKid ?? `http://${request.headers.host}${key}`;
      if (method === 'GET' && /^\/certificates\/code(?:\/0123abcd)?\?/.test(path)) {
        return {
          status: 200,
          json: { id: kid.replace('keys', 'certificates'), kid, cer: leaf.certificate.toString('base64') },
        };
      }
      if (method === 'GET' && path.startsWith('/keys/code?'))
        return { status: 200, json: { key: { kid, kty: 'RSA-HSM' } } };
      if (method !== 'POST' || !isSigning(request) || body['alg'] !== 'RS256') return undefined;
      const digest = Buffer.from(String(body['value']), 'base64url');
      return { status: 200, json: { kid, value: signature(digest).toString('base64url') } };
    },
  };
}

/** AWS KMS, operation Sign. */
export function awsKms(keyId: string): CloudProtocol {
  return {
    isSigning: () => true,
    answer: ({ method, path, headers, body }, signature) => {
      const { accessKeyId, sessionToken } = cloudSecrets;
      const scope =
        /^AWS4-HMAC-SHA256 Credential=(\w+)\/\d{8}\/eu-central-1\/kms\/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-security-token;x-amz-target, Signature=[0-9a-f]{64}$/;
      if (
        scope.exec(headers.authorization ?? '')?.[1] !== accessKeyId ||
        headers['x-amz-security-token'] !== sessionToken
      ) {
        return {
          status: 400,
          json: { __type: 'UnrecognizedClientException', message: 'The security token is invalid.' },
        };
      }
      const isRight =
        method === 'POST' &&
        path === '/' &&
        headers['x-amz-target'] === 'TrentService.Sign' &&
        headers['content-type'] === 'application/x-amz-json-1.1' &&
        body['MessageType'] === 'DIGEST' &&
        body['SigningAlgorithm'] === 'RSASSA_PKCS1_V1_5_SHA_256' &&
        body['KeyId'] === keyId;
      if (!isRight) return undefined;
      const value = signature(bytesOf(body['Message'])).toString('base64');
      return { status: 200, json: { KeyId: keyId, Signature: value, SigningAlgorithm: body['SigningAlgorithm'] } };
    },
  };
}

/** Google Cloud KMS, asymmetricSign. */
export function googleKms(name: string): CloudProtocol {
  return {
    isSigning: () => true,
    answer: (request, signature) => {
      if (!isBearer(request)) return unauthorized;
      const digest = request.body['digest'] as { sha256?: string } | undefined;
      if (request.method !== 'POST' || request.path !== `/v1/${name}:asymmetricSign` || !digest?.sha256)
        return undefined;
      return { status: 200, json: { name, signature: signature(bytesOf(digest.sha256)).toString('base64') } };
    },
  };
}

/** Every cloud signer, ready to be opened: its server, its spec and its environment. */
export interface CloudCase {
  readonly name: string;
  readonly protocol: (pki: TestPki) => CloudProtocol;
  readonly spec: (url: string, chain: string) => string;
  readonly env: (url: string) => Readonly<Record<string, string>>;
}

const googleKey = 'projects/p-1/locations/europe-west3/keyRings/ring/cryptoKeys/code/cryptoKeyVersions/1';
const awsKey = 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

export const cloudCases: readonly CloudCase[] = [
  {
    name: 'azure-artifact-signing',
    protocol: ({ leaf, intermediate, root }) => artifactSigning(() => certificateBag(root, leaf, intermediate)),
    spec: (url) => `azure-artifact-signing:${url}/acct/prof`,
    env: () => ({ PSMINT_AZURE_TOKEN: cloudSecrets.token }),
  },
  {
    name: 'azure-key-vault',
    protocol: ({ leaf }) => keyVault(leaf),
    spec: (url, chain) => `azure-key-vault:${url}/certificates/code,${chain}`,
    env: () => ({ PSMINT_AZURE_TOKEN: cloudSecrets.token }),
  },
  {
    name: 'aws-kms',
    protocol: () => awsKms(awsKey),
    spec: (_, chain) => `aws-kms:${awsKey},${chain}`,
    env: (url) => ({
      AWS_ACCESS_KEY_ID: cloudSecrets.accessKeyId,
      AWS_SECRET_ACCESS_KEY: cloudSecrets.secretAccessKey,
      AWS_SESSION_TOKEN: cloudSecrets.sessionToken,
      AWS_ENDPOINT_URL_KMS: url,
    }),
  },
  {
    name: 'google-kms',
    protocol: () => googleKms(googleKey),
    spec: (_, chain) => `google-kms:${googleKey},${chain}`,
    env: (url) => ({ PSMINT_GOOGLE_TOKEN: cloudSecrets.token, CLOUDSDK_API_ENDPOINT_OVERRIDES_CLOUDKMS: url }),
  },
];
