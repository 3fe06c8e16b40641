import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Certificate } from '../../src/authenticode/certificate.ts';
import { readToken } from '../../src/authenticode/read-timestamp-token.ts';
import { sign, signDetached } from '../../src/sign.ts';
import { openLocalKey } from '../../src/signers/local-key.ts';
import { createForeignVerifier, type ForeignVerifier } from '../../src/verify-foreign.ts';
import { createVerifier, type Verifier } from '../../src/verify.ts';
import { foreignCms, signForeign, type ForeignOptions } from '../support/foreign-signing.ts';
import { fileOf, signerOf, signText, smallScript, unsigned, unwrap } from '../support/signing.ts';
import { days, ecKey, issue, now, testPki } from '../support/test-ca.ts';
import { startTsa, testTsa } from '../support/tsa.ts';

/** A signed file that verifies, and the verifiers for which it does. */
export interface Seed {
  readonly path: string;
  readonly bytes: Buffer;
  /** undefined: psmint did not write it. */
  readonly strict: Verifier | undefined;
  readonly foreign: ForeignVerifier;
}

const pki = testPki('fuzz');
const tsa = testTsa();
const chain = [pki.leaf, pki.intermediate];
const counterSigner = issue('fuzz counter', {
  issuer: tsa.authority,
  purposes: ['1.3.6.1.5.5.7.3.8'],
  criticalPurposes: true,
});

const forms: readonly (readonly [path: string, text: string, options: ForeignOptions])[] = [
  ['a.ps1', smallScript, { signingTime: true }],
  ['b.ps1', "'\u3042'\r\n'b'\n", { encoding: 'utf-8', hash: 'sha384', tsa }],
  ['c.psm1', "'\u3042'\r\n", { encoding: 'utf-16le', longAlgorithm: true }],
  ['d.psd1', "@{ A = '\u00e4' }\r\n", { encoding: 'utf-16be', hash: 'sha512', statementType: false }],
  ['e.ps1xml', '<a />\n', { comment: ['<!-- ', ' -->'] }],
  [
    'f.ps1',
    "'f'\r\n",
    {
      counter: { signer: counterSigner },
      certificates: [...chain, counterSigner, tsa.authority].map((one) => one.certificate),
    },
  ],
  ['g.ps1', smallScript, { nested: [foreignCms(smallScript, chain)], tsa }],
];

/** For which the files of our own verify. */
export const ownOptions = {
  trust: [pki.root.certificate],
  timestampTrust: [tsa.root.certificate],
  at: days(1),
  allowEc: true,
};

/** Files of our own: strict ones with and without timestamp, and the forms of other programs. */
export async function ownSeeds(): Promise<readonly Seed[]> {
  const service = await startTsa(tsa, 'good');
  const timestamps = { urls: [service.url], trust: [tsa.root.certificate] };
  const strict = [await signText(pki), await signText(pki, smallScript, { timestamps }), await signedWithEc()];
  await service.close();
  const verifiers = { strict: createVerifier(ownOptions), foreign: createForeignVerifier(ownOptions) };
  const seeds = [
    ...strict.map((bytes, index) => ({ path: `strict-${index}.ps1`, bytes, ...verifiers })),
    ...forms.map(([path, text, form]) => ({
      path,
      bytes: signForeign(text, chain, form),
      ...verifiers,
      strict: undefined,
    })),
  ];
  for (const { path, bytes, strict: own, foreign } of seeds) {
    if (own) unwrap(own(path, bytes));
    unwrap(foreign.judge(path, unwrap(foreign.read(path, bytes))));
  }
  return seeds;
}

async function signedWithEc(): Promise<Buffer> {
  const leaf = issue('fuzz EC leaf', { issuer: pki.intermediate, key: ecKey('fuzz') });
  const certificates = [leaf, pki.intermediate, pki.root].map(({ certificate }) => certificate);
  const opened = openLocalKey({ id: 'fuzz', key: leaf.key.privateKey, certificates }, now, { allowEc: true });
  const [signed] = unwrap(await sign([unsigned()], unwrap(opened).signer, { now }));
  return fileOf(signed!);
}

/** The detached signature of a manifest, by the signer of the seeds. */
export async function sealOf(manifest: Buffer): Promise<Buffer> {
  return unwrap(await signDetached(manifest, signerOf(pki).signer, { now }));
}

/** Signed files of others in a folder; each is trusted by the authorities it carries. */
export function foundSeeds(folder: string): readonly Seed[] {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return names.flatMap(({ parentPath, name }) => {
    const path = join(parentPath, name);
    const bytes = readFileSync(path);
    const read = createForeignVerifier({ trust: [], at: now }).read(path, bytes);
    if (!read.ok) return [];
    const { certificates, data } = read.value;
    const { timestampToken } = data.unsigned;
    const ders = timestampToken ? readToken(timestampToken).certificates.map(({ raw }) => Buffer.from(raw)) : [];
    const trust = certificates.filter((one: Certificate) => one.extensions.isCa).map(({ raw }) => raw);
    const foreign = createForeignVerifier({ trust, timestampTrust: ders, at: new Date() });
    return foreign.judge(path, read.value).ok ? [{ path, bytes, strict: undefined, foreign }] : [];
  });
}
