import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { diagnostic, failed, ok, type Diagnostic, type Result } from './diagnostic.ts';
import { keywordProblems, param, recordOf, type Choices } from './keyword-problems.ts';
import type { BuildTable, RulePack } from './rule-pack.ts';
import type { ValidPack, ValidTable } from './script-plan.ts';
import { valueOf, type JsonPath, type Source } from './source.ts';

/** Checks sources against the schemas in a folder; the schemas are the only definition of the formats. */
export interface Validator {
  /** All mistakes of one pack at once; of a huge one (50,000 values) only the first. */
  readonly validate: (source: Source) => Result<ValidPack>;
  /** The same for a build table that packs share. */
  readonly validateTable: (source: Source) => Result<ValidTable>;
  /** The same for any other schema of the folder, by the name of its file; the value has that schema's shape. */
  readonly validateAs: (schema: string, source: Source) => Result<unknown>;
}

const schemaBase = 'https://psmint.dev/schema/';

/** Mistakes of one file that are told: beyond this many it is the same one again and again. */
const maximumProblems = 5000;

/** Values in a file up to which every mistake is looked for: ajv's time for that grows with the square of their number. */
const maximumValues = 50_000;

export function createValidator(schemaFolder: string): Validator {
  const names = readdirSync(schemaFolder, { recursive: true, encoding: 'utf8' });
  const schemas = names
    .filter((name) => name.endsWith('.schema.json'))
    .map((name) => objectOf(JSON.parse(readFileSync(join(schemaFolder, name), 'utf8'))));
  const choices = choicesOf(schemas);
  const all = checkers(schemas, true);
  const first = checkers(schemas, false);
  const checkerFor = (name: string, value: unknown): ValidateFunction => (isHuge(value) ? first : all)(name);
  const validateAs = (schema: string, source: Source): Result<unknown> => {
    const value = valueOf(source);
    const checker = checkerFor(schema, value);
    return checker(value) ? ok(value) : failed(problems(checker, source, value, choices));
  };
  return {
    validateAs,
    // The types are generated from the schemas, so a value that passes a schema has its type.
    validate: (source) => {
      const checked = validateAs('rule-pack.schema.json', source);
      return checked.ok ? ok({ source, pack: checked.value as RulePack }) : checked;
    },
    validateTable: (source) => {
      const checked = validateAs('build-table.schema.json', source);
      return checked.ok ? ok({ source, table: checked.value as BuildTable }) : checked;
    },
  };
}

// ajv compiles when it is first asked: most runs need one of the two and pay for one.
function checkers(schemas: readonly object[], allErrors: boolean): (name: string) => ValidateFunction {
  let ajv: Ajv | undefined;
  return (name) => {
    ajv ??= new Ajv({
      allErrors,
      discriminator: true,
      strict: true,
      strictRequired: false,
      verbose: true,
      schemas: [...schemas],
    });
    const checker = ajv.getSchema(`${schemaBase}${name}`);
    if (checker === undefined) throw new Error(`This is a bug in the compiler: there is no schema ${name}`);
    return checker;
  };
}

function isHuge(root: unknown): boolean {
  const left = [root];
  for (let seen = 0; left.length > 0; seen++) {
    if (seen + left.length > maximumValues) return true;
    const value = left.pop();
    if (typeof value === 'object' && value !== null) for (const item of Object.values(value)) left.push(item);
  }
  return false;
}

// Of `discriminator` and `oneOf` ajv tells only that nothing fitted; what would fit stands behind the references.
function choicesOf(schemas: readonly object[]): Choices {
  const byId = new Map(schemas.map((schema) => [param(schema, '$id'), schema]));
  const found = new Map<unknown, readonly string[]>();
  const visit = (value: unknown, id: string): void => {
    const { discriminator, oneOf } = recordOf(value);
    const tag = param(discriminator, 'propertyName');
    if (discriminator !== undefined && Array.isArray(oneOf)) {
      found.set(
        oneOf,
        oneOf.map((branch) =>
          param(recordOf(recordOf(referred(byId, id, param(branch, '$ref')))['properties'])[tag], 'const'),
        ),
      );
    }
    for (const item of Object.values(recordOf(value))) visit(item, id);
  };
  for (const [id, schema] of byId) visit(schema, id);
  return found;
}

function referred(byId: ReadonlyMap<string, object>, base: string, reference: string): unknown {
  const { origin, pathname, hash } = new URL(reference, base);
  const parts = hash.split('/').slice(1);
  return parts.reduce<unknown>((value, part) => recordOf(value)[part], byId.get(`${origin}${pathname}`));
}

function objectOf(value: unknown): object {
  if (typeof value !== 'object' || value === null) throw new Error('This is a bug in the compiler: a schema file');
  return value;
}

function problems(checker: ValidateFunction, source: Source, value: unknown, choices: Choices): Diagnostic[] {
  // "if" only says again that what it leads to was not fulfilled.
  const errors = (checker.errors ?? []).filter(({ keyword }) => keyword !== 'if').slice(0, maximumProblems);
  const found = new Map<string, Diagnostic>();
  for (const error of errors) {
    const problem = problemOf(error, source, value, choices);
    // A wrong discriminator is reported by the keyword and again by what it selects.
    const place = problem.at !== undefined && 'path' in problem.at ? problem.at.path.join('/') : '';
    const key = `${problem.code} ${place} ${problem.message}`;
    if (!found.has(key)) found.set(key, problem);
  }
  return [...found.values()];
}

function problemOf(error: ErrorObject, source: Source, root: unknown, choices: Choices): Diagnostic {
  const path = pathOf(error.instancePath, root);
  const mapped = keywordProblems[error.keyword];
  if (mapped === undefined) throw new Error(`This is a bug in the compiler: no diagnostic for ${error.keyword}`);
  const { code, message, help, target = 'value', below } = mapped(error, path, choices);
  const at = { source, path: below === undefined ? path : [...path, below], target } as const;
  return diagnostic(code, { message, at, ...(help === undefined ? {} : { help }) });
}

// A JSON pointer does not say whether a part is an index or a name; the value that it leads through does.
function pathOf(pointer: string, root: unknown): JsonPath {
  let value = root;
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => {
      const isIndex = Array.isArray(value);
      value = typeof value === 'object' && value !== null ? Reflect.get(value, part) : undefined;
      return isIndex ? Number(part) : part;
    });
}
