import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../src/', import.meta.url));
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.ts'));

const phases = ['load', 'validate', 'resolve', 'lower', 'render', 'lint', 'sign', 'verify', 'write'];

/** Row of a file: an import goes to a lower row, or to a file of the same row that is no phase. */
const rows: readonly (readonly [pattern: RegExp, row: number])[] = [
  [/^cli(\/.*)?\.ts$/, 5],
  [/^(build|attest|keep-signed|seal|rebuild|compare-output|stamp|format-diagnostic|explain)\.ts$/, 4],
  [/^two-step\//, 4],
  [new RegExp(`^(${phases.join('|')})\\.ts$`), 3],
  [
    /^(bundle|new-pack|guide|guide-(builds|checks|deployment|rules|text)|review|target-page|trust-(kit|text)|timestamp|provenance|sbom)\.ts$/,
    3,
  ],
  [/^(machine-test|assess)\//, 3],
  [/^(verify-foreign|verify-paths|check-manifest|detached-signature)\.ts$/, 3],
  [/^(kinds|targets|signers)\//, 2],
  [/^(identity(-(facts|issue|renewal))?|signature-checks)\.ts$/, 2],
  [/^file-tree\//, 2],
  [/^authenticode\//, 1],
  [
    /^(diagnostic|error-code|checks|machine-reads|parallel|read-limited|replace-files|contradictions|call-finder|powershell|powershell-calls|powershell-profile|repair-tools|script-purpose|tools|manifest|html|messages|keyword-problems|script-form|templates)\.ts$/,
    1,
  ],
  [/^(source|script-plan|rule-pack|code-text|diagnostic-texts|verify-texts|guide-style)\.ts$/, 0],
];

/** A library is known to one file; everything else goes through that file. */
const owners: Readonly<Record<string, string>> = {
  commander: 'cli/program.ts',
  ajv: 'validate.ts',
  handlebars: 'render.ts',
  execa: 'tools.ts',
  'jsonc-parser': 'source.ts',
  yauzl: 'file-tree/zip-tree.ts',
  '@microsoft/microsoft-graph-types-beta': 'targets/intune-upload.ts',
  asn1js: 'authenticode/der.ts',
  'web-tree-sitter': 'lint.ts',
};

/** Libraries that only some users install; they are loaded by name when a signer needs them. */
const peers: Readonly<Record<string, string>> = {
  '@azure/identity': 'signers/azure-token.ts',
  '@aws-sdk/credential-providers': 'signers/aws-credentials.ts',
  'google-auth-library': 'signers/google-token.ts',
};

interface Import {
  readonly from: string;
  readonly to: string;
}

function importsOf(file: string): Import[] {
  const text = readFileSync(`${root}${file}`, 'utf8');
  return [...text.matchAll(/^(?:import|export)\b[^;]*?\bfrom '([^']+)';|\bimport\('([^']+)'\)/gm)].map((match) => ({
    from: file,
    to: match[1] ?? match[2] ?? '',
  }));
}

const all = files.flatMap(importsOf);
const own = all
  .filter((edge) => edge.to.startsWith('.'))
  .map((edge) => ({ from: edge.from, to: posix.join(posix.dirname(edge.from), edge.to) }));

function rowOf(file: string): number {
  const row = rows.find(([pattern]) => pattern.test(file))?.[1];
  if (row === undefined) throw new Error(`src/${file} has no row: give it one in this test and in ARCHITECTURE.md`);
  return row;
}

const isPhase = (file: string): boolean => phases.includes(file.replace(/\.ts$/, ''));

function wrongDirections(edges: readonly Import[]): string[] {
  return edges
    .filter(({ from, to }) => (isPhase(from) && isPhase(to)) || rowOf(to) > rowOf(from))
    .map(({ from, to }) => `${from} -> ${to}`);
}

describe('the architecture', () => {
  it('gives every source file a row', () => {
    expect(files.map(rowOf)).not.toContain(undefined);
  });

  it('lets imports go down only, and phases never import each other', () => {
    expect(wrongDirections(own)).toEqual([]);
  });

  it('finds an import that goes up and a phase that imports a phase', () => {
    const planted = [
      { from: 'diagnostic.ts', to: 'build.ts' },
      { from: 'verify.ts', to: 'sign.ts' },
    ];
    expect(wrongDirections(planted)).toEqual(['diagnostic.ts -> build.ts', 'verify.ts -> sign.ts']);
  });

  it.each(Object.entries(owners))('%s is known to %s alone', (library, owner) => {
    const users = all.filter(({ to }) => to === library || to.startsWith(`${library}/`)).map(({ from }) => from);
    expect([...new Set(users)]).toEqual([owner]);
  });

  it.each(Object.entries(peers))('%s is an optional peer that %s alone loads', (library, owner) => {
    const users = files.filter((file) => readFileSync(`${root}${file}`, 'utf8').includes(`'${library}'`));
    expect(users).toEqual([owner]);
    const manifest = JSON.parse(readFileSync(`${root}../package.json`, 'utf8')) as {
      peerDependencies: Record<string, string>;
      peerDependenciesMeta: Record<string, { optional: boolean }>;
    };
    expect(Object.keys(manifest.peerDependencies).sort()).toEqual(Object.keys(peers).sort());
    expect(manifest.peerDependenciesMeta[library]).toEqual({ optional: true });
  });

  it('has no import cycle', () => {
    const targets = (file: string): string[] => own.filter(({ from }) => from === file).map(({ to }) => to);
    const cycle = (file: string, path: readonly string[]): string | undefined =>
      path.includes(file)
        ? [...path, file].join(' -> ')
        : targets(file)
            .map((next) => cycle(next, [...path, file]))
            .find((found) => found !== undefined);
    expect(files.map((file) => cycle(file, [])).filter((found) => found !== undefined)).toEqual([]);
  });

  it('keeps the process, the clock and chance out of the pure files', () => {
    const pure = files.filter((file) => rowOf(file) <= 2 && !/^(signers|identity|tools|authenticode)/.test(file));
    const impure = pure.filter((file) =>
      /\bprocess\.|Date\.now|new Date\(\)|Math\.random|node:os/.test(readFileSync(`${root}${file}`, 'utf8')),
    );
    expect(impure).toEqual([]);
  });

  it('reads process state in the command line alone', () => {
    const users = files.filter((file) =>
      /\bprocess\.(env|argv|exit|cwd|std)/.test(readFileSync(`${root}${file}`, 'utf8')),
    );
    expect(users.filter((file) => !/^cli(\/|\.ts)/.test(file))).toEqual([]);
  });
});
