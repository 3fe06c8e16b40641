import { diagnostic, failed, type Result } from '../diagnostic.ts';
import { openIdentitySigner } from './identity.ts';
import { openPem } from './pem.ts';
import { openPfx } from './pfx.ts';
import type { OpenedSigner, SignerContext } from './signer.ts';

interface SignerKind {
  /** How a spec of this kind is written. */
  readonly form: string;
  readonly open: (argument: string, context: SignerContext) => Promise<Result<OpenedSigner>>;
}

/** Every signer that a spec can name, by scheme. */
export const signerKinds: Readonly<Record<string, SignerKind>> = {
  pem: { form: 'pem:<certificates>,<key>', open: openPem },
  pfx: { form: 'pfx:<file>', open: openPfx },
};

/** Opens the signer that a spec names; without a spec the local identity. */
export async function openSigner(spec: string | undefined, context: SignerContext): Promise<Result<OpenedSigner>> {
  if (spec === undefined) return openIdentitySigner(context);
  const colon = spec.indexOf(':');
  const scheme = colon < 0 ? spec : spec.slice(0, colon);
  const kind = Object.hasOwn(signerKinds, scheme) ? signerKinds[scheme] : undefined;
  if (kind !== undefined && colon > 0) return kind.open(spec.slice(colon + 1), context);
  const forms = Object.values(signerKinds).map(({ form }) => form);
  return failed([
    diagnostic('signer-unknown', {
      // Only the scheme is quoted: somebody may have put a password where it does not belong.
      message: `"${scheme}" is no kind of signer.`,
      help: `Write one of ${forms.join(', ')}, or leave --signer out for the local identity.`,
    }),
  ]);
}
