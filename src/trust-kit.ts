import { createHash, X509Certificate } from 'node:crypto';
import type { MessageCatalog } from './messages.ts';
import type { BundleFile, CertificateContent, ResolvedPack, ScriptPlan, SignatureFacts } from './script-plan.ts';
import { trustText } from './trust-text.ts';

/** The certificates that machines need for a signer. DER. */
export interface TrustCertificates {
  /** Leaf first. */
  readonly chain: readonly Buffer[];
  readonly roots: readonly Buffer[];
  /** Leaf that will sign later, or that signed until now: machines should trust it too. */
  readonly next?: Buffer | undefined;
  readonly previous?: Buffer | undefined;
}

export interface TrustInput extends TrustCertificates {
  readonly signer: SignatureFacts | null;
  /** The kit holds install-trust.ps1; two-step signing without certificates in advance cannot have it. */
  readonly hasScript: boolean;
}

/** One file of the kit: a certificate and the LocalMachine store that it belongs into. */
interface TrustEntry {
  readonly file: string;
  readonly store: CertificateContent['store'];
  readonly der: Buffer;
}

const policyPath = './Device/Vendor/MSFT/RootCATrustedCertificates';

function entriesOf({ chain, roots, next, previous }: TrustCertificates): TrustEntry[] {
  const [leaf, ...above] = chain;
  if (leaf === undefined) return [];
  const publisher = (file: string, der: Buffer | undefined): TrustEntry[] =>
    der === undefined || (file !== 'signer' && der.equals(leaf)) ? [] : [{ file, store: 'TrustedPublisher', der }];
  const root = roots[0] ?? leaf;
  const intermediates = above.filter((der) => !roots.some((trusted) => trusted.equals(der)));
  return [
    ...publisher('signer', leaf),
    ...publisher('next-signer', next),
    ...publisher('previous-signer', previous),
    { file: 'root', store: isSelfIssued(root) ? 'Root' : 'CA', der: root },
    ...intermediates.map((der, index) => ({ file: `intermediate-${index + 1}`, store: 'CA' as const, der })),
  ];
}

// The last certificate that is known may be one below the root.
function isSelfIssued(der: Buffer): boolean {
  const x509 = new X509Certificate(der);
  return x509.subject === x509.issuer;
}

/** What an admin needs so that machines trust the signer: folder `trust/` of a bundle. Empty for unsigned scripts. Pure. */
export function trustFiles(packId: string, input: TrustInput): BundleFile[] {
  const { signer } = input;
  const entries = entriesOf(input);
  if (signer === null || entries.length === 0) return [];
  const file = (name: string, content: string | Buffer): BundleFile => ({
    path: `${packId}/trust/${name}`,
    content: Buffer.from(content),
  });
  const files = new Set(entries.map((entry) => entry.file));
  const facts = { signer, files, isPrivateRoot: isPrivateRoot(input), hasScript: input.hasScript };
  return [
    ...entries.map((entry) => file(`${entry.file}.cer`, entry.der)),
    file('thumbprints.txt', entries.map(thumbprints).join('\n')),
    file('oma-uri.txt', entries.map(omaUri).join('\n')),
    file('trust.en.md', trustText('en', facts)),
    file('trust.ja.md', trustText('ja', facts)),
  ];
}

// A root that psmint made: nobody vouches for it but the person who ran the build.
function isPrivateRoot({ chain, roots }: TrustCertificates): boolean {
  const root = roots[0] ?? chain[0];
  return root !== undefined && new X509Certificate(root).subject.startsWith('CN=psmint root ');
}

function thumbprint(der: Buffer, hash: 'sha1' | 'sha256'): string {
  return createHash(hash).update(der).digest('hex').toUpperCase();
}

function subjectOf(der: Buffer): string {
  return new X509Certificate(der).subject.split('\n').join(', ');
}

function thumbprints({ file, store, der }: TrustEntry): string {
  const end = new Date(new X509Certificate(der).validTo).toISOString().slice(0, 10);
  return `${file}.cer, store ${store}: ${subjectOf(der)}\n  SHA-1    ${thumbprint(der, 'sha1')}\n  SHA-256  ${thumbprint(der, 'sha256')}\n  valid to ${end}\n`;
}

// [MS-MDE2] 2.2.9.4 and learn.microsoft.com, RootCATrustedCertificates CSP: nodes Root, CA, TrustedPublisher; value
// EncodedCertificate, base64 DER as a string without line ends.
function omaUri({ store, der }: TrustEntry): string {
  return `OMA-URI:   ${policyPath}/${store}/${thumbprint(der, 'sha1')}/EncodedCertificate\nData type: String\nValue:     ${der.toString('base64')}\n`;
}

/** Plan of `install-trust.ps1`, which puts the certificates of the kit into their stores by hand. Pure. */
export function trustPlan(
  resolved: ResolvedPack,
  certificates: TrustCertificates,
  messages: MessageCatalog,
): ScriptPlan {
  const { id, version, title } = resolved.pack;
  return {
    packId: id,
    packVersion: version,
    title,
    target: 'trust',
    script: 'install-trust',
    path: `${id}/trust/install-trust.ps1`,
    answerLeaves: '',
    answerText: 'At a console a line for each certificate; the last line is a summary.',
    answerCommand: 'Write-TrustAnswer',
    agentCommands: {},
    exitCodes: { pass: 0, fail: 10, pendingReboot: 11, unknown: 12 },
    showsTexts: true,
    limits: { scriptCharacters: 65_535, answerCharacters: 2048 },
    rules: [],
    certificates: entriesOf(certificates).map(contentOf),
    messages: {},
    events: {},
    tools: [],
    packTexts: messages.trust,
  };
}

function contentOf({ file, store, der }: TrustEntry): CertificateContent {
  const lines = der.toString('base64').replace(/.{1,64}/g, '$&\n');
  const pem = `-----BEGIN CERTIFICATE-----\n${lines}-----END CERTIFICATE-----\n`;
  const thumbprints = { sha1: thumbprint(der, 'sha1'), sha256: thumbprint(der, 'sha256') };
  return { id: file, name: subjectOf(der), store, ...thumbprints, pem };
}
