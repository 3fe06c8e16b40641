import { diagnostic, failed, type Result } from '../diagnostic.ts';
import { awsKmsForm, openAwsKms } from './aws-kms.ts';
import { azureArtifactSigningForm, openAzureArtifactSigning } from './azure-artifact-signing.ts';
import { azureKeyVaultForm, openAzureKeyVault } from './azure-key-vault.ts';
import { commandForm, openCommand } from './command.ts';
import { googleKmsForm, openGoogleKms } from './google-kms.ts';
import { openIdentitySigner } from './identity.ts';
import { openPem } from './pem.ts';
import { openPfx } from './pfx.ts';
import { pkcs11Form } from './pkcs11-uri.ts';
import { openPkcs11 } from './pkcs11.ts';
import type { OpenedSigner, SignerContext } from './signer.ts';

interface SignerKind {
  /** How a spec of this kind is written. */
  readonly form: string;
  /** What it is, for the help text. */
  readonly summary: string;
  readonly open: (argument: string, context: SignerContext) => Promise<Result<OpenedSigner>>;
}

/** Every signer that a spec can name, by scheme. */
export const signerKinds: Readonly<Record<string, SignerKind>> = {
  pem: { form: 'pem:<certificates>,<key>', summary: 'PEM or DER files', open: openPem },
  pfx: { form: 'pfx:<file>', summary: 'a PKCS#12 file', open: openPfx },
  command: { form: commandForm, summary: 'any program that signs', open: openCommand },
  pkcs11: { form: pkcs11Form, summary: 'a token or HSM (RFC 7512; needs pkcs11-tool)', open: openPkcs11 },
  'azure-artifact-signing': {
    form: azureArtifactSigningForm,
    summary: 'Azure Artifact Signing (earlier Trusted Signing)',
    open: openAzureArtifactSigning,
  },
  'azure-key-vault': { form: azureKeyVaultForm, summary: 'Azure Key Vault or Managed HSM', open: openAzureKeyVault },
  'aws-kms': { form: awsKmsForm, summary: 'AWS KMS', open: openAwsKms },
  'google-kms': { form: googleKmsForm, summary: 'Google Cloud KMS', open: openGoogleKms },
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
