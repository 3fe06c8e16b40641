import type { PsValue, ScriptText } from './script-plan.ts';

// One character a level: scripts have a limit.
const indentStep = '\t';

// Tools that deliver scripts take two braces for a variable, and readers of signatures look for their marker anywhere.
const misread = /(?<=\{)\{|(?<=SIG )#/i;
const unsafeInText = new RegExp(`[^ -~]|[\\\\|]|${misread.source}`, 'gi');
const unsafe = new RegExp(`[^ -~]|\\\\|${misread.source}`, 'gi');

/**
 * PowerShell source of a value: the only way of a value into a script. Pure ASCII, readable, safe for any text.
 * `indent` is that of the line on which the literal starts.
 */
export function literal(value: PsValue, indent = ''): string {
  if (value === null) return '$null';
  if (typeof value === 'boolean') return value ? '$true' : '$false';
  if (typeof value === 'number') return numberLiteral(value);
  if (typeof value === 'string') return stringLiteral(value);
  if (isList(value)) return listLiteral(value, indent);
  if (isMap(value)) return `[ordered]${tableLiteral(Object.fromEntries(value), indent)}`;
  return tableLiteral(value, indent);
}

function isList(value: object): value is readonly PsValue[] {
  return Array.isArray(value);
}

function isMap(value: object): value is ReadonlyMap<string, PsValue> {
  return value instanceof Map;
}

function numberLiteral(value: number): string {
  if (!Number.isSafeInteger(value)) throw new Error(`This is a bug in the compiler: ${value} is no whole number`);
  return String(value);
}

/**
 * A string that PowerShell reads back unchanged. ASCII goes into single quotes, where a doubled quote is the only escape.
 * Everything else goes through [regex]::Unescape, which works in ConstrainedLanguage and knows \uXXXX; there a backslash
 * is doubled. PowerShell takes U+2018-U+201B as single quotes too (CharTraits.cs), but they are escaped before that.
 */
export function stringLiteral(text: string): string {
  if (/^[ -~]*$/.test(text) && !misread.test(text)) return `'${text.replaceAll("'", "''")}'`;
  return `([regex]::Unescape('${text.replaceAll(unsafe, regexEscape).replaceAll("'", "''")}'))`;
}

/** Text for one line of a comment: ASCII without line ends, and nothing that is misread outside of PowerShell. */
export function commentText(text: string): string {
  return text.replaceAll(/[^ -~]/g, '?').replaceAll(new RegExp(misread, 'gi'), (c) => ` ${c}`);
}

/**
 * A text for the function `Get-Text`: `English|ja:Japanese`, and behind `|do:` the keys of the advice that goes with it.
 * What is not printable ASCII, and what would be taken for a part of this form, is escaped as in a regular expression.
 */
export function scriptText({ en, ...others }: ScriptText): string {
  const parts = Object.entries(others).map(([part, text]) => `|${part}:${text.replaceAll(unsafeInText, regexEscape)}`);
  return `${en.replaceAll(unsafeInText, regexEscape)}${parts.join('')}`;
}

// Without the u flag a pair of surrogates is matched half by half, which is what PowerShell strings hold.
function regexEscape(character: string): string {
  if (character === '\\') return '\\\\';
  if (character === '\n') return '\\n';
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function listLiteral(values: readonly PsValue[], indent: string): string {
  if (values.length === 0) return '@()';
  const isPlain = values.every((value) => typeof value !== 'object' || value === null);
  if (isWordList(values)) return wordList(values, indent);
  const oneLine = `@(${values.map((value) => literal(value)).join(', ')})`;
  if (isPlain && oneLine.length <= 200) return oneLine;
  const inner = `${indent}${indentStep}`;
  // The comma keeps a list of one list a list of lists.
  const items = values.map((value) => `${inner}${Array.isArray(value) ? ',' : ''}${literal(value, inner)}`);
  return `@(\n${items.join('\n')}\n${indent})`;
}

function isWordList(values: readonly PsValue[]): values is readonly string[] {
  return values.length > 8 && values.every((value) => typeof value === 'string' && /^[A-Za-z0-9]+$/.test(value));
}

// A long list of KB numbers reads better, and takes less room, as one text that -split takes apart.
function wordList(words: readonly string[], indent: string): string {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length > 140) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  const inner = `\n${indent}${indentStep}`;
  return `@(-split '${inner}${lines.join(inner)}')`;
}

function tableLiteral(table: { readonly [name: string]: PsValue }, indent: string): string {
  const entries = Object.entries(table);
  if (entries.length === 0) return '@{}';
  // Such a table would not even parse in PowerShell, where case does not count.
  if (new Set(entries.map(([name]) => name.toLowerCase())).size < entries.length)
    throw new Error(`This is a bug in the compiler: names that differ in case alone: ${Object.keys(table).join(', ')}`);
  const inner = `${indent}${indentStep}`;
  const lines = entries.map(([name, value]) => `${keyLiteral(name)} = ${literal(value, inner)}`);
  const oneLine = `@{ ${lines.join('; ')} }`;
  if (oneLine.length + indent.length <= 250 && !oneLine.includes('\n')) return oneLine;
  return `@{\n${lines.map((line) => `${inner}${line}`).join('\n')}\n${indent}}`;
}

// Words of PowerShell are legal bare keys of a hashtable; anything else is quoted.
function keyLiteral(name: string): string {
  return /^[A-Za-z][A-Za-z0-9_]*$/.test(name) ? name : stringLiteral(name);
}
