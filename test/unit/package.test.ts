import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as {
  name: string;
  version: string;
  bin: Record<string, string>;
  engines: { node: string };
  dependencies: Record<string, string>;
};

describe('the package', () => {
  it('carries what the program reads when it runs, and nothing else', async () => {
    const { stdout } = await execa('npm', ['pack', '--dry-run', '--json', '--offline', '--ignore-scripts'], {
      cwd: root,
    });
    const [{ files }] = JSON.parse(stdout) as [{ files: { path: string }[] }];
    const paths = files.map(({ path }) => path);
    for (const path of [
      'rules/schema/rule-pack.schema.json',
      'rules/certificates/ms-idv-root-2020.pem',
      'LICENSE',
      'README.md',
      'docs/machines.md',
      'docs/signers.md',
    ])
      expect(paths).toContain(path);
    for (const folder of ['templates', 'rules']) {
      const names = readdirSync(`${root}${folder}`, { recursive: true, withFileTypes: true }).filter((entry) =>
        entry.isFile(),
      );
      expect(paths.filter((path) => path.startsWith(`${folder}/`))).toHaveLength(names.length);
    }
    expect([...new Set(paths.map((path) => path.split('/')[0]))].filter((top) => !/^[A-Z]/.test(top!)).sort()).toEqual([
      'docs',
      'lib',
      'package.json',
      'rules',
      'templates',
    ]);
  });

  it('starts with a file that is compiled from src/cli.ts, for Node', () => {
    expect(manifest.bin).toEqual({ psmint: 'lib/cli.js' });
    expect(readFileSync(`${root}src/cli.ts`, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
    expect(manifest.engines.node).toBe('>=20.19');
  });

  it('depends on what src imports, and on nothing else', () => {
    const sources = readdirSync(`${root}src`, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    );
    const all = sources.map((name) => readFileSync(`${root}src/${name}`, 'utf8')).join('\n');
    // What is imported for its types falls away when it is compiled.
    const text = all.replaceAll(/^import type [^;]*;/gm, '');
    const names = [...text.matchAll(/(?:from|resolve\() ?'([a-z@][^'.:]*)'/g)].map((match) => match[1]!.split('/')[0]!);
    const imported = new Set([
      ...names,
      ...(text.includes('tree-sitter-powershell') ? ['tree-sitter-powershell'] : []),
    ]);
    expect([...imported].sort()).toEqual(Object.keys(manifest.dependencies).sort());
  });

  it('has a change log that knows its version', () => {
    expect(readFileSync(`${root}CHANGELOG.md`, 'utf8')).toContain(manifest.version);
  });
});
