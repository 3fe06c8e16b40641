// Writes docs/format-reference.md from rules/schema: what editors show is what the page says.
// With --check it compares instead, and exits 1 when the page is stale.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = `${root}rules/schema/`;
const page = `${root}docs/format-reference.md`;

/** Files that users write or read, in the order of the page; the kinds of checks follow the pack. */
const formats = [
  'rule-pack',
  'kinds',
  'build-table',
  'shared',
  'machine-file',
  'report',
  'signing-requests',
  'signing-answers',
];

const files = formats.flatMap((name) =>
  name === 'kinds'
    ? readdirSync(`${folder}kinds`)
        .sort()
        .map((file) => `kinds/${file}`)
    : [`${name}.schema.json`],
);
const schemas = new Map(
  ['check.schema.json', ...files].map((file) => [file, JSON.parse(readFileSync(folder + file, 'utf8'))]),
);

/** What a reference leads to: the file it stands in, and the schema. */
function follow(file, reference) {
  const [path, pointer = ''] = reference.split('#');
  const target = path === '' ? file : posix.join(posix.dirname(file), path);
  const parts = pointer.split('/').slice(1);
  const schema = parts.reduce((value, part) => value?.[part], schemas.get(target));
  if (schema === undefined) throw new Error(`${file}: ${reference} leads nowhere`);
  return { file: target, schema, name: parts.at(-1) ?? schema.title };
}

/** The nearest description: of the property itself, or the first sentence of what it refers to. */
function descriptionOf(file, schema) {
  if (schema.description !== undefined) return schema.description;
  if (schema.const !== undefined) return 'Always this.';
  if (schema.$ref === undefined) throw new Error(`${file}: a property without a description`);
  const target = follow(file, schema.$ref);
  return descriptionOf(target.file, target.schema).replace(/(?<=\.) .*$/s, '');
}

function formOf(file, schema) {
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${JSON.stringify(value)}\``).join(', ');
  if (schema.$ref !== undefined) return follow(file, schema.$ref).name;
  if (schema.type === 'array') return `list of ${formOf(file, schema.items ?? {})}`;
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices !== undefined) return choices.map((choice) => formOf(file, choice)).join(' or ');
  return [schema.type ?? 'anything'].flat().join(' or ') + limitsOf(schema);
}

function limitsOf({ minimum, maximum, maxLength, pattern }) {
  const limits = [
    ...(minimum === undefined ? [] : [`from ${minimum}`]),
    ...(maximum === undefined ? [] : [`to ${maximum}`]),
    ...(maxLength === undefined ? [] : [`up to ${maxLength} characters`]),
    ...(pattern === undefined ? [] : [`\`${pattern}\``]),
  ];
  return limits.length === 0 ? '' : ` (${limits.join(', ')})`;
}

const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** Rows of a table: every property, those of objects inside it too, with the way to them. */
function rowsOf(file, schema, before = '') {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const path = `${before}${name}`;
    const isRequired = schema.required?.includes(name) === true;
    const text = `${isRequired ? '' : 'Optional. '}${descriptionOf(file, property)}`.trim();
    const row = `| \`${path}\` | ${cell(formOf(file, property))} | ${cell(text)} |`;
    const inside = property.type === 'array' ? (property.items ?? {}) : property;
    return [row, ...rowsOf(file, inside, `${path}${property.type === 'array' ? '[].' : '.'}`)];
  });
}

function section(title, file, schema, level) {
  const rows = rowsOf(file, schema);
  const table = rows.length === 0 ? [] : ['', '| property | form | meaning |', '| --- | --- | --- |', ...rows];
  const form = rows.length === 0 ? [`Form: ${formOf(file, schema)}.`] : [];
  const text = [schema.description, ...form].filter((line) => line !== undefined).join(' ');
  return [`${'#'.repeat(level)} ${title}`, '', text, ...table, ''];
}

function formatSections(file) {
  const schema = schemas.get(file);
  const level = file.startsWith('kinds/') ? 3 : 2;
  const title = file.startsWith('kinds/') ? schema.properties.kind.const : schema.title;
  const definitions = Object.entries(schema.definitions ?? {});
  const head = file === 'shared.schema.json' ? [] : section(title, file, schema, level);
  return [...head, ...definitions.flatMap(([name, definition]) => section(name, file, definition, level + 1))];
}

const lines = [
  '# Formats',
  '',
  'Every property of the files that psmint reads and writes. Made from `rules/schema` by `npm run types`; with `"$schema"` in a file',
  'an editor shows the same texts.',
  '',
  ...files.flatMap(formatSections),
];
const text = `${lines.join('\n').trimEnd()}\n`;

if (process.argv.includes('--check')) {
  let current = '';
  try {
    current = readFileSync(page, 'utf8');
  } catch {
    // It is not there yet: stale like any other.
  }
  if (current !== text) {
    process.stderr.write('docs/format-reference.md is stale: run `npm run types`.\n');
    process.exitCode = 1;
  }
} else {
  writeFileSync(page, text);
}
