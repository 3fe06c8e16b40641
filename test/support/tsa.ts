import { createHash, sign } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import * as der from '../../src/authenticode/der-writer.ts';
import { parseDer, tags } from '../../src/authenticode/der.ts';
import { oids } from '../../src/authenticode/oids.ts';
import { issue, now, days, type TestCertificate } from './test-ca.ts';

export const tsaModes = [
  'good',
  'status-503',
  'slow',
  'rejects',
  'wrong-nonce',
  'no-nonce',
  'wrong-imprint',
  'truncated',
  'wrong-usage',
  'usage-not-critical',
  'wrong-signature',
  'wrong-signing-certificate',
  'no-certificate',
  'extra-certificate',
  'untrusted',
  'endless',
  'garbage',
] as const;
export type TsaMode = (typeof tsaModes)[number];

const stamping = { purposes: [oids.timeStamping], criticalPurposes: true, notAfter: days(2500) } as const;

export interface TestTsa {
  readonly root: TestCertificate;
  readonly authority: TestCertificate;
  readonly signer: TestCertificate;
}

export function testTsa(name = 'TSA authority'): TestTsa {
  const root = issue('TSA root', { ca: true, notAfter: days(3000) });
  const authority = issue(name, { issuer: root, ca: true, pathLength: 0, notAfter: days(3000) });
  return { root, authority, signer: issue('TSA', { issuer: authority, ...stamping }) };
}

function signerOf(tsa: TestTsa, mode: TsaMode): TestCertificate {
  const { authority: issuer } = tsa;
  if (mode === 'wrong-usage')
    return issue('TSA usage', { issuer, purposes: [oids.codeSigning], criticalPurposes: true });
  if (mode === 'usage-not-critical') return issue('TSA critical', { issuer, purposes: [oids.timeStamping] });
  if (mode === 'untrusted') return issue('TSA stranger', { issuer: issue('Stranger', { ca: true }), ...stamping });
  return tsa.signer;
}

/** An RFC 3161 token over `digest`, right or wrong in one way. */
export function timestampToken(
  tsa: TestTsa,
  digest: Buffer,
  options: { mode?: TsaMode; nonce?: Buffer; time?: Date } = {},
): Buffer {
  const { mode = 'good', nonce, time = now } = options;
  const signer = signerOf(tsa, mode);
  const imprint = mode === 'wrong-imprint' ? Buffer.alloc(32, 7) : digest;
  const sent = mode === 'wrong-nonce' ? der.integer(42) : nonce;
  const info = der.sequence(
    der.integer(1),
    der.oid('1.2.3.4'),
    der.sequence(der.algorithm(oids.sha256), der.octetString(imprint)),
    der.integer(77),
    generalizedTime(time),
    ...(sent && mode !== 'no-nonce' ? [sent] : []),
  );
  return tokenOf(info, signer, tsa, mode);
}

function generalizedTime(time: Date): Buffer {
  const text = `${time.toISOString().replace(/\D/g, '').slice(0, 14)}Z`;
  return Buffer.concat([Buffer.of(0x18, text.length), Buffer.from(text)]);
}

function tokenOf(info: Buffer, signer: TestCertificate, tsa: TestTsa, mode: TsaMode): Buffer {
  const named = mode === 'wrong-signing-certificate' ? tsa.authority : signer;
  const hashOfNamed = createHash('sha256').update(named.certificate).digest();
  const attribute = (type: string, value: Buffer): Buffer => der.sequence(der.oid(type), der.setOf(value));
  const attributes = der.setOf(
    attribute(oids.contentType, der.oid(oids.timestampInfo)),
    attribute(oids.messageDigest, der.octetString(createHash('sha256').update(info).digest())),
    attribute(oids.signingCertificateV2, der.sequence(der.sequence(der.sequence(der.octetString(hashOfNamed))))),
  );
  const signature = sign('sha256', attributes, signer.key.privateKey);
  if (mode === 'wrong-signature') signature.writeUInt8(signature.readUInt8(9) ^ 1, 9);
  const fields = parseDer(signer.certificate).children[0]!.children;
  const signerInfo = der.sequence(
    der.integer(1),
    der.sequence(fields[3]!.raw, fields[1]!.raw),
    der.algorithm(oids.sha256),
    Buffer.concat([Buffer.of(0xa0), attributes.subarray(1)]),
    der.algorithm(oids.rsaEncryption),
    der.octetString(signature),
  );
  const signedData = der.sequence(
    der.integer(3),
    der.setOf(der.algorithm(oids.sha256)),
    der.sequence(der.oid(oids.timestampInfo), der.contextConstructed(0, der.octetString(info))),
    ...(mode === 'no-certificate' ? [] : [der.contextConstructed(0, ...certificatesOf(signer, tsa, mode))]),
    der.setOf(signerInfo),
  );
  return der.sequence(der.oid(oids.signedData), der.contextConstructed(0, signedData));
}

function certificatesOf(signer: TestCertificate, tsa: TestTsa, mode: TsaMode): Buffer[] {
  const extra = mode === 'extra-certificate' ? [issue('Nobody').certificate] : [];
  return [signer.certificate, tsa.authority.certificate, ...extra];
}

function answer(tsa: TestTsa, mode: TsaMode, request: Buffer, time: Date): Buffer {
  const [, imprint, ...rest] = parseDer(request).children;
  const nonce = rest.find(({ tag }) => tag === tags.integer);
  const digest = imprint!.children[1]!.content;
  const response = der.sequence(
    der.sequence(der.integer(0)),
    timestampToken(tsa, digest, { mode, time, ...(nonce ? { nonce: nonce.raw } : {}) }),
  );
  return mode === 'truncated' ? response.subarray(0, response.length - 100) : response;
}

/** rejection, badRequest (bit 2), with a text that tries to reach the terminal */
const rejection = der.sequence(
  der.sequence(der.integer(2), der.sequence(der.utf8String('no\u001b[31m quota')), Buffer.from('03020520', 'hex')),
);

function respond(response: ServerResponse, tsa: TestTsa, mode: TsaMode, body: Buffer, time: Date): void {
  if (mode === 'slow') return;
  if (mode === 'status-503') {
    response.writeHead(503).end('later');
    return;
  }
  if (mode === 'endless') {
    response.writeHead(200);
    const write = (): void => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536))) {
        // until the buffer is full
      }
    };
    response.on('drain', write);
    write();
    return;
  }
  const content =
    mode === 'rejects'
      ? rejection
      : mode === 'garbage'
        ? Buffer.from('<html>hello</html>')
        : answer(tsa, mode, body, time);
  response.writeHead(200, { 'content-type': 'application/timestamp-reply' }).end(content);
}

export interface TsaServer {
  readonly url: string;
  /** How many requests came. */
  readonly requests: () => number;
  readonly close: () => Promise<void>;
}

/** A timestamp service on this computer. `mode` may change with each request. */
export async function startTsa(
  tsa: TestTsa,
  mode: TsaMode | ((request: number) => TsaMode),
  time = now,
): Promise<TsaServer> {
  let requests = 0;
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      requests += 1;
      respond(response, tsa, typeof mode === 'string' ? mode : mode(requests), Buffer.concat(parts), time);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no address');
  return {
    url: `http://127.0.0.1:${address.port}/stamp`,
    requests: () => requests,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
