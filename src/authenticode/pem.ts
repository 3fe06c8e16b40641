import { X509Certificate } from 'node:crypto';
import { FormatError } from './format-error.ts';

const block = /-----BEGIN CERTIFICATE-----[\sA-Za-z0-9+/=]+-----END CERTIFICATE-----/g;

/** DER of every certificate in a PEM file (other text in it is passed over), or of a DER file. @throws FormatError */
export function certificatesIn(bytes: Buffer): readonly Buffer[] {
  const found = bytes.toString('latin1').match(block) ?? [bytes];
  try {
    return found.map((one) => new X509Certificate(one).raw);
  } catch {
    throw new FormatError('It holds no X.509 certificate, or a broken one.');
  }
}
