import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { tableOf } from '../../src/checks.ts';
import type { RulePack } from '../../src/rule-pack.ts';
import { toolSbom } from '../../src/sbom.ts';
import { contentsOf } from '../support/cli.ts';
import { psmint } from '../support/in-process.ts';
import { signingFiles } from '../support/life.ts';
import { now, testPki } from '../support/test-ca.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));

// The published schemas of CycloneDX travel with its own library.
function cyclonedx(): (value: unknown) => unknown {
  const require = createRequire(import.meta.url);
  const folder = join(dirname(require.resolve('@cyclonedx/cyclonedx-library/package.json')), 'res', 'schema');
  const schema = (name: string): object => JSON.parse(readFileSync(join(folder, name), 'utf8')) as object;
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  for (const name of ['spdx.SNAPSHOT.schema.json', 'jsf-0.82.SNAPSHOT.schema.json'])
    ajv.addSchema(schema(name), `http://cyclonedx.org/schema/${name}`);
  const check = ajv.compile(schema('bom-1.6.SNAPSHOT.schema.json'));
  return (value) => (check(value) ? [] : check.errors);
}

function statementSchema(): object {
  const text = { type: 'string' };
  const typeUri = { type: 'string', pattern: '^https://' };
  const object = (required: readonly string[], properties: object): object => ({
    type: 'object',
    additionalProperties: false,
    required,
    properties,
  });
  const resources = (required: readonly string[]): object => ({
    type: 'array',
    items: {
      ...object(required, {
        ...{ name: text, uri: text, content: text, downloadLocation: text, mediaType: text },
        digest: { type: 'object', minProperties: 1, additionalProperties: { type: 'string', pattern: '^[0-9a-f]+$' } },
        annotations: { type: 'object' },
      }),
      anyOf: [{ required: ['uri'] }, { required: ['digest'] }, { required: ['content'] }],
    },
  });
  const builder = object(['id'], {
    id: typeUri,
    version: { type: 'object', additionalProperties: text },
    builderDependencies: resources([]),
  });
  const metadata = object([], { invocationId: text, startedOn: text, finishedOn: text });
  const definition = object(['buildType', 'externalParameters'], {
    buildType: typeUri,
    externalParameters: { type: 'object' },
    internalParameters: { type: 'object' },
    resolvedDependencies: resources([]),
  });
  return object(['_type', 'subject', 'predicateType'], {
    _type: { const: 'https://in-toto.io/Statement/v1' },
    subject: { ...resources(['digest']), minItems: 1 },
    predicateType: { const: 'https://slsa.dev/provenance/v1' },
    predicate: object(['buildDefinition', 'runDetails'], {
      buildDefinition: definition,
      runDetails: object(['builder'], { builder, metadata, byproducts: resources([]) }),
    }),
  });
}

