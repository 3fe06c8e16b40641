import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { tableNames, tablePath } from './checks.ts';
import { provenance } from './provenance.ts';
import type { Bundle, BundleFile, ResolvedPack } from './script-plan.ts';

/** What a bundle says about its own making, beside the manifest. */
export interface Attestations {
  readonly provenance: boolean;
  /** CycloneDX text of the tool; undefined when it is not wanted. */
  readonly sbom: string | undefined;
}

interface AttestRequest {
  readonly attest?: Attestations;
  readonly toolVersion: string;
}

/** The files about the making of a bundle that were asked for. */
export async function attestations(
  pack: ResolvedPack,
  bundle: Bundle,
  { attest, toolVersion }: AttestRequest,
): Promise<BundleFile[]> {
  const bom = attest?.sbom;
  const boms = bom === undefined ? [] : [{ path: `${bundle.packId}/psmint.cdx.json`, content: Buffer.from(bom) }];
  if (attest?.provenance !== true) return boms;
  const scripts = bundle.scripts.map(({ path, bytes }) => ({ path, content: bytes }));
  const targets = [...new Set(bundle.scripts.map(({ plan }) => plan.target))].filter((target) => target !== 'trust');
  const sources = await Promise.all([
    // The name alone: where the file was on the computer of whoever built is nobody's business.
    sourceOf(`${pack.pack.id}.json`, pack.path),
    ...tableNames(pack.pack).map((name) => sourceOf(name, tablePath(pack.path, name))),
  ]);
  const files = [...scripts, ...bundle.files, ...boms];
  return [...boms, provenance({ pack, sources, targets, files, toolVersion })];
}

async function sourceOf(name: string, path: string): Promise<{ name: string; sha256: string }> {
  const sha256 = createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
  return { name, sha256 };
}
