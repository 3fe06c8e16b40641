// Writes src/rule-pack.ts from rules/schema: the schema is the only definition of the pack format.
// With --check it compares instead, and exits 1 when the file is stale.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { compile } from 'json-schema-to-typescript';

const root = fileURLToPath(new URL('..', import.meta.url));
const target = `${root}src/rule-pack.ts`;

// One compilation of all the files that a pack is written in: what they share is one type.
const formats = ['rule-pack', 'build-table'].map((name) => ({ $ref: `${name}.schema.json` }));
const all = await compile({ anyOf: formats }, 'PackFile', {
  cwd: `${root}rules/schema`,
  bannerComment: '/* Generated from rules/schema by `npm run types`; do not edit. */',
  additionalProperties: false,
  // Arrays stay arrays: tuple unions for maxItems would make the types unreadable.
  ignoreMinAndMaxItems: true,
  style: { printWidth: 120, singleQuote: true },
});
const generated = all.replace(/^export type PackFile = .*\n/m, '');

if (process.argv.includes('--check')) {
  const current = await readFile(target, 'utf8').catch(() => '');
  if (current !== generated) {
    process.stderr.write('src/rule-pack.ts is stale: run `npm run types`.\n');
    process.exitCode = 1;
  }
} else {
  await writeFile(target, generated);
}
