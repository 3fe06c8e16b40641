import { parseDer, tags } from './der.ts';
import { fieldsOf, onlyChild, readOid } from './der-value.ts';
import { FormatError } from './format-error.ts';
import { oids } from './oids.ts';

/**
 * DER of the certificates in a CMS that carries nothing but certificates (degenerate SignedData, RFC 5652 5.1; files
 * `.p7b`), in its order. @throws FormatError
 */
export function certificatesInCms(bytes: Buffer): readonly Buffer[] {
  const outer = fieldsOf(parseDer(bytes), 'ContentInfo');
  if (readOid(outer.take(tags.oid)) !== oids.signedData) throw new FormatError('The CMS is not SignedData.');
  const fields = fieldsOf(onlyChild(outer.take(tags.contextConstructed(0)), 'ContentInfo'), 'SignedData');
  fields.take(tags.integer);
  fields.take(tags.set);
  fields.take(tags.sequence);
  const certificates = fields.take(tags.contextConstructed(0)).children;
  if (certificates.length === 0 || certificates.some(({ tag }) => tag !== tags.sequence)) {
    throw new FormatError('The CMS holds something else than certificates.');
  }
  return certificates.map(({ raw }) => Buffer.from(raw));
}
