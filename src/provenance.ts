import { createHash } from 'node:crypto';
import type { BundleFile, ResolvedPack } from './script-plan.ts';

export interface ProvenanceInput {
  readonly pack: ResolvedPack;
  /** Files that the pack was read from, with their SHA-256 in lower-case hex. */
  readonly sources: readonly { readonly name: string; readonly sha256: string }[];
  readonly targets: readonly string[];
  /** Everything else in the bundle. */
  readonly files: readonly BundleFile[];
  readonly toolVersion: string;
}

/**
 * `provenance.intoto.json`: what the files of a bundle were made from and by what. An in-toto statement (in-toto
 * Attestation Framework, Statement v1) with SLSA provenance v1 (slsa.dev/spec/v1.0/provenance). No clock and no machine in
 * it, so the same build gives the same bytes; the signature over the manifest covers it. Pure.
 */
export function provenance(input: ProvenanceInput): BundleFile {
  const { pack, files } = input;
  const subject = files.map(({ path, content }) => ({
    name: path,
    digest: { sha256: createHash('sha256').update(content).digest('hex') },
  }));
  const statement = {
    _type: 'https://in-toto.io/Statement/v1',
    subject: subject.sort((a, b) => (a.name < b.name ? -1 : 1)),
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: { buildDefinition: buildDefinition(input), runDetails: runDetails(input) },
  };
  const text = `${JSON.stringify(statement, null, 2)}\n`;
  return { path: `${pack.pack.id}/provenance.intoto.json`, content: Buffer.from(text) };
}

function buildDefinition({ pack, sources, targets, toolVersion }: ProvenanceInput): object {
  const { id, version } = pack.pack;
  return {
    buildType: 'https://psmint.dev/build/v1',
    externalParameters: { pack: id, packVersion: version, targets },
    resolvedDependencies: [
      ...sources.map(({ name, sha256 }) => ({ name, digest: { sha256 } })),
      ...pack.certificates.map((certificate) => ({
        name: `${certificate.id}.cer`,
        digest: { sha256: certificate.sha256.toLowerCase() },
      })),
      { name: 'psmint', uri: `pkg:npm/psmint@${toolVersion}` },
    ],
  };
}

function runDetails({ toolVersion }: ProvenanceInput): object {
  return { builder: { id: 'https://psmint.dev/cli', version: { psmint: toolVersion } } };
}
