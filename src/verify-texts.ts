import { text } from './code-text.ts';

/** Codes of `psmint verify` about signatures of others, policies and archives. */
export const verifyTexts = {
  'foreign-form': text(
    'A signature is intact, but not of the form that psmint writes.',
    'Another program signed the file, or something was added beside the signature. `psmint verify --any-form` judges it as Windows does, against the roots named with --trust. A script that psmint built never gets this code: take it from the bundle again.',
  ),
  'machine-dependent-text': text(
    'Whether a signature holds depends on the machine.',
    'The script has characters outside ASCII and no byte order mark. Windows reads such a file in the code page of the machine, and its digest with it. Save it as UTF-8 with a byte order mark, then sign again.',
  ),
  'weak-signature': text(
    'A signature is intact, but too weak to rely on.',
    'It uses SHA-1 or a key below 2,048 bits: somebody else could have made it. Sign the file again.',
  ),
  'unsupported-signature': text(
    'A signature uses something that psmint cannot judge.',
    'RSA PKCS#1 v1.5 with SHA-2 is what Windows is known to accept for scripts. What cannot be judged does not verify. ' +
      'Signatures of EC keys under a private root of your own verify with --allow-ec.',
  ),
  'leaf-not-allowed': text(
    'A script was signed with another certificate than those named with --leaf.',
    'Compare the SHA-256 thumbprints. After a renewal name the old and the new one.',
  ),
  'publisher-not-allowed': text(
    'A script was signed by another publisher than those named with --publisher.',
    'The whole common name or the whole subject must be the same, letter by letter.',
  ),
  'certificate-expires-soon': text(
    'A signature without a timestamp ends within the time named with --expires-within.',
    'Renew the certificate, put the new one on the machines, then build again; a timestamp would keep the signature good.',
  ),
  'archive-unreadable': text(
    'An archive is no zip file, or a damaged one.',
    'Download or copy it again. Scripts can also be unpacked and verified as a folder.',
  ),
  'archive-encrypted': text(
    'An archive holds encrypted entries.',
    'What cannot be read is not verified. Unpack it, and verify the folder.',
  ),
  'archive-refused': text(
    'An archive holds what no honest archive needs.',
    'Names that lead out of the folder, names twice, links, archives in archives, or more data than any bundle has: programs would unpack it differently, or run full. Do not unpack it.',
  ),
} as const;
