import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** What of a package.json goes into a bill of materials. */
interface Package {
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  readonly license: string | undefined;
  readonly dependencies: readonly string[];
}

/**
 * CycloneDX 1.6 bill of materials (ECMA-424) of psmint as it is installed: itself and every package that it runs with, found
 * where Node finds them. The same installation gives the same text: no time, no serial number, sorted by name.
 */
export async function toolSbom(packageFolder: string): Promise<string> {
  const root = await readPackage(packageFolder);
  const found = new Map<string, { readonly own: Package; readonly needs: readonly string[] }>();
  const visit = async (own: Package): Promise<string> => {
    const reference = purl(own);
    if (found.has(reference)) return reference;
    found.set(reference, { own, needs: [] });
    const needs = await Promise.all(own.dependencies.map((name) => findPackage(own.folder, name).then(visit)));
    found.set(reference, { own, needs: needs.sort() });
    return reference;
  };
  await visit(root);
  const all = [...found].sort(([a], [b]) => (a < b ? -1 : 1));
  const libraries = all.filter(([reference]) => reference !== purl(root));
  const bom = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: component('application', root) },
    components: libraries.map(([, { own }]) => component('library', own)),
    dependencies: all.map(([ref, { needs }]) => ({ ref, dependsOn: needs })),
  };
  return `${JSON.stringify(bom, null, 2)}\n`;
}

function component(type: 'application' | 'library', own: Package): object {
  const [scope, name] = own.name.startsWith('@') ? own.name.split('/') : [undefined, own.name];
  return {
    type,
    'bom-ref': purl(own),
    ...(scope ? { group: scope } : {}),
    name,
    version: own.version,
    ...(own.license ? { licenses: [{ expression: own.license }] } : {}),
    purl: purl(own),
  };
}

// Package URL (purl-spec, type npm): the @ of a scope is percent-encoded.
function purl({ name, version }: Package): string {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}

// Node looks into node_modules of every folder above (Node.js documentation, "Loading from node_modules folders").
async function findPackage(from: string, name: string): Promise<Package> {
  for (let folder = from; ; folder = dirname(folder)) {
    const found = await readPackage(join(folder, 'node_modules', name)).catch(() => undefined);
    if (found !== undefined) return found;
    if (folder === dirname(folder)) throw new Error(`This is a bug in the installation: ${name} is missing`);
  }
}

async function readPackage(folder: string): Promise<Package> {
  const value: unknown = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  if (typeof value !== 'object' || value === null) throw new Error('This is a bug: a package.json');
  const content: Readonly<Record<string, unknown>> = { ...value };
  const dependencies = content['dependencies'];
  return {
    folder,
    name: String(content['name']),
    version: String(content['version']),
    license: typeof content['license'] === 'string' ? content['license'] : undefined,
    dependencies: typeof dependencies === 'object' && dependencies !== null ? Object.keys(dependencies).sort() : [],
  };
}
