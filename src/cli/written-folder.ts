import { createHash, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuildRequest } from '../build.ts';
import { ok, type Result } from '../diagnostic.ts';
import { noBundle } from '../rebuild.ts';
import { toolSbom } from '../sbom.ts';
import type { ResolvedPack } from '../script-plan.ts';
import { targets } from '../targets/index.ts';
import { readWritten, type WrittenManifest } from '../write.ts';
import { packageFolder, templatesFolder, toolVersion } from './environment.ts';
import { loadPacks } from './packs.ts';

/** What a folder that a build wrote was built from: its packs in rules/, or those that the user names by their paths. */
export async function requestOf(out: string, named: readonly string[]): Promise<Result<BuildRequest>> {
  const written = await readWritten(out);
  if (!written.ok) return written;
  if (written.value === undefined) return { ok: false, diagnostics: [noBundle(out)] };
  const own = named.length > 0 ? await loadPacks(named) : ok<ResolvedPack[]>([]);
  if (!own.ok) return own;
  const known = new Set(own.value.map(({ pack }) => pack.id));
  const ids = [...new Set(written.value.manifest.files.map(({ pack }) => pack))];
  const missing = ids.filter((id) => !known.has(id));
  const others = missing.length > 0 ? await loadPacks(missing) : ok<ResolvedPack[]>([]);
  if (!others.ok) return others;
  const packs = [...own.value.filter(({ pack }) => ids.includes(pack.id)), ...others.value];
  const folders = new Set(written.value.manifest.files.map(({ path }) => path.split('/')[1]));
  const built = targets.filter(({ id }) => folders.has(id));
  const names = new Set(written.value.manifest.files.map(({ path }) => path.split('/').at(-1)));
  const sbom = names.has('psmint.cdx.json') ? await toolSbom(packageFolder) : undefined;
  const attest = { provenance: names.has('provenance.intoto.json'), sbom };
  return ok({ packs, targets: built, templatesFolder, toolVersion: toolVersion(), attest });
}

/** A certificate in the trust kit of the first bundle of a folder, exactly as its manifest lists it; else undefined. */
export async function certificateOf(
  out: string,
  { manifest }: WrittenManifest,
  name: string,
): Promise<Buffer | undefined> {
  const entry = manifest.files.find(({ path }) => path.endsWith(`/trust/${name}.cer`));
  if (entry === undefined) return undefined;
  const content = await readFile(join(out, entry.path)).catch(() => undefined);
  if (content === undefined) return undefined;
  const sha256 = createHash('sha256').update(content).digest('hex').toUpperCase();
  return sha256 === entry.sha256 ? new X509Certificate(content).raw : undefined;
}
