import { createHash, randomInt } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { oid, sequence, setOf, contextConstructed } from '../../src/authenticode/der-writer.ts';
import { parseDer, type DerNode } from '../../src/authenticode/der.ts';
import { oids } from '../../src/authenticode/oids.ts';
import { createVerifier, type VerifyOptions } from '../../src/verify.ts';
import { codes, join, signText, smallScript, split, beginMarker } from '../support/signing.ts';
import { issue, now, sha256, testPki, type TestPki } from '../support/test-ca.ts';
import { startTsa, testTsa, timestampToken, type TestTsa, type TsaMode } from '../support/tsa.ts';

interface World {
  readonly pki: TestPki;
  readonly tsa: TestTsa;
  readonly signed: Buffer;
  readonly stamped: Buffer;
}

let world: World;

beforeAll(async () => {
  const pki = testPki('tamper');
  const tsa = testTsa();
  const service = await startTsa(tsa, 'good');
  const timestamps = { urls: [service.url], trust: [tsa.root.certificate] };
  world = { pki, tsa, signed: await signText(pki), stamped: await signText(pki, smallScript, { timestamps }) };
  await service.close();
});

function verdict(bytes: Buffer, options: Partial<VerifyOptions> = {}): string[] {
  const { pki, tsa } = world;
  const trust = { trust: [pki.root.certificate], timestampTrust: [tsa.root.certificate] };
  return codes(createVerifier({ ...trust, at: now, ...options })('a.ps1', bytes));
}

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
const text = (bytes: Buffer): string => bytes.toString('latin1');

/** Rebuilds a tree with some elements exchanged, lengths made right again. */
function exchange(node: DerNode, by: ReadonlyMap<DerNode, Buffer>): Buffer {
  const other = by.get(node);
  if (other) return other;
  if (node.children.length === 0) return node.raw;
  const content = Buffer.concat(node.children.map((child) => exchange(child, by)));
  return Buffer.concat([Buffer.of(node.tag), sequence(content).subarray(1)]);
}

const at = (node: DerNode, ...path: number[]): DerNode =>
  path.reduce((current, index) => current.children.at(index)!, node);

const paths = {
  signedData: [1, 0],
  indirectDigest: [1, 0, 2, 1, 0, 1, 1],
  certificates: [1, 0, 3],
  leaf: [1, 0, 3, 0],
  signerInfo: [1, 0, 4, 0],
  identifier: [1, 0, 4, 0, 1],
  attributes: [1, 0, 4, 0, 3],
  signatureAlgorithm: [1, 0, 4, 0, 4],
  signature: [1, 0, 4, 0, 5],
  unsigned: [1, 0, 4, 0, 6],
} as const;

function replaced(
  bytes: Buffer,
  ...edits: readonly [path: readonly number[], change: (node: DerNode) => Buffer][]
): Buffer {
  const { text: body, cms } = split(bytes);
  const root = parseDer(cms);
  const by = new Map(edits.map(([path, change]) => [at(root, ...path), change(at(root, ...path))]));
  return join(body, exchange(root, by));
}

const retag = (tag: number, content: Buffer): Buffer => Buffer.concat([Buffer.of(tag), sequence(content).subarray(1)]);
const flipped = (bytes: Buffer, index: number): Buffer => {
  const copy = Buffer.from(bytes);
  copy.writeUInt8(copy.readUInt8(index) ^ 1, index);
  return copy;
};

