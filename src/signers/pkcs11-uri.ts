import { failed, ok, type Result } from '../diagnostic.ts';
import { wrongSpec } from './remote-key.ts';

/** What a PKCS#11 URI (RFC 7512) says about a private key and where it is. */
export interface Pkcs11Uri {
  /** What the token must say of itself. */
  readonly token: Readonly<Partial<Record<'token' | 'manufacturer' | 'serial' | 'model' | 'slot-id', string>>>;
  /** CKA_LABEL */
  readonly label: string | undefined;
  /** CKA_ID, hexadecimal in lower case. */
  readonly id: string | undefined;
  /** Path of the driver. */
  readonly modulePath: string | undefined;
  /** Path of a file that holds the PIN. */
  readonly pinFile: string | undefined;
}

export const pkcs11Form = 'pkcs11:<attributes>[?module-path=<driver>][,<certificates>]';

const tokenAttributes = ['token', 'manufacturer', 'serial', 'model', 'slot-id'] as const;
const pathAttributes: readonly string[] = [...tokenAttributes, 'object', 'id', 'type'];
const queryAttributes: readonly string[] = ['module-path', 'pin-source'];

/** Reads what follows `pkcs11:`. Attributes that psmint does not follow are refused: they would choose another key. */
export function readPkcs11Uri(text: string): Result<Pkcs11Uri> {
  const [path = '', query = '', ...more] = text.split('?');
  const attributes = readAttributes(path, ';', pathAttributes);
  const queries = readAttributes(query, '&', queryAttributes);
  if (typeof attributes === 'string') return wrong(attributes);
  if (typeof queries === 'string') return wrong(queries);
  if (more.length > 0) return wrong('It has more than one question mark');
  const type = attributes.get('type')?.toString() ?? 'private';
  if (type !== 'private') return wrong('Its type is not "private"');
  const label = attributes.get('object')?.toString();
  const id = attributes.get('id')?.toString('hex');
  if (!label && !id) return wrong('It names no key: it has neither object= nor id=');
  const source = queries.get('pin-source')?.toString();
  if (source !== undefined && !/^(?:file:|[/\\.\w])/.test(source)) return wrong('Its pin-source is no file');
  const of = tokenAttributes.flatMap((name) => {
    const value = attributes.get(name)?.toString();
    return value === undefined ? [] : [[name, value] as const];
  });
  return ok({
    token: Object.fromEntries(of),
    label,
    id,
    modulePath: queries.get('module-path')?.toString(),
    pinFile: source?.replace(/^file:(?:\/\/(?=\/))?/, ''),
  });
}

function readAttributes(text: string, separator: string, known: readonly string[]): Map<string, Buffer> | string {
  const attributes = new Map<string, Buffer>();
  for (const part of text.split(separator).filter(Boolean)) {
    const [, name = '', value = ''] = /^([^=]*)=([^]*)$/.exec(part) ?? [];
    if (name === 'pin-value') {
      return 'It holds the PIN (pin-value), which everybody on this computer could read; set PSMINT_PKCS11_PIN instead';
    }
    if (!known.includes(name)) return `It has an attribute that psmint does not know; known are ${known.join(', ')}`;
    const decoded = percentDecode(value);
    if (attributes.has(name) || decoded === undefined) return `Its attribute "${name}" is there twice or badly encoded`;
    attributes.set(name, decoded);
  }
  return attributes;
}

// An id is octets that need not be text, so decodeURIComponent would not do.
function percentDecode(text: string): Buffer | undefined {
  if (/%(?![0-9a-fA-F]{2})/.test(text)) return undefined;
  const parts = text.split(/(%[0-9a-fA-F]{2})/);
  return Buffer.concat(
    parts.map((part, index) => (index % 2 === 1 ? Buffer.from(part.slice(1), 'hex') : Buffer.from(part, 'utf8'))),
  );
}

// The URI is not quoted, because a PIN may be in it.
function wrong(reason: string): Result<never> {
  return failed([wrongSpec(pkcs11Form, `The PKCS#11 URI cannot be used. ${reason}`)]);
}
