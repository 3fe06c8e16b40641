import { diagnostic, failed, ok, type Result } from '../diagnostic.ts';
import { openIdentity } from '../identity.ts';
import { readCertificateFile } from '../signers/key-files.ts';
import { dataFolder, type CliEnvironment } from './environment.ts';

/** DER of the roots that the user trusts: those named, else the root of the local identity. */
export async function readTrustFlags(
  paths: readonly string[],
  environment: CliEnvironment,
): Promise<Result<readonly Buffer[]>> {
  if (paths.length === 0) {
    const identity = await openIdentity(dataFolder(environment));
    return identity.ok ? ok([identity.value.root]) : failed([noTrust()]);
  }
  const files = await Promise.all(paths.map(readCertificateFile));
  const unread = files.flatMap((file) => (file.ok ? [] : file.diagnostics));
  return unread.length > 0 ? failed(unread) : ok(files.flatMap((file) => (file.ok ? file.value : [])));
}

function noTrust(): ReturnType<typeof diagnostic> {
  return diagnostic('untrusted-signer', {
    message: 'No root was named, and there is no local identity whose root could be meant.',
    help: 'Name the root certificate of the signer with --trust <pem>.',
  });
}
