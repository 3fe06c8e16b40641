import { parseDer, tags, type DerNode } from './der.ts';
import { fieldsOf, readSmallInteger } from './der-value.ts';
import { algorithm, boolean, integer, octetString, oid, sequence } from './der-writer.ts';
import { FormatError } from './format-error.ts';
import { oids } from './oids.ts';

/**
 * TimeStampReq (RFC 3161 2.4.1) for a SHA-256 digest, with nonce, asking for the certificates of the service (certReq) and,
 * with an OID, for a timestamp under that policy.
 */
export function timestampRequest(digest: Buffer, nonce: Buffer, policy?: string): Buffer {
  const imprint = sequence(algorithm(oids.sha256), octetString(digest));
  return sequence(integer(1), imprint, ...(policy ? [oid(policy)] : []), integer(nonce), boolean(true));
}

// PKIFailureInfo (RFC 3161 2.4.2)
const failures: Readonly<Record<number, string>> = {
  0: 'the service does not know the algorithm',
  2: 'the service does not allow the request',
  5: 'the service could not read the request',
  14: 'the clock of the service is not available',
  15: 'the service does not know the policy',
  16: 'the service does not know an extension',
  17: 'the service cannot give what was asked for',
  25: 'the service failed',
};

/**
 * The token in a TimeStampResp; it is not checked yet.
 * @throws FormatError with the reason of the service when it refused
 */
export function readTimestampResponse(bytes: Buffer): DerNode {
  const fields = fieldsOf(parseDer(bytes), 'TimeStampResp');
  const info = fieldsOf(fields.take(tags.sequence), 'PKIStatusInfo');
  const status = readSmallInteger(info.take(tags.integer));
  const text = info.optional(tags.sequence);
  const failure = info.optional(tags.bitString);
  // 0 granted, 1 granted with modifications
  if (status > 1) throw new FormatError(`The request was refused: ${refusal(status, text, failure)}.`);
  const token = fields.take(tags.sequence);
  fields.end();
  return token;
}

function refusal(status: number, text: DerNode | undefined, failure: DerNode | undefined): string {
  const octets = failure?.content.subarray(1) ?? Buffer.alloc(0);
  const bits = Object.keys(failures)
    .map(Number)
    .filter((bit) => ((octets[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0);
  const words = (text?.children ?? []).map((node) => printable(node.content.toString('utf8')));
  return [`status ${status}`, ...bits.map((bit) => failures[bit] ?? ''), ...words.slice(0, 3)].join(', ');
}

// The text comes from outside and goes to a terminal.
function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?').slice(0, 120);
}