/** Every row of the tamper table, and more; a function makes the file from a good one. */
const rows: readonly (readonly [name: string, code: string, make: () => Buffer | Promise<Buffer>])[] = [
  ['no signature', 'not-signed', () => latin1(smallScript)],
  ['an empty file', 'not-signed', () => Buffer.alloc(0)],
  ['a byte of the body', 'hash-mismatch', () => flipped(world.signed, 4)],
  [
    'a byte of the body that is no longer ASCII',
    'hash-mismatch',
    () => latin1(text(world.signed).replace('script', 'scr\xefpt')),
  ],
  [
    'an extra line end before the block',
    'hash-mismatch',
    () => latin1(text(world.signed).replace(beginMarker, `\r\n${beginMarker}`)),
  ],
  [
    'the block of another script',
    'hash-mismatch',
    async () => join("'other'\r\n", split(await signText(world.pki)).cms),
  ],
  [
    'LF instead of CRLF in the whole file',
    'malformed-signature',
    () => latin1(text(world.signed).replaceAll('\r\n', '\n')),
  ],
  ['LF in the body alone', 'hash-mismatch', () => join(smallScript.replaceAll('\r\n', '\n'), split(world.signed).cms)],
  ['a body signed with LF', 'malformed-signature', () => signText(world.pki, "'a'\n'b'\r\n")],
  [
    'LF in the block alone',
    'malformed-signature',
    () => latin1(smallScript + text(world.signed).slice(smallScript.length).replaceAll('\r\n', '\n')),
  ],
  [
    'LF in the lines of the block',
    'malformed-signature',
    () => latin1(text(world.signed).replace(/(# \S{64})\r\n/g, '$1\n')),
  ],
  ['code after the block', 'malformed-signature', () => latin1(`${text(world.signed)}Remove-Item C:\\\r\n`)],
  [
    'code in the block',
    'malformed-signature',
    () => latin1(text(world.signed).replace(/(# \S{64}\r\n)/, '$1Remove-Item C:\\\r\n')),
  ],
  ['a comment after the block', 'malformed-signature', () => latin1(`${text(world.signed)}# comment\r\n`)],
  ['NUL after the block', 'malformed-signature', () => latin1(`${text(world.signed)}\0`)],
  ['Ctrl-Z after the block', 'malformed-signature', () => latin1(`${text(world.signed)}\x1a`)],
  ['one line end after the block', 'malformed-signature', () => latin1(`${text(world.signed)}\r\n`)],
  ['line ends after the block', 'malformed-signature', () => latin1(`${text(world.signed)}\r\n\r\n\r\n`)],
  ['no line end after the end marker', 'malformed-signature', () => world.signed.subarray(0, -2)],
  [
    'two blocks',
    'malformed-signature',
    () => latin1(text(world.signed) + text(world.signed).slice(smallScript.length)),
  ],
  [
    'the block in the body',
    'malformed-signature',
    () => latin1(text(world.signed).slice(smallScript.length) + text(world.signed)),
  ],
  ['lines of 76 characters', 'malformed-signature', () => join(smallScript, split(world.signed).cms, 76)],
  ['lines of 60 characters', 'malformed-signature', () => join(smallScript, split(world.signed).cms, 60)],
  ['an empty block', 'malformed-signature', () => join(smallScript, Buffer.alloc(0))],
  [
    'bytes after the DER',
    'malformed-signature',
    () => join(smallScript, Buffer.concat([split(world.signed).cms, Buffer.alloc(2)])),
  ],
  ['base64 that is not canonical', 'malformed-signature', nonCanonicalBase64],
  [
    'a lower-case begin marker',
    'malformed-signature',
    () => latin1(text(world.signed).replace('# SIG # Begin', '# sig # begin')),
  ],
  [
    'an indented begin marker',
    'malformed-signature',
    () => latin1(text(world.signed).replace('# SIG # Begin', ' # SIG # Begin')),
  ],
  [
    'an indented end marker',
    'malformed-signature',
    () => latin1(text(world.signed).replace('# SIG # End', ' # SIG # End')),
  ],
  [
    'no end marker',
    'malformed-signature',
    () => latin1(text(world.signed).replace('# SIG # End signature block\r\n', '')),
  ],
  [
    'no begin marker',
    'malformed-signature',
    () => latin1(text(world.signed).replace('# SIG # Begin signature block\r\n', '')),
  ],
  ['a UTF-8 byte order mark', 'malformed-signature', () => Buffer.concat([latin1('\xef\xbb\xbf'), world.signed])],
  ['UTF-16', 'malformed-signature', () => Buffer.from(`\ufeff${text(world.signed)}`, 'utf16le')],
  ['UTF-16 without a mark', 'malformed-signature', () => Buffer.from(text(world.signed), 'utf16le')],
  [
    'a byte of the key in the certificate',
    'bad-signature',
    () => changedCertificate(world.pki.leaf.key.publicKey.export({ type: 'pkcs1', format: 'der' }), 40),
  ],
  [
    'a byte of the signature of the certificate',
    'untrusted-signer',
    () => changedCertificate(world.pki.leaf.certificate.subarray(-200), 100),
  ],
  ['another certificate', 'bad-signature', () => replaced(world.signed, [paths.leaf, () => otherLeaf().certificate])],
  [
    'another certificate with its identifier',
    'bad-signature',
    () =>
      replaced(
        world.signed,
        [paths.leaf, () => otherLeaf().certificate],
        [paths.identifier, () => identifierOf(otherLeaf().certificate)],
      ),
  ],
  [
    'another digest of the content',
    'bad-signature',
    () => replaced(world.signed, [paths.indirectDigest, (node) => flipped(node.raw, 20)]),
  ],
  [
    'a changed body with its right digest',
    'bad-signature',
    () => {
      const body = smallScript.replace('Hello', 'Howdy');
      const digest = createHash('sha256').update(body, 'utf16le').digest();
      const edited = replaced(world.signed, [paths.indirectDigest, () => Buffer.concat([Buffer.of(4, 32), digest])]);
      return join(body, split(edited).cms);
    },
  ],
  [
    'a byte of the signature',
    'bad-signature',
    () => replaced(world.signed, [paths.signature, (node) => flipped(node.raw, 100)]),
  ],
  [
    'signed attributes in another order',
    'bad-signature',
    () =>
      replaced(world.signed, [
        paths.attributes,
        (node) => retag(0xa0, Buffer.concat([...node.children].reverse().map(({ raw }) => raw))),
      ]),
  ],
  [
    'a signed attribute twice',
    'malformed-signature',
    () =>
      replaced(world.signed, [
        paths.attributes,
        (node) => retag(0xa0, Buffer.concat([...node.children, node.children[0]!].map(({ raw }) => raw))),
      ]),
  ],
  [
    'a signed attribute less',
    'malformed-signature',
    () =>
      replaced(world.signed, [
        paths.attributes,
        (node) => retag(0xa0, Buffer.concat(node.children.slice(1).map(({ raw }) => raw))),
      ]),
  ],
  ['a signing time', 'malformed-signature', withSigningTime],
  [
    'another signature algorithm',
    'malformed-signature',
    () =>
      replaced(world.signed, [paths.signatureAlgorithm, () => Buffer.from('300d06092a864886f70d01010b0500', 'hex')]),
  ],
  [
    'the intermediate removed',
    'untrusted-signer',
    () => replaced(world.signed, [paths.certificates, (node) => retag(0xa0, node.children[0]!.raw)]),
  ],
  ['no certificate', 'bad-signature', () => replaced(world.signed, [paths.certificates, () => Buffer.of(0xa0, 0)])],
  [
    'a certificate more',
    'malformed-signature',
    () =>
      replaced(world.signed, [
        paths.certificates,
        (node) => retag(0xa0, Buffer.concat([node.content, issue('stowaway').certificate])),
      ]),
  ],
  [
    'the root beside the chain, twice',
    'malformed-signature',
    () =>
      replaced(world.signed, [
        paths.certificates,
        (node) => retag(0xa0, Buffer.concat([node.content, world.pki.root.certificate, world.pki.root.certificate])),
      ]),
  ],
  [
    'certificates in another order',
    'bad-signature',
    () =>
      replaced(world.signed, [
        paths.certificates,
        (node) => retag(0xa0, Buffer.concat([...node.children].reverse().map(({ raw }) => raw))),
      ]),
  ],
  [
    'a second signer',
    'malformed-signature',
    () => replaced(world.signed, [[1, 0, 4], (node) => retag(0x31, Buffer.concat([node.content, node.content]))]),
  ],
  [
    'an unsigned attribute of another kind',
    'malformed-signature',
    () => withUnsigned(sequence(oid('1.3.6.1.4.1.311.2.4.1'), setOf(sequence()))),
  ],
  [
    'a timestamp of another signature',
    'bad-timestamp',
    () => withToken(timestampToken(world.tsa, sha256(Buffer.from('other')))),
  ],
  ['a timestamp with a wrong signature', 'bad-timestamp', () => withToken(ownToken('wrong-signature'))],
  ['a timestamp of nobody known', 'bad-timestamp', () => withToken(ownToken('untrusted'))],
  ['a timestamp by a certificate for code', 'bad-timestamp', () => withToken(ownToken('wrong-usage'))],
  ['a timestamp whose usage is not critical', 'bad-timestamp', () => withToken(ownToken('usage-not-critical'))],
  [
    'a timestamp that names another certificate',
    'bad-timestamp',
    () => withToken(ownToken('wrong-signing-certificate')),
  ],
  ['a timestamp with a stowaway', 'bad-timestamp', () => withToken(ownToken('extra-certificate'))],
  ['a timestamp without certificates', 'bad-timestamp', () => withToken(ownToken('no-certificate'))],
  ['a timestamp from the future', 'bad-timestamp', () => withToken(ownToken('good', new Date('2026-07-01T00:00:00Z')))],
  ['a timestamp that is none', 'bad-timestamp', () => withToken(sequence(oid(oids.data)))],
  ['two timestamps', 'malformed-signature', twoTimestamps],
];

function nonCanonicalBase64(): Buffer {
  const { cms } = split(world.signed);
  const padded = cms.length % 3 === 0 ? Buffer.concat([cms, Buffer.alloc(1)]) : cms;
  const all = text(join(smallScript, padded));
  // The last character before the padding has bits that no byte uses.
  return latin1(
    all.replace(
      /([A-Za-z0-9+/])(=+)\r\n/,
      (_, char: string, pad: string) => `${String.fromCharCode(char.charCodeAt(0) + 1)}${pad}\r\n`,
    ),
  );
}

function changedCertificate(part: Buffer, offset: number): Buffer {
  const { text: body, cms } = split(world.signed);
  return join(body, flipped(cms, cms.indexOf(part) + offset));
}

let other: ReturnType<typeof issue> | undefined;
function otherLeaf(): ReturnType<typeof issue> {
  other ??= issue('other leaf', { issuer: world.pki.intermediate });
  return other;
}

function identifierOf(certificate: Buffer): Buffer {
  const fields = parseDer(certificate).children[0]!.children;
  return sequence(fields[3]!.raw, fields[1]!.raw);
}

function withSigningTime(): Buffer {
  const attribute = sequence(oid(oids.signingTime), setOf(Buffer.from('170d3236303631353132303030305a', 'hex')));
  return replaced(world.signed, [paths.attributes, (node) => retag(0xa0, Buffer.concat([attribute, node.content]))]);
}

function withUnsigned(attribute: Buffer): Buffer {
  return replaced(world.signed, [
    paths.signerInfo,
    (node) => retag(0x30, Buffer.concat([node.content, contextConstructed(1, attribute)])),
  ]);
}

const withToken = (token: Buffer): Buffer => withUnsigned(sequence(oid(oids.spcTimestampToken), setOf(token)));

function signatureOf(bytes: Buffer): Buffer {
  return at(parseDer(split(bytes).cms), ...paths.signature).content;
}

function ownToken(mode: TsaMode, time = now): Buffer {
  return timestampToken(world.tsa, sha256(signatureOf(world.signed)), { mode, time });
}

function twoTimestamps(): Buffer {
  const attribute = sequence(oid(oids.spcTimestampToken), setOf(ownToken('good')));
  return replaced(world.signed, [
    paths.signerInfo,
    (node) => retag(0x30, Buffer.concat([node.content, contextConstructed(1, attribute, attribute)])),
  ]);
}

describe('a tampered script', () => {
  it('does not exist in the beginning', () => {
    expect(verdict(world.signed)).toEqual([]);
    expect(verdict(world.stamped, { requireTimestamp: true })).toEqual([]);
    expect(verdict(withToken(ownToken('good')), { requireTimestamp: true })).toEqual([]);
  });

  it.each(rows)('%s: %s', async (_, code, make) => {
    expect(verdict(await make())).toEqual([code]);
  });

  it('a timestamp stripped: missing-timestamp where one is required', () => {
    const stripped = replaced(world.stamped, [paths.unsigned, () => Buffer.alloc(0)]);
    expect(verdict(stripped, { requireTimestamp: true })).toEqual(['missing-timestamp']);
    expect(verdict(stripped)).toEqual([]);
  });

  it('never verifies with any byte flipped', () => {
    for (let index = 0; index < world.signed.length; index += 1) {
      expect(verdict(flipped(world.signed, index)), `byte ${index}`).not.toEqual([]);
    }
  });

  it('never verifies with a byte exchanged, removed, doubled or the end cut', () => {
    for (let round = 0; round < 2000; round += 1) {
      const index = randomInt(world.signed.length);
      const [before, after] = [world.signed.subarray(0, index), world.signed.subarray(index + 1)];
      const byte = world.signed.subarray(index, index + 1);
      const value = (byte.readUInt8(0) + 1 + randomInt(255)) % 256;
      const edits = [
        Buffer.concat([before, Buffer.of(value), after]),
        Buffer.concat([before, after]),
        Buffer.concat([before, byte, byte, after]),
        before,
      ];
      const edited = edits[round % 4]!;
      if (edited.equals(world.signed)) continue;
      expect(verdict(edited), `round ${round} byte ${index} value ${value}`).not.toEqual([]);
    }
  });

  it('never verifies with a byte of a stamped signature flipped', () => {
    for (let round = 0; round < 600; round += 1) {
      const index = smallScript.length + randomInt(world.stamped.length - smallScript.length);
      expect(verdict(flipped(world.stamped, index), { requireTimestamp: true }), `byte ${index}`).not.toEqual([]);
    }
  });

  it('never verifies with a byte of the DER exchanged', () => {
    const { text: body, cms } = split(world.signed);
    for (let index = 0; index < cms.length; index += 1) {
      const copy = Buffer.from(cms);
      copy.writeUInt8((copy.readUInt8(index) + 1 + randomInt(255)) % 256, index);
      expect(verdict(join(body, copy)), `byte ${index}`).not.toEqual([]);
    }
  });

  it('never verifies with elements of the DER exchanged, removed, doubled, retagged or refilled', () => {
    const { text: body, cms } = split(world.signed);
    const root = parseDer(cms);
    const nodes: DerNode[] = [];
    const collect = (node: DerNode): void => {
      nodes.push(node);
      node.children.forEach(collect);
    };
    collect(root);
    for (let round = 0; round < 3000; round += 1) {
      const [node, other] = [nodes[randomInt(nodes.length)]!, nodes[randomInt(nodes.length)]!];
      const edits = [
        other.raw,
        Buffer.alloc(0),
        Buffer.concat([node.raw, node.raw]),
        retag(randomInt(256), node.content),
        retag(node.tag, Buffer.alloc(randomInt(40), randomInt(256))),
      ];
      const edited = exchange(root, new Map([[node, edits[round % edits.length]!]]));
      if (edited.equals(cms)) continue;
      expect(verdict(join(body, edited)), edited.toString('base64')).not.toEqual([]);
    }
  });
});
