import { signerKinds } from '../signers/index.ts';

const signersHelp = Object.values(signerKinds).map(({ form, summary }) => `  ${form}\n      ${summary}`);

/** What `build --help` says about signers, and where their secrets come from. */
export const secretsHelp = `
Signers (needs, examples and limits of each: docs/signers.md):
${signersHelp.join('\n')}

Secrets come from the environment, never from the command line:
  PSMINT_PFX_PASSWORD, PSMINT_PFX_PASSWORD_FILE   password of a PFX file, or the file that holds it
  PSMINT_KEY_PASSWORD, PSMINT_KEY_PASSWORD_FILE   password of an encrypted PEM key
  PSMINT_PKCS11_PIN, PSMINT_PKCS11_PIN_FILE       PIN of a token
  PSMINT_AZURE_TOKEN, PSMINT_GOOGLE_TOKEN         access token, where the vendor's identity library is not used
  AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY        and AWS_SESSION_TOKEN, AWS_PROFILE, AWS_REGION as for every AWS tool
Settings:
  PSMINT_SIGNER_TIMEOUT                           longest wait for one signature, seconds (60)
  PSMINT_HOME                                     folder of the local identity`;
