import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createTimestampClient, type TimestampOptions } from '../../src/timestamp.ts';
import { createVerifier, verify } from '../../src/verify.ts';
import { sign } from '../../src/sign.ts';
import { signForeign } from '../support/foreign-signing.ts';
import { codes, signerOf, smallScript, unsigned, unwrap } from '../support/signing.ts';
import { days, now, testPki } from '../support/test-ca.ts';
import { startTsa, testTsa, tsaModes, type TsaMode, type TsaServer } from '../support/tsa.ts';

const tsa = testTsa();
const pki = testPki('stamp');
const trust = [tsa.root.certificate];
const signature = Buffer.alloc(256, 3);
const validity = { from: days(-1), to: days(1) };
const running: TsaServer[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

async function service(mode: TsaMode | ((request: number) => TsaMode), time?: Date): Promise<TsaServer> {
  const server = await startTsa(tsa, mode, time);
  running.push(server);
  return server;
}

const quick = { trust, pauseMs: 1, requestMs: 150, limitMs: 5000 };
const client = (
  options: Partial<TimestampOptions> & Pick<TimestampOptions, 'urls'>,
): ReturnType<typeof createTimestampClient> => createTimestampClient({ ...quick, ...options });

async function closedPort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 1}/stamp`;
}

const reasons: Readonly<Record<Exclude<TsaMode, 'good'>, RegExp>> = {
  'status-503': /HTTP status 503/,
  slow: /did not answer in time/,
  rejects: /refused: status 2, the service does not allow the request, no\?\[31m quota/,
  'wrong-nonce': /nonce/,
  'no-nonce': /nonce/,
  'wrong-imprint': /another signature/,
  truncated: /reaches beyond/,
  'wrong-usage': /not for timestamps alone/,
  'usage-not-critical': /not for timestamps alone/,
  'wrong-signature': /does not verify/,
  'wrong-signing-certificate': /another certificate than it says/,
  'no-certificate': /does not carry/,
  'extra-certificate': /not part of its chain/,
  untrusted: /trusted root/,
  endless: /too long/,
  garbage: /DER|type/,
};

describe('a timestamp', () => {
  it('is taken from a good service, and verifies after the certificate has expired', async () => {
    const { url } = await service('good');
    const signed = unwrap(
      await sign([unsigned()], signerOf(pki).signer, { now, timestamps: { ...quick, urls: [url] } }),
    );
    const options = { trust: [pki.root.certificate], timestampTrust: trust, requireTimestamp: true };
    const [script] = unwrap(verify(signed, { ...options, at: days(2000) }));
    expect(script!.signature?.timestamp).toBe('2026-06-15T12:00:00.000Z');
    expect(codes(verify(signed, { ...options, timestampTrust: [], at: now }))).toEqual(['bad-timestamp']);
  });

  it.each([
    ['after the certificate has ended', days(400), '2027-07-20'],
    ['before it began', days(-10), '2026-06-05'],
  ])('of a clock that is %s is not embedded; the next service is asked', async (_, clock, shown) => {
    const [wrong, right] = [await service('good', clock), await service('good')];
    const young = testPki('young', { notBefore: days(-5) });
    const scripts = [unsigned()];
    const only = { ...quick, urls: [wrong.url] };
    const result = await sign(scripts, signerOf(young).signer, { now, timestamps: only });
    expect(codes(result)).toEqual(['timestamp-failed']);
    expect(!result.ok && result.diagnostics[0]?.message).toContain(`its clock says ${shown}`);
    const both = { ...quick, urls: [wrong.url, right.url] };
    const signed = unwrap(await sign(scripts, signerOf(young).signer, { now, timestamps: both }));
    const options = { trust: [young.root.certificate], timestampTrust: trust, requireTimestamp: true, at: now };
    expect(unwrap(verify(signed, options))[0]?.signature?.timestamp).toBe(now.toISOString());
  });

  it('does not help a certificate that had expired before, whoever embedded it', () => {
    const chain = [pki.leaf, pki.intermediate];
    const options = { trust: [pki.root.certificate], timestampTrust: trust, at: days(500) };
    const verdictAt = (tsaTime: Date): string[] =>
      codes(createVerifier(options)('a.ps1', signForeign(smallScript, chain, { tsa, tsaTime })));
    expect(verdictAt(now)).toEqual([]);
    expect(verdictAt(days(400))).toEqual(['certificate-expired']);
  });

  it.each(tsaModes.filter((mode) => mode !== 'good'))('is refused: %s', async (mode) => {
    const { url, requests } = await service(mode);
    const result = await client({ urls: [url] })(signature, validity);
    expect(codes(result)).toEqual(['timestamp-failed']);
    expect(!result.ok && result.diagnostics[0]?.message).toMatch(reasons[mode]);
    expect(!result.ok && result.diagnostics[0]?.message).toContain(url);
    expect(requests()).toBe(3);
  });

  it('comes from the next service when one is dead, and the dead one is not asked first again', async () => {
    const [dead, broken, good] = [await closedPort(), await service('status-503'), await service('good')];
    const stamp = client({ urls: [dead, broken.url, good.url] });
    for (let count = 0; count < 4; count += 1) unwrap(await stamp(signature, validity));
    expect(broken.requests()).toBe(1);
    expect(good.requests()).toBe(4);
  });

  it('is tried again when a service was busy', async () => {
    const busy = await service((request) => (request < 3 ? 'status-503' : 'good'));
    unwrap(await client({ urls: [busy.url] })(signature, validity));
    expect(busy.requests()).toBe(3);
  });

  it('names every service and its reason, and no password', async () => {
    const dead = await closedPort();
    const slow = await service('slow');
    const secret = 'http://user:s3cret@127.0.0.1:9/x?token=t0ken';
    const result = await client({ urls: [dead, slow.url, secret, 'not a url', 'ftp://127.0.0.1/'] })(
      signature,
      validity,
    );
    const message = result.ok ? '' : (result.diagnostics[0]?.message ?? '');
    for (const part of [dead, slow.url, 'ECONNREFUSED', 'in time', 'not a url']) expect(message).toContain(part);
    expect(message).not.toMatch(/s3cret|t0ken/);
  });

  it('keeps to the total limit', async () => {
    const slow = await service('slow');
    const start = performance.now();
    const result = await client({ urls: [slow.url], limitMs: 300, requestMs: 10_000 })(signature, validity);
    expect(codes(result)).toEqual(['timestamp-failed']);
    expect(performance.now() - start).toBeLessThan(1500);
  });

  it('fails the whole signing', async () => {
    const { url } = await service('garbage');
    const scripts = [unsigned(), unsigned("'b'\r\n")];
    const result = await sign(scripts, signerOf(pki).signer, { now, timestamps: { ...quick, urls: [url] } });
    expect(codes(result)).toEqual(['timestamp-failed']);
  });

  it('is got for many scripts at once', async () => {
    const { url } = await service('good');
    const scripts = Array.from({ length: 40 }, (_, index) => unsigned(`'${index}'\r\n`, `${index}.ps1`));
    const timestamps = { ...quick, requestMs: 5000, urls: [url] };
    const signed = unwrap(await sign(scripts, signerOf(pki).signer, { now, timestamps }));
    const options = { trust: [pki.root.certificate], timestampTrust: trust, requireTimestamp: true, at: now };
    expect(unwrap(verify(signed, options))).toHaveLength(40);
  });
});