interface Bom {
  readonly components: readonly { readonly name: string; readonly version: string; readonly purl: string }[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

describe('the bill of materials', () => {
  const load = async (): Promise<Bom> => JSON.parse(await toolSbom(repository)) as Bom;

  it('follows the published schema of CycloneDX 1.6, which finds a mistake', async () => {
    const problems = cyclonedx();
    const bom = await load();
    expect(problems(bom)).toEqual([]);
    expect(problems({ ...bom, components: [{ type: 'thing', name: 'x' }] })).not.toEqual([]);
  });

  it('lists what psmint runs with, in the versions of the lock file, and nothing else', async () => {
    const lock = JSON.parse(readFileSync(join(repository, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { version: string; dev?: boolean; optional?: boolean; peer?: boolean }>;
    };
    const expected = Object.entries(lock.packages)
      .filter(([path, { dev, optional, peer }]) => path !== '' && !dev && !optional && !peer)
      .map(([path, { version }]) => `pkg:npm/${path.replace(/^.*node_modules\//, '').replace('@', '%40')}@${version}`);
    const { components, dependencies } = await load();
    expect(components.map(({ purl }) => purl)).toEqual([...new Set(expected)].sort());
    const references = new Set(dependencies.map(({ ref }) => ref));
    for (const { dependsOn } of dependencies) for (const ref of dependsOn) expect(references).toContain(ref);
  });

  it('is the same text every time, without a path of this computer', async () => {
    const text = await toolSbom(repository);
    expect(await toolSbom(repository)).toBe(text);
    expect(text).not.toContain(repository.slice(0, -1));
  });
});

describe('the provenance of a bundle', () => {
  let folder: string;
  let pack: string;
  let built: Readonly<Record<string, string>>;
  let statement: Record<string, unknown>;
  beforeAll(async () => {
    vi.useFakeTimers({ toFake: ['Date'], now });
    folder = mkdtempSync(join(tmpdir(), 'psmint-attest-'));
    const files = await signingFiles(folder, testPki('attest'));
    pack = files.pack;
    // The pack's build table in a file of its own: it is a source too.
    const content = JSON.parse(readFileSync(pack, 'utf8')) as RulePack;
    const [rule] = content.rules;
    if (rule?.check.kind !== 'os-build') throw new Error('the first rule is no os-build');
    writeFileSync(join(dirname(pack), 'builds.json'), JSON.stringify(tableOf(rule.check)));
    rule.check = { kind: 'os-build', table: 'builds.json' };
    writeFileSync(pack, JSON.stringify(content));
    const args = ['build', pack, '--target', 'manual', '--signer', files.signer, '--provenance', '--sbom', '--out'];
    const answer = await psmint([...args, join(folder, 'dist')], { home: join(folder, 'home') });
    expect(answer.code, answer.err).toBe(0);
    await psmint([...args, join(folder, 'again')], { home: join(folder, 'home') });
    built = contentsOf(join(folder, 'dist'));
    const text = readFileSync(join(folder, 'dist/small/provenance.intoto.json'), 'utf8');
    statement = JSON.parse(text) as Record<string, unknown>;
  });
  afterAll(() => {
    vi.useRealTimers();
    rmSync(folder, { recursive: true, force: true });
  });

  // in-toto Attestation Framework: Statement v1; SLSA v1.0: Provenance.
  it('is an in-toto statement about SLSA provenance, with the fields that both require', () => {
    const sha256 = expect.stringMatching(/^[0-9a-f]{64}$/) as unknown;
    expect(Object.keys(statement)).toEqual(['_type', 'subject', 'predicateType', 'predicate']);
    expect(statement).toMatchObject({
      _type: 'https://in-toto.io/Statement/v1',
      predicateType: 'https://slsa.dev/provenance/v1',
      predicate: {
        buildDefinition: {
          buildType: expect.stringMatching(/^https:\/\//) as unknown,
          externalParameters: { pack: 'small', packVersion: '1.0.0', targets: ['manual'] },
          resolvedDependencies: [
            { name: 'small.json', digest: { sha256 } },
            { name: 'builds.json', digest: { sha256 } },
            { name: 'ms-idv-root-2020.cer', digest: { sha256 } },
            { name: 'psmint', uri: expect.stringMatching(/^pkg:npm\/psmint@\d/) as unknown },
          ],
        },
        runDetails: { builder: { id: expect.stringMatching(/^https:\/\//) as unknown } },
      },
    });
  });

  // Fields and types of the published protobuf definitions (in-toto/attestation: statement.proto, resource_descriptor.proto,
  // provenance.proto), and what the two specifications require of them; nothing else may stand in it.
  it('has no field that the published definitions do not have, each of the type that they give', () => {
    const check = new Ajv({ allErrors: true }).compile(statementSchema());
    expect(check(statement) ? [] : check.errors).toEqual([]);
    for (const broken of [{ subject: [] }, { predicateType: 'provenance' }, { note: 'x' }])
      expect(check({ ...statement, ...broken }), JSON.stringify(broken)).toBe(false);
  });

  it('names every other file of the bundle with its digest, and the pack file', () => {
    const subject = statement['subject'] as { name: string; digest: { sha256: string } }[];
    const own = Object.entries(built).filter(([path]) => path.startsWith('small/') && !path.includes('provenance'));
    expect(Object.fromEntries(subject.map(({ name, digest }) => [name, digest.sha256]))).toEqual(
      Object.fromEntries(own),
    );
    const bytes = readFileSync(pack);
    expect(JSON.stringify(statement)).toContain(createHash('sha256').update(bytes).digest('hex'));
    expect(JSON.stringify(statement)).not.toContain(folder);
  });

  it('is in the signed manifest, and the same build gives the same bytes: scripts, signatures, manifest', () => {
    expect(Object.keys(built)).toEqual(expect.arrayContaining(['manifest.json.p7s', 'small/psmint.cdx.json']));
    const manifest = readFileSync(join(folder, 'dist/manifest.json'), 'utf8');
    expect(manifest).toContain('small/provenance.intoto.json');
    expect(contentsOf(join(folder, 'again'))).toEqual(built);
  });
});
