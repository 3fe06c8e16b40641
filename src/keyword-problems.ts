import { didYouMean, type DiagnosticCode } from './diagnostic.ts';
import type { JsonPath } from './source.ts';

/** A mistake as ajv tells it (its ErrorObject, with `verbose`). */
export interface SchemaError {
  readonly schemaPath: string;
  readonly params: unknown;
  readonly schema?: unknown;
  readonly parentSchema?: unknown;
  readonly data?: unknown;
}

/** Values that each choice of the schemas allows for its discriminator, by the list of its branches. */
export type Choices = ReadonlyMap<unknown, readonly string[]>;

/** A mistake as a person reads it. */
export interface Problem {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly help?: string | undefined;
  readonly target?: 'key' | 'value';
  /** Property below the place of the error. */
  readonly below?: string;
}

/** One entry a keyword that the schemas use; a test holds the two together. */
export const keywordProblems: Readonly<
  Record<string, (error: SchemaError, path: JsonPath, choices: Choices) => Problem>
> = {
  additionalProperties: unknownProperty,
  required: missingProperty,
  discriminator: unknownKind,
  type: wrongType,
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
    message: `${nameOf(path)} has ${Array.from(String(error.data)).length} characters; ${param(error.params, 'limit')} is the limit.`,
  }),
  minItems: (error, path) => ({
    code: 'too-many',
    message: `${nameOf(path)} needs at least ${count(error, 'entry', 'entries')}.`,
    target: 'key',
  }),
  maxItems: (error, path) => ({
    code: 'too-many',
    message: `${nameOf(path)} can have at most ${count(error, 'entry', 'entries')}.`,
    target: 'key',
  }),
  minProperties: (error, path) => ({
    code: 'invalid-value',
    message: `${nameOf(path)} needs at least ${count(error, 'property', 'properties')}.`,
  }),
  minimum: (error, path) => ({
    code: 'invalid-value',
    message: `${nameOf(path)} must be at least ${param(error.params, 'limit')}.`,
  }),
  maximum: (error, path) => ({
    code: 'invalid-value',
    message: `${nameOf(path)} must be at most ${param(error.params, 'limit')}.`,
  }),
  anyOf: (_, path) => ({ code: 'wrong-type', message: `${nameOf(path)} has none of the allowed forms.` }),
  oneOf: (_, path) => ({ code: 'wrong-type', message: `${nameOf(path)} has none of the allowed forms.` }),
};

function unknownProperty(error: SchemaError, path: JsonPath): Problem {
  const name = param(error.params, 'additionalProperty');
  const known = Object.keys(recordOf(recordOf(error.parentSchema)['properties']));
  return {
    code: 'unknown-property',
    message: `${path.length === 0 ? 'The file' : nameOf(path)} has a property "${shortened(name)}" that is not part of the format.`,
    help: didYouMean(name, known) ?? `The properties are ${known.join(', ')}.`,
    target: 'key',
    below: name,
  };
}

function missingProperty(error: SchemaError, path: JsonPath): Problem {
  const name = param(error.params, 'missingProperty');
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

function wrongType(error: SchemaError, path: JsonPath): Problem {
  const type = param(error.params, 'type');
  const isQuoted = typeof error.data === 'string' && /^-?[0-9]+$/.test(error.data) && /integer|number/.test(type);
  return {
    code: 'wrong-type',
    message: `${nameOf(path)} must be ${withArticle(type)}.`,
    help: isQuoted ? 'Write the number without quotes.' : undefined,
  };
}

function unknownKind(error: SchemaError, path: JsonPath, choices: Choices): Problem {
  const tag = param(error.params, 'tag');
  const value = recordOf(error.data)[tag];
  if (value === undefined)
    return { code: 'missing-property', message: `${nameOf(path)} has no "${tag}".`, target: 'key' };
  return {
    code: 'unknown-kind',
    message: `There is no ${tag} ${shortened(JSON.stringify(value))}.`,
    help: suggestion(value, choices.get(recordOf(error.parentSchema)['oneOf']) ?? []),
    below: tag,
  };
}

function wrongPattern(error: SchemaError, path: JsonPath): Problem {
  const isText = error.schemaPath.endsWith('/Text/pattern');
  if (isText) {
    const character = Array.from(String(error.data)).find(
      (c) => !new RegExp(param(error.params, 'pattern'), 'u').test(c),
    );
    const number = (character?.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    const what = /^D[89A-F]/.test(number) ? 'half a character' : 'a control character';
    return { code: 'control-character', message: `${nameOf(path)} holds ${what} (U+${number}).` };
  }
  const { description } = recordOf(error.parentSchema);
  return {
    code: 'invalid-value',
    message: `${nameOf(path)} does not have the right form.`,
    help: `${typeof description === 'string' ? `${description} ` : ''}It must match ${param(error.params, 'pattern')}.`,
  };
}

function count(error: SchemaError, one: string, many: string): string {
  const limit = param(error.params, 'limit');
  return `${limit} ${limit === '1' ? one : many}`;
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

export function param(object: unknown, name: string): string {
  return String(recordOf(object)[name]);
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

export function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
