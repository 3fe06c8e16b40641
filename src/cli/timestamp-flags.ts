import { diagnostic, failed, ok, type Result } from '../diagnostic.ts';
import { readCertificateFile } from '../signers/key-files.ts';
import type { TimestampOptions } from '../timestamp.ts';

/** The options of every command that asks for timestamps. */
export interface TimestampFlags {
  readonly timestamp: readonly string[];
  readonly timestampPolicy?: string;
  readonly timestampTrust: readonly string[];
}

/** undefined when no service was named. */
export async function readTimestampFlags(flags: TimestampFlags): Promise<Result<TimestampOptions | undefined>> {
  if (flags.timestamp.length === 0) return ok(undefined);
  const files = await Promise.all(flags.timestampTrust.map(readCertificateFile));
  const unread = files.flatMap((file) => (file.ok ? [] : file.diagnostics));
  if (unread.length > 0) return failed(unread);
  const trust = files.flatMap((file) => (file.ok ? file.value : []));
  return ok({ urls: flags.timestamp, policy: flags.timestampPolicy, trust });
}

/** A timestamp is demanded and nobody is named who could give one. */
export function noTimestampService(): ReturnType<typeof diagnostic> {
  return diagnostic('missing-timestamp', {
    message: 'A timestamp is required, and no service was named.',
    help: 'Name an RFC 3161 service with --timestamp <url>; several are tried in order.',
  });
}
