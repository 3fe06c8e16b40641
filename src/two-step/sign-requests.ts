import { verify, X509Certificate } from 'node:crypto';
import { diagnostic, failed, ok, type Result } from '../diagnostic.ts';
import { allOrNothing } from '../parallel.ts';
import { chainProblems } from '../signers/certificate-checks.ts';
import type { OpenedSigner } from '../signers/signer.ts';
import { pemOf } from './certificates.ts';
import { requestProblem, type SigningAnswers, type SigningRequest, type SigningRequests } from './files.ts';

/** Signs requests on the machine that has the key. Each must ask for exactly what it says; one leaf signs them all. */
export async function signRequests(
  { requests }: SigningRequests,
  { signer, trust }: OpenedSigner,
  now: Date,
): Promise<Result<SigningAnswers>> {
  const problems = requests.flatMap((request) => requestProblem(request) ?? []);
  if (problems.length > 0) return failed(problems);
  let chain: readonly Buffer[] | undefined;
  const signOne = async ({
    toBeSigned,
    digest,
  }: SigningRequest): Promise<Result<SigningAnswers['answers'][number]>> => {
    const tbs = Buffer.from(toBeSigned, 'base64');
    const answer = await signer.sign({ tbs, digest: Buffer.from(digest, 'hex'), hash: 'sha256' });
    if (!answer.ok) return answer;
    chain ??= answer.value.chain;
    const [leaf] = chain;
    const { scheme, signature } = answer.value;
    const isRight =
      leaf !== undefined &&
      answer.value.chain[0]?.equals(leaf) === true &&
      scheme === 'rsa-pkcs1' &&
      verify('sha256', tbs, new X509Certificate(leaf).publicKey, signature);
    return isRight ? ok({ digest, signature: signature.toString('base64') }) : failed([wrongAnswer(signer.id)]);
  };
  const answers = await allOrNothing(requests, signer.maximumParallel, signOne);
  await signer.close?.();
  if (!answers.ok) return answers;
  const certificates = [...(chain ?? [])];
  const wrong = chainProblems(
    certificates.map((der) => new X509Certificate(der)),
    now,
    signer.id,
  );
  if (wrong.length > 0) return failed(wrong);
  const roots = trust.filter((root) => !certificates.some((der) => der.equals(root)));
  return ok({ schemaVersion: 1, certificates: pemOf([...certificates, ...roots]), answers: answers.value });
}

function wrongAnswer(id: string): ReturnType<typeof diagnostic> {
  return diagnostic('certificate-key-mismatch', {
    message: `${id}: a signature does not verify with the certificate that came with the first one.`,
    help: 'All requests have to be signed by one key with one certificate.',
  });
}
