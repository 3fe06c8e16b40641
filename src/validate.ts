import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { diagnostic, didYouMean, failed, ok, type Diagnostic, type Result } from './diagnostic.ts';
import type { RulePack } from './rule-pack.ts';
import type { ValidPack } from './script-plan.ts';
import { valueOf, type JsonPath, type Source } from './source.ts';

/** Checks sources against the schemas in a folder; the schemas are the only definition of the formats. */
export interface Validator {
  /** All mistakes of one pack at once. */
  readonly validate: (source: Source) => Result<ValidPack>;
  /** The same for any other schema of the folder, by the name of its file; the value has that schema's shape. */
  readonly validateAs: (schema: string, source: Source) => Result<unknown>;
}

const schemaBase = 'https://psmint.dev/schema/';

/** Mistakes of one file that are told: beyond this many it is the same one again and again. */
const maximumProblems = 5000;

/** Values that each choice of the schemas allows for its discriminator, by the list of its branches. */
type Choices = ReadonlyMap<unknown, readonly string[]>;

export function createValidator(schemaFolder: string): Validator {
  const ajv = new Ajv({ allErrors: true, discriminator: true, strict: true, strictRequired: false, verbose: true });
  for (const name of readdirSync(schemaFolder, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.schema.json')) continue;
    const schema: unknown = JSON.parse(readFileSync(join(schemaFolder, name), 'utf8'));
    if (typeof schema === 'object' && schema !== null) ajv.addSchema(schema);
  }
  const checkerOf = (name: string): ValidateFunction => {
    const checker = ajv.getSchema(`${schemaBase}${name}`);
    if (checker === undefined) throw new Error(`This is a bug in the compiler: there is no schema ${name}`);
    return checker;
  };
  return {
    validate: (source) => {
      const value = valueOf(source);
      const checker = checkerOf('rule-pack.schema.json');
      // The schema is what RulePack was generated from, so a value that passes it has that type.
      return isRulePack(checker, value) ? ok({ source, pack: value }) : failed(problems(checker, source, value));
    },
    validateAs: (schema, source) => {
      const value = valueOf(source);
      const checker = checkerOf(schema);
      return isValid(checker, value) ? ok(value) : failed(problems(checker, source, value));
    },
  };
}

function isValid(checker: ValidateFunction, value: unknown): boolean {
  return checker(value);
}

function isRulePack(checker: ValidateFunction, value: unknown): value is RulePack {
  return isValid(checker, value);
}

function problems(checker: ValidateFunction, source: Source, value: unknown): Diagnostic[] {
  const errors = checker.errors ?? [];
  const found = new Map<string, Diagnostic>();
  for (const error of errors) {
    const problem = problemOf(error, source, value);
    // A wrong discriminator is reported by the keyword and again by what it selects.
    const place = problem.at !== undefined && 'path' in problem.at ? problem.at.path.join('/') : '';
    const key = `${problem.code} ${place} ${problem.message}`;
    if (!found.has(key)) found.set(key, problem);
  }
  return [...found.values()];
}

function problemOf(error: ErrorObject, source: Source, root: unknown): Diagnostic {
  const path = pathOf(error.instancePath, root);
  const mapped = keywordProblems[error.keyword];
  if (mapped === undefined) throw new Error(`This is a bug in the compiler: no diagnostic for ${error.keyword}`);
  const { code, message, help, target = 'value', below } = mapped(error, path);
  const at = { source, path: below === undefined ? path : [...path, below], target } as const;
  return diagnostic(code, { message, at, ...(help === undefined ? {} : { help }) });
}

interface Problem {
  readonly code: Diagnostic['code'];
  readonly message: string;
  readonly help?: string | undefined;
  readonly target?: 'key' | 'value';
  /** Property below the place of the error. */
  readonly below?: string;
}

/** One entry a keyword that the schemas use; a test holds the two together. */
export const keywordProblems: Readonly<Record<string, (error: ErrorObject, path: JsonPath) => Problem>> = {
  additionalProperties: unknownProperty,
  required: missingProperty,
  discriminator: unknownKind,
  type: (error, path) => ({
    code: 'wrong-type',
    message: `${nameOf(path)} must be ${withArticle(param(error, 'type'))}.`,
  }),
  enum: (error, path) => ({
    code: 'invalid-value',
    message: `${nameOf(path)} is not one of the allowed values.`,
    help: suggestion(error.data, listOf(error.schema)),
  }),
  const: (error, path) => ({
    code: 'invalid-value',
    message: `${nameOf(path)} must be ${JSON.stringify(error.schema)}.`,
  }),
  pattern: wrongPattern,
  minLength: (_, path) => ({ code: 'invalid-value', message: `${nameOf(path)} is empty.` }),
  maxLength: (error, path) => ({
    code: 'too-long',
    message: `${nameOf(path)} has ${String(error.data).length} characters; ${param(error, 'limit')} is the limit.`,
  }),
  minItems: (error, path) => ({
    code: 'too-many',
    message: `${nameOf(path)} needs at least ${param(error, 'limit')} entries.`,
    target: 'key',
  }),
  maxItems: (error, path) => ({
    code: 'too-many',
    message: `${nameOf(path)} can have at most ${param(error, 'limit')} entries.`,
    target: 'key',
  }),
  minProperties: (error, path) => ({
    code: 'invalid-value',
    message: `${nameOf(path)} needs at least ${param(error, 'limit')} properties.`,
  }),
  minimum: (error, path) => ({
    code: 'invalid-value',
    message: `${nameOf(path)} must be at least ${param(error, 'limit')}.`,
  }),
  maximum: (error, path) => ({
    code: 'invalid-value',
    message: `${nameOf(path)} must be at most ${param(error, 'limit')}.`,
  }),
  anyOf: (_, path) => ({ code: 'wrong-type', message: `${nameOf(path)} has none of the allowed forms.` }),
  oneOf: (_, path) => ({ code: 'wrong-type', message: `${nameOf(path)} has none of the allowed forms.` }),
};

function unknownProperty(error: ErrorObject, path: JsonPath): Problem {
  const name = param(error, 'additionalProperty');
  const known = Object.keys(recordOf(recordOf(error.parentSchema)['properties']));
  return {
    code: 'unknown-property',
    message: `${path.length === 0 ? 'The file' : nameOf(path)} has a property "${shortened(name)}" that is not part of the format.`,
    help: didYouMean(name, known) ?? `The properties are ${known.join(', ')}.`,
    target: 'key',
    below: name,
  };
}

function missingProperty(error: ErrorObject, path: JsonPath): Problem {
  const name = param(error, 'missingProperty');
  const isText = listOf(error.schema).join() === 'en,ja';
  if (isText) {
    const language = name === 'ja' ? 'Japanese' : 'English';
    return { code: 'missing-text', message: `${nameOf(path)} has no ${language} text ("${name}").`, target: 'key' };
  }
  return {
    code: 'missing-property',
    message: `${path.length === 0 ? 'The file' : nameOf(path)} has no "${name}".`,
    target: 'key',
  };
}

function unknownKind(error: ErrorObject, path: JsonPath): Problem {
  const tag = param(error, 'tag');
  const value = recordOf(error.data)[tag];
  if (value === undefined)
    return { code: 'missing-property', message: `${nameOf(path)} has no "${tag}".`, target: 'key' };
  return {
    code: 'unknown-kind',
    message: `There is no ${tag} ${shortened(JSON.stringify(value))}.`,
    help: '`psmint explain unknown-kind` says where the kinds are listed.',
    below: tag,
  };
}

function wrongPattern(error: ErrorObject, path: JsonPath): Problem {
  const isText = error.schemaPath.endsWith('/Text/pattern');
  if (isText)
    return { code: 'control-character', message: `${nameOf(path)} holds a control character or half a character.` };
  return {
    code: 'invalid-value',
    message: `${nameOf(path)} does not have the right form.`,
    help: `It must match ${param(error, 'pattern')}.`,
  };
}

function suggestion(value: unknown, allowed: readonly string[]): string {
  const near = typeof value === 'string' ? didYouMean(value, allowed) : undefined;
  return near ?? `Write one of ${allowed.join(', ')}.`;
}

function nameOf(path: JsonPath): string {
  const last = path.at(-1);
  if (last === undefined) return 'The file';
  return typeof last === 'number' ? `Entry ${last + 1} of "${String(path.at(-2) ?? '')}"` : `"${shortened(last)}"`;
}

function withArticle(type: string): string {
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function param(error: ErrorObject, name: string): string {
  return String(recordOf(error.params)[name]);
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
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
      value = recordOf(value)[part];
      return isIndex ? Number(part) : part;
    });
}
