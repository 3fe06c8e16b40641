import { createDecipheriv, createHash, createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto';
import { tags, type DerNode } from './der.ts';
import { fieldsOf, readAlgorithm, readOctets, readOid, readPlainAlgorithm, readSmallInteger } from './der-value.ts';
import { FormatError } from './format-error.ts';
import { oids } from './oids.ts';

// Higher counts would only hold psmint up; the files of Windows, OpenSSL and Java stay far below.
const maximumIterations = { pbkdf2: 10_000_000, pkcs12: 1_000_000 };

const wayOut =
  'Make the file again with AES-256, for example by Export-PfxCertificate -CryptoAlgorithmOption AES256_SHA256 or ' +
  'openssl pkcs12 -export -keypbe AES-256-CBC -certpbe AES-256-CBC -macalg SHA256.';

const refusedSchemes: Readonly<Record<string, string>> = {
  [oids.pbeSha1Rc2Short]: 'RC2-40',
  [oids.pbeSha1Rc2]: 'RC2-128',
  [oids.pbeSha1Rc4]: 'RC4-128',
  [oids.pbeSha1Rc4Short]: 'RC4-40',
};

/** Opens a part of a PKCS#12 file: PBES2 with AES-CBC, or the older PBE with SHA-1 and triple DES. @throws FormatError */
export function decrypt(algorithm: DerNode, encrypted: Buffer, password: string): Buffer {
  const { oid, parameters } = readAlgorithm(algorithm);
  const refused = refusedSchemes[oid];
  if (refused !== undefined) {
    throw new FormatError(
      `It is encrypted with ${refused}, which is broken and not supported. ${wayOut}`,
      'unsupported',
    );
  }
  if (parameters === undefined) throw new FormatError('An encryption has no parameters.');
  if (oid === oids.pbes2) return decryptPbes2(parameters, encrypted, password);
  if (oid === oids.pbeSha1TripleDes || oid === oids.pbeSha1TripleDes2Key) {
    return decryptTripleDes(parameters, encrypted, password, oid === oids.pbeSha1TripleDes ? 24 : 16);
  }
  throw new FormatError(`It is encrypted with ${oid}, which is not supported. ${wayOut}`, 'unsupported');
}

const ciphers: Readonly<Record<string, { readonly name: string; readonly keyLength: number }>> = {
  [oids.aes128Cbc]: { name: 'aes-128-cbc', keyLength: 16 },
  [oids.aes192Cbc]: { name: 'aes-192-cbc', keyLength: 24 },
  [oids.aes256Cbc]: { name: 'aes-256-cbc', keyLength: 32 },
};

const pseudoRandom: Readonly<Record<string, string>> = {
  [oids.hmacSha1]: 'sha1',
  [oids.hmacSha256]: 'sha256',
  [oids.hmacSha384]: 'sha384',
  [oids.hmacSha512]: 'sha512',
};

// PBES2-params and PBKDF2-params (RFC 8018 A.4, A.2)
function decryptPbes2(parameters: DerNode, encrypted: Buffer, password: string): Buffer {
  const fields = fieldsOf(parameters, 'PBES2-params');
  const derivation = readAlgorithm(fields.take(tags.sequence));
  const scheme = readAlgorithm(fields.take(tags.sequence));
  fields.end();
  const cipher = ciphers[scheme.oid];
  if (derivation.oid !== oids.pbkdf2 || derivation.parameters === undefined) {
    throw new FormatError(`The key derivation ${derivation.oid} is not supported. ${wayOut}`, 'unsupported');
  }
  if (cipher === undefined || scheme.parameters === undefined) {
    throw new FormatError(`The cipher ${scheme.oid} is not supported. ${wayOut}`, 'unsupported');
  }
  const derive = fieldsOf(derivation.parameters, 'PBKDF2-params');
  const salt = readOctets(derive.take(tags.octetString));
  const iterations = readIterations(derive.take(tags.integer), maximumIterations.pbkdf2);
  derive.optional(tags.integer);
  const prf = derive.optional(tags.sequence);
  const hash = pseudoRandom[prf ? readPlainAlgorithm(prf) : oids.hmacSha1];
  if (hash === undefined) throw new FormatError(`The key derivation is not supported. ${wayOut}`, 'unsupported');
  const key = pbkdf2Sync(Buffer.from(password, 'utf8'), salt, iterations, cipher.keyLength, hash);
  return decipher(cipher.name, key, readOctets(scheme.parameters), encrypted);
}

function decryptTripleDes(parameters: DerNode, encrypted: Buffer, password: string, keyLength: 16 | 24): Buffer {
  const fields = fieldsOf(parameters, 'pkcs-12PbeParams');
  const salt = readOctets(fields.take(tags.octetString));
  const iterations = readIterations(fields.take(tags.integer), maximumIterations.pkcs12);
  fields.end();
  const secret = { hash: 'sha1', password: passwordOctets(password), salt, iterations };
  const key = deriveKey(secret, 1, keyLength);
  // Two-key triple DES uses the first key again as the third.
  const fullKey = keyLength === 24 ? key : Buffer.concat([key, key.subarray(0, 8)]);
  return decipher('des-ede3-cbc', fullKey, deriveKey(secret, 2, 8), encrypted);
}

function decipher(name: string, key: Buffer, iv: Buffer, encrypted: Buffer): Buffer {
  try {
    const cipher = createDecipheriv(name, key, iv);
    return Buffer.concat([cipher.update(encrypted), cipher.final()]);
  } catch {
    throw new FormatError('The password is wrong, or the file was changed.', 'locked');
  }
}

function readIterations(node: DerNode, maximum: number): number {
  const iterations = readSmallInteger(node);
  if (iterations < 1 || iterations > maximum)
    throw new FormatError(`An iteration count is not between 1 and ${maximum}.`);
  return iterations;
}

/** Checks the MAC of a PKCS#12 file (RFC 7292 4). @throws FormatError of kind `locked` when it does not fit. */
export function checkMac(macData: DerNode, content: Buffer, password: string): void {
  const fields = fieldsOf(macData, 'MacData');
  const digestInfo = fieldsOf(fields.take(tags.sequence), 'DigestInfo');
  const algorithm = digestInfo.take(tags.sequence);
  const oid = readOid(fieldsOf(algorithm, 'AlgorithmIdentifier').take(tags.oid));
  if (oid === oids.pbmac1) {
    throw new FormatError(`Its integrity check is PBMAC1 (RFC 9579), which is not supported. ${wayOut}`, 'unsupported');
  }
  const hash = macHashes[oid];
  if (hash === undefined)
    throw new FormatError(`Its integrity check ${oid} is not supported. ${wayOut}`, 'unsupported');
  // Its parameters are NULL or absent: what the MAC does not cover may not carry anything.
  readPlainAlgorithm(algorithm);
  const expected = readOctets(digestInfo.take(tags.octetString));
  const salt = readOctets(fields.take(tags.octetString));
  const count = fields.optional(tags.integer);
  const iterations = count ? readIterations(count, maximumIterations.pkcs12) : 1;
  fields.end();
  // An empty password is written as no octets by some programs and as a terminator by others.
  const forms = password === '' ? [Buffer.alloc(2), Buffer.alloc(0)] : [passwordOctets(password)];
  const fits = forms.some((octets) => {
    const size = createHash(hash).digest().length;
    const key = deriveKey({ hash, password: octets, salt, iterations }, 3, size);
    const mac = createHmac(hash, key).update(content).digest();
    return mac.length === expected.length && timingSafeEqual(mac, expected);
  });
  if (!fits) throw new FormatError('The password is wrong, or the file was changed.', 'locked');
}

const macHashes: Readonly<Record<string, string>> = {
  [oids.sha1]: 'sha1',
  [oids.sha256]: 'sha256',
  [oids.sha384]: 'sha384',
  [oids.sha512]: 'sha512',
};

// RFC 7292 B.1: big-endian UTF-16 with a terminator.
function passwordOctets(password: string): Buffer {
  return Buffer.from(`${password}\0`, 'utf16le').swap16();
}

interface DerivationInput {
  readonly hash: string;
  readonly password: Buffer;
  readonly salt: Buffer;
  readonly iterations: number;
}

/** Key derivation of RFC 7292 B.2; `id` 1 = key, 2 = initial vector, 3 = MAC key. */
function deriveKey({ hash, password, salt, iterations }: DerivationInput, id: 1 | 2 | 3, length: number): Buffer {
  const blockSize = hash === 'sha384' || hash === 'sha512' ? 128 : 64;
  const diversifier = Buffer.alloc(blockSize, id);
  const input = Buffer.concat([stretch(salt, blockSize), stretch(password, blockSize)]);
  const output: Buffer[] = [];
  for (let size = 0; size < length; size += output.at(-1)?.length ?? length) {
    let digest = createHash(hash).update(diversifier).update(input).digest();
    for (let round = 1; round < iterations; round += 1) digest = createHash(hash).update(digest).digest();
    output.push(digest);
    const addend = stretch(digest, blockSize).subarray(0, blockSize);
    for (let offset = 0; offset < input.length; offset += blockSize)
      addBlock(input.subarray(offset, offset + blockSize), addend);
  }
  return Buffer.concat(output).subarray(0, length);
}

// The octets again and again until the next multiple of the block size.
function stretch(octets: Buffer, blockSize: number): Buffer {
  return octets.length === 0 ? octets : Buffer.alloc(Math.ceil(octets.length / blockSize) * blockSize, octets);
}

// block = (block + addend + 1) mod 2^(8 * size)
function addBlock(block: Buffer, addend: Buffer): void {
  let carry = 1;
  for (let index = block.length - 1; index >= 0; index -= 1) {
    carry += block.readUInt8(index) + addend.readUInt8(index);
    block.writeUInt8(carry & 0xff, index);
    carry >>= 8;
  }
}
