import { parseDer, tags, type DerNode } from './der.ts';
import { fieldsOf, onlyChild, readOctets, readOid, readSmallInteger } from './der-value.ts';
import { FormatError } from './format-error.ts';
import { oids } from './oids.ts';
import { checkMac, decrypt } from './pkcs12-encryption.ts';

/** What a PKCS#12 (PFX) file holds: PKCS#8 DER of the keys and X.509 DER of the certificates, in the file's order. */
export interface Pkcs12 {
  readonly keys: readonly Buffer[];
  readonly certificates: readonly Buffer[];
}

type Bag = { readonly type: 'key' | 'certificate'; readonly content: Buffer };

/**
 * Opens a PKCS#12 file (RFC 7292) in password mode. The MAC is checked before anything is decrypted.
 * @throws FormatError; kind `locked` for a wrong password, `unsupported` for algorithms that are refused by name
 */
export function readPkcs12(bytes: Buffer, password: string): Pkcs12 {
  const fields = fieldsOf(parseDer(bytes), 'PFX');
  if (readSmallInteger(fields.take(tags.integer)) !== 3) throw new FormatError('The PFX has another version than 3.');
  const safe = readContentInfo(fields.take(tags.sequence));
  const macData = fields.optional(tags.sequence);
  fields.end();
  if (safe.type !== oids.data)
    throw new FormatError('The PFX is protected by a key and not by a password.', 'unsupported');
  const content = readOctets(safe.content);
  if (macData !== undefined) checkMac(macData, content, password);
  const parts = fieldsOf(parseDer(content), 'AuthenticatedSafe').rest();
  const bags = parts.flatMap((part) => readSafe(part, password));
  const of = (type: Bag['type']): Buffer[] => bags.filter((bag) => bag.type === type).map((bag) => bag.content);
  return { keys: of('key'), certificates: of('certificate') };
}

function readContentInfo(node: DerNode): { readonly type: string; readonly content: DerNode } {
  const fields = fieldsOf(node, 'ContentInfo');
  const type = readOid(fields.take(tags.oid));
  const content = onlyChild(fields.take(tags.contextConstructed(0)), 'ContentInfo');
  fields.end();
  return { type, content };
}

function readSafe(node: DerNode, password: string): Bag[] {
  const { type, content } = readContentInfo(node);
  if (type === oids.data) return readBags(readOctets(content), password);
  if (type === oids.encryptedData) return readBags(openEncryptedData(content, password), password);
  throw new FormatError('A part of the PFX is protected by a key and not by a password.', 'unsupported');
}

function openEncryptedData(node: DerNode, password: string): Buffer {
  const fields = fieldsOf(node, 'EncryptedData');
  readSmallInteger(fields.take(tags.integer));
  const info = fieldsOf(fields.take(tags.sequence), 'EncryptedContentInfo');
  if (readOid(info.take(tags.oid)) !== oids.data) throw new FormatError('A part of the PFX has an unknown type.');
  const algorithm = info.take(tags.sequence);
  const encrypted = info.take(tags.context(0)).content;
  info.end();
  return decrypt(algorithm, encrypted, password);
}

function readBags(bytes: Buffer, password: string): Bag[] {
  return fieldsOf(parseDer(bytes), 'SafeContents')
    .rest()
    .flatMap((node) => readBag(node, password));
}

// Bags of other types (secrets, revocation lists) are no concern of a signer.
function readBag(node: DerNode, password: string): Bag[] {
  const fields = fieldsOf(node, 'SafeBag');
  const type = readOid(fields.take(tags.oid));
  const value = onlyChild(fields.take(tags.contextConstructed(0)), 'SafeBag');
  if (type === oids.keyBag) return [{ type: 'key', content: value.raw }];
  if (type === oids.shroudedKeyBag) {
    const encrypted = fieldsOf(value, 'EncryptedPrivateKeyInfo');
    return [
      { type: 'key', content: decrypt(encrypted.take(tags.sequence), readOctets(encrypted.takeAny()), password) },
    ];
  }
  if (type !== oids.certificateBag) return [];
  const bag = fieldsOf(value, 'CertBag');
  if (readOid(bag.take(tags.oid)) !== oids.x509Certificate) return [];
  return [{ type: 'certificate', content: readOctets(onlyChild(bag.take(tags.contextConstructed(0)), 'CertBag')) }];
}
