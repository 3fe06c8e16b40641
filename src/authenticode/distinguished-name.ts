import { tags, type DerNode } from './der.ts';
import { fieldsOf, readOid } from './der-value.ts';
import { oids } from './oids.ts';

// Attribute types with a short name (RFC 4514 3, X.520); others are shown as numbers.
const shortNames: Readonly<Record<string, string>> = {
  [oids.commonName]: 'CN',
  '2.5.4.5': 'SERIALNUMBER',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.97': 'organizationIdentifier',
  '0.9.2342.19200300.100.1.25': 'DC',
  '1.2.840.113549.1.9.1': 'E',
};

/**
 * A name as people read it, most specific part first, for example `CN=Example, O="Example, Ltd"` (quoted as Windows shows
 * it, so that no value looks like two parts), and its common name if it has exactly one. A name comes from outside and goes
 * to a terminal: in `name`, control characters are shown as `?`.
 * @throws FormatError
 */
export function readName(node: DerNode): { readonly name: string; readonly commonName: string | undefined } {
  const parts = fieldsOf(node, 'A name')
    .rest()
    .flatMap((set) => fieldsOf(set, 'A name', tags.set).rest())
    .map(readPart);
  const [commonName, ...others] = parts.filter(({ type }) => type === oids.commonName);
  const name = parts.map(({ type, text }) => `${shortNames[type] ?? type}=${shown(text)}`).reverse();
  return { name: name.join(', '), commonName: others.length === 0 ? commonName?.text : undefined };
}

function readPart(node: DerNode): { type: string; text: string } {
  const fields = fieldsOf(node, 'A part of a name');
  const type = readOid(fields.take(tags.oid));
  const value = fields.takeAny();
  fields.end();
  return { type, text: textOf(value) };
}

function shown(text: string): string {
  const clean = text.replace(/\p{C}/gu, '?');
  return /[",+=<>#;]|^\s|\s$/.test(clean) ? `"${clean.replaceAll('"', '""')}"` : clean;
}

function textOf({ tag, content }: DerNode): string {
  if (tag === tags.utf8String) return content.toString('utf8');
  if (tag === tags.bmpString && content.length % 2 === 0) return Buffer.from(content).swap16().toString('utf16le');
  return content.toString('latin1');
}
